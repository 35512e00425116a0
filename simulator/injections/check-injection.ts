import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Injection } from "../../shared/scenario/injection.ts";
import { completeArgs } from "../../shared/scenario/injection-args.ts";
import { injectionKindOf } from "../../shared/scenario/kinds.ts";
import { recordingKinds } from "../../shared/scenario/recording-kinds.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { bentMetrics } from "../devices/faults/bent-metrics.ts";
import { sensorFaults } from "../devices/faults/index.ts";
import type { Fleet } from "../devices/fleet.ts";
import { baseFor, type ReadRecording } from "../devices/recording.ts";
import type { Device } from "../model.ts";
import { nameIn } from "./name-in.ts";

export interface CityParts {
  readonly fleet: Fleet;
  readonly districts: readonly string[];
  readonly readRecording: ReadRecording;
}

/** Holds an injection against its kind and the city; its arguments are whole then, its targets sorted. */
export function checkInjection({ fleet, districts, readRecording }: CityParts, injection: Injection): Result<Injection> {
  const kind = injectionKindOf(injection.kind);
  if (kind === undefined) return refuse(`there is no injection "${injection.kind}"`);
  const args = completeArgs(kind, injection.args);
  if (!args.ok) return refuse(`${injection.kind}: ${args.reason}`);
  const targets = [...new Set(injection.targets)].sort();
  const wrong = kind.on === "city" ? (targets.length === 0 ? undefined : "it strikes the whole city and takes no targets") : targetsWrong(targets);
  if (wrong !== undefined) return refuse(`${injection.kind}: ${wrong}`);
  if (kind.on === "district") {
    const unknown = targets.find((id) => !districts.includes(id));
    if (unknown !== undefined) return refuse(`there is no district "${unknown}"; known are ${districts.join(", ")}`);
  } else {
    for (const id of targets) {
      const device = fleet.unitOf.get(id)?.[1].device;
      const reason = device === undefined ? `there is no device "${id}"` : deviceWrong(kind, device, args.value, readRecording);
      if (reason !== undefined) return refuse(reason);
    }
  }
  return ok({ ...injection, targets, args: args.value });
}

const targetsWrong = (targets: readonly string[]): string | undefined => (targets.length === 0 ? "nobody is named whom it should strike" : undefined);

function deviceWrong(kind: InjectionKindRow, device: Device, args: Injection["args"], readRecording: ReadRecording): string | undefined {
  if (kind.service !== null && kind.service !== device.service) return `${kind.id} happens to ${kind.service}; ${device.id} is of ${device.service}`;
  if (kind.kinds !== undefined && !kind.kinds.includes(device.kind))
    return `${kind.id} happens to ${kind.kinds.join(", ")}; ${device.id} is a ${device.kind}`;
  if (nameIn(recordingKinds, kind.id)) {
    const base = baseFor(device, args, readRecording);
    return base.ok ? undefined : base.reason;
  }
  if (!nameIn(sensorFaults, kind.id)) return undefined;
  const service = serviceOf(device.service);
  if (service === undefined) return `no service ${device.service}`;
  const metrics = bentMetrics(service, device.kind, sensorFaults[kind.id], args.metric === undefined ? undefined : String(args.metric));
  return metrics.ok ? undefined : metrics.reason;
}
