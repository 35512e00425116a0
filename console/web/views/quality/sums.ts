import type { Counters, DeviceRow } from "../../../../shared/city-port.ts";

export const columns = ["received", "accepted", "duplicate", "refused", "lost", "late", "stored", "pending"] as const;
type Sums = Record<(typeof columns)[number], number>;

/** Counters of devices, added up by the service they belong to; hidden devices are not among them. */
export function byService(
  devices: readonly (Counters & { readonly id: string })[],
  rows: readonly Pick<DeviceRow, "id" | "service">[],
): ReadonlyMap<string, Sums> {
  const services = new Map(rows.map((row) => [row.id, row.service]));
  const sums = new Map<string, Sums>();
  for (const device of devices) {
    const service = services.get(device.id);
    if (service === undefined) continue;
    const sum = sums.get(service) ?? { received: 0, accepted: 0, duplicate: 0, refused: 0, lost: 0, late: 0, stored: 0, pending: 0 };
    for (const name of columns) sum[name] += device[name];
    sums.set(service, sum);
  }
  return sums;
}

export const kinds = ["lost", "refused", "late", "duplicate"] as const;
export type DeviceCounters = Counters & { readonly id: string };

/** Devices with most of one kind of trouble, the most first. */
export const worst = (devices: readonly DeviceCounters[], kind: (typeof kinds)[number]): readonly DeviceCounters[] =>
  devices.filter((device) => device[kind] > 0).sort((a, b) => b[kind] - a[kind] || (a.id < b.id ? -1 : 1));
