import type { Range } from "./figures.ts";

export interface BarProps {
  /** NaN = no value: then the track is dashed and empty. */
  readonly value: number;
  readonly scale: Range;
  readonly usual: Range;
  /** Limits as ranked ticks, grey until crossed. */
  readonly ticks?: readonly { readonly at: number; readonly rank: 1 | 2 | 3 }[];
  readonly stale: boolean;
}

const tickLook = { 1: { height: 12, width: 2 }, 2: { height: 9, width: 1 }, 3: { height: 7, width: 1 } } as const;
const width = 96;

/** Where a value stands on its scale and in its usual range. */
export function Bar({ value, scale, usual, ticks = [], stale }: BarProps) {
  const place = (at: number) => Math.max(0, Math.min(1, (at - scale.low) / (scale.high - scale.low))) * width;
  const known = Number.isFinite(value);
  // A number whose scale nobody here may know has no place on a bar.
  if (known && !Number.isFinite(scale.high)) return <span class="bar" aria-hidden="true" />;
  const from = place(usual.low);
  const span = Math.max(1.5, place(usual.high) - from);
  const x = place(value);
  return (
    <span class="bar" aria-hidden="true">
      <svg viewBox={`0 0 ${width} 20`} preserveAspectRatio="none" role="presentation">
        {known ? (
          <>
            <rect y="8" width={width} height="6" fill="var(--track)" />
            <rect x={from} y="8" width={span} height="6" fill="var(--nb)" />
            <path d={`M${from + 0.5} 8v6M${from + span - 0.5} 8v6`} stroke="var(--line2)" vector-effect="non-scaling-stroke" />
            {ticks.map(({ at, rank }) => (
              <rect
                key={at}
                x={place(at)}
                y={11 - tickLook[rank].height / 2}
                width={tickLook[rank].width}
                height={tickLook[rank].height}
                fill="var(--ink2)"
              />
            ))}
            <path
              d={`M${x - 5} 1.5h10L${x} 10z`}
              fill={stale ? "none" : "var(--ink)"}
              stroke={stale ? "var(--cy)" : "var(--ink)"}
              stroke-dasharray={stale ? "2 1.5" : undefined}
            />
          </>
        ) : (
          <rect x="0.5" y="8.5" width={width - 1} height="5" fill="none" stroke="var(--line2)" stroke-dasharray="3 2" />
        )}
      </svg>
    </span>
  );
}
