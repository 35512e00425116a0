import { type DetectWorld, day, minute, start } from "./detect-world.ts";

type Home = Readonly<Record<string, number | boolean>>;
/** How a day of a home goes on a day since the begin of the world: counts of ten minutes by day (an eighth of it at night), hours out from nine o'clock on. */
interface Day {
  readonly act: number;
  readonly out?: number;
  readonly with?: Home;
  /** A word of the sensor on its count. */
  readonly q?: "bad";
  /** The hub says nothing; one reading of so many comes through. */
  readonly silent?: boolean;
  readonly every?: number;
}
const windows = 144;

/** What homes say of the days `from` up to but without `to`, by day and home; whole counts, exact over the day. Event time goes with them. */
export function liveDays(w: DetectWorld, [from, to]: readonly [number, number], dayOf: (day: number, home: string) => Day, homes = ["h"]): void {
  for (let n = from; n < to; n++) {
    for (const home of homes) liveDay(w, n, dayOf(n, home), home);
    w.until(start + (n + 1) * day);
  }
}
function liveDay(w: DetectWorld, n: number, { act, out = 0, with: change = {}, q, silent = false, every = 1 }: Day, home: string): void {
  let owed = 0;
  for (let k = 1; k <= windows && !silent; k++) {
    const hour = (k - 1) / 6;
    const away = hour >= 9 && hour < 9 + out;
    owed += hour >= 7 && hour < 22 ? act : act / 8;
    const count = away ? 0 : Math.floor(owed);
    owed -= away ? owed : count;
    const said = { act: count, away, temp: 22 + (k % 2) / 10, hum: 45, lux: 120, gas: 6, batt: 0.9, ...change };
    if (k % every === 0) w.say(home, start + n * day + k * 10 * minute, said, q === undefined ? undefined : { act: q });
  }
}
/** From 10 to 7 between two days. */
export const falls = (n: number, [from, to]: readonly [number, number] = [49, 91]): number =>
  10 - 3 * Math.min(1, Math.max(0, (n - from) / (to - from)));
