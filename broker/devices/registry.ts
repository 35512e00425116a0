import type { Database, RootDatabase } from "lmdb";
import { type Meta, metaSchema } from "../../shared/reading.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { compileKind, type KindCheck } from "../ingest/check.ts";
import { planOf, type RowPlan } from "../ingest/row-plan.ts";
import { writeBeside } from "../log/write-beside.ts";
import type { StoredDevice } from "../store/column-batch.ts";
import { columnsOf } from "../store/columns-of.ts";

/** What is known of a device apart from its readings: durable, and the owner of its numbers. */
export interface Entry extends StoredDevice {
  readonly timeline: Timeline;
  readonly meta: Meta;
  readonly check: KindCheck;
  readonly plan: RowPlan;
  readonly every: number;
  /** First live cell: time, then one per metric of the kind. */
  readonly cell: number;
  readonly contract: Service;
}

interface StoredEntry {
  ix: number;
  service: string;
  timeline: Timeline;
  meta: Meta;
  /** Its number is not given to another. */
  gone?: true;
}

/** Cells that a device of this kind takes: its time and its metrics. */
export const cellsOf = (service: Service, kind: string): number =>
  1 + columnsOf(service).filter(({ metric }) => service.kinds[kind]?.metrics.includes(metric)).length;

export interface Registry {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Number of cells given out, figures' cells included. */
  cells(): number;
  readonly figureCells: readonly { readonly service: string; readonly figure: string; readonly cell: number }[];
  /** Adds or renews a device. Refuses a foreign gateway, an unknown kind, a changed kind. */
  put(service: string, timeline: Timeline, meta: unknown): Result<Entry>;
  /** Makes the city's devices exactly these; true when cells were numbered anew. */
  provision(fleet: readonly { service: string; meta: Meta }[]): boolean;
  remove(id: string): void;
}

export function openRegistry(root: RootDatabase, services: readonly Service[], changed: (entry: Entry) => void): Registry {
  const db: Database<StoredEntry, string> = root.openDB("registry", { encoding: "msgpack" });
  const entries = new Map<string, Entry>();
  const figureCells = services.flatMap(({ id, panel }) => panel.figures.map((figure) => ({ service: id, figure: figure.id })));
  const numberedFigures = figureCells.map((figure, cell) => ({ ...figure, cell }));
  let nextIx = 1;
  let nextCell = figureCells.length;

  function admit(ix: number, service: string, timeline: Timeline, meta: Meta): Entry | undefined {
    const contract = services.find(({ id }) => id === service);
    const check = contract && compileKind(contract, meta.kind);
    const kind = contract?.kinds[meta.kind];
    if (contract === undefined || check === undefined || kind === undefined) return undefined;
    const known = entries.get(meta.d);
    const cell = known?.cell ?? nextCell;
    if (known === undefined) nextCell += cellsOf(contract, meta.kind);
    nextIx = Math.max(nextIx, ix + 1);
    const every = meta.every ?? kind.every;
    const stale = meta.stale ?? kind.stale;
    const { d: id, kind: kindId, district } = meta;
    const plan = planOf(contract, kindId);
    const entry: Entry = { ix, id, service, kind: kindId, district, stale, timeline, meta, check, plan, every, cell, contract };
    entries.set(meta.d, entry);
    return entry;
  }

  for (const { value } of db.getRange())
    if (value.gone) nextIx = Math.max(nextIx, value.ix + 1);
    else admit(value.ix, value.service, value.timeline, value.meta);

  function put(service: string, timeline: Timeline, given: unknown): Result<Entry> {
    const parsed = metaSchema.safeParse(given);
    if (!parsed.success)
      return refuse(`birth document: ${parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}`);
    const meta = parsed.data;
    const known = entries.get(meta.d);
    if (known !== undefined && (known.service !== service || known.kind !== meta.kind))
      return refuse(`device ${meta.d} is a ${known.service} ${known.kind}; it cannot become a ${service} ${meta.kind}`);
    if (known !== undefined && timeline === "field" && known.meta.gateway !== meta.gateway)
      return refuse(`device ${meta.d} belongs to the gateway ${known.meta.gateway}; it cannot go over to ${meta.gateway}`);
    if (known !== undefined && JSON.stringify(known.meta) === JSON.stringify(meta)) return ok(known);
    const entry = admit(known?.ix ?? nextIx, service, known?.timeline ?? timeline, meta);
    if (entry === undefined) return refuse(`service ${service} has no kind "${meta.kind}"`);
    writeBeside(db.put(meta.d, { ix: entry.ix, service, timeline: entry.timeline, meta }));
    changed(entry);
    return ok(entry);
  }

  return {
    entries,
    cells: () => nextCell,
    figureCells: numberedFigures,
    put,
    provision(fleet) {
      const wanted = new Map(fleet.map((device) => [device.meta.d, device]));
      const gone = [...entries.values()].filter(({ id, timeline }) => timeline === "city" && !wanted.has(id));
      for (const { id } of gone) this.remove(id);
      for (const { service, meta } of fleet) {
        const put_ = put(service, "city", meta);
        if (!put_.ok) throw new Error(`the city's device ${meta.d} does not fit its contract: ${put_.reason}`);
      }
      return gone.length > 0;
    },
    remove(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entries.delete(id);
      writeBeside(db.put(id, { ix: entry.ix, service: entry.service, timeline: entry.timeline, meta: entry.meta, gone: true }));
      changed(entry);
    },
  };
}
