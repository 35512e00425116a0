import { HttpError, InfluxDB, setLogger } from "@influxdata/influxdb-client";
import { StoreAway } from "../reading-store.ts";

export interface InfluxPlace {
  readonly url: string;
  readonly token: string;
  readonly org: string;
  readonly bucket: string;
}

/** One statement's rows; a row holds its group's tags as well. */
export type InfluxRow = Readonly<Record<string, string | number | null>>;

export interface InfluxServer {
  /** Resolves when the server holds all lines; rejects with `StoreAway`, or with `LinesRefused` when it will never take some of them. */
  write(lines: readonly string[]): Promise<void>;
  /** InfluxQL, several statements at once; `params` are bound as `$name`. Times come back in ms. */
  query(statements: readonly string[], params: Readonly<Record<string, string>>): Promise<readonly (readonly InfluxRow[])[]>;
  /** Deletes [from, to) by tags, `=` and AND only. */
  remove(predicate: string, from: number, to: number): Promise<void>;
  close(): void;
}

/** 400: none of the lines is stored (one cannot be read); 422: all but some are (their types or times do not fit). */
export class LinesRefused extends Error {
  override readonly name = "LinesRefused";
}

/** Answers of a server that is there but cannot serve now: overload, missing rights, a bucket that is gone. Others of 4xx are about the lines. */
const refusals = new Set([400, 413, 422]);
const timeoutMs = 8_000;

export async function connectInflux(place: InfluxPlace): Promise<InfluxServer> {
  // The client's logger would print every failed batch; failures are values here.
  setLogger({ error: () => undefined, warn: () => undefined });
  const { transport, ...client } = clientOf(place);
  await ensureBucket(place, transport);
  const writer = client.writer;
  return {
    write: async (lines) => {
      writer.writeRecords([...lines]);
      await writer.flush().catch((cause: unknown) => {
        if (cause instanceof HttpError && refusals.has(cause.statusCode)) throw new LinesRefused(cause.message, { cause });
        throw away(cause);
      });
    },
    query: async (statements, params) => {
      const body = new URLSearchParams({ db: place.bucket, epoch: "ms", q: statements.join(";"), params: JSON.stringify(params) });
      const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
      const answer: unknown = await transport.request("/query", body.toString(), { method: "POST", headers }).catch((cause: unknown) => {
        throw cause instanceof HttpError && cause.statusCode === 400
          ? new Error(`InfluxDB refuses the query: ${cause.message}`, { cause })
          : away(cause);
      });
      return rowsOf(answer as Answer, statements.length);
    },
    remove: async (predicate, from, to) => {
      // The end of the range belongs to it: one nanosecond less.
      const stop = new Date(to - 1).toISOString().replace("Z", "999999Z");
      const path = `/api/v2/delete?${new URLSearchParams({ org: place.org, bucket: place.bucket })}`;
      const body = { start: new Date(from).toISOString(), stop, predicate };
      await transport.request(path, body, { method: "POST", headers: { "content-type": "application/json" } }).catch((cause: unknown) => {
        throw away(cause);
      });
    },
    close: () => void writer.dispose(),
  };
}

type Transport = InfluxDB["transport"];

function clientOf({ url, token, org, bucket }: InfluxPlace) {
  const influx = new InfluxDB({ url, token, timeout: timeoutMs });
  const near = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
  // No timer, no buffer and no retries of the client's own: its buffer drops the oldest lines, and the log is the spool.
  const writer = influx.getWriteApi(org, bucket, "ms", {
    ...{ batchSize: 100_000, maxBufferLines: 100_000, flushInterval: 0, maxRetries: 0 },
    gzipThreshold: near ? Number.MAX_SAFE_INTEGER : 1_000,
  });
  return { transport: influx.transport, writer };
}

const away = (cause: unknown): StoreAway =>
  new StoreAway(`InfluxDB does not take it: ${cause instanceof Error ? cause.message || cause.name : String(cause)}`, { cause });

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly tags?: Readonly<Record<string, string>>;
      readonly columns: readonly string[];
      readonly values: readonly (readonly (string | number | null)[])[];
    }[];
  }[];
}

/** Errors of InfluxQL come with status 200, inside. */
function rowsOf(answer: Answer, statements: number): readonly (readonly InfluxRow[])[] {
  const results = answer.results ?? [];
  const error = answer.error ?? results.find((result) => result.error !== undefined)?.error;
  if (error !== undefined) throw new Error(`InfluxDB refuses the query: ${error}`);
  if (results.length !== statements) throw new StoreAway("InfluxDB answered only a part of the query");
  return results.map(({ series = [] }) =>
    series.flatMap(({ tags = {}, columns, values }) =>
      values.map((row) => ({ ...tags, ...Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])) })),
    ),
  );
}

interface Buckets {
  readonly buckets?: readonly { readonly retentionRules?: readonly { readonly everySeconds: number }[] }[];
}
/** One year of a fast city in 7-day shards opens thousands of files; 30 days keep it at a few hundred. */
const shardSeconds = 30 * 86_400;

/** Makes the bucket when it is missing. A token that may not look or make is fine as long as the bucket is there: the first write tells. */
async function ensureBucket({ org, bucket }: InfluxPlace, transport: Transport): Promise<void> {
  try {
    const query = new URLSearchParams({ name: bucket, org });
    const { buckets = [] } = (await transport.request(`/api/v2/buckets?${query}`, "", { method: "GET" })) as Buckets;
    if (buckets.some(({ retentionRules = [] }) => retentionRules.some(({ everySeconds }) => everySeconds > 0))) {
      throw new Error(`The bucket "${bucket}" deletes by the wall clock, but a city has a time of its own: set its retention to never`);
    }
    if (buckets.length > 0) return;
    const { orgs = [] } = (await transport.request(`/api/v2/orgs?${new URLSearchParams({ org })}`, "", { method: "GET" })) as {
      orgs?: { id: string }[];
    };
    const retentionRules = [{ type: "expire", everySeconds: 0, shardGroupDurationSeconds: shardSeconds }];
    const body = { orgID: orgs[0]?.id, name: bucket, retentionRules };
    await transport.request("/api/v2/buckets", body, { method: "POST", headers: { "content-type": "application/json" } });
  } catch (cause) {
    if (!(cause instanceof HttpError)) throw cause instanceof Error && cause.message.startsWith("The bucket") ? cause : away(cause);
    // 422: somebody else made it at the same moment.
    if (![401, 403, 404, 422].includes(cause.statusCode)) throw away(cause);
  }
}
