import type { CityPlan } from "../shared/city-plan.ts";
import type { DeviceRow } from "../shared/city-port.ts";
import { tagsOf } from "../shared/scenario/landmark-tags.ts";
import type { InjectionKindRow } from "../shared/scenario/scenario-port.ts";
import type { Selectable } from "../shared/scenario/selector.ts";
import type { Service } from "../shared/service.ts";

/** What a scenario plays on: all that its file may speak of. */
export interface Stage {
  readonly plan: CityPlan;
  readonly devices: readonly Selectable[];
  readonly kinds: readonly InjectionKindRow[];
  readonly services: readonly Service[];
}

/** Real devices have no simulator that could bend them, and are left out. */
export function stageOf(
  plan: CityPlan,
  rows: readonly Pick<DeviceRow, "id" | "service" | "kind" | "district" | "gateway" | "lat" | "lon" | "timeline">[],
  kinds: readonly InjectionKindRow[],
  services: readonly Service[],
): Stage {
  const devices = rows
    .filter(({ timeline }) => timeline === "city")
    .map(({ id, service, kind, district, gateway, lat, lon }) => ({ id, service, kind, district, gateway, tags: tagsOf(plan, { lat, lon }) }));
  return { plan, devices, kinds, services };
}
