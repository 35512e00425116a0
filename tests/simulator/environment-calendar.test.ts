import { describe, expect, it } from "vitest";
import { dayNumber, daysToFeast, isHoliday, localTime } from "../../simulator/environment/calendar.ts";
import { feastDays } from "../../simulator/environment/holidays.ts";

const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const iso = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
const weekday = (number: number): number => new Date(number * 86_400_000).getUTCDay();

const buddha = ["2024-05-15", "2025-05-05", "2026-05-24", "2027-05-13", "2028-05-02", "2029-05-20", "2030-05-09"];
const temporary = ["2024-10-01", "2025-01-27"];

/** Holidays of a year from the dates of the feasts and the rule of substitute days alone. */
function byRule(year: number): string[] {
  const inYear = (dates: readonly string[]): number[] => dates.filter((date) => date.startsWith(String(year))).map(day);
  const fixed = (dates: readonly string[]): number[] => dates.map((date) => day(`${year}-${date}`));
  const feasts = inYear(feastDays).flatMap((middle) => [middle - 1, middle, middle + 1]);
  const others = [...fixed(["03-01", "05-05", "08-15", "10-03", "10-09", "12-25", ...(year >= 2026 ? ["07-17"] : [])]), ...inYear(buddha)];
  const base = [...fixed(["01-01", "06-06"]), ...feasts, ...others, ...inYear(temporary)];
  const held = new Set(base);
  const isOff = (date: number): boolean => held.has(date) || weekday(date) === 0 || weekday(date) === 6;
  const workdayBehind = (date: number): number => (isOff(date + 1) ? workdayBehind(date + 1) : date + 1);
  const twice = (date: number): boolean => base.indexOf(date) !== base.lastIndexOf(date);
  const feastMoves = inYear(feastDays).filter((middle) => [middle - 1, middle, middle + 1].some((date) => weekday(date) === 0 || twice(date)));
  const otherMoves = others.filter((date) => !feasts.includes(date) && (weekday(date) === 0 || weekday(date) === 6 || twice(date)));
  for (const date of [...feastMoves.map((middle) => middle + 1), ...new Set(otherMoves)]) held.add(workdayBehind(date));
  return [...held].sort((a, b) => a - b).map(iso);
}

describe("local time", () => {
  it("agrees with the platform's calendar for Seoul on every day from 2024 to 2030", () => {
    for (let t = Date.parse("2024-01-01T00:17:30Z"); t < Date.parse("2031-01-01T00:00:00Z"); t += 86_400_000 - 60_000) {
      const seoul = new Date(t + 9 * 3_600_000);
      expect(localTime(t)).toEqual({
        day: Math.floor((t + 9 * 3_600_000) / 86_400_000),
        hour: (seoul.getUTCHours() * 3600 + seoul.getUTCMinutes() * 60 + seoul.getUTCSeconds()) / 3600,
        weekday: seoul.getUTCDay(),
        year: seoul.getUTCFullYear(),
        month: seoul.getUTCMonth() + 1,
        date: seoul.getUTCDate(),
      });
    }
  });

  it("numbers days as the platform does", () => {
    for (const date of ["1970-01-01", "2000-02-29", "2024-02-29", "2026-12-31"])
      expect(dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)))).toBe(day(date));
  });
});

describe("public holidays", () => {
  it.each([
    ["2024-02-12", "substitute of Seollal on a Sunday"],
    ["2024-05-06", "substitute of Children's Day on a Sunday"],
    ["2025-03-03", "substitute of Independence Movement Day on a Saturday"],
    ["2025-05-06", "Children's Day and Buddha's Birthday on one day"],
    ["2025-10-08", "substitute of Chuseok on a Sunday"],
    ["2026-02-17", "Seollal"],
    ["2026-05-25", "substitute of Buddha's Birthday on a Sunday"],
    ["2026-07-17", "Constitution Day, again since 2026"],
    ["2026-08-17", "substitute of Liberation Day on a Saturday"],
    ["2026-09-25", "Chuseok"],
    ["2028-10-05", "Chuseok and National Foundation Day on one day"],
    ["2029-09-24", "substitute of Chuseok on a Sunday"],
  ])("has %s: %s", (date) => {
    expect(isHoliday(day(date))).toBe(true);
  });

  it.each(["2025-07-17", "2026-05-01", "2026-06-08", "2026-09-28", "2026-11-24", "2027-06-07", "2030-02-06"])("has none on %s", (date) => {
    expect(isHoliday(day(date))).toBe(false);
  });

  it.each([2024, 2025, 2026, 2027, 2028, 2029, 2030])("follows the rule of substitute days in %i", (year) => {
    const held: string[] = [];
    for (let date = day(`${year}-01-01`); date < day(`${year + 1}-01-01`); date++) if (isHoliday(date)) held.push(iso(date));
    expect(held).toEqual(byRule(year));
  });

  it("counts the days to the next Seollal or Chuseok", () => {
    expect(daysToFeast(day("2026-09-25"))).toBe(0);
    expect(daysToFeast(day("2026-09-24"))).toBe(1);
    expect(daysToFeast(day("2026-02-10"))).toBe(7);
    expect(daysToFeast(day("2026-02-18"))).toBe(99);
  });
});
