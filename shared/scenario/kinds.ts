import { services } from "../services/index.ts";
import { environmentKinds } from "./environment-kinds.ts";
import type { InjectionGroup, InjectionKind } from "./injection.ts";
import { recordingKinds } from "./recording-kinds.ts";
import type { InjectionKindRow } from "./scenario-port.ts";
import { sensorKinds } from "./sensor-kinds.ts";
import { transportKinds } from "./transport-kinds.ts";

const rowsOf = (group: InjectionGroup, kinds: Readonly<Record<string, InjectionKind>>): InjectionKindRow[] =>
  Object.entries(kinds).map(([id, kind]) => ({ id, group, service: null, ...kind }));

/** Everything that can be injected, by one list: environment, incidents of all contracts (`service/incident`), sensors, transport. */
export const injectionKinds: readonly InjectionKindRow[] = [
  ...rowsOf("environment", environmentKinds),
  ...services.flatMap(({ id: service, incidents }) =>
    Object.entries(incidents).map(
      ([id, incident]): InjectionKindRow => ({ id: `${service}/${id}`, group: "incident", service, on: "device", ...incident }),
    ),
  ),
  ...rowsOf("sensor", sensorKinds),
  ...rowsOf("sensor", recordingKinds),
  ...rowsOf("transport", transportKinds),
];

const byId = new Map(injectionKinds.map((row) => [row.id, row]));
export const injectionKindOf = (id: string): InjectionKindRow | undefined => byId.get(id);
