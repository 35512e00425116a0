/** What one approach has counted in the last quarter of an hour. Plain data. */
export interface Counts {
  /** Oldest first: end of the window, its seconds, vehicles, share of heavy ones, queue at its end, mean speed (km/h; 0 = nobody passed). */
  minutes: { t: number; seconds: number; volume: number; heavy: number; queue: number; speed: number }[];
}
export const noCounts = (): Counts => ({ minutes: [] });

export const spanMs = 900_000;

export function count(counts: Counts, minute: Counts["minutes"][number]): void {
  counts.minutes.push(minute);
  while ((counts.minutes[0]?.t ?? minute.t) <= minute.t - spanMs) counts.minutes.shift();
}

export interface Demand {
  /** Vehicles per hour that want to pass: those that did, and those by which the queue has grown. */
  readonly flow: number;
  readonly heavy: number;
  /** Harmonic mean of speeds, weighted by vehicles, km/h; undefined = nobody passed. */
  readonly speed: number | undefined;
}

/** Undefined while less than two thirds of the quarter have been counted. */
export function demandOf({ minutes }: Counts, t: number): Demand | undefined {
  const own = minutes.filter((minute) => minute.t > t - spanMs && minute.t <= t);
  const seconds = own.reduce((sum, minute) => sum + minute.seconds, 0);
  if (seconds * 1000 < (2 / 3) * spanMs) return undefined;
  const volume = own.reduce((sum, minute) => sum + minute.volume, 0);
  const grown = (own.at(-1)?.queue ?? 0) - (own[0]?.queue ?? 0);
  const hours = own.reduce((sum, minute) => sum + (minute.speed > 0 ? minute.volume / minute.speed : 0), 0);
  const timed = own.reduce((sum, minute) => sum + (minute.speed > 0 ? minute.volume : 0), 0);
  return {
    flow: (Math.max(0, volume + Math.max(0, grown)) * 3600) / seconds,
    heavy: volume > 0 ? own.reduce((sum, minute) => sum + minute.heavy * minute.volume, 0) / volume : 0,
    speed: hours > 0 ? timed / hours : undefined,
  };
}
