import { say } from "../../../../live/room.ts";
import { crossed, type Limit } from "../../../../trend/limits.ts";
import { figureText } from "../../../../trend/words.ts";
import type { Gate, Gauge } from "./gauges.ts";

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Pixels of a chainage. */
  readonly x: (km: number) => number;
  /** Length shown, km. */
  readonly end: number;
  /** Where the cards stand above, when they stand in one row. */
  readonly cards: readonly number[] | undefined;
  /** Heights above sea, or above the zero of each gauge. */
  readonly isAbsolute: boolean;
}
const left = 44;
const right = 20;
const foot = 22;
const head = 30;
export const profileEdges = { left, right };

const niceStep = (span: number): number => [1, 2, 4, 5, 8, 10, 20].find((step) => span / step <= 7) ?? 50;

/** Bed, water and limits along the stream. Only what stands at a gauge is measured; between two of them lines are straight. */
export function LongProfile({ gauges, frame }: { readonly gauges: readonly Gauge[]; readonly frame: Frame }) {
  const { width, height, x, end, isAbsolute } = frame;
  const base = (gauge: Gauge) => (isAbsolute ? gauge.datum : 0);
  const tops = gauges.flatMap((gauge) => [base(gauge) + Math.max(gauge.bank ?? 0, gauge.level || 0, ...gauge.limits.map((limit) => limit.value))]);
  const high = Math.max(...tops) + (isAbsolute ? 1 : 0.4);
  const low = Math.min(...gauges.map(base)) - (isAbsolute ? 2 : 0.7);
  const y = (metres: number) => head + ((high - metres) / (high - low)) * (height - head - foot);
  const line = (metres: (gauge: Gauge) => number | undefined) =>
    gauges
      .flatMap((gauge) => {
        const at = metres(gauge);
        return at === undefined || !Number.isFinite(at) ? [] : [`${x(gauge.at).toFixed(1)} ${y(base(gauge) + at).toFixed(1)}`];
      })
      .join("L");
  const bed = line(() => 0);
  const water = line((gauge) => gauge.level);
  const first = x(gauges[0]?.at ?? 0);
  const last = x(gauges.at(-1)?.at ?? 0);
  const step = niceStep(high - low);
  const marks = Array.from({ length: 40 }, (_, index) => (Math.ceil(low / step) + index) * step).filter((metres) => metres <= high);
  const kms = Array.from({ length: Math.floor(end / 2) + 1 }, (_, index) => index * 2);
  const ranks = [4, 3, 2, 1] as const;
  return (
    <svg
      class="g-plot"
      width={width}
      height={height}
      role="img"
      aria-label={gauges.map((gauge) => `${say(gauge.row.name)} ${figureText(gauge.level, 2)} m`).join(", ")}
    >
      {marks.map((metres) => (
        <g key={metres}>
          <path d={`M${left} ${Math.round(y(metres)) + 0.5}H${width - right}`} stroke="var(--line)" />
          <text x={left - 8} y={y(metres) + 4} text-anchor="end" class="g-axis">
            {metres}
          </text>
        </g>
      ))}
      <text x="8" y={head - 12} class="g-axis">
        {isAbsolute ? "EL m" : say({ ko: "영점 위 m", en: "m above zero" })}
      </text>
      <path d={`M${bed}L${last} ${height - foot}L${first} ${height - foot}Z`} fill="var(--sunk)" />
      {gauges.every((gauge) => Number.isFinite(gauge.level)) && <path d={`M${water}L${bed.split("L").reverse().join("L")}Z`} fill="var(--water)" />}
      <path d={`M${bed}`} fill="none" stroke="var(--line2)" />
      {ranks.map((rank) => (
        <path
          key={rank}
          d={`M${line((gauge) => gauge.limits.find((limit) => limit.rank === rank)?.value)}`}
          fill="none"
          stroke="var(--line2)"
          stroke-width={rank === 1 ? 1.4 : 1}
          stroke-dasharray={rank === 4 ? "1 5" : rank === 3 ? "2 4" : rank === 2 ? "6 4" : undefined}
        />
      ))}
      <path d={`M${line((gauge) => gauge.bank)}`} fill="none" stroke="var(--ink3)" />
      {water !== "" && <path d={`M${water}`} fill="none" stroke="var(--ink)" stroke-width="1.8" />}
      {gauges.map((gauge, index) => (
        <GaugeMarks key={gauge.row.id} gauge={gauge} x={x(gauge.at)} y={(metres) => y(base(gauge) + metres)} from={frame.cards?.[index]} />
      ))}
      <LineNames gauge={gauges.at(-1)} at={last} y={y} base={base} />
      {kms.map((km) => (
        <text key={km} x={x(km)} y={height - 6} text-anchor="middle" class="g-axis">
          {km === 0 ? "0 km" : km}
        </text>
      ))}
    </svg>
  );
}

/** What the lines are, written once at the downstream end where they stand apart. */
function LineNames({ gauge, at, y, base }: { gauge: Gauge | undefined; at: number; y: (metres: number) => number; base: (gauge: Gauge) => number }) {
  if (gauge === undefined) return null;
  const names = [
    ...gauge.limits.map((limit) => ({ value: limit.value, text: `${say(limit.label)} ${figureText(limit.value, 1)}` })),
    ...(gauge.bank === undefined ? [] : [{ value: gauge.bank, text: `${say({ ko: "둑", en: "bank" })} ${figureText(gauge.bank, 1)}` }]),
  ].sort((a, b) => b.value - a.value);
  let free = Number.NEGATIVE_INFINITY;
  return (
    <>
      {names.map(({ value, text }) => {
        const here = y(base(gauge) + value) - 4;
        if (here - free < 11) return null;
        free = here;
        return (
          <text key={text} x={at - 14} y={here} text-anchor="end" class="g-axis g-name">
            {text}
          </text>
        );
      })}
    </>
  );
}

const half = { 1: 10, 2: 8, 3: 6, 4: 5 } as const;
const dash: Readonly<Record<Limit["rank"], string | undefined>> = { 1: undefined, 2: undefined, 3: "2 1.5", 4: "1 2" };

interface GaugeMarksProps {
  readonly gauge: Gauge;
  readonly x: number;
  readonly y: (metres: number) => number;
  /** Where its card stands above. */
  readonly from: number | undefined;
}
/** The staff of a gauge: its limits as ranked ticks and the water that stands at it. */
function GaugeMarks({ gauge, x, y, from }: GaugeMarksProps) {
  const { level, limits, fresh } = gauge;
  const over = Number.isFinite(level) ? crossed(limits, level) : undefined;
  const isFresh = fresh === "fresh";
  const top = y(level);
  return (
    <g>
      <path d={`M${from ?? x} 0V6L${x} 20V${y(0)}`} fill="none" stroke="var(--ink3)" stroke-dasharray="2 3" />
      {Number.isFinite(level) && (
        <rect
          x={x - 4.5}
          y={top}
          width="9"
          height={Math.max(1, y(0) - top)}
          fill={isFresh ? (over === undefined || over.rank === 4 ? "var(--ink2)" : `var(--p${over.rank}-line)`) : "var(--bg1)"}
          stroke={isFresh ? "var(--ink)" : "var(--cy)"}
          stroke-dasharray={isFresh ? undefined : "3 2"}
        />
      )}
      {limits.map((limit) => {
        const isOver = over !== undefined && limit.value <= over.value;
        return (
          <path
            key={limit.name}
            d={`M${x - half[limit.rank]} ${y(limit.value)}H${x + half[limit.rank]}`}
            stroke={isOver && limit.rank !== 4 ? `var(--p${limit.rank}-line)` : "var(--ink2)"}
            stroke-width={limit.rank === 1 ? 2 : 1.2}
            stroke-dasharray={dash[limit.rank]}
          >
            <title>{`${say(limit.label)} ${figureText(limit.value, 2)} m`}</title>
          </path>
        );
      })}
      {Number.isFinite(level) && (
        <text x={x + 8} y={top - 4} class={isFresh ? "g-value" : "g-value is-stale"}>
          {figureText(level, 2)}
        </text>
      )}
    </g>
  );
}

/** Gates of one bank in a lane: open hollow, closed filled, moving half. */
export function GateLane({ gates, side, x }: { readonly gates: readonly Gate[]; readonly side: string; readonly x: (km: number) => number }) {
  return (
    <div class="g-lane">
      <span>{side}</span>
      {gates.map((gate) => (
        <a key={gate.id} href={`#/device/${gate.id}`} style={{ left: `${x(gate.at)}px` }} title={`${say(gate.name)}: ${say(gate.text)}`}>
          <i class={`g-gate is-${gate.word}`} aria-hidden="true" />
          <span class="unseen">{`${say(gate.name)}: ${say(gate.text)}`}</span>
        </a>
      ))}
    </div>
  );
}
