import type { CityPlan } from "../../shared/city-plan.ts";
import type { ServiceId } from "../../shared/services/index.ts";
import type { Device, Site } from "../model.ts";
import type { StreetGraph } from "./street-graph.ts";

/** One MQTT connection in the field: a cabinet, a zone controller, a home hub. All its devices are of one service. */
export interface Gateway {
  readonly id: string;
  readonly service: ServiceId;
  readonly district: string;
  readonly devices: readonly Device[];
}

/** The generated city: the same for every seed (the seed moves weather and people, not streets). */
export interface City {
  readonly plan: CityPlan;
  readonly streets: StreetGraph;
  /** Sorted by id. */
  readonly gateways: readonly Gateway[];
  readonly sites: { readonly [Id in ServiceId]: readonly Site<Id>[] };
}
