/** What can be fitted of manure trucks and tanks; equations stand beside. [A] = assumption, nobody has published it. */

export const places = {
  trucks: { default: 12, small: 2 },
  farms: { default: 40, small: 4 },
  fields: { default: 6, small: 1 },
  /** Places are chosen among so many times as many: they lie at the town's rim, this share of an even spacing apart at least. */
  choice: 8,
  apart: 0.75,
  /** Circle in which a truck counts as being there, m [A]. */
  radius: { farm: 120, plant: 180, field: 150 },
  /** Tanks, t: a farm's pit, the plant's for each of its trucks, a field's. */
  pit: [110, 190],
  plantPerTruck: 60,
  field: 220,
} as const;

export const truck = {
  /** Tank truck of the 16 t class: what it may carry, and how full drivers fill it, kg [A]. */
  capacity: 12_000,
  filled: [0.75, 0.95],
  /** Pump and outlet, kg/s [A]. */
  loads: 13,
  unloads: 16,
  /** Outlet on the move of one who dumps, and a driver's stop before and after anything, s [A]. */
  dumps: 9,
  handling: [240, 600],
  /** km/h on streets with their lights; share that rain takes at 20 mm/h [A]. */
  cruise: [26, 40],
  rainLoss: 0.25,
  /** Share of steps that it stands at a light [A]. */
  halts: 0.14,
  /** GPS error, m. */
  gpsError: 4,
} as const;

export const days = {
  /** Hour at which the day is planned; between which trucks set out for the first time, and until when [A]. */
  planHour: 5,
  firstHour: [6.5, 8.7],
  lastHour: 16,
  /** Minutes between two departures of one truck [A]. */
  every: [125, 165],
  /** Trips of a truck by weekday, Sunday first; holidays have none [A]. */
  trips: [0, 4, 4, 4, 4, 4, 2],
  /** A farm is fetched from while its pit is fuller than this, t a trip as it is planned; no truck sets out for a plant that is fuller than `full`, or for a field's tank above `room`. */
  worth: 0.42,
  load: 10,
  full: 0.9,
  room: 0.75,
} as const;

export const flows = {
  /** t/day of a farm, and t per mm of rain on its open yard and pit [A]. */
  farm: [6, 9],
  perMillimetre: 0.12,
  /** t/h that a plant treats for each of its trucks [A]. */
  plantTonsPerHour: 1.2,
  /** Months in which liquid fertiliser is spread, t per dry working day of a field; the share of trips that bring it there. */
  spreading: [3, 4, 5, 9, 10, 11],
  spreadTons: 26,
  toFields: 0.4,
} as const;

export const astray = {
  /** How far aside one dumps, m; how far a closed road is driven round, m [A]. */
  aside: [500, 900],
  round: 420,
  /** Share of the way at which it begins. */
  from: 0.35,
  /** A truck that dumps keeps so far from the circle of every allowed place, m. */
  clear: 60,
  /** Without so much way or load left it does not happen on this trip, m and kg. */
  leastWay: 500,
  leastLoad: 2000,
  /** Seconds until a driver answers. */
  answers: [60, 170],
} as const;
