import type { ComponentType } from "preact";
import type { Service } from "../../../../../shared/service.ts";
import { CarePanel } from "./care/care-panel.tsx";
import { CareSide } from "./care/care-side.tsx";
import { EvzonePanel } from "./evzone/evzone-panel.tsx";
import { EvzoneSide } from "./evzone/evzone-side.tsx";
import { FoodwastePanel } from "./foodwaste/foodwaste-panel.tsx";
import { FoodwasteSide } from "./foodwaste/foodwaste-side.tsx";
import { StreamPanel } from "./stream/stream-panel.tsx";
import { StreamSide } from "./stream/stream-side.tsx";
import { AdviserSide } from "./traffic/adviser-side.tsx";
import { TrafficPanel } from "./traffic/traffic-panel.tsx";

interface Special {
  readonly panel: ComponentType<{ readonly service: Service }>;
  /** What is to be done and decided there; stands beside the panel. */
  readonly side: ComponentType<{ readonly service: Service }>;
}

/** The only place where a service is known by name; a service that is not in here gets the generic page. */
export const specialPanels: Readonly<Record<string, Special>> = {
  stream: { panel: StreamPanel, side: StreamSide },
  evzone: { panel: EvzonePanel, side: EvzoneSide },
  ucare: { panel: CarePanel, side: CareSide },
  traffic: { panel: TrafficPanel, side: AdviserSide },
  foodwaste: { panel: FoodwastePanel, side: FoodwasteSide },
};
