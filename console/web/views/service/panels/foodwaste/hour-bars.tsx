import { plan, say } from "../../../../live/room.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { clockText, figureText } from "../../../../trend/words.ts";
import type { HourSum } from "./today.ts";

const left = 44;
const right = 12;
const foot = 18;
const head = 14;

const HourNumber = ({ x, y, kg }: { readonly x: number; readonly y: number; readonly kg: number }) =>
  kg < 0.5 ? null : (
    <text x={x} y={y} text-anchor="middle" class="s-axis">
      {figureText(kg, 0)}
    </text>
  );

/** Deposits of each hour above the line, what was collected hanging below it: each on a scale of its own, because a collection empties a day. */
export function HourBars({ hours, from }: { readonly hours: readonly HourSum[]; readonly from: number }) {
  const { place, size } = useSize<HTMLDivElement>();
  const zone = plan.value?.zone ?? "UTC";
  const half = (size.height - foot - 2 * head) / 2;
  const up = half / Math.max(1, ...hours.map((hour) => hour.kg));
  const down = half / Math.max(1, ...hours.map((hour) => hour.taken));
  const zero = head + half;
  const step = (size.width - left - right) / 24;
  const running = hours.at(-1)?.t;
  return (
    <div class="s-drawing f-hours" ref={place}>
      {size.width > 0 && (
        <svg
          width={size.width}
          height={size.height}
          role="img"
          aria-label={hours.map((hour) => `${clockText(hour.t, zone, false)} ${figureText(hour.kg, 0)} kg`).join(", ")}
        >
          <path d={`M${left} ${Math.round(zero) + 0.5}H${size.width - right}`} stroke="var(--line2)" />
          <text x={left - 8} y={zero - 4} text-anchor="end" class="s-axis">
            {say({ ko: "배출", en: "in" })}
          </text>
          <text x={left - 8} y={zero + 13} text-anchor="end" class="s-axis">
            {say({ ko: "수거", en: "out" })}
          </text>
          {Array.from({ length: 24 }, (_, hour) => hour)
            .filter((hour) => hour % 3 === 0)
            .map((hour) => (
              <text key={hour} x={left + hour * step} y={size.height - 4} class="s-axis">
                {String(hour).padStart(2, "0")}
              </text>
            ))}
          {hours.map((hour) => {
            const x = left + ((hour.t - from) / 3_600_000) * step + 1;
            const isOpen = hour.t === running;
            return (
              <g key={hour.t}>
                <title>
                  {`${clockText(hour.t, zone, false)} · ${say({ ko: `배출 ${hour.count}회 ${figureText(hour.kg, 0)} kg · 수거 ${hour.emptied}대 ${figureText(hour.taken, 0)} kg`, en: `${hour.count} deposits ${figureText(hour.kg, 0)} kg · ${hour.emptied} emptied ${figureText(hour.taken, 0)} kg` })}`}
                </title>
                <rect
                  x={x}
                  y={zero - hour.kg * up}
                  width={step - 2}
                  height={hour.kg * up}
                  fill={isOpen ? "none" : "var(--dot)"}
                  stroke={isOpen ? "var(--ink2)" : "none"}
                  stroke-dasharray="3 2"
                />
                <rect x={x} y={zero + 1} width={step - 2} height={hour.taken * down} fill="var(--ink2)" />
                <HourNumber x={x + (step - 2) / 2} y={zero - hour.kg * up - 3} kg={step > 30 ? hour.kg : 0} />
                <HourNumber x={x + (step - 2) / 2} y={zero + hour.taken * down + 12} kg={step > 30 ? hour.taken : 0} />
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
