import { join } from "node:path";
import type { RootDatabase } from "lmdb";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { openJournal } from "../../broker/alarms/journal.ts";
import { openRegistry } from "../../broker/devices/registry.ts";
import { openChronicle } from "../../broker/ingest/chronicle.ts";
import { createFigures } from "../../broker/ingest/figures.ts";
import { createFold } from "../../broker/ingest/fold.ts";
import { startIngest } from "../../broker/ingest/ingest.ts";
import { openQuarantine } from "../../broker/ingest/quarantine.ts";
import { roomOver } from "../../broker/room/room-over.ts";
import type { Runs } from "../../broker/runs.ts";
import type { ColumnBatch } from "../../broker/store/column-batch.ts";
import type { ReadingStore } from "../../broker/store/reading-store.ts";
import type { ChronicleLine } from "../../shared/city-port.ts";
import { services } from "../../shared/services/index.ts";
import { birth, city, clockAt, event, minute, reading, start } from "./ingest-world.ts";

/** A store of the port in memory, and the runs that open it. */
export function memoryRuns() {
  const images: string[] = [];
  const stores = new Map<string, { batches: ColumnBatch[]; position: number }>();
  const runs: Runs = {
    async open(run) {
      const held = stores.get(run) ?? { batches: [], position: 0 };
      stores.set(run, held);
      const store: Pick<ReadingStore, "append" | "position" | "close"> = {
        async append(batch) {
          held.batches.push(batch);
          held.position = batch.position;
        },
        position: async () => held.position,
        close: async () => undefined,
      };
      return store as ReadingStore;
    },
    imageState: async () => undefined,
    saveImage: async (image) => void images.push(image),
    images: () => [],
    forget: async () => undefined,
    keepOnly: async () => undefined,
  };
  const rowsOf = (run: string): number =>
    (stores.get(run)?.batches ?? []).flatMap(({ fresh, late }) => [...fresh, ...late]).reduce((sum, { rows }) => sum + rows, 0);
  return { runs, rowsOf, images };
}

/** The real ingest over a ledger; what is not given is silent. */
export async function started(root: RootDatabase, folder: string, runs: Runs, written?: () => Promise<void>) {
  const registry = openRegistry(root, services, () => undefined);
  registry.put("traffic", "city", birth("tx-1", "approach", { gateway: "gw-1" }));
  const chronicle = openChronicle(root);
  const room = roomOver(registry, chronicle, openJournal(root));
  const fold = createFold({ registry, figures: createFigures(services), chronicle, quarantine: openQuarantine(root), room });
  const nothing = () => undefined;
  const told: ChronicleLine[] = [];
  const listeners = {
    reading: nothing,
    clock: nothing,
    device: nothing,
    answer: nothing,
    raw: nothing,
    acted: nothing,
    chronicle: (lines: readonly ChronicleLine[]) => void told.push(...lines),
  };
  const ingest = await startIngest(
    {
      city,
      root,
      checkpointFile: join(folder, "checkpoint"),
      services,
      registry,
      fold,
      runs,
      retentionMs: 1e12,
      log: pino({ level: "silent" }),
      ...(written && { written }),
    },
    listeners,
  );
  let closed = false;
  const close = async () => {
    if (!closed) await ingest.close();
    closed = true;
  };
  onTestFinished(close);
  /** Resolves when it is acknowledged, and says whether others are to hear it. */
  const send = (topic: string, what: unknown) =>
    new Promise<boolean>((resolve) =>
      ingest.take(
        { user: "gw-1", topic: `urban/v1/${city}/${topic}`, payload: Buffer.from(typeof what === "string" ? what : JSON.stringify(what)) },
        resolve,
      ),
    );
  return { ingest, fold, told, send, close };
}
/** A clock, a reading, an event, one that is refused, a clock and a reading. */
export const script: readonly [topic: string, what: unknown][] = [
  ["_clock", clockAt(start)],
  ["traffic/gw-1/obs", reading("tx-1", start, { volume: 4 }, { b: 1, seq: 0 })],
  ["traffic/tx-1/event", event("tx-1", start + 1000, "preempt", { seconds: 9 }, { b: 1, seq: 1 })],
  ["traffic/gw-1/obs", reading("tx-1", start + 2000, { volume: 999 })],
  ["_clock", clockAt(start + minute)],
  ["traffic/gw-1/obs", reading("tx-1", start + minute, { volume: 5 }, { b: 1, seq: 2 })],
];
/** What an ingest must know again after any end. */
export const known = ({ fold }: Awaited<ReturnType<typeof started>>) => ({
  lines: fold.chronicle.lines().map(({ n, device, what }) => [n, device, what]),
  refused: fold.quarantine.page({ limit: 9 }).items.map(({ n, code }) => [n, code]),
  total: fold.quarantine.page({ limit: 9 }).total,
  track: fold.tracks.get("tx-1"),
  figures: fold.figures.series("traffic", start, start + minute),
});
