import type { StayLaw } from "./alarm-rule.ts";

/** How long a vehicle may stand at a charging place, by dated law. `offset`: local time minus UTC, ms. */
export type StayLimit = StayLaw["limits"][number];

/** The version whose first day is the newest at the begin of the stay: a stay is judged by the law under which the driver parked. */
export function lawAt(law: readonly StayLaw[], begin: number, offset: number): StayLaw | undefined {
  const day = new Date(begin + offset).toISOString().slice(0, 10);
  let newest: StayLaw | undefined;
  for (const one of law) if (one.from <= day && (newest === undefined || one.from > newest.from)) newest = one;
  return newest;
}

/** What the law allows this vehicle at a bay of these constants; undefined = it limits nothing. */
export const limitFor = ({ limits }: StayLaw, vehicle: string, constants: Readonly<Record<string, number>> | undefined): StayLimit | undefined =>
  limits.find(({ vehicles, fast, unless }) => {
    const exemptBy = unless && constants?.[unless.constant];
    const exempt = unless !== undefined && exemptBy !== undefined && exemptBy < unless.below;
    return vehicles.includes(vehicle) && !exempt && (fast === undefined || fast === constants?.fast);
  });

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Instant at which so many seconds have been counted since `begin`, hours of the local day that do not count left out. Exact across any number of days. */
export function limitReached(begin: number, { seconds, notCounted }: Pick<StayLimit, "seconds" | "notCounted">, offset: number): number {
  if (notCounted === undefined) return begin + seconds * 1000;
  const [from, to] = notCounted;
  // hours [from, to), over midnight as well: what is left is counted from `to` until the next `from`
  const rest = ((to - from + 24) % 24) * hourMs;
  const counted = dayMs - rest;
  const sinceEnd = (begin + offset - to * hourMs) % dayMs;
  // a stay that begins in hours that do not count begins, for the law, at their end
  const late = Math.max(0, sinceEnd - counted);
  let t = late > 0 ? begin + (rest - late) : begin;
  let left = seconds * 1000;
  let until = late > 0 ? counted : counted - sinceEnd;
  for (; left > until; until = counted) {
    left -= until;
    t += until + rest;
  }
  return t + left;
}
