import { say } from "../../live/room.ts";
import { useSize } from "../../trend/use-size.ts";
import { durationText, figureText } from "../../trend/words.ts";
import { type RatePoint, rates, rateWindowMs } from "./rate-history.ts";

const edge = 12;
const foot = 18;
const head = 8;
/** Status comes every second: a longer pause is a lost connection. */
const breakMs = 4000;

/** Readings a second as this screen heard them, over ten minutes of wall time. */
export function RateLine() {
  const { place, size } = useSize<HTMLDivElement>();
  const points = rates.value;
  const now = points.at(-1)?.t ?? Date.now();
  const top = Math.max(1, ...points.map((point) => point.rate)) * 1.15;
  const x = (t: number) => edge + (1 - (now - t) / rateWindowMs) * (size.width - 2 * edge);
  const y = (rate: number) => head + (1 - rate / top) * (size.height - head - foot);
  const path = points
    .map((point: RatePoint, at) => {
      const before = points[at - 1];
      const isBroken = before === undefined || point.t - before.t > breakMs;
      return `${isBroken ? "M" : "L"}${x(point.t).toFixed(1)} ${y(point.rate).toFixed(1)}`;
    })
    .join("");
  const first = points[0];
  const last = points.at(-1);
  return (
    <div class="q-rate" ref={place}>
      {size.width > 0 && (
        <svg
          width={size.width}
          height={size.height}
          role="img"
          aria-label={
            last === undefined ? "—" : say({ ko: `초당 측정 ${figureText(last.rate, 1)}`, en: `${figureText(last.rate, 1)} readings per second` })
          }
        >
          {first !== undefined && first.t > now - rateWindowMs + 1000 && (
            <text x={Math.max(edge, x(first.t) - 6)} y={size.height / 2} text-anchor={x(first.t) > 140 ? "end" : "start"} class="q-axis">
              {x(first.t) > 140 ? say({ ko: "이 화면을 열기 전", en: "before this page was opened" }) : ""}
            </text>
          )}
          <path d={`M${edge} ${y(0) + 0.5}H${size.width - edge}`} stroke="var(--line2)" />
          <path d={path} fill="none" stroke="var(--ink)" stroke-width="1.4" />
          {last !== undefined && <circle cx={x(last.t)} cy={y(last.rate)} r="2.4" fill="var(--ink)" />}
          <text x={edge} y={size.height - 4} class="q-axis">
            −{say(durationText(rateWindowMs))}
          </text>
          <text x={size.width - edge} y={size.height - 4} text-anchor="end" class="q-axis">
            {say({ ko: "지금", en: "now" })}
          </text>
        </svg>
      )}
    </div>
  );
}
