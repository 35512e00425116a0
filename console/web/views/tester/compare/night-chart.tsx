import { timeTicks } from "../../../trend/axis.ts";
import { useSize } from "../../../trend/use-size.ts";
import { figureText } from "../../../trend/words.ts";

export interface Night {
  readonly t: readonly number[];
  readonly v: readonly number[];
}
export interface NightChartProps {
  readonly asItWas: Night;
  readonly without: Night;
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  readonly precision: number;
  readonly label: string;
}
const [right, bottom, top] = [66, 20, 18];

/** Two lines on one axis: the night as it was, and dashed the one without people. */
export function NightChart({ asItWas, without, from, to, zone, precision, label }: NightChartProps) {
  const { place, size } = useSize<HTMLDivElement>();
  const { width, height } = size;
  const most = Math.max(...asItWas.v, ...without.v, 10 ** -precision);
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * (width - right);
  const y = (value: number) => height - bottom - (value / most) * (height - bottom - top);
  const path = ({ t: times, v }: Night) => times.map((at, n) => `${n === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(v[n] ?? 0).toFixed(1)}`).join("");
  const [endWas, endWithout] = [asItWas.v.at(-1) ?? 0, without.v.at(-1) ?? 0];
  // Two words at nearly the same height stand one over the other.
  const apart = Math.max(0, 14 - Math.abs(y(endWas) - y(endWithout))) / 2;
  const up = endWas >= endWithout ? -apart : apart;
  return (
    <div class="t-night" ref={place} role="img" aria-label={label}>
      {width === 0 ? null : (
        <svg width={width} height={height} aria-hidden="true">
          <path d={`M0 ${height - bottom + 0.5}H${width - right}`} class="t-night-axis" />
          {timeTicks(from, to, width - right, zone, 70).map((tick) => (
            <text key={tick.t} x={x(tick.t)} y={height - 5} text-anchor={x(tick.t) < 16 ? "start" : "middle"}>
              {tick.text}
            </text>
          ))}
          <path d={path(without)} class="t-night-without" />
          <path d={path(asItWas)} class="t-night-was" />
          <text x={width - right + 6} y={y(endWas) + 4 + up} class="is-was">
            {figureText(endWas, precision)}
          </text>
          {figureText(endWas, precision) === figureText(endWithout, precision) ? null : (
            <text x={width - right + 6} y={y(endWithout) + 4 - up} class="is-without">
              {figureText(endWithout, precision)}
            </text>
          )}
        </svg>
      )}
    </div>
  );
}
