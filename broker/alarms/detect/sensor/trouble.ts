import type { Rule, SensorCondition } from "../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../shared/service.ts";
import type { Evaluator } from "../evaluator.ts";
import { batteryEvaluator } from "./battery.ts";
import { clockEvaluator } from "./clock.ts";
import { driftEvaluator } from "./drift.ts";
import { gatewayEvaluator } from "./gateway.ts";
import { rangeEvaluator } from "./range.ts";
import { silentEvaluator } from "./silent.ts";
import { spikeEvaluator } from "./spike.ts";
import { stuckEvaluator } from "./stuck.ts";

/** One line a trouble. */
const table: { readonly [Trouble in SensorCondition["trouble"]]: (service: Service, kind: string) => Evaluator } = {
  silent: silentEvaluator as (service: Service, kind: string) => Evaluator,
  gateway: gatewayEvaluator as () => Evaluator,
  clock: clockEvaluator as () => Evaluator,
  range: rangeEvaluator as (service: Service, kind: string) => Evaluator,
  spike: spikeEvaluator as (service: Service, kind: string) => Evaluator,
  stuck: stuckEvaluator as (service: Service, kind: string) => Evaluator,
  drift: driftEvaluator as (service: Service, kind: string) => Evaluator,
  battery: batteryEvaluator as () => Evaluator,
};

export const sensorEvaluator = ({ trouble }: SensorCondition, { kind }: Rule, service: Service): Evaluator => table[trouble](service, kind);
