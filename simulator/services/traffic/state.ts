import type { Played } from "../incidents.ts";
import type { Emergencies } from "./green-wave.ts";
import type { LinkState } from "./link.ts";
import { dark } from "./parameters.ts";
import { flashing, type Plan, type PlanOrder, type Plans, type PlanWord, type Timing } from "./signal-plan.ts";

export interface CrossingState {
  /** Facts of the place, which an operator may change. */
  plans: Plans;
  plan: PlanWord;
  order: PlanOrder;
  /** What the room has set last. */
  manual: Timing | null;
  /** What its lamps show while the controller is out of order. */
  fault: "flashing" | "dark" | null;
}
/** Plain data. */
export interface TrafficState {
  begun: boolean;
  /** In the order of the network's crossings and approaches. */
  readonly crossings: CrossingState[];
  readonly links: LinkState[];
  readonly emergencies: Emergencies;
  readonly incidents: Played[];
  /** Vehicles since the start, those that were there included. */
  entered: number;
  left: number;
  /** Vehicles past a stop line, and the seconds that they all have lost there. */
  passed: number;
  delay: number;
}

/** What a controller runs; none while it flashes. */
export function timingOf({ plan, plans, manual }: CrossingState): Timing | undefined {
  if (plan === "flash") return undefined;
  return plan === "manual" ? (manual ?? undefined) : plans[plan];
}
/** What drivers meet, whether the controller runs a plan or none. */
export const metPlan = (crossing: CrossingState): Plan => timingOf(crossing) ?? (crossing.fault === "dark" ? dark : flashing);
