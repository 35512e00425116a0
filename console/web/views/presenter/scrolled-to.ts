interface Frame {
  readonly scrollTop: number;
  readonly clientHeight: number;
}
interface Line {
  readonly offsetTop: number;
  readonly offsetHeight: number;
}

/** How far a list is scrolled to show a line of it whole: no further than it must. */
export function scrolledTo({ scrollTop, clientHeight }: Frame, { offsetTop, offsetHeight }: Line): number {
  return Math.min(offsetTop, Math.max(scrollTop, offsetTop + offsetHeight - clientHeight));
}
