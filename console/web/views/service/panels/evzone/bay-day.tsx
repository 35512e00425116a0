import type { DeviceRow, Span } from "../../../../../../shared/city-port.ts";
import { plan, say } from "../../../../live/room.ts";
import { timeTicks } from "../../../../trend/axis.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { clockText, durationText } from "../../../../trend/words.ts";
import { freshness, heardUpTo, seenAt } from "../../../device/readings.ts";
import { numberOfId } from "./names.ts";

const nameWidth = 72;
const edge = 14;
const foot = 22;

interface BayDayProps {
  readonly bays: readonly DeviceRow[];
  readonly fast: ReadonlySet<string>;
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  readonly from: number;
  readonly now: number;
}

/** How often a bay was taken and freed again since `from`. */
const turns = (spans: readonly Span[]): number => spans.filter((span) => span.value === true).length;

/** The bays of a zone through the day: a bar per vehicle, the one that stands now darkest. */
export function BayDay({ bays, fast, spans, from, now }: BayDayProps) {
  const { place, size } = useSize<HTMLDivElement>();
  const zone = plan.value?.zone ?? "UTC";
  const to = from + 86_400_000;
  const x = (t: number) => nameWidth + ((t - from) / (to - from)) * (size.width - nameWidth - edge);
  const tall = Math.max(12, Math.min(48, (size.height - foot) / Math.max(1, bays.length)));
  const thick = Math.min(24, tall - 5);
  const bottom = tall * bays.length;
  const word = (isFast: boolean) => say(isFast ? { ko: "급속", en: "fast" } : { ko: "완속", en: "slow" });
  return (
    <div class="s-drawing e-day" ref={place} style={{ "--rows": String(bays.length) }}>
      {size.width > 0 && (
        <svg
          width={size.width}
          height={size.height}
          role="img"
          aria-label={bays.map((bay) => `${say(bay.name)}: ${turns(spans.get(bay.id) ?? [])}`).join(", ")}
        >
          <defs>
            <pattern id="e-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0V6" stroke="var(--cy)" stroke-width="1.4" />
            </pattern>
          </defs>
          {timeTicks(from, to - 1, size.width - nameWidth, zone, 80).map((tick) => (
            <g key={tick.t}>
              <path d={`M${Math.round(x(tick.t)) + 0.5} 0V${bottom}`} stroke="var(--line)" />
              <text x={x(tick.t)} y={bottom + 16} text-anchor="middle" class="s-axis">
                {clockText(tick.t, zone, false)}
              </text>
            </g>
          ))}
          {bays.map((bay, index) => {
            const y = index * tall;
            const own = (spans.get(bay.id) ?? []).filter((span) => span.value === true);
            const heard = heardUpTo(bay);
            const seen = seenAt(bay);
            const isSilent = freshness(bay) !== "fresh" && seen > from;
            return (
              <g key={bay.id}>
                <path d={`M${nameWidth} ${Math.round(y + tall) - 0.5}H${size.width - edge}`} stroke="var(--line)" />
                <text x="12" y={y + tall / 2 + 4} class="s-axis">
                  {Number(numberOfId(bay.id))} {word(fast.has(bay.id))}
                </text>
                {own.map((span) => {
                  const isNow = span === spans.get(bay.id)?.at(-1);
                  const end = isNow ? Math.min(now, Math.max(span.to, heard)) : span.to;
                  return (
                    <rect
                      key={span.from}
                      x={x(span.from)}
                      y={y + (tall - thick) / 2}
                      width={Math.max(1.5, x(end) - x(span.from))}
                      height={thick}
                      fill={isNow ? "var(--ink2)" : "var(--nb)"}
                    >
                      <title>{`${clockText(span.from, zone, false)}–${isNow ? say({ ko: "지금", en: "now" }) : clockText(end, zone, false)} · ${say(durationText(end - span.from))}`}</title>
                    </rect>
                  );
                })}
                {isSilent && <rect x={x(seen)} y={y + 1} width={Math.max(1, x(now) - x(seen))} height={tall - 3} fill="url(#e-hatch)" />}
              </g>
            );
          })}
          <path d={`M${x(now)} 0V${bottom + 4}`} stroke="var(--ink)" stroke-width="1.5" />
        </svg>
      )}
    </div>
  );
}
