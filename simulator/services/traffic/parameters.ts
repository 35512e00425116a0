/**
 * What can be fitted of the signalised intersections; equations stand beside, in files without numbers of their own.
 * [A] = our assumption, open to fitting; other sources are named. "Counts" = 119 intersection approaches with >= 28 days of 15-min counts.
 */

// Shares of a day's vehicles by local hour, %, midnight first (counts).
export const shares = {
  weekday: [
    0.69, 0.37, 0.26, 0.25, 0.35, 0.94, 3.18, 6.92, 8.17, 6.2, 5.36, 5.41, 5.53, 5.46, 5.7, 6.87, 7.35, 8.22, 7.3, 4.98, 3.46, 3.08, 2.44, 1.53,
  ],
  dayOff: [
    2.29, 1.4, 0.9, 0.77, 0.66, 0.79, 1.43, 2.2, 3.77, 5.48, 6.58, 7.3, 7.85, 7.42, 7.13, 7.15, 7.19, 7.24, 6.32, 4.63, 3.47, 3.13, 2.69, 2.21,
  ],
} as const;

export const levels = {
  /** Vehicles on a weekday by lanes (index = lanes; counts: 6.9k / 9.9k / 15.1k). */
  perDay: [0, 6800, 10_000, 12_800, 15_200],
  /** Spread of streets, and of the two directions of one street. */
  streetSigma: 0.2,
  directionSigma: 0.06,
  /** Spread of the weekend's level between approaches (counts: weekend / weekday 0.73 / 0.80 / 0.90). */
  dayOffSigma: 0.08,
  /** A crossing loses drivers to other ways when its usual peak would ask for more of the green than this (Webster's Y) [A]. */
  busiest: 0.82,
} as const;

// How approaches differ from the mean shape; their distance to it is to be 0.05 / 0.09 / 0.12 (total variation, counts).
export const shapes = {
  /** Into the centre in the morning, out of it in the evening: logarithm of the factor for a road that points straight at it [A]. */
  commute: 0.36,
  /** Roads further out than this, km, carry the full tide; nearer ones less [A]. */
  tideKm: 2,
  /** The tide of a single road beside its direction [A]. */
  tideSigma: 0.3,
  /** No road is more one-sided than this. */
  tideMost: 1.1,
  morning: [0, 0, 0, 0, 0, 0.4, 0.9, 1, 1, 0.6, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  evening: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.4, 0.7, 1, 1, 0.7, 0.3, 0.1, 0, 0],
  /** Shops and offices: more around noon; nightlife: more at night (logarithms' spread) [A]. */
  noon: [0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.5, 0.9, 1, 1, 1, 1, 0.7, 0.3, 0, 0, 0, 0, 0, 0, 0],
  noonSigma: 0.12,
  night: [1, 1, 1, 1, 1, 0.7, 0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.3, 0.6, 0.8, 1, 1],
  nightSigma: 0.34,
  /** Hours by which a road is earlier or later, and what is left between hours [A]. */
  shiftSigma: 0.42,
  hourSigma: 0.04,
} as const;

export const calendar = {
  /** Sunday first: weekdays as the national counts order them (MOLIT 2017; Friday most), weekends 0.80 of weekdays (counts). */
  weekday: [0.76, 0.99, 0.995, 1, 1.003, 1.012, 0.85],
  /** Weekday holidays x0.68, p10 0.54 (five years, ten links). */
  holiday: 0.68,
  feast: 0.56,
  /** The last working day before the roads fill for Seollal and Chuseok [A]. */
  feastEve: 1.05,
} as const;

/** Slow factor of each approach: residual of counts, lag 15 min 0.36, lag 1 h 0.31, lag 24 h about 0. */
export const slow = { sigma: 0.05, hours: 3 } as const;

// FHWA, "Empirical studies on traffic flow in inclement weather" (2006): rain takes 2-9 % of free speed and about 10 % of capacity, snow 5-19 % and 12-20 %.
export const weather = {
  /** Share of the effect that is reached at this many mm/h is 63 %. */
  rainScale: 4,
  rainSpeed: 0.1,
  rainCapacity: 0.1,
  /** [A] */
  rainDemand: 0.05,
  snowBelow: 0.5,
  snowSpeed: 0.19,
  snowCapacity: 0.18,
  snowDemand: 0.15,
} as const;

export const roads = {
  /** Vehicles per hour of green and lane (2 s headway); the turn pocket counts as so much of a lane [A]. */
  saturation: 1800,
  pocket: 0.35,
  /** Protected left turns: part of a road's green serves one movement only, so that its lanes discharge this share of it [A]. */
  phased: 0.82,
  /** f = 1 / (1 + 0.8 p) (KHCM 2013). */
  heavyEquivalent: 0.8,
  /** Metres of road per standing vehicle (domain: 6.7-7.5). */
  spacing: 7,
  /** The cameras of an approach see its queue this far back, m [A]. */
  reach: 600,
  /** Vehicle and detection zone as occupancy sees them, m (5.5-6.5). */
  effectiveLength: 6,
  /** Speed without signals, km/h, by lanes: limits are 50 on main roads ("Safe Speed 5030") [A]; spread of streets. */
  freeSpeed: [0, 46, 49, 53, 54],
  freeSpeedSigma: 0.04,
  /** Parking, buses, crossing pedestrians: share of speed lost where a lane carries this many vehicles per hour [A]. */
  friction: 0.28,
  busyLane: 420,
  /** Delay that the travel time to the stop line holds beside driving, s [A]; travel times are kept in whole minutes. */
  usualDelay: 20,
  /** Slots of the travel-time ring. */
  longestMinutes: 6,
} as const;

export const turns = {
  /** Straight, right, left: weights before the levels of the roads ahead [A]. */
  weights: [0.7, 0.15, 0.15],
  /** Share of an approach's vehicles that comes from the last signalised crossing; the rest comes out of side streets [A]. */
  through: 0.75,
} as const;

/** Share of heavy vehicles by hour [A]: Korean cities, buses and deliveries by day, lorries before dawn. */
export const heavy = {
  weekday: [
    0.06, 0.07, 0.09, 0.11, 0.12, 0.13, 0.11, 0.08, 0.07, 0.08, 0.09, 0.09, 0.08, 0.09, 0.09, 0.08, 0.07, 0.06, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05,
  ],
  dayOff: 0.55,
  sigma: 0.25,
  /** Mean, for saturation flow. */
  usual: 0.075,
} as const;

export const signals = {
  /** Two phases: 3 s yellow, 2 s all red, 3 s start-up loss each; an L of 16 s. */
  lostSeconds: 16,
  /** Practical clamp in Korea. */
  shortest: 90,
  longest: 180,
  /** Walk time = 7 s + 1 s per metre (City of Seoul). */
  walkStart: 7,
  walkPerMetre: 1,
  laneMetres: 3.2,
  /** Both kerb lanes' margins and the median of a crossing [A]. */
  kerbMetres: 2,
  /** Demand of a road that has no detectors, as critical flow ratio [A]. */
  unseenRatio: 0.12,
  /** Share of stops that remains where main roads are coordinated (HCM progression factor) [A]; not at night. */
  progression: 0.64,
  /** What a fit that is better by 1 takes away of it, and its bounds [A, within HCM's]. */
  progressionGain: 0.38,
  progressionBest: 0.35,
  progressionWorst: 1.4,
  /** Platoons drive at this share of free speed [A]. */
  platoonSpeed: 0.85,
  /** Plan from this hour on. */
  weekday: [
    [0, "night"],
    [6.5, "am"],
    [9.5, "day"],
    [16, "pm"],
    [19.5, "evening"],
    [23, "night"],
  ],
  dayOff: [
    [0, "night"],
    [8, "day"],
    [19.5, "evening"],
    [23.5, "night"],
  ],
  /** Without mains: yellow flashes for the main road, red for the other; as if so much of a short cycle were green [A]. */
  flash: { cycle: 20, main: 7, cross: 4 },
} as const;

export const greenWaves = {
  /** Emergency runs through the whole default city, per day, for each of its crossings [A]. */
  perCrossingDay: 3 / 260,
  crossings: [2, 5],
  seconds: [15, 45],
  /** 50 km/h with blue light. */
  metresPerSecond: 14,
} as const;

/** Crossings on one roadside cabinet: some 60 in the default city. */
export const cabinets = { crossings: 4.4 } as const;

export const blockages = {
  /** Share of capacity that a crash leaves, by lanes of the road and lanes shut (HCM 2000, exhibit 22-6; one lane: what creeps past it [A]): more is lost than lanes, because people look. */
  crash: [[], [0.12], [0.35, 0.06], [0.49, 0.17, 0.06], [0.58, 0.25, 0.13, 0.06]],
  /** Of the lanes that works leave open, this share of their capacity [A]. */
  besideWorks: 0.9,
  /** A car that has stopped at the kerb and is driven round [A]. */
  stalled: 0.6,
} as const;

/** Lamps out: everybody stops and goes in turn, as if each way had so much of a short cycle: some 330 vehicles an hour and lane, as at an all-way stop [A]. */
export const dark = { cycle: 20, main: 3.8, cross: 3.8 } as const;
