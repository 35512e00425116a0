/** What can be fitted of the homes; equations stand beside, in files without numbers of their own. */

export const homes = { count: { default: 600, small: 6 } } as const;

export const activities = ["sleep", "toilet", "wash", "cook", "meal", "rest", "nap", "chore", "out"] as const;
export type Activity = (typeof activities)[number];

interface Habit {
  /** Minutes in it: lognormal. */
  readonly median: number;
  readonly sigma: number;
  /** Minutes between two bouts of movement, and counts of one bout. */
  readonly gap: number;
  readonly size: number;
  /** Lamp of the room when it is dark, lx at the sensor. */
  readonly lamp: number;
  /** Weight of beginning it, per hour of the resident's own day. */
  readonly weights: readonly number[];
}
const onlyAt = (hours: Readonly<Record<number, number>>): readonly number[] => Array.from({ length: 24 }, (_, hour) => hours[hour] ?? 0);
const spread = (...runs: readonly (readonly [from: number, to: number, weight: number])[]): readonly number[] =>
  Array.from({ length: 24 }, (_, hour) => runs.find(([from, to]) => hour >= from && hour < to)?.[2] ?? 0);

// Order of magnitude from three homes: CASAS (one resident, 888-1251 events a day, meals at 08, 12, 18 h), MIT PlaceLab subject 2, Kasteren A.
// Gaps and sizes are fitted to their night share, gaps and hourly counts; old people's nights are broken, a bout each hour and a half [A].
export const habits: Readonly<Record<Activity, Habit>> = {
  sleep: {
    median: 185,
    sigma: 0.45,
    gap: 95,
    size: 1.6,
    lamp: 0,
    weights: spread([0, 4, 30], [4, 5, 14], [5, 6, 5], [6, 7, 1.2], [21, 22, 2.5], [22, 23, 8], [23, 24, 25]),
  },
  toilet: { median: 4, sigma: 0.4, gap: 1.8, size: 1.5, lamp: 90, weights: spread([0, 5, 3], [5, 8, 4], [8, 22, 2.4], [22, 24, 3]) },
  wash: {
    median: 13,
    sigma: 0.4,
    gap: 3.4,
    size: 1.6,
    lamp: 160,
    weights: spread([5, 6, 2], [6, 8, 5], [8, 9, 2], [9, 18, 0.4], [18, 22, 1.6], [22, 23, 1]),
  },
  cook: {
    median: 20,
    sigma: 0.4,
    gap: 3.2,
    size: 1.6,
    lamp: 180,
    weights: onlyAt({ 6: 3, 7: 9, 8: 5, 9: 0.6, 11: 7, 12: 7, 13: 0.6, 16: 0.5, 17: 9, 18: 7, 19: 1 }),
  },
  meal: { median: 22, sigma: 0.35, gap: 3.2, size: 1.4, lamp: 160, weights: onlyAt({ 7: 2, 8: 2, 12: 2, 13: 0.7, 18: 2, 19: 1, 21: 0.3 }) },
  rest: { median: 85, sigma: 0.5, gap: 12, size: 1.7, lamp: 110, weights: spread([0, 5, 0.25], [5, 8, 2], [8, 21, 5], [21, 23, 6], [23, 24, 2]) },
  nap: { median: 55, sigma: 0.45, gap: 45, size: 1.5, lamp: 5, weights: spread([10, 12, 0.4], [12, 13, 0.5], [13, 16, 1.6], [16, 18, 0.5]) },
  chore: {
    median: 20,
    sigma: 0.5,
    gap: 2.8,
    size: 1.7,
    lamp: 150,
    weights: spread([5, 8, 1.2], [8, 12, 3.2], [12, 17, 2.4], [17, 21, 2], [21, 23, 0.8]),
  },
  out: {
    median: 130,
    sigma: 0.5,
    gap: 0,
    size: 0,
    lamp: 0,
    weights: spread([6, 8, 0.35], [8, 9, 1], [9, 11, 2.3], [11, 13, 1], [13, 16, 2], [16, 18, 0.8], [18, 21, 0.3]),
  },
};

export const person = {
  /** Hours by which a resident's day is shifted. */
  shiftSigma: 0.6,
  shiftMost: 1.5,
  /** Counts of a bout: personal level, lognormal. */
  levelSigma: 0.3,
  /** Soundness of sleep: stretches its length and its quiet. */
  soundSigma: 0.3,
  /** Liking of going out. */
  outSigma: 0.7,
  /** Spread of the gaps between bouts: movement is bursty, not Poisson (coefficient of variation 4-8 over a day). */
  gapSigma: 0.8,
  /** Share of bouts that are a way through the whole home, one sensor after another, and how many times the counts of another bout [A: fitted to variance and lag of hourly counts]. */
  rushShare: 0.059,
  rushFactor: 26,
  outLongestHours: 9,
  sleepLongestHours: 7,
} as const;

export const outdoors = { rainLoss: 0.7, rainFull: 6, coldBelow: -8, hotAbove: 34, harshFactor: 0.4 } as const;

export const doors = {
  openSeconds: [6, 14],
  /** The hub takes a resident as away when the door was used and nothing moved for this long. */
  awayAfterSeconds: 600,
  visitsPerDay: 0.18,
  visitMedianMinutes: 45,
  visitSigma: 0.5,
  visitHours: [9, 18],
  /** A visitor makes movements come this much closer. */
  visitGapFactor: 0.5,
} as const;

export const climate = {
  /** Hours in which an unheated flat follows the air outside; with heating or cooling on. */
  tauHours: 22,
  tauHeatedHours: 3,
  /** With the boiler off and a window ajar; a room that the sun heats through; one that burns [A]. */
  tauAjarHours: 8,
  tauHotHours: 1.5,
  tauFireHours: 0.4,
  fire: 50,
  /** Where summer is endured the windows are open and a fan runs: hours to follow the air outside, and what sun and people still add, K [A]. */
  tauOpenHours: 6,
  openGain: 1.2,
  openSunGain: 1,
  /** Warmth of sun, people and appliances, K. */
  gain: 3.5,
  sunGain: 2.5,
  heatMean: 21.8,
  heatSigma: 1.4,
  coolMean: 27.2,
  coolSigma: 1.1,
  /** Share of homes that cool at all. */
  coolShare: 0.72,
  nightSetback: 1.2,
  /** Water vapour of living, % RH at room temperature. */
  vapour: 7,
  vapourCooking: 8,
  daylightLux: 320,
} as const;

export const gas = {
  /** ppm of methane: background, bump while cooking, minutes in which it goes. */
  background: 6,
  cooking: [50, 300],
  tauMinutes: 9,
  /** A quarter of the lower explosive limit of methane (5 vol %). */
  alarm: 12_500,
  /** ppm per minute of a leak: the alarm level within 5-20 min. */
  leak: [900, 2600],
} as const;

export const calls = {
  /** The hub gives up after this. */
  ringSeconds: 40,
} as const;

interface Answer {
  /** Share of calls that are answered before the hub gives up, and seconds until then. */
  readonly share: number;
  readonly seconds: readonly [number, number];
}
const upAndAbout: Answer = { share: 0.95, seconds: [6, 25] };
/** By what the resident does; all [A]. */
export const answers: Readonly<Record<Activity, Answer>> = {
  sleep: { share: 0.6, seconds: [18, 38] },
  nap: { share: 0.75, seconds: [14, 36] },
  toilet: { share: 0.2, seconds: [25, 38] },
  wash: { share: 0.12, seconds: [25, 38] },
  out: { share: 0, seconds: [0, 0] },
  cook: upAndAbout,
  meal: upAndAbout,
  rest: upAndAbout,
  chore: upAndAbout,
};

export const visits = {
  travelMinutes: [10, 25],
  /** A look and a talk; or until who was found on the floor is in good hands [A]. */
  stayMinutes: [8, 20],
  helpMinutes: [25, 60],
} as const;

export const falls = {
  /** Of 155,000 emergencies in 240,000 homes a year a good part; a third of people over 65 fall once a year or more, the resident of such a home more often [A]. */
  perYear: 1,
  /** Time on the floor when nobody helps, h: lognormal, never less than the first and never more than the second [A]. */
  medianHours: 4,
  sigma: 0.8,
  hours: [1, 30],
} as const;

/** Who presses the button needs help with this probability, and would still say so for so long [A]. */
export const need = { share: 0.4, hours: 1 } as const;

/** Per home and year. 155,000 emergencies in 240,000 homes in 2023 = 0.65, most of them by the button. */
export const rare = { button: 0.5, fire: 0.015, leak: 0.004 } as const;
