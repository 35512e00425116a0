import { constants } from "node:fs";
import { copyFile, rename } from "node:fs/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Service } from "../../shared/service.ts";
import type { ServiceColumns, StoredDevice } from "./column-batch.ts";
import { appendColumns } from "./embedded/append-columns.ts";
import { mergeLate } from "./embedded/merge-late.ts";
import { aggregate, lastAbove, latest, series, spans } from "./embedded/queries.ts";
import { type Layout, openSchema, quoted } from "./embedded/schema.ts";
import { createKnownDevices } from "./known-devices.ts";
import { type ReadingStore, StoreAway } from "./reading-store.ts";
import { createTurns } from "./turns.ts";

/** Full, unplugged, read-only: trouble of the disk passes, and an instance that met it takes nothing any more. */
const diskTrouble = /No space left|IO Error|Failed to commit|has been invalidated|Could not write/i;

/**
 * Opens or makes the DuckDB file of one run. Blocks its thread while it appends: run it in one of its own (`openStore`). While the disk takes nothing
 * the store is away; what is asked of it later opens the file anew.
 */
export async function openEmbeddedStore(options: { file: string; services: readonly Service[] }): Promise<ReadingStore> {
  let opened: FileStore | undefined = await openFile(options);
  async function ask<T>(work: (store: FileStore) => Promise<T>): Promise<T> {
    try {
      opened ??= await openFile(options);
      return await work(opened);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (!diskTrouble.test(reason)) throw cause;
      opened?.abandon();
      opened = undefined;
      throw new StoreAway(`the disk takes nothing: ${reason.split("\n")[0]}`, { cause });
    }
  }
  return {
    append: (batch) => ask((store) => store.append(batch)),
    position: () => ask((store) => store.position()),
    count: () => ask((store) => store.count()),
    series: (query) => ask((store) => store.series(query)),
    spans: (query) => ask((store) => store.spans(query)),
    aggregate: (query) => ask((store) => store.aggregate(query)),
    lastAbove: (query) => ask((store) => store.lastAbove(query)),
    latest: (id) => ask((store) => store.latest(id)),
    expire: (before) => ask((store) => store.expire(before)),
    snapshot: (to) => ask((store) => store.snapshot(to)),
    close: () => (opened === undefined ? Promise.resolve() : ask((store) => store.close())),
  };
}

/** One opening of the file. */
interface FileStore extends ReadingStore {
  /** Lets go of the file without a word; errors of an instance that is broken already are nobody's. */
  abandon(): void;
}

async function openFile({ file, services }: { file: string; services: readonly Service[] }): Promise<FileStore> {
  const instance = await DuckDBInstance.create(file, { threads: "1", memory_limit: "256MB" });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  const abandon = (): void => {
    try {
      close();
    } catch {
      // it was closed, or is past closing
    }
  };
  try {
    const layouts = await openSchema(connection, services);
    return { ...(await createStore({ connection, layouts, services, file, close })), abandon };
  } catch (error) {
    abandon();
    throw error;
  }
}

interface Opened {
  readonly connection: DuckDBConnection;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly services: readonly Service[];
  readonly file: string;
  readonly close: () => void;
}

async function createStore({ connection, layouts, services, file, close }: Opened): Promise<ReadingStore> {
  const turns = createTurns();
  const devices = createKnownDevices(services);
  devices.add(await storedDevices(connection));
  let position = await storedPosition(connection);
  return {
    append: (batch) =>
      turns.write(async () => {
        // What lies behind the checkpoint may be in the tables already: merging it changes nothing then, appending it would double it.
        const again = batch.position <= position;
        const late = again ? [...batch.fresh, ...batch.late] : batch.late;
        await inTransaction(connection, async () => {
          await storeDevices(connection, batch.devices);
          if (!again) for (const rows of batch.fresh) await appendColumns(connection, rows.service, layoutOf(layouts, rows), rows);
          for (const rows of late) await mergeLate(connection, layoutOf(layouts, rows), rows);
          await connection.run(`UPDATE _checkpoint SET position = ${Math.max(position, batch.position)}`);
        });
        position = Math.max(position, batch.position);
        devices.add(batch.devices);
      }),
    position: () => turns.read(async () => position),
    count: () => turns.read(() => count(connection, layouts)),
    series: (query) => turns.read(() => series(connection, devices, query)),
    spans: (query) => turns.read(() => spans(connection, devices, query)),
    aggregate: (query) => turns.read(() => aggregate(connection, services, query)),
    lastAbove: (query) => turns.read(() => lastAbove(connection, services, query)),
    latest: (id) => turns.read(async () => latest(connection, knownLayout(layouts, id).service)),
    expire: (before) =>
      turns.write(async () => {
        await inTransaction(connection, async () => {
          for (const id of layouts.keys()) await connection.run(`DELETE FROM ${quoted(id)} WHERE t < ${Math.trunc(before)}`);
        });
        await connection.run("CHECKPOINT");
      }),
    snapshot: (to) =>
      turns.write(async () => {
        await connection.run("CHECKPOINT");
        await copyFile(file, `${to}.part`, constants.COPYFILE_FICLONE);
        await rename(`${to}.part`, to);
        return true;
      }),
    close: () =>
      turns.write(async () => {
        await connection.run("CHECKPOINT");
        close();
      }),
  };
}

const layoutOf = (layouts: ReadonlyMap<string, Layout>, { service }: ServiceColumns): Layout => knownLayout(layouts, service);
function knownLayout(layouts: ReadonlyMap<string, Layout>, service: string): Layout {
  const layout = layouts.get(service);
  if (layout === undefined) throw new RangeError(`There is no service "${service}"`);
  return layout;
}

async function inTransaction(connection: DuckDBConnection, work: () => Promise<void>): Promise<void> {
  await connection.run("BEGIN");
  try {
    await work();
    await connection.run("COMMIT");
  } catch (error) {
    // A failed COMMIT has rolled back by itself; the first error is the one to tell.
    await connection.run("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function storeDevices(connection: DuckDBConnection, devices: readonly StoredDevice[]): Promise<void> {
  if (devices.length === 0) return;
  const newest = new Map(devices.map((device) => [device.ix, device]));
  await connection.run(`DELETE FROM _device WHERE ix IN (${[...newest.keys()].join(", ")})`);
  const appender = await connection.createAppender("_device");
  for (const { ix, id, service, kind, district, stale } of newest.values()) {
    appender.appendInteger(ix);
    for (const word of [id, service, kind, district]) appender.appendVarchar(word);
    appender.appendDouble(stale);
    appender.endRow();
  }
  appender.closeSync();
}

async function storedDevices(connection: DuckDBConnection): Promise<StoredDevice[]> {
  const reader = await connection.runAndReadAll("SELECT ix, id, service, kind, district, stale FROM _device ORDER BY ix");
  return reader.getRowsJS().map(([ix, id, service, kind, district, stale]) => ({
    ix: Number(ix),
    id: String(id),
    service: String(service),
    kind: String(kind),
    district: String(district),
    stale: Number(stale),
  }));
}

async function storedPosition(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll("SELECT position FROM _checkpoint");
  return Number(reader.getRowsJS()[0]?.[0] ?? 0);
}

async function count(connection: DuckDBConnection, layouts: ReadonlyMap<string, Layout>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const id of layouts.keys()) {
    const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${quoted(id)}`);
    counts[id] = Number(reader.getRowsJS()[0]?.[0] ?? 0);
  }
  return counts;
}
