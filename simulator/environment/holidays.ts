/**
 * Public holidays of Korea by the Public Holidays Act and its decree: substitute days (대체공휴일) since 2023 also for Buddha's Birthday and
 * Christmas, Constitution Day again since 2026, government-made days as far as they are known. Elections are left out.
 * A substitute day is the next working day; Seollal and Chuseok get one for a Sunday or another holiday, the others for a Saturday too,
 * New Year and Memorial Day none.
 */
const byYear: Readonly<Record<string, string>> = {
  "2024": "01-01 02-09 02-10 02-11 02-12 03-01 05-05 05-06 05-15 06-06 08-15 09-16 09-17 09-18 10-01 10-03 10-09 12-25",
  "2025": "01-01 01-27 01-28 01-29 01-30 03-01 03-03 05-05 05-06 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09 12-25",
  "2026": "01-01 02-16 02-17 02-18 03-01 03-02 05-05 05-24 05-25 06-06 07-17 08-15 08-17 09-24 09-25 09-26 10-03 10-05 10-09 12-25",
  "2027": "01-01 02-06 02-07 02-08 02-09 03-01 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27",
  "2028": "01-01 01-26 01-27 01-28 03-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25",
  "2029": "01-01 02-12 02-13 02-14 03-01 05-05 05-07 05-20 05-21 06-06 07-17 08-15 09-21 09-22 09-23 09-24 10-03 10-09 12-25",
  "2030": "01-01 02-02 02-03 02-04 02-05 03-01 05-05 05-06 05-09 06-06 07-17 08-15 09-11 09-12 09-13 10-03 10-09 12-25",
};

export const holidayDays: readonly string[] = Object.entries(byYear).flatMap(([year, days]) => days.split(" ").map((day) => `${year}-${day}`));

/** Seollal and Chuseok, the days themselves. */
export const feastDays: readonly string[] = [
  "2024-02-10",
  "2024-09-17",
  "2025-01-29",
  "2025-10-06",
  "2026-02-17",
  "2026-09-25",
  "2027-02-07",
  "2027-09-15",
  "2028-01-27",
  "2028-10-03",
  "2029-02-13",
  "2029-09-22",
  "2030-02-03",
  "2030-09-12",
];
