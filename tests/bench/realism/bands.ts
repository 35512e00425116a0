/** What is computed, and what real streams gave. The measurers name their values by these ids. */

export type Topic = "traffic" | "water" | "charging" | "homes" | "waste" | "missing";

export interface Statistic {
  readonly id: string;
  readonly text: string;
  /** p10, p50, p90 over real streams; of the homes: least, middle, most of three. */
  readonly band?: readonly [low: number, middle: number, high: number];
  /** A pass mark. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** One real value without a spread: shown, not judged. */
  readonly real?: number;
}
const band = (id: string, text: string, low: number, middle: number, high: number): Statistic => ({ id, text, band: [low, middle, high] });
const mark = (id: string, text: string, { atLeast, atMost }: Pick<Statistic, "atLeast" | "atMost">): Statistic => ({
  id,
  text,
  ...(atLeast === undefined ? {} : { atLeast }),
  ...(atMost === undefined ? {} : { atMost }),
});
/** Inside or outside of a range that is a pass mark as a whole. */
const within = (id: string, text: string, atLeast: number, atMost: number): Statistic => ({ id, text, atLeast, atMost });
const shown = (id: string, text: string, real: number): Statistic => ({ id, text, real });

export const statistics: Readonly<Record<Topic, readonly Statistic[]>> = {
  traffic: [
    band("perWeekday", "vehicles of an approach on a weekday", 6900, 9900, 15_100),
    band("weekend", "weekend over weekday", 0.73, 0.8, 0.9),
    band("dayVariation", "variation of weekday totals", 0.028, 0.038, 0.046),
    band("peakTrough", "peak hour over trough hour", 24, 49, 122),
    band("amPeak", "hour of the morning peak", 7, 8, 8),
    band("pmPeak", "hour of the evening peak", 15, 17, 17),
    band("weekendPeak", "hour of the weekend peak", 12, 12, 17),
    band("raw15", "autocorrelation, 15 min", 0.92, 0.96, 0.97),
    band("raw24", "autocorrelation, 24 h", 0.82, 0.88, 0.91),
    band("raw168", "autocorrelation, 7 d", 0.94, 0.97, 0.98),
    band("rest15", "residual's autocorrelation, 15 min", 0.2, 0.36, 0.44),
    band("rest60", "residual's autocorrelation, 1 h", 0.15, 0.31, 0.39),
    band("rest24", "residual's autocorrelation, 24 h", -0.1, 0, 0.1),
    band("slotVariation", "variation of a daytime slot", 0.08, 0.1, 0.14),
    band("dispersion", "variance over mean of a daytime slot", 1.15, 1.46, 2.5),
    band("toReal", "distance of an approach's weekday to the real mean", 0.05, 0.09, 0.12),
    mark("toReal90", "the same, nine of ten approaches", { atMost: 0.14 }),
    within("spread", "distance of an approach to the mean of all", 0.05, 0.12),
    mark("weekendToReal", "distance of the mean weekend to the real one", { atMost: 0.14 }),
    mark("oddEven", "odd against even weekdays of an approach (real p50 0.009, p95 0.02)", { atMost: 0.02 }),
  ],
  water: [
    within("halves", "half-fall over half-rise", 1.5, 3.3),
    within("keep24", "height left after 24 h of falling, K24", 0.51, 0.89),
    within("stepNoise", "sigma of a 15-min step, cm", 0.09, 0.16),
    mark("raw15", "autocorrelation, 15 min", { atLeast: 0.999 }),
    mark("fastest", "fastest rise but in a flash flood, cm/h", { atMost: 80 }),
    band("step99", "99 % of 15-min steps are smaller, cm", 0.9, 1.1, 3.4),
    band("eventsPerYear", "rises of 5 cm and more a year", 18, 37, 74),
    band("rise", "10 % to peak, median h", 14, 17, 52),
    band("fall", "peak to 10 %, median h", 21, 65, 88),
    band("raw24", "autocorrelation, 24 h", 0.69, 0.9, 0.996),
    band("steps15", "autocorrelation of 15-min steps", 0.01, 0.3, 0.63),
    band("zeroSteps", "steps of exactly zero", 0.03, 0.06, 0.09),
    band("dailyRange", "range of a day, median cm", 1, 2, 5),
  ],
  charging: [
    mark("homeStay", "connected time, apartment bays: distance from private bays", { atMost: 0.31 }),
    mark("homeStart", "start hours, apartment bays: distance from private bays", { atMost: 0.28 }),
    mark("homeOccupied", "occupied by hour, apartment bays: largest difference, points", { atMost: 10 }),
    mark("workStay", "connected time, office bays: distance from workplaces", { atMost: 0.31 }),
    within("workNight", "office bays occupied at 02-05 h, %", 0, 10),
    within("workNoon", "office bays occupied at 13 h, %", 10, 30),
    shown("home14", "apartment bays: over 14 h", 0.36),
    shown("work14", "office bays: over 14 h", 0.0003),
    shown("brief", "under 15 min, both", 0.0225),
    shown("home50", "apartment bays: median hours", 11.3),
    shown("work50", "office bays: median hours", 2.8),
    shown("homeEnergy50", "apartment bays: median kWh", 8.2),
    shown("workEnergy50", "office bays: median kWh", 6.8),
    shown("leave7", "apartment bays: leaving in the hour of 07", 0.179),
    shown("occupied10m", "one bay occupied, autocorrelation 10 min", 0.98),
    shown("occupied1h", "the same, 1 h", 0.89),
    shown("occupied6h", "the same, 6 h", 0.49),
    shown("occupied24h", "the same, 24 h", 0.2),
    shown("occupied7d", "the same, 7 d", 0.13),
  ],
  homes: [
    band("perDay", "events a day", 21, 100, 1251),
    band("night", "share of events 00-06 h", 0.054, 0.113, 0.114),
    band("dayGap", "longest gap 08-22 h, median h (two stay at home)", 1.7, 2.9, 5.1),
    band("nightGap", "longest gap 22-08 h, median h", 1.8, 4.6, 10),
    band("hour1", "hourly count, lag 1 h", 0.07, 0.24, 0.25),
    band("hour24", "hourly count, lag 24 h", 0.06, 0.16, 0.58),
    band("dispersion", "hourly variance over mean, by day", 7.5, 9, 33),
    shown("fourHours", "days whose longest gap 08-22 h is 4 h and more (two stay at home)", 0.19),
    shown("sixHours", "the same, 6 h and more", 0),
  ],
  waste: [
    within("kg", "kg of a deposit", 1.45, 1.9),
    within("sunday", "deposits of a Sunday over the mean", 1.07, 1.25),
    within("dayRest", "residual of a day's count", 0.045, 0.1),
    within("november", "kg of a deposit in November over the mean", 1.05, 1.25),
    within("eves", "deposits on holiday eves over the usual", 1.2, 1.7),
    band("kgVariation", "variation of kg per deposit over days", 0.06, 0.095, 0.12),
    mark("months", "kg of a deposit by month: largest difference from the real course", { atMost: 0.1 }),
    shown("sundayKg", "kg of a deposit on Sunday over the mean", 1.07),
    shown("rest1", "residual's autocorrelation, 1 d", 0.16),
    shown("kg1", "a day's kg, autocorrelation 1 d", 0.56),
    shown("kg7", "the same, 7 d", 0.75),
  ],
  missing: [
    within("silent", "share of time without readings", 0.03, 0.07),
    within("perYear", "gaps of a sensor a year", 10, 45),
    within("wholeDays", "gaps of 24 h and more", 0.35, 0.6),
    band("oneSlot", "gaps of one slot", 0.2, 0.35, 0.5),
    band("length50", "median gap, h", 0.25, 2, 24),
    shown("length90", "90 % are shorter, h", 24),
    shown("length99", "99 % are shorter, h", 72),
  ],
};
