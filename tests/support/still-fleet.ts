import type { DeviceRow } from "../../shared/city-port.ts";
import type { Service } from "../../shared/service.ts";

/** Live cells of one device: its time, and each of its metrics. */
export const cellsOf = (service: Service, kind: string): number =>
  1 + (service.kinds[kind]?.metrics ?? []).reduce((sum, name) => sum + (service.metrics[name]?.kind === "position" ? 2 : 1), 0);

/** `perKind` devices of every kind of every service, one gateway per service, districts in turn. */
export function fleetOf(catalogue: readonly Service[], perKind: number): { rows: DeviceRow[]; cells: number } {
  const rows: DeviceRow[] = [];
  let cell = 0;
  for (const service of catalogue)
    for (const [kind, { every, stale }] of Object.entries(service.kinds))
      for (let index = 1; index <= perKind; index++) {
        const id = `${service.id}-${kind}-${String(index).padStart(3, "0")}`;
        const district = index % 2 === 0 ? "south" : "north";
        const place = { district, gateway: `gw-${service.id}`, lat: 37.5, lon: 127, timeline: "city" as const };
        rows.push({ id, service: service.id, kind, name: { ko: id, en: id }, ...place, every, stale, state: "ready", lastSeen: 0, cell });
        cell += cellsOf(service, kind);
      }
  return { rows, cells: cell };
}
