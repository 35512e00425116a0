/** What can be fitted of the food-waste units; equations stand beside, in files without numbers of their own. */

export const units = {
  count: { default: 400, small: 6 },
  /** One unit for 60-70 households (Nowon-gu: 66,676 households on 1,028 units). */
  households: [55, 75],
  /** A 120 L bin holds about 100 kg; the lifting cage with the bin weighs this much empty, kg. */
  capacity: 100,
  tare: [13.5, 15.5],
  /** KRW/kg; one of them for each district (Gangbuk and Yeongdeungpo 130, Chungju 50, Chuncheon 35). */
  feeRates: [130, 100, 80, 50, 35],
} as const;

// Weekday, month, weight: daily sums of 24 Gyeonggi municipalities 2018-2020 (Korea Environment Corp. statistics); Sunday first.
export const deposits = {
  /** 27.5-39.8 t/month of 2,065 households at 1.73 kg a drop (Nowon-gu). */
  perHouseholdDay: 0.25,
  weekday: [1.17, 1.02, 0.97, 0.98, 0.96, 0.94, 0.96],
  /** January first; weight of a day over weight of a drop. */
  month: [0.87, 0.86, 0.9, 0.88, 0.97, 1.11, 1.21, 1.18, 1.16, 1.03, 0.95, 0.87],
  /** Assumption: nobody has published the hours; 07-09 and 19-22 are when people carry it out. */
  hours: [0.5, 0.3, 0.2, 0.2, 0.4, 1.2, 3.8, 8.2, 8.6, 5.4, 4.2, 3.8, 3.6, 4.0, 3.6, 3.2, 3.4, 4.4, 6.4, 9.4, 10.4, 8.6, 4.4, 1.8],
  /** Eves of Seollal and Chuseok: +38..59 %. */
  feastEve: 1.48,
  /** Heavy-rain days of 2020: -22..29 %; full at this many mm/h. */
  rainLoss: 0.3,
  rainFull: 8,
  /** Cold wave of January 2021: -21 %. */
  coldBelow: -10,
  coldFactor: 0.79,
} as const;

export const weight = {
  /** Lognormal; with sigma 0.6 its mean is 1.736 kg. */
  median: 1.45,
  sigma: 0.6,
  cap: 20,
  /** Grams: 92 % of the daily sums are multiples of 50 g. */
  stepGrams: 50,
  weekday: [1.07, 1.02, 0.98, 0.97, 0.97, 0.97, 1.03],
  /** kg per drop by month over its mean, January first; November is the kimchi season. */
  month: [1.09, 1.09, 1.03, 1.01, 0.99, 0.97, 0.94, 0.9, 0.88, 0.92, 1.13, 1.08],
} as const;

export const visit = {
  /** Seconds from the tag to the closed lid. */
  lidSeconds: [12, 45],
  /** Who finds the lid locked: share that comes back later, and minutes until then; the others take it home or elsewhere [A]. */
  comesBack: 0.6,
  backMinutes: [30, 180],
  /** So many may be about to come back; a block of 70 households has no more on one day. */
  backMost: 70,
} as const;

export const routes = {
  /** Units of one truck's round, and minutes between two of them. */
  length: 40,
  startHour: 3.8,
  startSpreadHours: 1.2,
  minutesPerStop: 4.2,
  minuteSpread: 1.2,
  /** No round on Sunday (0). */
  restDays: [0],
  longestDays: 3,
  /** A stop is made when the bin would be fuller than this before the next round. */
  fillTarget: 0.8,
  tareSeconds: [40, 80],
  /** A truck that is called outside its round, minutes [A]. */
  calledMinutes: [20, 50],
  /** What sticks to the bin, g. */
  residueGrams: [100, 500],
} as const;

export const warmth = {
  /** Hours until the bin follows the air. */
  tauHours: 3,
  /** Sun on the housing, K at full daylight. */
  sun: 3,
  /** Fermentation in a full bin at 20 Celsius, K; doubles every 10 K. */
  ferment: 4,
  fermentMax: 10,
  /** A fire in the bin takes a few minutes to get hot; without this much in it nothing burns, kg [A]. */
  fireHours: 0.08,
  fuel: 3,
} as const;

export const cell = {
  /** Share of the load that creeps in, with its time constant. */
  creep: 0.0006,
  creepHours: 4,
  /** Zero drift with temperature, kg/K from the temperature of the last tare. */
  drift: 0.004,
} as const;
