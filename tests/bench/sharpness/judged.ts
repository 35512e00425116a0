import { look } from "../../../broker/alarms/detect/kinds/unusual/look.ts";
import { newPortrait } from "../../../broker/alarms/detect/kinds/unusual/portrait.ts";
import { type Anomaly, anomalies, type Character, type Made, makeSeries, start, weeks } from "./series.ts";

const hour = 3_600_000;
const learning = 14 * 24 * hour;

/** When an alarm was due, from the second day on. */
export function alarmsOf({ points }: Pick<Made, "points">): number[] {
  const portrait = newPortrait();
  const alarms: number[] = [];
  let was = 0;
  for (const { t, value } of points) {
    look(portrait, t, value);
    if (portrait.odd !== 0 && was === 0) alarms.push(t);
    was = portrait.odd;
  }
  return alarms;
}

export interface Tally {
  readonly character: string;
  readonly anomaly: Anomaly;
  readonly made: number;
  /** Ms from when it could be seen, of those that were found before they were over (what comes too late to be told so: within an hour or two steps after). */
  readonly delays: readonly number[];
}

/** `each` series of a character with each anomaly. */
export function foundIn(character: Character, each: number, seed: number): Tally[] {
  return anomalies.map((anomaly, kind) => {
    const delays: number[] = [];
    for (let n = 0; n < each; n++) {
      const made = makeSeries(character, anomaly, seed + 1000 * kind + n);
      const patience = Math.max(hour, 2 * character.everyMinutes * 60_000);
      // who finds a drift before half of it is there is not late
      const from = anomaly === "slow drift" ? made.from - 24 * hour : made.from;
      const hit = alarmsOf(made).find((t) => t >= from && t <= made.to + patience);
      // that nothing comes can be told when something comes again
      const since = anomaly === "missing data" ? made.to : made.from;
      if (hit !== undefined) delays.push(Math.max(0, hit - since));
    }
    return { character: character.id, anomaly, made: each, delays };
  });
}

/** Alarms a week after two weeks of learning, in series without any anomaly. */
export function falseAlarms(character: Character, each: number, seed: number): number {
  let alarms = 0;
  for (let n = 0; n < each; n++) alarms += alarmsOf(makeSeries(character, undefined, seed + n)).filter((t) => t >= start + learning).length;
  return alarms / (each * (weeks - 2));
}
