import type { Series } from "../../../../../../shared/city-port.ts";
import { plan, say } from "../../../../live/room.ts";
import { timeTicks } from "../../../../trend/axis.ts";
import { breaksOf } from "../../../../trend/gaps.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { clockText, figureText } from "../../../../trend/words.ts";
import { crestOf } from "./crest.ts";
import type { Gauge } from "./gauges.ts";

const nameWidth = 136;
const valueWidth = 104;
const foot = 20;

const signed = (metres: number): string => `${metres >= 0.005 ? "+" : ""}${figureText(Math.abs(metres) < 0.005 ? 0 : metres, 2)} m`;

interface CrestRowsProps {
  readonly gauges: readonly Gauge[];
  readonly series: ReadonlyMap<string, Series>;
  readonly from: number;
  readonly to: number;
}

/** The levels of all gauges under each other, each on its own scale: a crest that travels downstream is a slanting line of peaks. */
export function CrestRows({ gauges, series, from, to }: CrestRowsProps) {
  const { place, size } = useSize<HTMLDivElement>();
  const zone = plan.value?.zone ?? "UTC";
  const tall = Math.max(14, (size.height - foot) / Math.max(1, gauges.length));
  const end = size.width - valueWidth;
  const x = (t: number) => nameWidth + ((t - from) / (to - from)) * (end - nameWidth);
  const rows = gauges.map((gauge, index) => {
    const points = series.get(gauge.row.id)?.points ?? [];
    const low = Math.min(...points.map((point) => point.min));
    const high = Math.max(...points.map((point) => point.max));
    const spread = Math.max(high - low, 0.05);
    const y = (level: number) => (index + 1) * tall - 5 - ((level - (low + high) / 2) / spread + 0.5) * (tall - 10);
    const breaks = breaksOf(
      points.map((point) => point.t),
      series.get(gauge.row.id)?.gaps ?? [],
    );
    const crest = crestOf(points);
    return {
      gauge,
      path: points.map((point, at) => `${at === 0 || breaks.has(at) ? "M" : "L"}${x(point.t).toFixed(1)} ${y(point.mean).toFixed(1)}`).join(""),
      bottom: (index + 1) * tall,
      crest: crest === undefined ? undefined : { x: x(crest.t), y: y(crest.max), t: crest.t, level: crest.max },
      rise: points.length > 1 ? (points.at(-1)?.mean ?? 0) - (points[0]?.mean ?? 0) : undefined,
    };
  });
  const crests = rows.flatMap(({ crest }) => (crest === undefined ? [] : [`${crest.x.toFixed(1)} ${crest.y.toFixed(1)}`]));
  return (
    <div class="s-drawing g-crest" ref={place}>
      {size.width > 0 && (
        <svg width={size.width} height={size.height} role="img" aria-label={say({ ko: "수위계마다 여섯 시간", en: "Six hours at every gauge" })}>
          {timeTicks(from, to, end - nameWidth, zone, 64).map((tick) => (
            <g key={tick.t}>
              <path d={`M${Math.round(x(tick.t)) + 0.5} 0V${size.height - foot}`} stroke="var(--line)" />
              <text x={x(tick.t)} y={size.height - 5} text-anchor="middle" class="g-axis">
                {tick.text}
              </text>
            </g>
          ))}
          {crests.length > 1 && <path d={`M${crests.join("L")}`} fill="none" stroke="var(--ink3)" stroke-dasharray="4 3" />}
          {rows.map(({ gauge, path, bottom, crest, rise }) => (
            <g key={gauge.row.id}>
              <path d={`M0 ${Math.round(bottom) + 0.5}H${size.width}`} stroke="var(--line)" />
              <text x="12" y={bottom - tall / 2 + 4} class="g-label">
                {say(gauge.row.name)}
              </text>
              <path d={path} fill="none" stroke={gauge.fresh === "fresh" ? "var(--ink)" : "var(--cy)"} stroke-width="1.4" />
              {crest !== undefined && (
                <path d={`M${crest.x} ${crest.y - 4}l4 4l-4 4l-4-4z`} fill="var(--bg1)" stroke="var(--ink)">
                  <title>{`${clockText(crest.t, zone, false)}  ${figureText(crest.level, 2)} m`}</title>
                </path>
              )}
              <text x={size.width - 12} y={bottom - tall / 2 + 4} text-anchor="end" class="g-label">
                {crest === undefined
                  ? rise === undefined
                    ? "—"
                    : signed(rise)
                  : `${figureText(crest.level, 2)} m ${clockText(crest.t, zone, false)}`}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
