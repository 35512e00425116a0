import type { ActiveInjection } from "../../injections/active-injection.ts";
import type { Environment } from "../environment.ts";

export interface BendParts {
  readonly seed: number;
  readonly catchments: number;
}
/** What one injection makes of the ordinary environment: a function of it and of nothing else, so that nothing has to be remembered. */
export interface Bend {
  bend(ordinary: Environment): Environment;
  /** Somebody could tell the difference. */
  felt(ordinary: Environment, bent: Environment): boolean;
}
export type MakeBend = (injection: ActiveInjection["injection"], parts: BendParts) => Bend;

/** 0 at the begin, 1 after so many ms. */
export const ramp = (since: number, ms: number): number => Math.min(1, Math.max(0, since / ms));
export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
