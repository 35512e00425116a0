import type { Metric, Service } from "../../shared/service.ts";
import type { StoredDevice } from "./column-batch.ts";

/** A metric of a device, ready to be asked for. */
export interface Subject {
  readonly service: Service;
  readonly metric: Metric;
  /** Position of the metric in the contract, which places its quality. */
  readonly order: number;
  readonly id: string;
  /** Every number the device ever had in this service. */
  readonly ix: readonly number[];
  /** Stale limit in ms. */
  readonly stale: number;
}

/** The store's devices by id; the newest entry of an id decides its service, district and stale limit. */
export interface KnownDevices {
  add(devices: readonly StoredDevice[]): void;
  /** undefined for a device that the store has never heard of; throws RangeError for a metric that its service does not have. */
  subject(device: string, metric: string): Subject | undefined;
  byIx(ix: number): StoredDevice | undefined;
  of(service: string): readonly StoredDevice[];
}

export function createKnownDevices(services: readonly Service[]): KnownDevices {
  const byIx = new Map<number, StoredDevice>();
  const byId = new Map<string, StoredDevice[]>();
  return {
    add(devices) {
      for (const device of devices) {
        byIx.set(device.ix, device);
        byId.set(device.id, [...(byId.get(device.id) ?? []).filter(({ ix }) => ix !== device.ix), device]);
      }
    },
    subject(id, metric) {
      const entries = byId.get(id) ?? [];
      const newest = entries.at(-1);
      if (newest === undefined) return undefined;
      const same = entries.filter(({ service }) => service === newest.service);
      return { ...metricOf(services, newest.service, metric), id, ix: same.map(({ ix }) => ix), stale: newest.stale * 1000 };
    },
    byIx: (ix) => byIx.get(ix),
    of: (service) => [...byIx.values()].filter((device) => device.service === service),
  };
}

/** Throws RangeError with a sentence when the contract does not have it. */
export function metricOf(services: readonly Service[], id: string, name: string): Pick<Subject, "service" | "metric" | "order"> {
  const service = services.find((candidate) => candidate.id === id);
  if (service === undefined) throw new RangeError(`There is no service "${id}"`);
  const metric = Object.hasOwn(service.metrics, name) ? service.metrics[name] : undefined;
  if (metric === undefined) throw new RangeError(`${id} has no metric "${name}" (it has ${Object.keys(service.metrics).join(", ")})`);
  return { service, metric, order: Object.keys(service.metrics).indexOf(name) };
}

/** Throws RangeError for the kinds that a question makes no sense for. */
export function refuseKinds(metric: Metric, name: string, kinds: readonly Metric["kind"][], what: string): void {
  if (kinds.includes(metric.kind)) throw new RangeError(`"${name}" is a ${metric.kind}: ${what}`);
}
