import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";
import { say } from "../../../../live/room.ts";
import { useSize } from "../../../../trend/use-size.ts";

const nameWidth = 92;
const edge = 12;
const barHeight = 18;
const rowHeight = 26;
const foot = 20;

interface Ring {
  readonly label: string;
  readonly timing: SignalTiming;
  readonly isProposed: boolean;
}

/** Green of a street within two cycles, cut to what is shown. Cross green begins half of the lost time after main green ends. */
function greens({ cycle, main, cross, offset }: SignalTiming, which: "main" | "cross", span: number): readonly (readonly [number, number])[] {
  const change = Math.max(0, (cycle - main - cross) / 2);
  const length = which === "main" ? main : cross;
  const begin = which === "main" ? offset : offset + main + change;
  const first = (begin % cycle) - cycle;
  return Array.from({ length: 5 }, (_, index) => first + index * cycle)
    .map((from): readonly [number, number] => [Math.max(0, from), Math.min(span, from + length)])
    .filter(([from, to]) => to > from);
}

const fills = { main: "var(--ink2)", cross: "var(--nb)", proposed: "none" } as const;

interface GreenProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly seconds: number;
  readonly look: keyof typeof fills;
}
const Green = ({ x, y, width, seconds, look }: GreenProps) => (
  <g>
    <rect
      x={x}
      y={y}
      width={Math.max(1, width)}
      height={barHeight}
      fill={fills[look]}
      stroke="var(--ink2)"
      stroke-dasharray={look === "proposed" ? "4 3" : undefined}
    />
    {width > 26 ? (
      <text x={x + 6} y={y + 13} class={`c-axis${look === "main" ? " is-on-dark" : ""}`}>
        {seconds}
      </text>
    ) : null}
  </g>
);

/** The plan of phases: main and cross street as bars over the same two cycles, what runs filled, what is proposed as an outline. */
export function TimingBars({ present, proposed }: { readonly present: SignalTiming | undefined; readonly proposed: SignalTiming | undefined }) {
  const { place, size } = useSize<HTMLDivElement>();
  const rings: readonly Ring[] = [
    ...(present === undefined ? [] : [{ label: say({ ko: "지금", en: "present" }), timing: present, isProposed: false }]),
    ...(proposed === undefined ? [] : [{ label: say({ ko: "제안", en: "proposed" }), timing: proposed, isProposed: true }]),
  ];
  const span = 2 * Math.max(1, ...rings.map(({ timing }) => timing.cycle));
  const x = (s: number) => nameWidth + (s / span) * (size.width - nameWidth - edge);
  const streets = ["main", "cross"] as const;
  const tall = rings.length * 2 * rowHeight;
  const ticks = Array.from({ length: Math.floor(span / 30) + 1 }, (_, index) => index * 30);
  const names = { main: say({ ko: "주도로", en: "main" }), cross: say({ ko: "교차", en: "cross" }) };
  const told = rings.map(
    ({ label, timing }) =>
      `${label}: ${say({ ko: "주기", en: "cycle" })} ${timing.cycle} s, ${names.main} ${timing.main} s, ${names.cross} ${timing.cross} s, ${say({ ko: "옵셋", en: "offset" })} ${timing.offset} s`,
  );
  return (
    <div class="a-bars" ref={place} style={{ height: `${tall + foot}px` }}>
      {size.width > 0 && (
        <svg width={size.width} height={tall + foot} role="img" aria-label={told.join("; ")}>
          {ticks.map((s) => (
            <g key={s}>
              <path d={`M${Math.round(x(s)) + 0.5} 0V${tall}`} stroke="var(--line)" />
              <text x={x(s)} y={tall + 14} text-anchor="middle" class="c-axis">
                {s}
              </text>
            </g>
          ))}
          {rings.flatMap(({ label, timing, isProposed }, ring) =>
            streets.map((street, row) => {
              const y = (ring * 2 + row) * rowHeight + (rowHeight - barHeight) / 2;
              return (
                <g key={`${label} ${street}`}>
                  <text x="0" y={y + 13} class="c-axis">
                    {label} {names[street]}
                  </text>
                  {greens(timing, street, span).map(([from, to]) => (
                    <Green key={from} x={x(from)} width={x(to) - x(from)} y={y} seconds={timing[street]} look={isProposed ? "proposed" : street} />
                  ))}
                </g>
              );
            }),
          )}
        </svg>
      )}
    </div>
  );
}
