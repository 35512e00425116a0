import { derive } from "../shared/derive.ts";
import type { Value } from "../shared/reading.ts";
import type { Service } from "../shared/service.ts";
import type { Generated } from "../simulator/generate.ts";

export type Format = "csv" | "ndjson";

/** Turns readings into rows of a table: `t, service, device, district` and the metrics of the services that it holds. */
export interface RowWriter {
  readonly head: string;
  rows(batch: readonly Generated[]): string;
}

/** Derived metrics are filled in as the room would; what a reading does not have stays empty (CSV) or absent (NDJSON). */
export function createRowWriter(services: readonly Service[], format: Format): RowWriter {
  const columns = [...new Set(services.flatMap(({ metrics }) => Object.keys(metrics)))];
  const byId = new Map(services.map((service) => [service.id, service]));
  /** What the room computes from it; undefined: it is of no service of the table. */
  const madeOf = ({ reading: { m }, device }: Generated): Readonly<Record<string, Value>> | undefined => {
    const service = byId.get(device.service);
    return service && derivedOf(service, m, device.meta.constants ?? {});
  };
  if (format === "ndjson")
    return {
      head: "",
      rows(batch) {
        let text = "";
        for (const one of batch) {
          const made = madeOf(one);
          if (made !== undefined) text += `${JSON.stringify({ ...lead(one), ...made, ...one.reading.m })}\n`;
        }
        return text;
      },
    };
  return {
    head: `${["t", "service", "device", "district", ...columns].join(",")}\n`,
    rows(batch) {
      let text = "";
      for (const one of batch) {
        const made = madeOf(one);
        if (made === undefined) continue;
        const { reading, device } = one;
        text += `${reading.t},${device.service},${device.id},${device.meta.district}`;
        for (const name of columns) text += `,${cell(reading.m[name] ?? made[name])}`;
        text += "\n";
      }
      return text;
    },
  };
}

const lead = ({ reading, device }: Generated) => ({ t: reading.t, service: device.service, device: device.id, district: device.meta.district });
/** A position is one cell: its comma would make it two. */
const cell = (value: Value | undefined): string => (value === undefined ? "" : Array.isArray(value) ? value.join(" ") : String(value));

function derivedOf(service: Service, m: Readonly<Record<string, Value>>, constants: Readonly<Record<string, number>>): Record<string, number> {
  const made: Record<string, number> = {};
  for (const derived of service.derived) {
    const value = derive(derived, m, constants);
    const metric = service.metrics[derived.metric];
    if (value !== undefined) made[derived.metric] = Number(value.toFixed(metric?.kind === "number" ? metric.precision : 3));
  }
  return made;
}
