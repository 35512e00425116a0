import type { ChronicleLine } from "../../../../../../shared/city-port.ts";

const hour = 3_600_000;

export interface UnitDay {
  readonly count: number;
  readonly kg: number;
  /** When it was emptied last today; undefined = not yet. */
  readonly emptied: number | undefined;
}
export interface HourSum {
  readonly t: number;
  readonly count: number;
  readonly kg: number;
  readonly emptied: number;
  readonly taken: number;
}
export interface Today {
  readonly units: ReadonlyMap<string, UnitDay>;
  /** From midnight on, one per hour that has begun. */
  readonly hours: readonly HourSum[];
  readonly count: number;
  readonly kg: number;
  readonly emptied: number;
  readonly taken: number;
}

const amount = (value: number | string | undefined): number => (typeof value === "number" ? value : 0);
const emptyHour = (t: number): HourSum => ({ t, count: 0, kg: 0, emptied: 0, taken: 0 });

/** Deposits and collections of the day, per unit and per hour. */
export function today(lines: readonly ChronicleLine[], from: number, now: number): Today {
  const units = new Map<string, UnitDay>();
  const hours = Array.from({ length: Math.max(1, Math.ceil((now - from) / hour)) }, (_, index) => emptyHour(from + index * hour));
  const all = { count: 0, kg: 0, emptied: 0, taken: 0 };
  for (const line of lines) {
    const at = Math.floor((line.t - from) / hour);
    const sum = hours[at];
    if (sum === undefined) continue;
    const held = units.get(line.device) ?? { count: 0, kg: 0, emptied: undefined };
    if (line.what === "deposit") {
      const kg = amount(line.x.net);
      units.set(line.device, { ...held, count: held.count + 1, kg: held.kg + kg });
      hours[at] = { ...sum, count: sum.count + 1, kg: sum.kg + kg };
      all.count++;
      all.kg += kg;
    }
    if (line.what === "emptied") {
      const taken = amount(line.x.kg);
      units.set(line.device, { ...held, emptied: Math.max(line.t, held.emptied ?? 0) });
      hours[at] = { ...sum, emptied: sum.emptied + 1, taken: sum.taken + taken };
      all.emptied++;
      all.taken += taken;
    }
  }
  return { units, hours, ...all };
}
