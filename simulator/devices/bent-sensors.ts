import type { Value } from "../../shared/reading.ts";
import type { Metric, NumberMetric } from "../../shared/service.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { chanceOf } from "../chance-of.ts";
import type { ActiveInjection } from "../injections/active-injection.ts";
import { createRng } from "../random.ts";
import { bentMetrics } from "./faults/bent-metrics.ts";
import type { FaultMemory, FaultPlace, SensorFault } from "./faults/sensor-fault.ts";
import type { Fleet } from "./fleet.ts";
import type { BendValue } from "./sensing.ts";

/** What is wrong with one device. */
interface SensorBend {
  /** Nothing is said at all. */
  silent(t: number): boolean;
  stamp(t: number): number;
  valueAt(t: number): BendValue;
}
/** The faults between what is true and what is said. */
export interface BentSensors {
  /** Also after a restart: what it remembers is in the injection. */
  begin(active: ActiveInjection, fault: SensorFault): void;
  end(id: string): void;
  of(device: string): SensorBend | undefined;
}
interface Bent {
  readonly active: ActiveInjection;
  readonly fault: SensorFault;
  readonly metrics: ReadonlyMap<string, Metric>;
}

export interface BentSensorsParts {
  readonly seed: number;
  readonly fleet: Fleet;
  /** A reading or an event of time t differs because of it, or is missing. */
  observed(active: ActiveInjection, t: number): void;
}

export function createBentSensors({ seed, fleet, observed }: BentSensorsParts): BentSensors {
  const byDevice = new Map<string, Bent[]>();
  const bends = new Map<string, SensorBend>();

  const memoryOf = ({ injection, sensors }: ActiveInjection, key: string): FaultMemory => {
    const memory = sensors[key] ?? { rng: createRng(seed, `injection:${chanceOf(injection.id)}:${key}`) };
    sensors[key] = memory;
    return memory;
  };
  const place = ({ active }: Bent, device: string, name: string, metric: Metric, t: number): FaultPlace => {
    const { args, t: onset } = active.injection;
    return { metric, args, t, onset, memory: memoryOf(active, `${device}/${name}`) };
  };
  function bend(bent: Bent, device: string, name: string, value: Value, t: number): Value | undefined {
    const metric = bent.metrics.get(name);
    const { fault } = bent;
    if (metric === undefined || fault.on === "clock") return value;
    const at = place(bent, device, name, metric, t);
    if (fault.on === "any" || fault.on === "all") return fault.bend(value, at);
    return metric.kind === "number" && typeof value === "number" ? fault.bend(value, at as FaultPlace<NumberMetric>) : value;
  }
  const bendOf = (device: string, all: readonly Bent[]): SensorBend => ({
    silent(t) {
      let silent = false;
      for (const { active, fault } of all) {
        const { args, t: onset } = active.injection;
        if (fault.on !== "battery" || !fault.silent({ args, t, onset })) continue;
        silent = true;
        observed(active, t);
      }
      return silent;
    },
    stamp(t) {
      let stamp = t;
      for (const { active, fault } of all) {
        if (fault.on !== "clock") continue;
        stamp = fault.stamp(stamp, active.injection.args);
        observed(active, t);
      }
      return Math.max(0, stamp);
    },
    valueAt: (t) => (name, value) => {
      let said: Value | undefined = value;
      for (const bent of all) {
        if (said === undefined) return undefined;
        const before: Value = said;
        said = bend(bent, device, name, before, t);
        if (said !== before) observed(bent.active, t);
      }
      return said;
    },
  });
  const put = (device: string, all: readonly Bent[]): void => {
    if (all.length === 0) {
      byDevice.delete(device);
      bends.delete(device);
    } else {
      byDevice.set(device, [...all]);
      bends.set(device, bendOf(device, all));
    }
  };

  return {
    begin(active, fault) {
      const asked = active.injection.args.metric;
      for (const id of active.injection.targets) {
        const [, unit] = fleet.unitOf.get(id) ?? [];
        const service = unit && serviceOf(unit.device.service);
        if (unit === undefined || service === undefined) continue;
        const names = bentMetrics(service, unit.device.kind, fault, asked === undefined ? undefined : String(asked));
        const metrics = new Map(
          (names.ok ? names.value : []).flatMap((name): [string, Metric][] => {
            const metric = service.metrics[name];
            return metric === undefined ? [] : [[name, metric]];
          }),
        );
        put(id, [...(byDevice.get(id) ?? []), { active, fault, metrics }]);
      }
    },
    end(id) {
      for (const [device, all] of [...byDevice])
        if (all.some(({ active }) => active.injection.id === id))
          put(
            device,
            all.filter(({ active }) => active.injection.id !== id),
          );
    },
    of: (device) => (bends.size === 0 ? undefined : bends.get(device)),
  };
}
