import type { DeviceRow } from "../../../shared/city-port.ts";
import type { NumberMetric, Service } from "../../../shared/service.ts";
import { cellOf } from "../views/device/readings.ts";
import { rainMetric } from "./rain.ts";

/** With more gauges than this their names would cover the map; then a name shows under the pointer. */
export const namedGauges = 14;

/** A kind that measures against a reference level: a landmark with its name and level. */
export interface Gauge {
  readonly row: DeviceRow;
  /** Where its level stands in the live feed. */
  readonly cell: number;
  readonly metric: NumberMetric;
  /** Where the rain stands that it measures, too; undefined: it measures none. */
  readonly rain: number | undefined;
}

export function gaugesOf(rows: readonly DeviceRow[], services: readonly Service[]): readonly Gauge[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  return rows.flatMap((row) => {
    const service = byId.get(row.service);
    const kind = service?.kinds[row.kind];
    if (!service || !kind?.constants?.includes("reference")) return [];
    const name = service.panel.main[row.kind] ?? "";
    const metric = service.metrics[name];
    const at = cellOf(row, service, name);
    return metric?.kind === "number" && at !== undefined
      ? [{ row, metric, cell: at, rain: cellOf(row, service, rainMetric(service, row.kind) ?? "") }]
      : [];
  });
}
