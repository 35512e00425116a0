import type { ComponentChildren } from "preact";
import { Bar, type BarProps } from "./bar.tsx";
import { StaleRing } from "./mark.tsx";

export interface ValueRowProps extends BarProps {
  readonly label: string;
  readonly text: string;
  readonly unit: string;
  /** What stands instead of a number when there is none. */
  readonly none: string;
  readonly children?: ComponentChildren;
}

/** Label, value, place in range: the atom of the room. */
export function ValueRow({ label, text, unit, none, children, ...bar }: ValueRowProps) {
  const known = Number.isFinite(bar.value);
  return (
    <div class="value-row">
      <span class="value-label">{label}</span>
      <span class={`value${bar.stale ? " is-stale" : ""}`}>
        {known ? (
          <>
            <b>{text}</b>
            <small>{unit}</small>
          </>
        ) : (
          <em>
            <StaleRing /> {none}
          </em>
        )}
      </span>
      <Bar {...bar} />
      {children}
    </div>
  );
}
