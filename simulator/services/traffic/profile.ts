import type { Point } from "../../city/plane.ts";
import { createRng, normal } from "../../random.ts";
import { levels, shapes, shares } from "./parameters.ts";

/** Expected vehicles per hour at the middle of each local hour, midnight first. */
export interface Profile {
  readonly weekday: readonly number[];
  readonly dayOff: readonly number[];
}
export interface Road {
  /** Names of the approach and of its street (both directions). */
  readonly device: string;
  readonly street: string;
  readonly lanes: number;
  /** Metres east and north of the centre, where it begins and ends. */
  readonly start: Point;
  readonly end: Point;
}

/** What an approach carries by hour: level of its street, tide by its direction, habits of its own. The same for every seed. */
export function createProfile({ device, street, lanes, start, end }: Road): Profile {
  const rng = createRng(0, `traffic road ${device}`);
  const ofStreet = levels.streetSigma * normal(createRng(0, `traffic street ${street}`));
  const perDay = (levels.perDay[lanes] ?? 0) * Math.exp(ofStreet + levels.directionSigma * normal(rng));
  const tide = Math.max(-shapes.tideMost, Math.min(shapes.tideMost, inward(start, end) + shapes.tideSigma * normal(rng)));
  const noon = shapes.noonSigma * normal(rng);
  const night = shapes.nightSigma * normal(rng);
  const shift = shapes.shiftSigma * normal(rng);
  const shape = (base: readonly number[], commute: number): number[] => {
    const raw = base.map((_, hour) => {
      const at = (table: readonly number[]): number => table[hour] ?? 0;
      const bend = commute * tide * (at(shapes.morning) - at(shapes.evening)) + noon * at(shapes.noon) + night * at(shapes.night);
      return between(base, hour - shift) * Math.exp(bend + shapes.hourSigma * normal(rng));
    });
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => (perDay * value) / total);
  };
  const weekday = shape(shares.weekday, shapes.commute);
  // At weekends nobody commutes, yet the same roads lead to the shops.
  const ownLevel = Math.exp(levels.dayOffSigma * normal(rng));
  const dayOff = shape(shares.dayOff, 0.25 * shapes.commute).map((value) => value * ownLevel);
  return { weekday: sharpened(weekday), dayOff: sharpened(dayOff) };
}

/** 1 = leads straight into the centre from far out, -1 = straight out of it. */
function inward(start: Point, end: Point): number {
  const far = ([x, y]: Point): number => Math.sqrt(x * x + y * y);
  const middle: Point = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
  const long = Math.max(1, far([end[0] - start[0], end[1] - start[1]]));
  const radial = (middle[0] * (end[0] - start[0]) + middle[1] * (end[1] - start[1])) / (long * Math.max(1, far(middle)));
  return -radial * Math.min(1, far(middle) / (1000 * shapes.tideKm));
}

const around = (table: readonly number[], hour: number): number => table[(hour + 48) % 24] ?? 0;
/** Value between the whole hours of a table that goes round the clock. */
function between(table: readonly number[], hour: number): number {
  const low = Math.floor(hour);
  return around(table, low) + (hour - low) * (around(table, low + 1) - around(table, low));
}
/** Straight lines between these values have the wanted hourly means (to second order): their mean over an hour is (a + 6 b + c) / 8. */
const sharpened = (table: readonly number[]): number[] =>
  table.map((value, hour) => Math.max(0.6 * value, value - (around(table, hour - 1) - 2 * value + around(table, hour + 1)) / 8));

/** For the whole of a crossing: the same road with fewer vehicles. */
export const scaled = ({ weekday, dayOff }: Profile, factor: number): Profile => ({
  weekday: weekday.map((value) => value * factor),
  dayOff: dayOff.map((value) => value * factor),
});
