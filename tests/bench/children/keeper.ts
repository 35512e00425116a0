import { copyFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { InfluxDB, Point } from "@influxdata/influxdb-client";
import type { ColumnBatch, ServiceColumns, StoredDevice } from "../../../broker/store/column-batch.ts";
import { answerParent } from "../child.ts";
import { loadStores } from "../product.ts";

/** Stores in a process of their own: the product's writers and queries, and the same by the means that come with the store. */
const { openEmbeddedStore, openStore, connectInflux, createLineMaker, columnsOf, services } = await loadStores();
const traffic = services.find(({ id }) => id === "traffic");
if (traffic === undefined) throw new Error("there is no service traffic");
const columns = columnsOf(traffic);
const kind = "approach";
const metrics = columns.filter(({ metric, kind: of }) => of === "number" && traffic.kinds[kind]?.metrics.includes(metric)).map(({ name }) => name);
const districts = ["north", "east", "south", "west", "centre"];
const minuteMs = 60_000;
const start = Date.UTC(2026, 9, 1);

const devicesOf = (count: number): StoredDevice[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ ix: n + 1, id: `bench-${n}`, service: "traffic", kind, stale: 180 },
    district: districts[n % districts.length] ?? "north",
  }));

/** One row a device and minute, in the order of time, as a city says them. */
function rowsOf(devices: number, from: number, minutes: number): ServiceColumns {
  const rows = devices * minutes;
  const values = Object.fromEntries(metrics.map((name) => [name, new Float64Array(rows)]));
  const made = { device: new Int32Array(rows), t: new Float64Array(rows), window: new Float32Array(rows).fill(60), quality: new Int32Array(rows) };
  for (let n = 0; n < rows; n++) {
    made.device[n] = (n % devices) + 1;
    made.t[n] = start + (from + Math.floor(n / devices)) * minuteMs;
    for (const [at, name] of metrics.entries())
      (values[name] ?? new Float64Array(0))[n] = Math.round(10 * (20 + at + 15 * Math.sin(n / 977 + at))) / 10;
  }
  return { service: "traffic", rows, values, ...made };
}
const batchOf = (position: number, rows: ServiceColumns, devices: readonly StoredDevice[]): ColumnBatch => ({
  position,
  fresh: [rows],
  late: [],
  devices,
});

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
/** CPU of this process, us a row. */
async function costOf(rows: number, work: () => Promise<void>): Promise<number> {
  const before = cpu();
  await work();
  return (cpu() - before) / rows;
}

const batchMinutes = 20;
const batchDevices = 400;

/** Row by row, with the appender that comes with DuckDB: the same table, the same transactions. */
async function appendRows(connection: DuckDBConnection, rows: ServiceColumns): Promise<void> {
  await connection.run("BEGIN");
  const appender = await connection.createAppender("traffic");
  for (let n = 0; n < rows.rows; n++) {
    appender.appendInteger(rows.device[n] ?? 0);
    appender.appendBigInt(BigInt(rows.t[n] ?? 0));
    appender.appendFloat(rows.window[n] ?? 0);
    appender.appendInteger(rows.quality[n] ?? 0);
    for (const { name, kind: of } of columns) {
      const value = rows.values[name]?.[n] ?? Number.NaN;
      if (Number.isNaN(value)) appender.appendNull();
      else if (of === "flag" || of === "state") appender.appendUTinyInt(value);
      else appender.appendDouble(value);
    }
    appender.endRow();
  }
  appender.closeSync();
  await connection.run("COMMIT");
}

const answers = {
  /** us of CPU a row: the columnar store, and DuckDB's row appender. */
  async embedded({ folder, batches }: { folder: string; batches: number }): Promise<{ columns: number; rows: number }> {
    const store = await openEmbeddedStore({ file: `${folder}/columns.duckdb`, services });
    await store.append(batchOf(1, rowsOf(batchDevices, 0, 1), devicesOf(batchDevices)));
    const other = await openEmbeddedStore({ file: `${folder}/rows.duckdb`, services });
    await other.close();
    const instance = await DuckDBInstance.create(`${folder}/rows.duckdb`, { threads: "1", memory_limit: "256MB" });
    const connection = await instance.connect();
    const spent = { columns: 0, rows: 0 };
    const each = batchDevices * batchMinutes;
    for (let n = 0; n < batches; n++) {
      const rows = rowsOf(batchDevices, 1 + n * batchMinutes, batchMinutes);
      const cost = {
        columns: await costOf(each, () => store.append(batchOf(n + 2, rows, []))),
        rows: await costOf(each, () => appendRows(connection, rows)),
      };
      // the first ones compile
      if (n >= batches / 4) {
        spent.columns += cost.columns;
        spent.rows += cost.rows;
      }
    }
    connection.closeSync();
    instance.closeSync();
    await store.close();
    return spent;
  },

  /** us of CPU a row, into a server that takes everything: the product's lines, and the client's points. */
  async influx({ batches }: { batches: number }): Promise<{ lines: number; points: number }> {
    const server = createServer((request, answer) => {
      request.resume();
      request.on("end", () => answer.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const place = { url, token: "none", org: "bench", bucket: "bench" };
    const devices = devicesOf(batchDevices);
    const maker = createLineMaker("bench", services, (ix) => devices[ix - 1]);
    const ours = connectInflux(place);
    const theirs = new InfluxDB(place).getWriteApi(place.org, place.bucket, "ms", { batchSize: 5000, flushInterval: 0, gzipThreshold: 1e9 });
    const spent = { lines: 0, points: 0 };
    const each = batchDevices * batchMinutes;
    for (let n = 0; n < batches; n++) {
      const rows = rowsOf(batchDevices, n * batchMinutes, batchMinutes);
      const cost = {
        lines: await costOf(each, async () => {
          for (const lines of maker.fresh(rows, 5000)) await ours.write(lines);
        }),
        points: await costOf(each, async () => {
          for (let row = 0; row < rows.rows; row++) theirs.writePoint(pointOf(rows, row, devices));
          await theirs.flush();
        }),
      };
      if (n < batches / 4) continue;
      spent.lines += cost.lines;
      spent.points += cost.points;
    }
    ours.close();
    await theirs.close();
    await new Promise((resolve) => server.close(resolve));
    return spent;
  },

  /** A week of a row a minute and device; how many rows. */
  async fill({ file, devices }: { file: string; devices: number }): Promise<number> {
    const store = await openStore({ kind: "embedded", file });
    const minutes = 7 * 24 * 60;
    const step = 40;
    for (let from = 0; from < minutes; from += step)
      await store.append(batchOf(from + 1, rowsOf(devices, from, Math.min(step, minutes - from)), from === 0 ? devicesOf(devices) : []));
    await store.close();
    return devices * minutes;
  },
  /** ms of each of so many rounds, by query: as a panel asks, and the same typed into the store itself. */
  async queries({ file, rounds }: { file: string; rounds: number }): Promise<Record<string, { product: number[]; typed: number[] }>> {
    const to = start + 7 * 24 * 60 * minuteMs;
    const day = 24 * 60 * minuteMs;
    const metric = metrics[0] ?? "";
    const width = day / 300;
    const typed = {
      "one device, 24 h to 300 points": `SELECT (t // ${width} * ${width})::DOUBLE AS bucket, min("${metric}"), avg("${metric}"), max("${metric}"), count(*)::INTEGER
        FROM traffic WHERE device = 7 AND "${metric}" IS NOT NULL AND t >= ${to - day} AND t < ${to} GROUP BY bucket ORDER BY bucket`,
      "all latest": `SELECT device, max(t)::DOUBLE, ${columns.map(({ name }) => `arg_max("${name}", t)`).join(", ")} FROM traffic GROUP BY device ORDER BY device`,
      "hour by district, 7 days": `SELECT (t // 3600000 * 3600000)::DOUBLE AS hour, district, min("${metric}"), avg("${metric}"), max("${metric}"), sum("${metric}")::DOUBLE, count(*)::INTEGER
        FROM traffic JOIN _device ON device = ix WHERE "${metric}" IS NOT NULL AND t >= ${start} AND t < ${to} GROUP BY hour, district ORDER BY hour, district`,
    };
    const times = Object.fromEntries(Object.keys(typed).map((name) => [name, { product: [] as number[], typed: [] as number[] }]));
    const timed = async (into: number[] | undefined, work: () => Promise<unknown>): Promise<void> => {
      const began = performance.now();
      await work();
      into?.push(performance.now() - began);
    };
    // a file of its own for the other side, so that both are asked in turn
    await copyFile(file, `${file}.typed`);
    const store = await openStore({ kind: "embedded", file });
    const instance = await DuckDBInstance.create(`${file}.typed`, { threads: "1", memory_limit: "256MB" });
    const connection = await instance.connect();
    const asked: Readonly<Record<string, () => Promise<unknown>>> = {
      "one device, 24 h to 300 points": () => store.series({ device: "bench-6", metric, from: to - day, to, points: 300 }),
      "all latest": () => store.latest("traffic"),
      "hour by district, 7 days": () => store.aggregate({ service: "traffic", metric, from: start, to }),
    };
    for (let n = 0; n <= rounds; n++)
      for (const [name, sql] of Object.entries(typed)) {
        const into = n === 0 ? undefined : times[name];
        await timed(into?.product, async () => await asked[name]?.());
        await timed(into?.typed, async () => (await connection.runAndReadAll(sql)).getRowsJS());
      }
    connection.closeSync();
    instance.closeSync();
    await store.close();
    return times;
  },
};

function pointOf(rows: ServiceColumns, row: number, devices: readonly StoredDevice[]): Point {
  const device = devices[(rows.device[row] ?? 1) - 1];
  const point = new Point("traffic")
    .tag("device", device?.id ?? "")
    .tag("district", device?.district ?? "")
    .tag("run", "bench")
    .intField("row.n", 1)
    .floatField("row.window", rows.window[row])
    .timestamp(rows.t[row]);
  for (const name of metrics) point.floatField(name, rows.values[name]?.[row]);
  return point;
}
export type KeeperProcess = typeof answers;
answerParent(answers);
