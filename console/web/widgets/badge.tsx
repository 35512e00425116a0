/** Shape, number and outline of a priority; colour comes third. On a grid of 20. */
export const badgeShapes = {
  1: "M6.6 1.5h6.8l5.1 5.1v6.8l-5.1 5.1H6.6l-5.1-5.1V6.6z",
  2: "M10 1.8L19 18.2H1z",
  3: "M10 1L19 10l-9 9-9-9z",
  4: "M10 1.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17",
} as const;
/** The second outline, outside. */
const rings = {
  1: "M5.3-1.6h9.4l6.9 6.9v9.4l-6.9 6.9H5.3l-6.9-6.9V5.3z",
  2: "M10-4.6L24.4 21.4H-4.4z",
  3: "M10-3.3L23.3 10L10 23.3L-3.3 10z",
  4: "M10-2.2a12.2 12.2 0 1 0 0 24.4a12.2 12.2 0 1 0 0-24.4",
} as const;

/** `unacknowledged`: filled, with a second outline; `filled`; `cleared`: hollow in the line tone; `kept`: hollow and grey; `zero`: quiet, for a count of none. */
export type BadgeLook = "unacknowledged" | "filled" | "cleared" | "kept" | "zero";

export interface BadgeProps {
  readonly rank: 1 | 2 | 3 | 4;
  readonly look: BadgeLook;
  readonly size?: number;
  /** Beside words that say the same, a badge is silent. */
  readonly label?: string | undefined;
  /** Only one that asks for somebody flashes. */
  readonly flashes?: boolean;
}

const Words = ({ label }: Pick<BadgeProps, "label">) => (label === undefined ? null : <span class="unseen">{label}</span>);

export const Badge = ({ rank, look, size = 20, label, flashes = false }: BadgeProps) => (
  <>
    <svg class={`badge is-${look} is-p${rank}${flashes ? " is-flashing" : ""}`} viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      {look === "unacknowledged" ? <path class="badge-ring" d={rings[rank]} /> : null}
      <path class="badge-shape" d={badgeShapes[rank]} />
      <text x="10" y={rank === 2 ? 15.6 : 13.8} text-anchor="middle">
        {rank}
      </text>
    </svg>
    <Words label={label} />
  </>
);

/** Trouble of a sensor is never a priority's shape: a square with a wrench. */
export const MaintenanceMark = ({ look, size = 20, label }: Pick<BadgeProps, "look" | "size" | "label">) => (
  <>
    <svg class={`badge is-maintenance is-${look}`} viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      {look === "unacknowledged" ? <path class="badge-ring" d="M-1.5-1.5h23v23h-23z" /> : null}
      <path class="badge-shape" d="M2 2h16v16H2z" />
      <path
        class="badge-wrench"
        d="M15 7.1a3.1 3.1 0 0 1-4.2 3.6l-3.9 3.9a1.3 1.3 0 0 1-1.9-1.9l3.9-3.9a3.1 3.1 0 0 1 3.7-4.1l-1.9 1.9l.4 1.8l1.8.4z"
      />
    </svg>
    <Words label={label} />
  </>
);
