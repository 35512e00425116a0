import type { AggregateQuery, AggregateRow, LastAbove, LastAboveQuery, Series, SeriesQuery, Span, SpansQuery } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import type { StoredDevice } from "../column-batch.ts";
import { columnsOf } from "../columns-of.ts";
import { bucketWidth, type Change, type Extent, gapsOf, type Range, spansOf } from "../gaps.ts";
import { type KnownDevices, metricOf, refuseKinds, type Subject } from "../known-devices.ts";
import type { StoredRow } from "../reading-store.ts";
import { harms, qualityOfHarm } from "../worst-quality.ts";
import { fromTagValue, qualityField, rowField, tagValue } from "./lines.ts";
import type { InfluxRow, InfluxServer } from "./server.ts";

/** InfluxDB's times are ns in 64 bits; this is in the year 2255. Every question has bounds: without them the server thinks of its own clock. */
export const endOfTime = 9e12;

/** The server and the run whose rows are meant. */
export interface InfluxRun {
  readonly server: InfluxServer;
  readonly run: string;
}

const quoted = (name: string): string => `"${name.replace(/["\\]/g, "\\$&")}"`;
const at = (t: number): string => `${Math.trunc(Math.min(Math.max(t, 0), endOfTime))}ms`;
const between = (from: number, to: number): string => `time >= ${at(from)} AND time < ${at(to)}`;
const ofRun = (service: string, range: string): string => `FROM ${quoted(service)} WHERE "run" = $run AND ${range}`;
const everything = between(0, endOfTime);

const ofDevice = ({ service }: Subject, range: string): string => `${ofRun(service.id, range)} AND "device" = $device`;

/** Statements for the four times of an `Extent`; a lone first() or last() comes with the time of its reading. */
function extentStatements(subject: Subject, { metric, from, to }: SpansQuery): readonly string[] {
  const pick = (which: "first" | "last", range: string) => `SELECT ${which}(${quoted(metric)}) ${ofDevice(subject, range)}`;
  return [pick("last", between(0, from)), pick("first", between(from, to)), pick("last", between(from, to)), pick("first", between(to, endOfTime))];
}
function extentOf(answers: readonly (readonly InfluxRow[])[]): Extent {
  const [before, first, last, after] = answers.slice(0, 4).map(([row]) => (row === undefined ? undefined : Number(row.time)));
  return { before, first, last, after };
}

export async function series({ server, run }: InfluxRun, devices: KnownDevices, query: SeriesQuery): Promise<Series> {
  const step = bucketWidth(query, query.points);
  const subject = devices.subject(query.device, query.metric);
  if (subject === undefined) return { points: [], gaps: gapsOf(query, extentOf([]), [], 0), step };
  refuseKinds(subject.metric, query.metric, ["state", "position"], "a series needs a number or a flag; ask for its spans");
  const value = quoted(query.metric);
  const source = ofDevice(subject, between(query.from, query.to));
  const q = quoted(qualityField(query.metric));
  const answers = await server.query(
    [
      ...extentStatements(subject, query),
      `SELECT min(${value}), mean(${value}), max(${value}), count(${value}) ${source} GROUP BY time(${step}ms) fill(none)`,
      `SELECT e FROM (SELECT elapsed(${value}, 1ms) AS e ${source}) WHERE e > ${Math.trunc(subject.stale)}`,
      `SELECT ${q} AS q ${source} AND ${q} > 0`,
    ],
    { run, device: tagValue(subject.id) },
  );
  const [points = [], silences = [], doubts = []] = answers.slice(4);
  const gaps = silences.map(({ time, e }) => ({ from: Number(time) - Number(e), to: Number(time) }));
  return { points: pointsOf(points, doubts, step), gaps: gapsOf(query, extentOf(answers), gaps, subject.stale), step };
}

function pointsOf(rows: readonly InfluxRow[], doubts: readonly InfluxRow[], step: number): Series["points"] {
  const worst = new Map<number, number>();
  for (const { time, q } of doubts) {
    const bucket = Math.floor(Number(time) / step) * step;
    worst.set(bucket, Math.max(worst.get(bucket) ?? 0, harms[Number(q)] ?? 0));
  }
  return rows.map(({ time, min, mean, max, count }) => {
    const q = qualityOfHarm(worst.get(Number(time)) ?? 0);
    return { t: Number(time), min: Number(min), mean: Number(mean), max: Number(max), n: Number(count), ...(q === undefined ? {} : { q }) };
  });
}

export async function spans({ server, run }: InfluxRun, devices: KnownDevices, query: SpansQuery): Promise<readonly Span[]> {
  const subject = devices.subject(query.device, query.metric);
  if (subject === undefined) return [];
  refuseKinds(subject.metric, query.metric, ["number", "position"], "spans need a state or a flag; ask for its series");
  const params = { run, device: tagValue(subject.id) };
  const extent = extentOf(await server.query(extentStatements(subject, query), params));
  const range: Range = { from: extent.before ?? query.from, to: (extent.after ?? query.to) + 1 };
  const [rows = []] = await server.query([`SELECT ${quoted(query.metric)} AS v ${ofDevice(subject, between(range.from, range.to))}`], params);
  const readings = rows.map(({ time, v }, i): Change => {
    const previous = rows[i - 1]?.time;
    return { t: Number(time), value: Number(v), previous: previous === undefined ? undefined : Number(previous) };
  });
  const changes = readings.filter(({ t, value, previous }, i) => {
    const was = readings[i - 1];
    return was === undefined || previous === undefined || was.value !== value || t - previous > subject.stale;
  });
  return spansOf(query, extent, changes, subject.metric, subject.stale);
}

export async function aggregate({ server, run }: InfluxRun, services: readonly Service[], query: AggregateQuery): Promise<readonly AggregateRow[]> {
  const { service, metric } = metricOf(services, query.service, query.metric);
  refuseKinds(metric, query.metric, ["state", "position"], "an aggregate needs a number or a flag");
  const value = quoted(query.metric);
  // Each function is a pass of its own over the rows: the mean is had without one.
  const wanted = ["min", "max", "sum", "count"].map((reduce) => `${reduce}(${value})`).join(", ");
  const source = ofRun(service.id, between(query.from, query.to));
  const [rows = []] = await server.query([`SELECT ${wanted} ${source} GROUP BY time(1h), "district" fill(none)`], { run });
  return rows
    .map(({ time, district, min, max, sum, count }) => ({
      t: Number(time),
      district: fromTagValue(String(district)),
      min: Number(min),
      mean: Number(sum) / Number(count),
      max: Number(max),
      sum: Number(sum),
      n: Number(count),
    }))
    .sort((a, b) => a.t - b.t || (a.district < b.district ? -1 : 1));
}

export async function lastAbove({ server, run }: InfluxRun, services: readonly Service[], query: LastAboveQuery): Promise<readonly LastAbove[]> {
  const { service, metric } = metricOf(services, query.service, query.metric);
  refuseKinds(metric, query.metric, ["flag", "state", "position"], "only a number is above another");
  const value = quoted(query.metric);
  const source = ofRun(service.id, between(query.from, query.to));
  const [firsts = [], lasts = []] = await server.query(
    [`SELECT first(${value}) ${source} GROUP BY "device"`, `SELECT last(${value}) ${source} AND ${value} > ${query.above} GROUP BY "device"`],
    { run },
  );
  const last = new Map(lasts.map(({ device, time }) => [String(device), Number(time)]));
  return firsts
    .map(({ device, time }) => ({ device: fromTagValue(String(device)), last: last.get(String(device)) ?? null, first: Number(time) }))
    .sort((a, b) => (a.device < b.device ? -1 : 1));
}

export async function latest({ server, run }: InfluxRun, devices: KnownDevices, service: Service): Promise<readonly StoredRow[]> {
  const columns = columnsOf(service);
  const source = `${ofRun(service.id, everything)} GROUP BY "device"`;
  const newest = columns.map(({ name }, i) => `last(${quoted(name)}) AS c${i}`).join(", ");
  const [times = [], values = []] = await server.query([`SELECT last(${quoted(rowField)}) ${source}`, `SELECT ${newest} ${source}`], { run });
  const byDevice = new Map(values.map((row) => [String(row.device), row]));
  const known = new Map(devices.of(service.id).map(({ id, ix }) => [tagValue(id), ix]));
  return times
    .flatMap(({ time, device }): StoredRow[] => {
      const ix = known.get(String(device));
      const row = byDevice.get(String(device)) ?? {};
      const held = columns.flatMap(({ name }, i) => (typeof row[`c${i}`] === "number" ? [[name, Number(row[`c${i}`])] as const] : []));
      return ix === undefined ? [] : [{ ix, t: Number(time), values: Object.fromEntries(held) }];
    })
    .sort((a, b) => a.ix - b.ix);
}

export async function count({ server, run }: InfluxRun, services: readonly Service[]): Promise<Readonly<Record<string, number>>> {
  const statements = services.map(({ id }) => `SELECT count(${quoted(rowField)}) AS n ${ofRun(id, everything)}`);
  const answers = await server.query(statements, { run });
  return Object.fromEntries(services.map(({ id }, i) => [id, Number(answers[i]?.[0]?.n ?? 0)]));
}

/** What the run left behind: its devices and its checkpoint. */
export async function restored({ server, run }: InfluxRun): Promise<{ readonly devices: readonly StoredDevice[]; readonly position: number }> {
  const [devices = [], checkpoint = []] = await server.query(
    [`SELECT * ${ofRun("_device", between(0, 1))} GROUP BY "ix"`, `SELECT last("position") AS position ${ofRun("_checkpoint", between(0, 1))}`],
    { run },
  );
  const text = (value: unknown) => String(value ?? "");
  return {
    devices: devices
      .map(({ ix, id, service, kind, district, stale }) => ({
        ix: Number(ix),
        id: text(id),
        service: text(service),
        kind: text(kind),
        district: text(district),
        stale: Number(stale),
      }))
      .sort((a, b) => a.ix - b.ix),
    position: Number(checkpoint[0]?.position ?? 0),
  };
}

/** Every run that has a checkpoint in the bucket. */
export async function runsIn(server: InfluxServer): Promise<readonly string[]> {
  const [rows = []] = await server.query([`SELECT last("position") FROM "_checkpoint" WHERE ${between(0, 1)} GROUP BY "run"`], {});
  return rows.map(({ run }) => String(run));
}
