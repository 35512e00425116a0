import type { Quantiles } from "./statistics.ts";

/** Curves of real streams, as measured; bands of single numbers stand in `bands.ts`. */

/** 119 intersection approaches: share of a day's vehicles by hour, %. */
export const trafficShares = {
  weekday: [
    0.69, 0.37, 0.26, 0.25, 0.35, 0.94, 3.18, 6.92, 8.17, 6.2, 5.36, 5.41, 5.53, 5.46, 5.7, 6.87, 7.35, 8.22, 7.3, 4.98, 3.46, 3.08, 2.44, 1.53,
  ],
  weekend: [
    2.29, 1.4, 0.9, 0.77, 0.66, 0.79, 1.43, 2.2, 3.77, 5.48, 6.58, 7.3, 7.85, 7.42, 7.13, 7.15, 7.19, 7.24, 6.32, 4.63, 3.47, 3.13, 2.69, 2.21,
  ],
} as const;

const connected = (...hours: readonly [number, number, number, number, number, number]): Quantiles => [
  [0, 0],
  [0.05, hours[0]],
  [0.25, hours[1]],
  [0.5, hours[2]],
  [0.75, hours[3]],
  [0.95, hours[4]],
  [0.99, hours[5]],
];
/** Connected hours, p5/25/50/75/95/99: 24 apartment garages, 105 stations at workplaces. */
export const connectedHours = { private: connected(0.6, 3, 11.3, 16.1, 37.7, 71), workplace: connected(0.8, 2.1, 2.8, 3.5, 4.6, 6.4) } as const;
/** Starts by hour, %, apartment garages. */
export const homeStarts = [1.5, 0.6, 0.4, 0.2, 0.1, 0.1, 0.3, 1.1, 1.2, 1, 1.7, 2.4, 2.9, 4.2, 5.9, 11.4, 14, 8.8, 8.5, 9.9, 8.5, 6.7, 5.5, 2.9];
/** A private bay is occupied, weekdays by hour, %. */
export const homeOccupied = [43, 43, 43, 43, 43, 43, 42, 32, 20, 17, 15, 14, 13, 12, 13, 16, 24, 27, 27, 30, 34, 37, 40, 41];

/** 24 municipalities, January first: kg of a deposit. Monday first: deposits of a weekday, and kg of one, over the mean. */
export const waste = {
  kgByMonth: [1.88, 1.89, 1.78, 1.74, 1.72, 1.67, 1.63, 1.56, 1.52, 1.6, 1.95, 1.87],
  countByWeekday: [1.02, 0.97, 0.98, 0.96, 0.94, 0.96, 1.17],
  kgByWeekday: [1.02, 0.98, 0.97, 0.97, 0.97, 1.03, 1.07],
} as const;
