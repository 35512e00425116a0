import { warnings } from "./parameters.ts";

/** Q = a (h - h0)^b: m3/s from m over gauge zero. */
export interface Rating {
  readonly a: number;
  readonly h0: number;
  readonly b: number;
}

/** x^y for x > 0, the same on every engine. */
const power = (x: number, y: number): number => Math.exp(y * Math.log(x));

export const discharge = ({ a, h0, b }: Rating, level: number): number => (level <= h0 ? 0 : a * power(level - h0, b));
export const level = ({ a, h0, b }: Rating, flow: number): number => (flow <= 0 ? h0 : h0 + power(flow / a, 1 / b));

/** The curve through the design flood, with the coefficient as it stands in the gauge's birth document. */
export const ratingThrough = (flow: number, at: number, h0: number, b: number): Rating => ({
  a: Math.round((100 * flow) / power(at - h0, b)) / 100,
  h0,
  b,
});

export type Warning = keyof typeof warnings;
/** The four levels at their shares of the design discharge, on the 5 cm that authorities publish. */
export function warningLevels(rating: Rating, design: number): Readonly<Record<Warning, number>> {
  const at = (share: number): number => Math.round(20 * level(rating, share * design)) / 20;
  return { interest: at(warnings.interest), caution: at(warnings.caution), alert: at(warnings.alert), serious: at(warnings.serious) };
}
