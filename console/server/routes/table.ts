import type { Route } from "../route.ts";
import { cityRoutes } from "./city.ts";
import { deviceRoutes } from "./devices.ts";
import { historyRoutes } from "./history.ts";
import { qualityRoutes } from "./quality.ts";

/** Every route of the console; nothing else answers, and the OpenAPI document lists exactly these. */
export const routes: readonly Route[] = [...cityRoutes, ...deviceRoutes, ...historyRoutes, ...qualityRoutes];
