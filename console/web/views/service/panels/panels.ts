import type { ComponentType } from "preact";
import type { Service } from "../../../../../shared/service.ts";
import { CareRhythm } from "./care-rhythm.tsx";
import { EvzoneBays } from "./evzone-bays.tsx";
import { FoodwasteUnits } from "./foodwaste-units.tsx";
import { StreamProfile } from "./stream-profile.tsx";
import { TrafficRows } from "./traffic-rows.tsx";

/** The only place where a service is known by name; a service that is not in here gets the generic page. */
export const specialPanels: Readonly<Record<string, ComponentType<{ readonly service: Service }>>> = {
  stream: StreamProfile,
  evzone: EvzoneBays,
  ucare: CareRhythm,
  traffic: TrafficRows,
  foodwaste: FoodwasteUnits,
};
