import type { Service } from "../../shared/service.ts";
import { checkpointLine, createLineMaker, deviceLine } from "./influx/lines.ts";
import { aggregate, count, endOfTime, type InfluxRun, latest, restored, series, spans } from "./influx/queries.ts";
import { connectInflux, type InfluxPlace } from "./influx/server.ts";
import { type OnRefused, writeLines } from "./influx/write-lines.ts";
import { createKnownDevices } from "./known-devices.ts";
import type { ReadingStore } from "./reading-store.ts";
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
 */
export async function openInfluxStore({ run, services, onRefused, ...place }: InfluxOptions): Promise<ReadingStore> {
  const server = await connectInflux(place);
  const here: InfluxRun = { server, run };
  const devices = createKnownDevices(services);
  const left = await restored(here);
  devices.add(left.devices);
  let position = left.position;
  const lines = createLineMaker(run, services, devices.byIx);
  const writes = createTurns();
  return {
    append: (batch) =>
      writes.write(async () => {
        devices.add(batch.devices);
        const head = batch.devices.map((device) => deviceLine(run, device));
        const rows = [...batch.fresh.flatMap(lines.fresh), ...batch.late.flatMap(lines.late)];
        await writeLines(server, [...head, ...rows], onRefused);
        const reached = Math.max(position, batch.position);
        await server.write([checkpointLine(run, reached)]);
        position = reached;
      }),
    position: async () => position,
    count: () => count(here, services),
    series: (query) => series(here, devices, query),
    spans: (query) => spans(here, devices, query),
    aggregate: (query) => aggregate(here, services, query),
    latest: async (id) => {
      const service = services.find((candidate) => candidate.id === id);
      if (service === undefined) throw new RangeError(`There is no service "${id}"`);
      return latest(here, devices, service);
    },
    expire: (before) =>
      writes.write(async () => {
        const until = Math.min(Math.trunc(before), endOfTime);
        for (const { id } of services) await server.remove(`_measurement="${id}" AND run="${run}"`, 0, until);
      }),
    snapshot: async () => false,
    close: () => writes.write(async () => server.close()),
  };
}
