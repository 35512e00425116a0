import type { Service } from "../../shared/service.ts";
import type { ServiceColumns } from "./column-batch.ts";
import { columnsOf } from "./columns-of.ts";

/** Bits of the packed quality that belong to each column. */
export function qualityBits(service: Service): ReadonlyMap<string, number> {
  const order = Object.keys(service.metrics);
  return new Map(columnsOf(service).map(({ name, metric }) => [name, 7 << (3 * order.indexOf(metric))]));
}

/**
 * The same rows with one row per device and time, later ones folded into the first: a present value overwrites and brings its quality, an absent
 * one stays. Answers its argument when there is nothing to fold; else columns of its own.
 */
export function foldRows(service: Service, rows: ServiceColumns): ServiceColumns {
  const target = new Int32Array(rows.rows);
  const seen = new Map<number, Map<number, number>>();
  let kept = 0;
  for (let i = 0; i < rows.rows; i++) {
    const device = rows.device[i] ?? 0;
    const t = rows.t[i] ?? 0;
    const times = seen.get(device) ?? new Map<number, number>();
    if (times.size === 0) seen.set(device, times);
    const place = times.get(t) ?? kept++;
    times.set(t, place);
    target[i] = place;
  }
  return kept === rows.rows ? rows : folded(service, rows, { target, kept });
}

function folded(service: Service, rows: ServiceColumns, { target, kept }: { target: Int32Array; kept: number }): ServiceColumns {
  const bits = qualityBits(service);
  const device = new Int32Array(kept);
  const t = new Float64Array(kept);
  const window = new Float32Array(kept).fill(Number.NaN);
  const quality = new Int32Array(kept);
  const values = Object.fromEntries(Object.keys(rows.values).map((name) => [name, new Float64Array(kept).fill(Number.NaN)]));
  for (let i = 0; i < rows.rows; i++) {
    const place = target[i] ?? 0;
    device[place] = rows.device[i] ?? 0;
    t[place] = rows.t[i] ?? 0;
    const span = rows.window[i] ?? Number.NaN;
    if (!Number.isNaN(span)) window[place] = span;
    let present = 0;
    for (const [name, column] of Object.entries(values)) {
      const value = rows.values[name]?.[i] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      column[place] = value;
      present |= bits.get(name) ?? 0;
    }
    quality[place] = ((quality[place] ?? 0) & ~present) | ((rows.quality[i] ?? 0) & present);
  }
  return { service: rows.service, rows: kept, device, t, window, quality, values };
}
