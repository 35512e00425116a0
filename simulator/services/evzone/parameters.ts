/** What can be fitted of the charging zones; equations stand beside, in files without numbers of their own. */

export const zoneKinds = ["apartment", "public", "office"] as const;
export type ZoneKind = (typeof zoneKinds)[number];

export const zones = {
  count: { default: 60, small: 2 },
  /** Bays of a zone: 3..12, mean about 6.7. */
  baysMin: 3,
  baysMax: 12,
  smallBays: 3,
  kindShare: [0.45, 0.35, 0.2],
  /** Share of bays with a DC charger. */
  fastShare: { apartment: 0.06, public: 0.38, office: 0.1 },
  fastRated: [50, 100],
  slowRated: 7,
  /** Households of an apartment complex: lognormal [A]; the law's exemptions ask for them (below 100, before 2026 below 500). */
  householdsMedian: 620,
  householdsSigma: 0.7,
} as const;

/** Arrivals per free bay and day off the peak shape: mean rate while free, and how it spreads over the hours (normalised in `arrivals.ts`). */
interface Habit {
  readonly perDay: number;
  readonly dayOffFactor: number;
  readonly weekday: readonly number[];
  readonly dayOff: readonly number[];
}
// Start-hour percentages of 24 Norwegian apartment garages (Sorensen et al. 2021, "Analysis of residential EV energy flexibility potential").
const homeStarts = [1.5, 0.6, 0.4, 0.2, 0.1, 0.1, 0.3, 1.1, 1.2, 1.0, 1.7, 2.4, 2.9, 4.2, 5.9, 11.4, 14.0, 8.8, 8.5, 9.9, 8.5, 6.7, 5.5, 2.9];
const homeStartsOff = [2, 1, 0.6, 0.3, 0.2, 0.2, 0.3, 0.8, 1.6, 2.6, 4, 5.2, 6, 6.8, 7.4, 8.4, 8.8, 8.6, 8.2, 7.8, 6.8, 5.6, 4.2, 2.6];
const officeStarts = [0, 0, 0, 0, 0, 0.4, 3, 12, 24, 16, 7, 5, 6, 9, 6, 4, 3, 2, 1, 0.6, 0.4, 0.2, 0.1, 0];
const publicStarts = [0.7, 0.5, 0.4, 0.3, 0.3, 0.5, 1.3, 3, 5, 6.2, 6.8, 7, 7.2, 7, 6.8, 6.6, 6.8, 7.4, 7.6, 6.6, 5, 3.4, 2.2, 1.4];
/** Slow bays fill between 17 and 22 h when the night tariff begins; fast ones are used by day. */
const publicSlowStarts = [1, 0.6, 0.4, 0.3, 0.3, 0.5, 1.2, 3, 5, 5, 4.6, 4.4, 4.6, 4.6, 4.6, 5, 6, 8.4, 9.4, 9, 7.6, 5.6, 3.8, 2];

export const habits: Readonly<Record<ZoneKind | "fast", Habit>> = {
  apartment: { perDay: 0.97, dayOffFactor: 1.05, weekday: homeStarts, dayOff: homeStartsOff },
  public: { perDay: 2.4, dayOffFactor: 1.1, weekday: publicSlowStarts, dayOff: publicStarts },
  office: { perDay: 1.35, dayOffFactor: 0.12, weekday: officeStarts, dayOff: officeStarts },
  fast: { perDay: 5.2, dayOffFactor: 1.15, weekday: publicStarts, dayOff: publicStarts },
};

export const stays = {
  /** Private bays are bimodal: errands of 0-2 h and nights of 10-16 h; a few cars stay for days. */
  apartment: {
    /** Who comes home in the afternoon mostly goes out again, who comes in the evening stays [A, after occupancy by hour]. */
    shortShare: { day: 0.68, evening: 0.05, from: 17 },
    shortMedianHours: 1.9,
    shortSigma: 0.8,
    nightLeave: 7.9,
    nightSpread: 0.9,
    longShare: 0.11,
    longMedianHours: 34,
    longSigma: 0.45,
  },
  /** sigma = ln(14/6)/1.405: 8 % beyond the 14 h that the law allows at slow chargers. */
  public: { medianHours: 6, sigma: 0.603 },
  /** 105 workplace stations: 0.8 / 2.1 / 2.8 / 3.5 / 4.6 h (p5 to p95): half a working day, and who tops up. */
  office: { medianHours: 2.85, sigma: 0.36, shortShare: 0.09, shortMedianHours: 1, shortSigma: 0.5, latestLeave: 21 },
  /** sigma = ln(60/35)/1.405: 8 % beyond the hour that the law allows at fast chargers. */
  fast: { medianHours: 35 / 60, sigma: 0.384 },
  /** Act on eco-friendly vehicles; a plug-in hybrid may stay for 7 h at a slow charger, nights not counted: no stricter in a night, and rare. */
  lawfulHours: { fast: 1, slow: 14 },
  shortestMinutes: 6,
  /** Under a quarter of an hour at private bays and workplaces alike: the wrong bay, a car that does not start to charge. */
  givenUp: { share: 0.022, minutes: [6, 15] },
  longestHours: 96,
} as const;

/** Energy wanted, kWh: medians and spread of shared, private and workplace bays; fast: assumption. */
export const wants: Readonly<Record<ZoneKind | "fast", { readonly median: number; readonly sigma: number; readonly target: number }>> = {
  apartment: { median: 8.2, sigma: 0.83, target: 1 },
  public: { median: 14.7, sigma: 0.72, target: 1 },
  office: { median: 6.8, sigma: 0.5, target: 1 },
  fast: { median: 24, sigma: 0.5, target: 0.86 },
};

export const cars = {
  phevShare: 0.15,
  phevBattery: 12,
  phevOnboard: 3.3,
  evBatteryMedian: 62,
  evBatterySigma: 0.22,
  evBatteryMin: 28,
  evBatteryMax: 110,
  evOnboard: 7.2,
  /** Share of electric cars that park without plugging in: they block the charger. */
  unplugged: 0.05,
  plugSeconds: [25, 100],
  authoriseSeconds: [15, 60],
  /** Stop of charging to unplugging to leaving. */
  unplugSeconds: [20, 60],
  departSeconds: [20, 90],
} as const;

export const curve = {
  /** Above this state of charge the battery takes less. */
  taperFrom: 0.8,
  /** Share of full power at 100 %. */
  taperFloor: 0.08,
  /** Highest charging rate, 1/h: power over capacity. */
  cRate: 1.5,
  efficiencyAc: 0.9,
  efficiencyDc: 0.95,
} as const;

export const intruders = {
  /** Per bay and day, city-wide mean. Geumcheon-gu, December 2021: 530 entries in 10 bays = 1.7, its busiest sites. */
  perDay: 0.3,
  /** They can only enter a free bay: share of bays that are free when they come. */
  freeShare: 0.63,
  hours: [0.5, 0.3, 0.2, 0.2, 0.2, 0.3, 0.8, 2.2, 4, 4.6, 5.2, 6, 6.8, 6.4, 6, 6, 6.4, 7.4, 8, 7, 5, 3.2, 2, 1.1],
  classes: ["ice", "unknown", "exempt"],
  classShare: [0.93, 0.04, 0.03],
  /** 425 of 530 left within 5 min of the automatic warning. */
  quickShare: 0.8,
  quickSeconds: [40, 290],
  slowMedianMinutes: 38,
  slowSigma: 0.9,
  warnMinutes: [0, 1, 4],
  /** The event counts no further. */
  mostWarnings: 9,
  /** Who has stayed in spite of the zone's own warnings and hears the room's: share that leaves then, as quickly as the others did [A]. */
  askedShare: 0.5,
  /** How the zones differ: factor of each zone, lognormal with mean 1. */
  lureSigma: 0.9,
} as const;

export const faults = {
  perChargerDay: 1 / 60,
  medianMinutes: 45,
  sigma: 0.8,
} as const;

/** Energy registers at the start of a run, kWh: meters of some years. */
export const meters = { median: 4000, sigma: 0.7 } as const;
