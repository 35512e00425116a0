import type { Series } from "../../../../shared/city-port.ts";
import { breaksOf } from "../../trend/gaps.ts";

const width = 132;
const height = 32;

export interface HourLineProps {
  readonly series: Series | undefined;
  readonly from: number;
  readonly to: number;
  readonly stale: boolean;
  /** Twenty steps of the sensor's precision: less than that is noise, not a change. */
  readonly least: number;
}

/** The last hour of one number on its own scale; gaps break the line and are hatched. */
export function HourLine({ series, from, to, stale, least }: HourLineProps) {
  const points = series?.points ?? [];
  const low = Math.min(...points.map((point) => point.min));
  const high = Math.max(...points.map((point) => point.max));
  const spread = Math.max(high - low, least);
  const middle = (high + low) / 2;
  const x = (t: number) => Math.round(((t - from) / (to - from)) * width * 10) / 10;
  const y = (value: number) => Math.round((height / 2 - ((value - middle) / (spread * 1.3)) * (height - 8)) * 10) / 10;
  const gaps = series?.gaps ?? [];
  const breaks = breaksOf(
    points.map((point) => point.t),
    gaps,
  );
  const path = points.map((point, at) => `${at === 0 || breaks.has(at) ? "M" : "L"}${x(point.t)} ${y(point.mean)}`).join("");
  const last = points.at(-1);
  return (
    <svg class="d-spark" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" preserveAspectRatio="none">
      <defs>
        <pattern id="d-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" stroke="var(--line2)" stroke-width="1.4" />
        </pattern>
      </defs>
      {gaps.map((gap) => (
        <rect
          key={gap.from}
          x={Math.max(0, x(gap.from))}
          y="0"
          width={Math.max(1, x(gap.to) - Math.max(0, x(gap.from)))}
          height={height}
          fill="url(#d-hatch)"
        />
      ))}
      <path d={path} fill="none" stroke={stale ? "var(--cy)" : "var(--ink)"} stroke-width="1.4" vector-effect="non-scaling-stroke" />
      {last !== undefined && (
        <circle cx={x(last.t)} cy={y(last.mean)} r="2.4" fill={stale ? "var(--bg1)" : "var(--ink)"} stroke={stale ? "var(--cy)" : "none"} />
      )}
    </svg>
  );
}
