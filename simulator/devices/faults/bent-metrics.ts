import { ok, type Result, refuse } from "../../../shared/result.ts";
import type { Service } from "../../../shared/service.ts";
import type { SensorFault } from "./sensor-fault.ts";

/** What a device of this kind says on the wire. */
const spoken = (service: Service, kind: string): readonly string[] =>
  (service.kinds[kind]?.metrics ?? []).filter((name) => !service.derived.some(({ metric }) => metric === name));

/** Where nobody names a metric: the kind's main one, or what that is derived from. */
function mainOf(service: Service, kind: string, numbers: boolean): string | undefined {
  const main = service.panel.main[kind] ?? "";
  const wire = service.derived.find(({ metric }) => metric === main)?.from[0] ?? main;
  const fits = (name: string): boolean => !numbers || service.metrics[name]?.kind === "number";
  const names = spoken(service, kind);
  return [wire, ...names.filter((name) => name !== "batt"), ...names].find((name) => names.includes(name) && fits(name));
}

/** The metrics that a fault bends at a device of this kind. */
export function bentMetrics(service: Service, kind: string, fault: SensorFault, asked: string | undefined): Result<readonly string[]> {
  const names = spoken(service, kind);
  const what = `a ${kind} of ${service.id}`;
  if (fault.on === "clock") return ok([]);
  if (fault.on === "battery") return names.includes("batt") ? ok(["batt"]) : refuse(`${what} has no battery`);
  if (asked === undefined) {
    if (fault.on === "all") return ok(names);
    const main = mainOf(service, kind, fault.on === "number");
    return main === undefined ? refuse(`${what} measures no number`) : ok([main]);
  }
  if (!names.includes(asked)) return refuse(`${what} does not send "${asked}"; known are ${names.join(", ")}`);
  if (fault.on === "number" && service.metrics[asked]?.kind !== "number") return refuse(`"${asked}" is no number`);
  return ok([asked]);
}
