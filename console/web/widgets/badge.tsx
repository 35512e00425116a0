/** Shape, number and outline of a priority; colour comes third. */
const shapes = {
  1: "M6.6 1.5h6.8l5.1 5.1v6.8l-5.1 5.1H6.6l-5.1-5.1V6.6z",
  2: "M10 1.8L19 18.2H1z",
  3: "M10 1L19 10l-9 9-9-9z",
  4: "M10 1.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17",
} as const;

export interface BadgeProps {
  readonly rank: 1 | 2 | 3 | 4;
  /** `zero`: hollow and quiet, for a count of none. */
  readonly look: "zero";
}

export const Badge = ({ rank, look }: BadgeProps) => (
  <svg class={`badge is-${look}`} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <path d={shapes[rank]} />
    <text x="10" y={rank === 2 ? 15.6 : 13.8} text-anchor="middle">
      {rank}
    </text>
  </svg>
);
