import type { ComponentType } from "preact";
import type { Service } from "../../../../../shared/service.ts";
import { CarePanel } from "./care/care-panel.tsx";
import { EvzonePanel } from "./evzone/evzone-panel.tsx";
import { FoodwastePanel } from "./foodwaste/foodwaste-panel.tsx";
import { StreamPanel } from "./stream/stream-panel.tsx";
import { TrafficPanel } from "./traffic/traffic-panel.tsx";

/** The only place where a service is known by name; a service that is not in here gets the generic page. */
export const specialPanels: Readonly<Record<string, ComponentType<{ readonly service: Service }>>> = {
  stream: StreamPanel,
  evzone: EvzonePanel,
  ucare: CarePanel,
  traffic: TrafficPanel,
  foodwaste: FoodwastePanel,
};
