import { say } from "../../../../live/room.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { figureText } from "../../../../trend/words.ts";

const left = 44;
const right = 12;
const head = 10;
const foot = 8;
/** A unit that is this full should be emptied soon. */
export const fullFrom = 0.8;

export interface Fill {
  readonly id: string;
  readonly name: string;
  readonly fill: number;
  readonly isFresh: boolean;
}

/** Every unit as one bar, the fullest first: how much of the city is full is the width left of where the bars cross the line. */
export function Skyline({ fills }: { readonly fills: readonly Fill[] }) {
  const { place, size } = useSize<HTMLDivElement>();
  const step = (size.width - left - right) / Math.max(1, fills.length);
  const top = Math.max(1, ...fills.map(({ fill }) => fill || 0));
  const y = (fill: number) => head + (1 - fill / top) * (size.height - head - foot);
  const over = fills.filter(({ fill }) => fill >= fullFrom).length;
  return (
    <div class="s-drawing f-sky" ref={place}>
      {size.width > 0 && (
        <svg
          width={size.width}
          height={size.height}
          role="img"
          aria-label={say({ ko: `${fills.length}대 가운데 ${over}대가 80 % 이상`, en: `${over} of ${fills.length} units at 80 % or more` })}
        >
          {[0, 0.2, 0.4, 0.6, 0.8, 1].map((fill) => (
            <g key={fill}>
              <path
                d={`M${left} ${Math.round(y(fill)) + 0.5}H${size.width - right}`}
                stroke={fill === fullFrom ? "var(--ink2)" : "var(--line)"}
                stroke-dasharray={fill === fullFrom ? "6 3" : undefined}
              />
              <text x={left - 8} y={y(fill) + 4} text-anchor="end" class="s-axis">
                {figureText(fill * 100, 0)} %
              </text>
            </g>
          ))}
          {fills.map(({ id, name, fill, isFresh }, index) => (
            <rect
              key={id}
              x={left + index * step}
              y={Number.isFinite(fill) ? y(fill) : y(0) - 3}
              width={Math.max(1, step - (step > 2.4 ? 0.8 : 0))}
              height={Number.isFinite(fill) ? Math.max(1, y(0) - y(fill)) : 3}
              fill={!isFresh ? "var(--cy)" : fill >= fullFrom ? "var(--ink)" : "var(--dot)"}
            >
              <title>{`${name} · ${Number.isFinite(fill) ? `${figureText(fill * 100, 0)} %` : "—"}`}</title>
            </rect>
          ))}
        </svg>
      )}
    </div>
  );
}
