import { HttpError, InfluxDB, setLogger } from "@influxdata/influxdb-client";
import { StoreAway } from "../reading-store.ts";
import { away, type InfluxPlace, NotShown, refusalOf } from "./trouble.ts";

/** One statement's rows; a row holds its group's tags as well. */
export type InfluxRow = Readonly<Record<string, string | number | null>>;

export interface InfluxServer {
  /** Resolves when the server holds all lines; rejects with `StoreAway`, or with `LinesRefused` when it will never take some of them. */
  write(lines: readonly string[]): Promise<void>;
  /** InfluxQL, several statements at once; `params` are bound as `$name`. Times come back in ms. */
  query(statements: readonly string[], params: Readonly<Record<string, string>>): Promise<readonly (readonly InfluxRow[])[]>;
  /** Deletes [from, to) by tags, `=` and AND only. */
  remove(predicate: string, from: number, to: number): Promise<void>;
  /** A call of the administrative API; rejects with the client's HttpError when it is answered with an error. */
  administer(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown>;
  /** Ends whatever is still under way with `StoreAway`. */
  close(): void;
}

/** How long an answer may take. Deleting 86 M rows took 10 s; nobody waits for more than a few seconds to see a trend or to start. */
const patienceMs = { write: 8_000, query: 15_000, remove: 120_000, administer: 4_000 };
/** Compressing costs half a microsecond per row on each side: only for a network. */
const gzipFrom = (url: string): number => (["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname) ? Number.MAX_SAFE_INTEGER : 1_000);

interface Ask {
  readonly patience: number;
  readonly type: string;
  readonly body?: string;
  readonly method?: "GET" | "POST";
}

/**
 * Over the client's transport (address, token, gzip, errors). Its WriteApi is left out: its buffer drops the oldest lines in an outage, `close`
 * forgets them, and joining lines by hand costs half of its time; the log is the spool.
 */
export function connectInflux(place: InfluxPlace): InfluxServer {
  // The client's logger prints to the console; failures are values here.
  setLogger({ error: () => undefined, warn: () => undefined });
  const ask = createAsk(place);
  const where = new URLSearchParams({ org: place.org, bucket: place.bucket });
  const give = (cause: unknown): never => {
    throw away(place, cause);
  };
  return {
    async write(lines) {
      const { status } = await ask(`/api/v2/write?${where}&precision=ms`, {
        patience: patienceMs.write,
        type: "text/plain; charset=utf-8",
        body: lines.join("\n"),
      }).catch((cause: unknown) => {
        throw refusalOf(cause) ?? away(place, cause);
      });
      if (status !== 204) throw new StoreAway(`What answers at ${place.url} says ${status} to a write, where InfluxDB says 204`);
    },
    async query(statements, params) {
      const form = new URLSearchParams({ db: place.bucket, epoch: "ms", q: statements.join(";"), params: JSON.stringify(params) });
      const { body } = await ask("/query", { patience: patienceMs.query, type: "application/x-www-form-urlencoded", body: form.toString() }).catch(
        (cause: unknown) => {
          // A full queue is answered with 400 too.
          const wrong = cause instanceof HttpError && cause.statusCode === 400 && !cause.message.includes("queue length exceeded");
          throw wrong ? new Error(`InfluxDB refuses the query: ${cause.message}`, { cause }) : away(place, cause);
        },
      );
      return rowsOf(body, statements.length, place);
    },
    async remove(predicate, from, to) {
      if (to <= from) return;
      // The end of the range belongs to it: one nanosecond less.
      const stop = new Date(to - 1).toISOString().replace("Z", "999999Z");
      const body = JSON.stringify({ start: new Date(from).toISOString(), stop, predicate });
      await ask(`/api/v2/delete?${where}`, { patience: patienceMs.remove, type: "application/json", body }).catch(give);
    },
    async administer(method, path, body) {
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      return (await ask(path, { patience: patienceMs.administer, type: "application/json", method, ...text })).body;
    },
    close: () => ask.stop(),
  };
}

interface Asking {
  (path: string, what: Ask): Promise<{ readonly status: number; readonly body: unknown }>;
  stop(): void;
}

/** The transport's own timeout leaves the connection open: a frozen server would gather them. Aborting closes it. */
function createAsk({ url, token }: InfluxPlace): Asking {
  const { transport } = new InfluxDB({ url, token });
  const gzipThreshold = gzipFrom(url);
  const live = new Set<AbortController>();
  let closed = false;
  const ask = async (path: string, { patience, type, body = "", method = "POST" }: Ask) => {
    if (closed) throw new StoreAway("The store is closed");
    const abort = new AbortController();
    live.add(abort);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort.abort();
    }, patience);
    let status = 0;
    const headers = { "content-type": type, accept: "application/json" };
    try {
      const answer: unknown = await transport.request(path, body, { method, headers, gzipThreshold, signal: abort.signal }, (_, code) => {
        status = code ?? 0;
      });
      return { status, body: answer };
    } catch (cause) {
      if (late) throw new StoreAway(`InfluxDB at ${url} has not answered within ${patience / 1000} s`, { cause });
      throw closed ? new StoreAway("The store is closed", { cause }) : cause;
    } finally {
      clearTimeout(timer);
      live.delete(abort);
    }
  };
  const stop = (): void => {
    closed = true;
    for (const abort of live) abort.abort();
  };
  return Object.assign(ask, { stop });
}

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

/** Errors of InfluxQL come with status 200, inside; a bucket that is gone or may not be read "is not found". */
function rowsOf(body: unknown, statements: number, place: InfluxPlace): readonly (readonly InfluxRow[])[] {
  const { error: whole, results = [] } = (typeof body === "object" && body !== null ? body : {}) as Answer;
  const error = whole ?? results.find((result) => result.error !== undefined)?.error;
  if (error?.startsWith("database not found")) throw new NotShown(place);
  if (error !== undefined) throw new Error(`InfluxDB refuses the query: ${error}`);
  if (results.length !== statements) throw new StoreAway(`InfluxDB at ${place.url} answered only a part of the query`);
  return results.map(({ series = [] }) =>
    series.flatMap(({ tags = {}, columns, values }) =>
      values.map((row) => ({ ...tags, ...Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])) })),
    ),
  );
}
