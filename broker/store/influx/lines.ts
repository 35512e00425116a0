import type { Service } from "../../../shared/service.ts";
import type { ServiceColumns, StoredDevice } from "../column-batch.ts";
import { columnsOf } from "../columns-of.ts";

/** Present in every row, so that rows can be counted. A dot keeps these names apart from metrics, which have none. */
export const rowField = "row.n";
const windowField = "row.window";
export const qualityField = (metric: string): string => `q.${metric}`;
/** Checkpoint and devices stand at this one time: each write replaces the one before. */
const only = 0;

/** A backslash in a tag takes the next character's meaning, and one at the end the next tag: it is written like in an address. */
export const tagValue = (value: string): string => value.replace(/[%\\]/g, encodeURIComponent);
export const fromTagValue = (value: string): string => decodeURIComponent(value);
const tag = (value: string): string => tagValue(value).replace(/[,= ]/g, "\\$&");
const word = (value: string): string => `"${value.replace(/["\\]/g, "\\$&")}"`;

export const checkpointLine = (run: string, position: number): string => `_checkpoint,run=${tag(run)} position=${position}i ${only}`;
export const deviceLine = (run: string, { ix, id, service, kind, district, stale }: StoredDevice): string =>
  `_device,ix=${ix},run=${tag(run)} id=${word(id)},service=${word(service)},kind=${word(kind)},district=${word(district)},stale=${stale} ${only}`;

export interface LineMaker {
  /** The rows as lines, so many at a time: a long replay comes as one batch of millions of rows. */
  fresh(rows: ServiceColumns, most: number): Iterable<string[]>;
  late(rows: ServiceColumns, most: number): Iterable<string[]>;
}

/**
 * Lines by hand, with the tags of a device joined once. Flags and states are integers. Numbers are always floats, also counts: a value comes back as
 * it was accepted, and a contract that later asks for more decimals is no type conflict (which InfluxDB answers by dropping whole lines).
 */
export function createLineMaker(run: string, services: readonly Service[], deviceOf: (ix: number) => StoredDevice | undefined): LineMaker {
  const heads = new Map<number, { readonly device: StoredDevice; readonly head: string }>();
  const headOf = (service: string, ix: number): string => {
    const device = deviceOf(ix);
    if (device === undefined) throw new RangeError(`A row names device number ${ix}, which the store was never told of`);
    const known = heads.get(ix);
    if (known?.device === device) return known.head;
    const head = `${tag(service)},device=${tag(device.id)},district=${tag(device.district)},run=${tag(run)} ${rowField}=1i`;
    heads.set(ix, { device, head });
    return head;
  };
  function* make(rows: ServiceColumns, late: boolean, most: number): Generator<string[]> {
    const fields = fieldsOf(services, rows, late);
    for (let from = 0; from < rows.rows; from += most) {
      const lines = new Array<string>(Math.min(most, rows.rows - from));
      for (let n = 0; n < lines.length; n++) {
        const i = from + n;
        let line = headOf(rows.service, rows.device[i] ?? -1);
        const window = rows.window[i] ?? Number.NaN;
        if (!Number.isNaN(window)) line += `,${windowField}=${window}`;
        for (const field of fields) line += field(i, rows.quality[i] ?? 0);
        lines[n] = `${line} ${rows.t[i]}`;
      }
      yield lines;
    }
  }
  return { fresh: (rows, most) => make(rows, false, most), late: (rows, most) => make(rows, true, most) };
}

type FieldMaker = (row: number, quality: number) => string;

/** Quality has a field of its own per metric, so that late rows merge per metric too. Good is left out, except where it may have to overwrite. */
function fieldsOf(services: readonly Service[], rows: ServiceColumns, late: boolean): readonly FieldMaker[] {
  const service = services.find(({ id }) => id === rows.service);
  if (service === undefined) throw new RangeError(`There is no service "${rows.service}"`);
  const order = Object.keys(service.metrics);
  return columnsOf(service).flatMap(({ name, metric, kind }): FieldMaker[] => {
    const values = rows.values[name];
    if (values === undefined) return [];
    const suffix = kind === "flag" || kind === "state" ? "i" : "";
    const shift = 3 * order.indexOf(metric);
    return [
      (row, quality) => {
        const value = values[row] ?? Number.NaN;
        if (Number.isNaN(value)) return "";
        const q = (quality >> shift) & 7;
        return q === 0 && !late ? `,${name}=${value}${suffix}` : `,${name}=${value}${suffix},${qualityField(metric)}=${q}i`;
      },
    ];
  });
}
