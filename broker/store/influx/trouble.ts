import { HttpError } from "@influxdata/influxdb-client";
import { StoreAway } from "../reading-store.ts";

/** Where the rows go. */
export interface InfluxPlace {
  readonly url: string;
  readonly token: string;
  readonly org: string;
  readonly bucket: string;
}

/** The server is there but can never serve as it is: settings, rights, or no InfluxDB at all. Says what to do. */
export class InfluxMisfit extends Error {
  override readonly name = "InfluxMisfit";
}

/** What InfluxQL answers for a bucket that is gone, or that the token may not read. A token can be replaced: the store is away until then. */
export class NotShown extends StoreAway {
  constructor({ url, bucket }: InfluxPlace) {
    super(`InfluxDB at ${url} shows no bucket "${bucket}" to this token`);
  }
}

/** Lines that the server will never take. `kept` = the rest of the request is stored (422); else nothing of it is (400, 413). */
export class LinesRefused extends Error {
  override readonly name = "LinesRefused";
  readonly kept: boolean;
  constructor(kept: boolean, reason: string, cause: unknown) {
    super(reason, { cause });
    this.kept = kept;
  }
}

/** What an answer means for the one who has to put it right. */
const meanings: Readonly<Record<number, (place: InfluxPlace) => string>> = {
  401: () => "it does not know the token; check INFLUX_TOKEN",
  403: ({ bucket }) => `the token may not write into the bucket "${bucket}"; give it read and write rights there`,
  404: ({ org, bucket }) => `check INFLUX_URL, INFLUX_ORG ("${org}") and INFLUX_BUCKET ("${bucket}")`,
};

/** Everything that may pass or be put right without losing a row: the same batch is sent again. */
export function away(place: InfluxPlace, cause: unknown): StoreAway {
  if (cause instanceof StoreAway) return cause;
  if (!(cause instanceof HttpError)) return new StoreAway(`InfluxDB at ${place.url} cannot be reached: ${textOf(cause)}`, { cause });
  const meaning = meanings[cause.statusCode]?.(place);
  return new StoreAway(`InfluxDB at ${place.url} answers ${cause.statusCode} (${textOf(cause)})${meaning === undefined ? "" : `: ${meaning}`}`, {
    cause,
  });
}

/** A refused connection to a name with two addresses is an error without a message of its own. */
function textOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
  return (cause.message || code).trim().slice(0, 300);
}

/** 400 is about the lines only when it says so: another one (from a proxy, say) must not cost a row. */
export function refusalOf(cause: unknown): LinesRefused | undefined {
  if (!(cause instanceof HttpError)) return undefined;
  const { statusCode, message } = cause;
  if (statusCode === 422) return new LinesRefused(true, message, cause);
  const unreadable = statusCode === 400 && message.includes("unable to parse");
  return unreadable || statusCode === 413 ? new LinesRefused(false, message, cause) : undefined;
}
