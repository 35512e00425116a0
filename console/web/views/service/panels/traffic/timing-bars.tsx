import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";
import { walkTime } from "../../../../../../shared/walk-time.ts";
import { say } from "../../../../live/room.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { greenOf, type Road, roads } from "./signal-phase.ts";

const nameWidth = 92;
const edge = 12;
const barHeight = 18;
const rowHeight = 26;
const foot = 20;
/** Room of what people need. */
const walkHeight = 32;

interface Ring {
  readonly label: string;
  readonly timing: SignalTiming;
  readonly isProposed: boolean;
}

/** Green of a street within two cycles, cut to what is shown; `begins`: the timing whose green it begins with, where it is a part of one. */
function greens(timing: SignalTiming, road: Road, span: number, begins = timing): readonly (readonly [number, number])[] {
  const { from: begin } = greenOf(begins, road);
  const seconds = timing[road];
  const first = (begin % timing.cycle) - timing.cycle;
  return Array.from({ length: 5 }, (_, index) => first + index * timing.cycle)
    .map((from): readonly [number, number] => [Math.max(0, from), Math.min(span, from + seconds)])
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
      <text x={x + 6} y={y + 13} class={`s-axis${look === "main" ? " is-on-dark" : ""}`}>
        {seconds}
      </text>
    ) : null}
  </g>
);

interface TimingBarsProps {
  readonly present: SignalTiming;
  readonly proposed: SignalTiming | undefined;
  /** Lanes each way, for the time that people need; 0 = not known. */
  readonly lanes: Readonly<Record<Road, number>>;
  /** Second of the day, while the phase can be told. */
  readonly now: number | undefined;
}

/** Under the greens of what runs: how long people need over the other road, from the begin of the green that lets them. */
function Walks({
  present,
  lanes,
  span,
  x,
  y,
}: Pick<TimingBarsProps, "present" | "lanes"> & { readonly span: number; readonly x: (s: number) => number; readonly y: number }) {
  return (
    <>
      {roads.flatMap((road) => {
        const crossed = road === "main" ? "cross" : "main";
        if (lanes[crossed] === 0) return [];
        const seconds = Math.min(walkTime(lanes[crossed]), present[road]);
        return greens({ ...present, [road]: seconds }, road, span, present).map(([from, to]) => (
          <g key={`${road} ${from}`}>
            <path
              d={`M${x(from)} ${y + 3.5}H${Math.max(x(from), x(to))}M${x(from)} ${y}v7M${Math.max(x(from), x(to))} ${y}v7`}
              stroke="var(--ink2)"
              stroke-width="1.5"
            />
            <text x={x(from) + 4} y={y + 20} class="s-axis">
              {say({ ko: crossed === "main" ? "주도로 보행" : "교차 보행", en: crossed === "main" ? "over main" : "over cross" })} {seconds}
            </text>
          </g>
        ));
      })}
    </>
  );
}

/** The plan of phases: main and cross street as bars over the same two cycles, what runs filled, what is proposed as an outline. */
export function TimingBars({ present, proposed, lanes, now }: TimingBarsProps) {
  const { place, size } = useSize<HTMLDivElement>();
  const rings: readonly Ring[] = [
    { label: say({ ko: "지금", en: "present" }), timing: present, isProposed: false },
    ...(proposed === undefined ? [] : [{ label: say({ ko: "제안", en: "proposed" }), timing: proposed, isProposed: true }]),
  ];
  const span = 2 * Math.max(1, ...rings.map(({ timing }) => timing.cycle));
  const x = (s: number) => nameWidth + (s / span) * (size.width - nameWidth - edge);
  const rows = rings.length * 2 * rowHeight;
  const tall = rows + walkHeight;
  const ticks = Array.from({ length: Math.floor(span / 30) + 1 }, (_, index) => index * 30);
  const names = { main: say({ ko: "주도로", en: "main" }), cross: say({ ko: "교차", en: "cross" }) };
  const told = rings.map(
    ({ label, timing }) =>
      `${label}: ${say({ ko: "주기", en: "cycle" })} ${timing.cycle} s, ${names.main} ${timing.main} s, ${names.cross} ${timing.cross} s, ${say({ ko: "옵셋", en: "offset" })} ${timing.offset} s`,
  );
  return (
    <div class="s-drawing a-bars" ref={place} style={{ height: `${tall + foot}px` }}>
      {size.width > 0 && (
        <svg width={size.width} height={tall + foot} role="img" aria-label={told.join("; ")}>
          {ticks.map((s) => (
            <g key={s}>
              <path d={`M${Math.round(x(s)) + 0.5} 0V${tall}`} stroke="var(--line)" />
              <text x={x(s)} y={tall + 14} text-anchor="middle" class="s-axis">
                {s}
              </text>
            </g>
          ))}
          {rings.flatMap(({ label, timing, isProposed }, ring) =>
            roads.map((road, row) => {
              const y = (ring * 2 + row) * rowHeight + (rowHeight - barHeight) / 2;
              return (
                <g key={`${label} ${road}`}>
                  <text x="0" y={y + 13} class="s-axis">
                    {label} {names[road]}
                  </text>
                  {greens(timing, road, span).map(([from, to]) => (
                    <Green key={from} x={x(from)} width={x(to) - x(from)} y={y} seconds={timing[road]} look={isProposed ? "proposed" : road} />
                  ))}
                </g>
              );
            }),
          )}
          <text x="0" y={rows + 12} class="s-axis">
            {say({ ko: "보행(최소)", en: "walk (least)" })}
          </text>
          <Walks present={present} lanes={lanes} span={span} x={x} y={rows + 4} />
          {now === undefined ? null : <path d={`M${x(now % present.cycle)} 0V${tall}`} stroke="var(--ink)" stroke-width="1.5" />}
        </svg>
      )}
    </div>
  );
}
