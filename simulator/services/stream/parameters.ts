/**
 * What can be fitted of the stream; equations stand beside, in files without numbers of their own.
 * [S] sourced, [D] computed from sourced numbers, [A] our assumption.
 */

/** One gauge with the land that drains into the stream between it and the gauge above. */
export interface GaugePlan {
  readonly ko: string;
  readonly en: string;
  /** Place, share of the stream's length. */
  readonly at: number;
  /** km2 of its own, and the paved share of them. */
  readonly area: number;
  readonly paved: number;
  /** Storage constant of one reservoir of the Nash cascade, minutes. */
  readonly nash: number;
  /** Mean return flow of treatment plants, m3/s. */
  readonly effluent: number;
  /** Design flood, m3/s, and its level over gauge zero, m. */
  readonly design: number;
  readonly serious: number;
  /** Rating Q = a (h - h0)^b; a follows from the design flood. */
  readonly h0: number;
  readonly b: number;
  /** Sensor above the top of the bank, m. */
  readonly above: number;
}

// Area and design flood: 188 km2 at the last gauge and 1,450 m3/s, about 17 A^0.85 [A]; Singok bridge is put at 900-1,300 m3/s [A].
// The fourth gauge is Singok-like: watch 5.10 m, warning 6.00 m [S: public thresholds]; h0 0.8, b 1.77 and 7.15 m follow from them [D]. The others: [A].
// Nash k 30-40 min [A]; return flow: 280 l a day of some 0.08, 0.28 and 0.43 million people [A].
/** In the order of the fields of a plan. */
type Row = readonly [string, string, number, number, number, number, number, number, number, number, number, number];
const plans = (rows: readonly Row[]): readonly GaugePlan[] =>
  rows.map(([ko, en, at, area, paved, nash, effluent, design, serious, h0, b, above]) => {
    return { ko, en, at, area, paved, nash, effluent, design, serious, h0, b, above };
  });
export const gaugePlans = {
  default: plans([
    ["달여울교", "Daryeoul Bridge", 0.035, 54, 0.3, 32, 0.25, 470, 5.2, 0.75, 1.72, 2.1],
    ["버들목교", "Beodeulmok Bridge", 0.17, 17, 0.45, 35, 0, 610, 5.6, 0.85, 1.8, 1.8],
    ["징검들교", "Jinggeomdeul Bridge", 0.31, 15, 0.55, 35, 0.9, 730, 6.3, 0.7, 1.69, 2.4],
    ["가온대교", "Gaon Grand Bridge", 0.45, 25, 0.5, 38, 0, 900, 7.15, 0.8, 1.77, 2.9],
    ["솔바람교", "Solbaram Bridge", 0.58, 16, 0.6, 36, 0, 1020, 6.6, 0.95, 1.74, 2.2],
    ["너른물교", "Neoreunmul Bridge", 0.72, 23, 0.55, 39, 1.4, 1180, 7, 0.9, 1.82, 2.6],
    ["흰모래교", "Huinmorae Bridge", 0.86, 17, 0.62, 39, 0, 1300, 7.6, 1.05, 1.75, 2.3],
    ["별나루교", "Byeollaru Bridge", 0.975, 21, 0.6, 40, 0, 1450, 7.9, 1.1, 1.79, 2.7],
  ]),
  small: plans([
    ["잔물결교", "Janmulgyeol Bridge", 0.12, 46, 0.3, 32, 0.25, 470, 5.2, 0.75, 1.72, 2.1],
    ["돌마루교", "Dolmaru Bridge", 0.88, 16, 0.5, 36, 0.6, 590, 5.8, 0.85, 1.77, 2.4],
  ]),
} as const;

/** Sub-catchments that the weather knows, upstream first: one for each gauge of the default city. */
export const catchments = gaugePlans.default.length;

/** Shares of the design discharge. Watch 50 %, warning 70 % [S]; great flood 100 % [D]; interest: 2.6 m at Singok (a third party's figure) is 11 % [D]. */
export const warnings = { interest: 0.11, caution: 0.5, alert: 0.7, serious: 1 } as const;

export const channel = {
  /** EL of gauge zero at the upper end, m; slope there, m/km, and how much of it each km takes away: 2.3 to 1.0 per mille [A]. */
  head: 49,
  slope: 2.3,
  concavity: 0.04,
  /** Freeboard over the design flood, m: 1.0 above 500 m3/s, 0.8 below (Korean river design standard, as remembered) [K]. */
  freeboard: { from: 500, large: 1, small: 0.8 },
  /** Flood wave, m/s: 5/3 of the water's speed; 2.5-4 m/s take 70-110 min for 16.6 km [D]. */
  celerity: 2.5,
  /**
   * Muskingum weight. With 1-min steps 2Kx <= dt allows sub-reaches of 10 min; their spread over the whole stream, N K^2 (1 - 2x), has an sd of 27 min,
   * about that of the diffusivity Q/(2BS) of 400 m3/s in a 60 m wide channel at 1.7 per mille (Cunge, 1969): 33 min [D].
   */
  weight: 0.05,
} as const;

export const losses = {
  /** Curve numbers: paved 98 [S: TR-55]; gardens and wooded slopes on soils C-D 79 [A]. Half and half 88: the basin's 85-90 [A]. */
  curvePaved: 98,
  curveGreen: 79,
  /** Initial abstraction over retention [S]. */
  abstraction: 0.2,
  /** Hours in which a wet surface forgets 63 % of the storm: puddles dry within a day, soil within the five days of the antecedent condition [A]. */
  pavedHours: 9,
  greenHours: 96,
  /**
   * Sewers, detention basins and soil hold back this much excess rain, mm/h, and with streets under water ever less of it: of `none` all runs off at once [A].
   * An ordinary rain so reaches the stream over a day; 60, 88 and 110 mm in three hours bring the fourth gauge beyond interest, watch and warning level.
   */
  detention: { most: 17, none: 29 },
  /** Reservoirs of the Nash cascade [A]. */
  reservoirs: 3,
} as const;

export const stores = {
  /** What is held back passes basins and soil, hours [A]: with the rain itself some 20 h from a tenth of the rise to the peak, as small rivers have (14-52 h). */
  detainedHours: 14,
  /** Then it runs as S^2 / c, mm h [D]: three quarters of the height after a rain are left a day later, as in small rivers (0.51-0.89). */
  slowCurve: 600,
  /** Share of the water that green land keeps which reaches the groundwater (the rest evaporates), and its hours: 40 days [A]. */
  recharge: 0.4,
  groundHours: 960,
  /** Initial state: share of the rain on green land that it keeps, and the steady share of all rain that fills the late stores as rain in spells does [D: years of this model]. */
  kept: 0.5,
  late: 0.3,
} as const;

/** Return flow over its mean by hour: least before dawn, peaks late in the morning and in the evening [A: shape of household sewage, damped by the plant]. */
export const effluentDay = { first: 0.06, firstPeak: 14, second: 0.03, secondPeak: 10 } as const;

export const bridges = {
  /** Water surface of what a blocked bridge holds back, m2: some 35 m wide, 600 m long at a slope of 2 per mille and a metre of backwater [A]. */
  surface: 21_000,
  /** Over the deck: 1.7 m^0.5/s (broad crest) times 40 m. */
  weir: 68,
  substeps: 12,
} as const;

export const surface = {
  /** Waves in flood 1-3 cm rms [A]: this much per share of the design discharge, up to 3 cm; with memory, seconds. */
  waveGain: 0.11,
  waveMost: 0.03,
  waveSeconds: 150,
  /** Nearer than this a radar sees nothing, m [K]. */
  blind: 0.2,
} as const;

/**
 * Radar +-2 mm typical [S: TerraTransfer sheet], of which the noise of a reading that averages many echoes is 0.7 mm, told in steps of 0.2 mm [A]: together with
 * waves and water a 15-min step of 1.5 mm, and few steps of zero, as real gauges have (0.9-1.6 mm; 3-9 %). A gauge that told whole millimetres would
 * stand still for a quarter of its steps.
 */
export const radar = { sd: 0.0007, step: 0.0002 } as const;
/** Tipping buckets are within 5 % [K]. */
export const rainGauge = { relative: 0.025 } as const;

/** Lost echoes a minute: four a year in calm water, and one in four hours while foam and spray are about [A]. */
export const echo = { calm: 4 / 525_600, rough: 1 / 240, roughRain: 30, lastsSeconds: 60 } as const;

export const gates = {
  count: { default: 20, small: 3 },
  /** Beside the low-water channel of 26 m at the upper and 64 m at the lower end (city design): this far from its edge, m. */
  width: [26, 64],
  edge: 12,
  /** The path lies about the interest level; m over it [A]. */
  sill: [-0.1, 0.4],
  travelSeconds: [20, 40],
  /** Float switch: closes this far below the sill, m: 9 min at 2 m/h; reopens when the water has stood `lower` below that for so many minutes [A]. */
  margin: 0.3,
  lower: 0.2,
  dryMinutes: 45,
  /** Faults: while waiting, per gate and year, and per movement [A]; repair, minutes. */
  faultsPerYear: 0.3,
  faultPerMove: 0.003,
  repairMedianMinutes: 80,
  repairSigma: 0.6,
} as const;

/** People at one gate, all [A]: nobody has published counts. */
export const people = {
  perHour: 22,
  /** Relative by hour: before work, after work and supper. */
  weekday: [0.1, 0.05, 0.03, 0.03, 0.15, 0.8, 1.6, 1.5, 1.1, 1, 1, 0.9, 0.9, 0.9, 0.8, 0.9, 1.1, 1.4, 1.9, 2.3, 2.3, 1.7, 0.9, 0.3],
  dayOff: [0.15, 0.05, 0.03, 0.03, 0.12, 0.6, 1.2, 1.6, 1.9, 2.1, 2.1, 1.7, 1.4, 1.4, 1.6, 1.9, 2.2, 2.2, 2, 1.9, 1.8, 1.3, 0.7, 0.3],
  /** e-folding rain, mm/h, and the rain in which nobody walks. */
  rainScale: 2,
  rainNone: 8,
  /** Fewer beyond these temperatures, per degree. */
  comfort: [-2, 30],
  perDegree: 0.06,
  /** Share that still slips through while the announcement sounds. */
  whileClosing: 0.25,
  /** Share that still goes in past what the display says [A]. */
  pastDisplay: { off: 1, caution: 0.6, closed: 0.15, evacuate: 0.05 },
  /** Seconds in the gap: walkers, and the few who stop to talk. */
  passSeconds: [2, 5],
  lingerShare: 0.04,
  lingerSeconds: [10, 60],
  /** A class passes one by one, s. */
  classSeconds: 3,
  /** Mean minutes on the path by what the display says, and when the water is there [A]. */
  stayDisplay: { off: 25, caution: 18, closed: 10, evacuate: 4 },
  stayWet: 8,
} as const;
