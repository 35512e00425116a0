import type { Route } from "../route.ts";
import { alarmRoutes } from "./alarms.ts";
import { capPath, capRoutes } from "./cap.ts";
import { cityRoutes } from "./city.ts";
import { commandRoutes } from "./commands.ts";
import { deviceRoutes } from "./devices.ts";
import { historyRoutes } from "./history.ts";
import { injectionRoutes } from "./injections.ts";
import { itemRoutes } from "./items.ts";
import { journalRoutes } from "./journal.ts";
import { linkRoutes } from "./links.ts";
import { qualityRoutes } from "./quality.ts";
import { runRoutes } from "./runs.ts";
import { scenarioRoutes } from "./scenarios.ts";

/** Every route of the console; nothing else answers, and the OpenAPI document lists exactly these. */
export const routes: readonly Route[] = [
  ...cityRoutes,
  ...deviceRoutes,
  ...historyRoutes,
  ...qualityRoutes,
  ...alarmRoutes,
  ...journalRoutes,
  ...itemRoutes,
  ...commandRoutes,
  ...linkRoutes,
  ...capRoutes,
  ...scenarioRoutes,
  ...runRoutes,
  ...injectionRoutes,
];

/** The same with the feed of public alarms open to everybody, for whoever passes it on to the public. */
export const routesWithOpenFeed: readonly Route[] = routes.map((route) => (route.path.startsWith(capPath) ? { ...route, right: undefined } : route));
