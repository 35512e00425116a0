import { zoneOffsetMs } from "../../shared/zone.ts";
import { feastDays, holidayDays } from "./holidays.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;

export interface LocalTime {
  /** Days since 1970-01-01 in local time. */
  readonly day: number;
  /** 0 <= hour < 24 with fraction. */
  readonly hour: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  /** 1..12 and 1..31. */
  readonly month: number;
  readonly date: number;
  readonly year: number;
}

/** Gregorian date of a day number, in years that begin in March (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function dateOf(day: number): { year: number; month: number; date: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

/** Day number of a date, the inverse of the above. */
export function dayNumber(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

const parse = (iso: string): number => dayNumber(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)));
const holidays: ReadonlySet<number> = new Set(holidayDays.map(parse));
const feasts: readonly number[] = feastDays.map(parse);

export function localTime(t: number): LocalTime {
  const local = t + zoneOffsetMs;
  const day = Math.floor(local / dayMs);
  // 1970-01-01 was a Thursday.
  return { day, hour: (local - day * dayMs) / hourMs, weekday: (((day + 4) % 7) + 7) % 7, ...dateOf(day) };
}

/** A public holiday, substitute days included; weekends are none. */
export const isHoliday = (day: number): boolean => holidays.has(day);

/** Days until the next Seollal or Chuseok, 0 on the day itself; 99 = farther than that. */
export function daysToFeast(day: number): number {
  let least = 99;
  for (const feast of feasts) if (feast >= day && feast - day < least) least = feast - day;
  return least;
}
