/** Seoul, 30-year normals 1991-2020 (Korea Meteorological Administration, station 108), January first. */
const temperature = [-1.9, 0.7, 6.1, 12.6, 18.2, 22.7, 25.3, 26.1, 21.6, 15.0, 7.5, 0.2];
const humidity = [56.2, 54.6, 54.6, 54.8, 59.7, 65.7, 76.2, 73.5, 66.4, 61.8, 60.4, 57.8];
/** Standard deviation of a day's mean from the normal, K: air masses differ most in winter, least in the rainy season [A, after the same station]. */
const spread = [4.2, 3.9, 3.6, 3.2, 2.6, 2.1, 2.3, 2.2, 2.4, 3.1, 3.9, 4.2];
/** mm a month; 1,418 mm a year. */
const precipitation = [16.8, 28.2, 36.9, 72.9, 103.6, 129.5, 414.4, 348.2, 141.5, 52.2, 51.1, 22.6];
/** Spells of rain a month: fewer than wet days (6 to 16 in the same normals), since a spell may last over midnight or be followed by another. */
const spells = [4.3, 4.5, 5.4, 6.3, 6.6, 8, 13.5, 12, 7.2, 4.6, 6.2, 5.6];
/** Median hours of a spell of the mean depth: fronts are long and thin, summer's rain shorter and heavier; some 800 wet hours a year with them [A]. */
const spellHours = [10, 10, 10, 12, 12, 10, 9, 8, 10, 10, 10, 10];

const daysPerMonth = 30.44;

/** Value at a date, linear between the middles of the months. */
function seasonal(table: readonly number[], month: number, date: number): number {
  const at = month - 1 + (date - 0.5) / daysPerMonth - 0.5;
  const low = Math.floor(at);
  const a = table[(low + 12) % 12] ?? 0;
  const b = table[(low + 13) % 12] ?? 0;
  return a + (b - a) * (at - low);
}

export interface Season {
  /** Mean of the day, Celsius and per cent. */
  readonly temp: number;
  readonly humidity: number;
  /** Standard deviation of a day's mean, K. */
  readonly spread: number;
}
export const seasonOf = (month: number, date: number): Season => ({
  temp: seasonal(temperature, month, date),
  humidity: seasonal(humidity, month, date),
  spread: seasonal(spread, month, date),
});

export interface RainSeason {
  readonly spellsPerHour: number;
  /** mm of the average spell, and its median length in hours. */
  readonly depth: number;
  readonly hours: number;
}
export function rainSeasonOf(month: number): RainSeason {
  const count = spells[month - 1] ?? 1;
  return { spellsPerHour: count / (daysPerMonth * 24), depth: (precipitation[month - 1] ?? 0) / count, hours: spellHours[month - 1] ?? 6 };
}
export const mostSpellsPerHour = Math.max(...spells) / (daysPerMonth * 24);
