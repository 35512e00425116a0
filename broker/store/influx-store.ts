import type { Service } from "../../shared/service.ts";
import type { ColumnBatch } from "./column-batch.ts";
import { ensureBucket } from "./influx/ensure-bucket.ts";
import { checkpointLine, createLineMaker, deviceLine } from "./influx/lines.ts";
import { aggregate, count, endOfTime, type InfluxRun, lastAbove, latest, restored, runsIn, series, spans } from "./influx/queries.ts";
import { connectInflux } from "./influx/server.ts";
import { InfluxMisfit, type InfluxPlace } from "./influx/trouble.ts";
import { linesPerRequest, type OnRefused, writeLines } from "./influx/write-lines.ts";
import { createKnownDevices } from "./known-devices.ts";
import { type ReadingStore, StoreAway } from "./reading-store.ts";
import { createTurns } from "./turns.ts";

export interface InfluxOptions extends InfluxPlace {
  /** Tag of every row: a reset of the city begins another run at the same city time. */
  readonly run: string;
  readonly services: readonly Service[];
  readonly onRefused: OnRefused;
}

/**
 * Readings in InfluxDB 2: a measurement per service, a field per metric, tags device, district and run. Rows are idempotent by (series, time), so the
 * checkpoint is simply written after them: a batch that is cut off is sent again from the log.
 *
 * Opens also while the server is away, because a city must start without its store. Then its position counts as 0 until the server is back:
 * whatever the log still has is written again, which changes nothing. What somebody has to put right (token, rights, address) ends the opening.
 */
export async function openInfluxStore({ run, services, onRefused, ...place }: InfluxOptions): Promise<ReadingStore> {
  const server = connectInflux(place);
  const devices = createKnownDevices(services);
  const lines = createLineMaker(run, services, devices.byIx);
  const writes = createTurns();
  let position = 0;
  let opening: Promise<InfluxRun> | undefined;
  const open = async (): Promise<InfluxRun> => {
    const here: InfluxRun = { server, run };
    await ensureBucket(server, place);
    const left = await restored(here);
    devices.add(left.devices);
    position = Math.max(position, left.position);
    return here;
  };
  const opened = (): Promise<InfluxRun> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  /** Once the city runs, nothing but its own errors may stop the feed: wrong settings too can be put right without losing a row. */
  const found = (): Promise<InfluxRun> =>
    opened().catch((error: unknown) => {
      throw error instanceof InfluxMisfit ? new StoreAway(error.message, { cause: error }) : error;
    });

  async function append(batch: ColumnBatch): Promise<void> {
    await found();
    devices.add(batch.devices);
    if (batch.devices.length > 0)
      await writeLines(
        server,
        batch.devices.map((device) => deviceLine(run, device)),
        onRefused,
      );
    for (const rows of batch.fresh) for (const some of lines.fresh(rows, linesPerRequest)) await writeLines(server, some, onRefused);
    for (const rows of batch.late) for (const some of lines.late(rows, linesPerRequest)) await writeLines(server, some, onRefused);
    const reached = Math.max(position, batch.position);
    await server.write([checkpointLine(run, reached)]);
    position = reached;
  }

  await opened().catch((error: unknown) => {
    if (!(error instanceof StoreAway)) throw error;
  });
  return {
    append: (batch) =>
      writes.write(() =>
        append(batch).catch((error: unknown) => {
          // Whatever comes back may be another server, or one without the bucket.
          if (error instanceof StoreAway) opening = undefined;
          throw error;
        }),
      ),
    position: async () => position,
    count: async () => count(await found(), services),
    series: async (query) => series(await found(), devices, query),
    spans: async (query) => spans(await found(), devices, query),
    aggregate: async (query) => aggregate(await found(), services, query),
    lastAbove: async (query) => lastAbove(await found(), services, query),
    latest: async (id) => {
      const service = services.find((candidate) => candidate.id === id);
      if (service === undefined) throw new RangeError(`There is no service "${id}"`);
      return latest(await found(), devices, service);
    },
    expire: (before) =>
      writes.write(async () => {
        await found();
        const until = Math.min(Math.trunc(before), endOfTime);
        for (const { id } of services) await server.remove(`_measurement="${id}" AND run="${run}"`, 0, until);
      }),
    snapshot: async () => false,
    // Not after the writes: when the server is frozen they would hold up the end, and what they have not finished is in the log.
    close: async () => server.close(),
  };
}

/** Deletes runs, with their devices and checkpoints; only those that `gone` names. */
export async function forgetInfluxRuns(place: InfluxPlace, gone: (run: string) => boolean): Promise<void> {
  const server = connectInflux(place);
  for (const run of await runsIn(server)) if (gone(run)) await server.remove(`run="${run}"`, 0, endOfTime);
}
