import type { DuckDBConnection } from "@duckdb/node-api";
import type { AggregateQuery, AggregateRow, LastAbove, LastAboveQuery, Series, SeriesQuery, Span, SpansQuery } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { columnsOf } from "../columns-of.ts";
import { bucketWidth, type Extent, gapsOf, type Range, spansOf } from "../gaps.ts";
import { type KnownDevices, metricOf, refuseKinds, type Subject } from "../known-devices.ts";
import type { StoredRow } from "../reading-store.ts";
import { harms, qualityOfHarm } from "../worst-quality.ts";
import { quoted } from "./schema.ts";

type Row = readonly unknown[];
const rowsOf = async (connection: DuckDBConnection, sql: string): Promise<readonly Row[]> => (await connection.runAndReadAll(sql)).getRowsJS();
const num = (value: unknown): number => Number(value);
const optional = (value: unknown): number | undefined => (value === null ? undefined : Number(value));

/** A time as SQL; the literal is an integer whatever was asked. */
const at = (t: number): string => String(Math.trunc(Math.min(Math.max(t, -8.64e15), 8.64e15)));
const inside = ({ from, to }: Range): string => `t >= ${at(from)} AND t < ${at(to)}`;

/** The readings of a device that hold the metric. */
const held = ({ service, ix }: Subject, metric: string): string =>
  `${quoted(service.id)} WHERE device IN (${ix.join(", ")}) AND ${quoted(metric)} IS NOT NULL`;

/** What lies before and behind the range is mostly near it; only where it is not, everything there is looked through. */
const nearMs = 86_400_000;
const lastIn = (rows: string, range: string): string => `(SELECT max(t)::DOUBLE FROM ${rows} AND ${range})`;
const firstIn = (rows: string, range: string): string => `(SELECT min(t)::DOUBLE FROM ${rows} AND ${range})`;
/** Two columns of a statement. */
const nearOf = (rows: string, { from, to }: Range): string =>
  `${lastIn(rows, inside({ from: from - nearMs, to: from }))}, ${firstIn(rows, inside({ from: to, to: to + nearMs }))}`;

/** @param near what `nearOf` has found. */
async function around(connection: DuckDBConnection, rows: string, { from, to }: Range, near: Row): Promise<Pick<Extent, "before" | "after">> {
  const [before, after] = [optional(near[0] ?? null), optional(near[1] ?? null)];
  const far = async (one: string): Promise<number | undefined> => optional((await rowsOf(connection, `SELECT ${one}`))[0]?.[0] ?? null);
  return {
    before: before ?? (await far(lastIn(rows, `t < ${at(from - nearMs)}`))),
    after: after ?? (await far(firstIn(rows, `t >= ${at(to + nearMs)}`))),
  };
}

async function extentOf(connection: DuckDBConnection, subject: Subject, query: SpansQuery): Promise<Extent> {
  const rows = held(subject, query.metric);
  const [row = []] = await rowsOf(connection, `SELECT min(t)::DOUBLE, max(t)::DOUBLE, ${nearOf(rows, query)} FROM ${rows} AND ${inside(query)}`);
  const [first, last] = row.map(optional);
  return { ...(await around(connection, rows, query, row.slice(2))), first, last };
}

export async function series(connection: DuckDBConnection, devices: KnownDevices, query: SeriesQuery): Promise<Series> {
  const step = bucketWidth(query, query.points);
  const subject = devices.subject(query.device, query.metric);
  if (subject === undefined)
    return { points: [], gaps: gapsOf(query, { before: undefined, first: undefined, last: undefined, after: undefined }, [], 0), step };
  refuseKinds(subject.metric, query.metric, ["state", "position"], "a series needs a number or a flag; ask for its spans");
  const held_ = held(subject, query.metric);
  const harm = `CASE (quality >> ${3 * subject.order}) & 7 ${harms.map((rank, code) => `WHEN ${code} THEN ${rank}`).join(" ")} ELSE 0 END`;
  const isSilence = `FILTER (since > ${subject.stale})`;
  // one statement: points, where they begin and end, the silences between them, and what lies around
  const rows = await rowsOf(
    connection,
    `SELECT (t // ${step} * ${step})::DOUBLE AS bucket, min(value), avg(value), max(value), count(*)::INTEGER, max(harm), min(t)::DOUBLE, max(t)::DOUBLE,
            list((t - since)::DOUBLE ORDER BY t) ${isSilence}, list(t::DOUBLE ORDER BY t) ${isSilence}, ${nearOf(held_, query)}
     FROM (SELECT t, ${quoted(query.metric)} AS value, ${harm} AS harm, t - lag(t) OVER (ORDER BY t) AS since FROM ${held_} AND ${inside(query)})
     GROUP BY bucket ORDER BY bucket`,
  );
  const silences = rows.flatMap((row) => zipped(row[8], row[9]));
  const first = optional(rows[0]?.[6] ?? null);
  const last = optional(rows.at(-1)?.[7] ?? null);
  const near = rows[0]?.slice(10) ?? (await rowsOf(connection, `SELECT ${nearOf(held_, query)}`))[0] ?? [];
  const extent = { ...(await around(connection, held_, query, near)), first, last };
  return { points: rows.map(pointOf), gaps: gapsOf(query, extent, silences, subject.stale), step };
}
/** Two lists of one length, or none. */
const zipped = (from: unknown, to: unknown): Range[] =>
  Array.isArray(from) && Array.isArray(to) ? from.map((begin, n) => ({ from: num(begin), to: num(to[n]) })) : [];

function pointOf([t, min, mean, max, n, harm]: Row): Series["points"][number] {
  const q = qualityOfHarm(num(harm));
  return { t: num(t), min: num(min), mean: num(mean), max: num(max), n: num(n), ...(q === undefined ? {} : { q }) };
}

export async function spans(connection: DuckDBConnection, devices: KnownDevices, query: SpansQuery): Promise<readonly Span[]> {
  const subject = devices.subject(query.device, query.metric);
  if (subject === undefined) return [];
  refuseKinds(subject.metric, query.metric, ["number", "position"], "spans need a state or a flag; ask for its series");
  const extent = await extentOf(connection, subject, query);
  const changes = await rowsOf(
    connection,
    `SELECT t::DOUBLE, value, previous::DOUBLE FROM (
       SELECT t, ${quoted(query.metric)} AS value, lag(t) OVER (ORDER BY t) AS previous, lag(${quoted(query.metric)}) OVER (ORDER BY t) AS was
       FROM ${held(subject, query.metric)} AND t >= ${at(extent.before ?? query.from)} AND t <= ${at(extent.after ?? query.to)})
     WHERE previous IS NULL OR value <> was OR t - previous > ${subject.stale} ORDER BY t`,
  );
  const found = changes.map(([t, value, previous]) => ({ t: num(t), value: num(value), previous: optional(previous) }));
  return spansOf(query, extent, found, subject.metric, subject.stale);
}

export async function aggregate(connection: DuckDBConnection, services: readonly Service[], query: AggregateQuery): Promise<readonly AggregateRow[]> {
  const { service, metric } = metricOf(services, query.service, query.metric);
  refuseKinds(metric, query.metric, ["state", "position"], "an aggregate needs a number or a flag");
  const value = quoted(query.metric);
  const rows = await rowsOf(
    connection,
    `SELECT (t // 3600000 * 3600000)::DOUBLE AS hour, district, min(${value}), avg(${value}), max(${value}), sum(${value})::DOUBLE, count(*)::INTEGER
     FROM ${quoted(service.id)} JOIN _device ON device = ix
     WHERE ${inside(query)} AND ${value} IS NOT NULL GROUP BY hour, district ORDER BY hour, district`,
  );
  return rows.map(([t, district, min, mean, max, sum, n]) => ({
    t: num(t),
    district: String(district),
    min: num(min),
    mean: num(mean),
    max: num(max),
    sum: num(sum),
    n: num(n),
  }));
}

export async function lastAbove(connection: DuckDBConnection, services: readonly Service[], query: LastAboveQuery): Promise<readonly LastAbove[]> {
  const { service, metric } = metricOf(services, query.service, query.metric);
  refuseKinds(metric, query.metric, ["flag", "state", "position"], "only a number is above another");
  const value = quoted(query.metric);
  const rows = await rowsOf(
    connection,
    `SELECT id, (max(t) FILTER (${value} > ${query.above}))::DOUBLE, min(t)::DOUBLE
     FROM ${quoted(service.id)} JOIN _device ON device = ix WHERE ${inside(query)} AND ${value} IS NOT NULL GROUP BY id ORDER BY id`,
  );
  return rows.map(([device, last, first]) => ({ device: String(device), last: optional(last) ?? null, first: num(first) }));
}

/** Newest value of each column that was ever present. */
export async function latest(connection: DuckDBConnection, service: Service): Promise<readonly StoredRow[]> {
  const columns = columnsOf(service);
  const newest = columns.map(({ name }) => `arg_max(${quoted(name)}, t) FILTER (${quoted(name)} IS NOT NULL)`);
  const rows = await rowsOf(
    connection,
    `SELECT device, max(t)::DOUBLE, ${newest.join(", ")} FROM ${quoted(service.id)} GROUP BY device ORDER BY device`,
  );
  return rows.map(([ix, t, ...values]) => ({
    ix: num(ix),
    t: num(t),
    values: Object.fromEntries(columns.flatMap(({ name }, i) => (values[i] === null ? [] : [[name, num(values[i])]]))),
  }));
}
