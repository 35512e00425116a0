import { effect, signal } from "@preact/signals";
import { status } from "../../live/room.ts";

export interface RatePoint {
  /** Wall clock. */
  readonly t: number;
  readonly rate: number;
}
/** Ten minutes of wall time at one status a second. */
export const rateWindowMs = 600_000;

/** Adds a point and forgets what is older than the window. */
const kept = (points: readonly RatePoint[], next: RatePoint): readonly RatePoint[] => [
  ...points.filter((point) => next.t - point.t < rateWindowMs && point.t < next.t),
  next,
];

/** What this screen has heard since it loaded this page for the first time: nobody keeps it longer. */
export const rates = signal<readonly RatePoint[]>([]);
effect(() => {
  const heard = status.value;
  if (heard !== undefined) rates.value = kept(rates.peek(), { t: Date.now(), rate: heard.hops.readingsPerSecond });
});
