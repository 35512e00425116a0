import { HttpError } from "@influxdata/influxdb-client";
import type { InfluxServer } from "./server.ts";
import { away, InfluxMisfit, type InfluxPlace, NotShown } from "./trouble.ts";

/** One year of a fast city in 7-day shards opens thousands of files; 30 days keep it at a few hundred. */
const shardSeconds = 30 * 86_400;

/**
 * Makes the bucket when it is missing and the token may; doing it again, or twice at once, changes nothing. Rejects with `StoreAway` when the
 * server does not answer, and with `InfluxMisfit` when somebody has to put something right first. An organisation is never made: InfluxQL asks in
 * the token's own one, whatever the settings say, so that rows in a new one could be written but not read.
 */
export async function ensureBucket(server: InfluxServer, place: InfluxPlace): Promise<void> {
  const { url, org, bucket } = place;
  const path = `/api/v2/buckets?${new URLSearchParams({ name: bucket, org })}`;
  let found = await look<Buckets>(server, place, path);
  if (found === undefined) {
    const orgs = await look<Orgs>(server, place, `/api/v2/orgs?${new URLSearchParams({ org })}`);
    if (orgs === undefined) throw new InfluxMisfit(`InfluxDB at ${url} has no organisation "${org}"; check INFLUX_ORG`);
    await makeBucket(server, place, orgs.orgs?.[0]?.id);
    found = await look<Buckets>(server, place, path);
  }
  if (found?.buckets?.some(({ retentionRules = [] }) => retentionRules.some(({ everySeconds }) => everySeconds > 0)))
    throw new InfluxMisfit(
      `The bucket "${bucket}" of InfluxDB at ${url} deletes by the wall clock, but a city has a time of its own: set its retention to never`,
    );
  await tryRights(server, place);
}

const mayPass = (status: number): boolean => status >= 500 || [408, 425, 429].includes(status);

interface Buckets {
  readonly buckets?: readonly { readonly retentionRules?: readonly { readonly everySeconds: number }[] }[];
}
interface Orgs {
  readonly orgs?: readonly { readonly id: string }[];
}

/** undefined = InfluxDB says that there is no such thing. */
async function look<T extends object>(server: InfluxServer, place: InfluxPlace, path: string): Promise<T | undefined> {
  try {
    const answer = await server.administer("GET", path);
    if (typeof answer === "object" && answer !== null && "links" in answer) return answer as T;
  } catch (cause) {
    if (cause instanceof HttpError && cause.statusCode === 401) throw await unknownToken(server, place);
    if (cause instanceof HttpError && cause.code === "not found") return undefined;
    const foreign = cause instanceof SyntaxError || (cause instanceof HttpError && cause.code === undefined && !mayPass(cause.statusCode));
    if (!foreign) throw away(place, cause);
  }
  throw new InfluxMisfit(`What answers at ${place.url} is no InfluxDB 2; check INFLUX_URL`);
}

/** 422: somebody else made it at the same moment. */
async function makeBucket(server: InfluxServer, place: InfluxPlace, orgID: string | undefined): Promise<void> {
  // A token for certain buckets only is not even shown the organisation.
  const lack = `InfluxDB at ${place.url} has no bucket "${place.bucket}" in organisation "${place.org}", and the token may not make it`;
  if (orgID === undefined) throw new InfluxMisfit(`${lack}: make it, or give a token that may`);
  const retentionRules = [{ type: "expire", everySeconds: 0, shardGroupDurationSeconds: shardSeconds }];
  await server.administer("POST", "/api/v2/buckets", { orgID, name: place.bucket, retentionRules }).catch((cause: unknown) => {
    if (!(cause instanceof HttpError) || mayPass(cause.statusCode)) throw away(place, cause);
    if (cause.statusCode === 422) return;
    throw new InfluxMisfit(`${lack} (${cause.message}): make it, or give a token that may`, { cause });
  });
}

async function unknownToken(server: InfluxServer, { url, org, bucket }: InfluxPlace): Promise<InfluxMisfit> {
  const fresh = await server.administer("GET", "/api/v2/setup").catch(() => undefined);
  const isNew = typeof fresh === "object" && fresh !== null && "allowed" in fresh && fresh.allowed === true;
  return new InfluxMisfit(
    isNew
      ? `InfluxDB at ${url} is not set up yet: run "influx setup" (organisation "${org}", bucket "${bucket}") and put its token into INFLUX_TOKEN`
      : `InfluxDB at ${url} does not know the token; check INFLUX_TOKEN`,
  );
}

/** Writing nothing needs the right to write all the same; asking needs the right to read, without which there "is" no such bucket. */
async function tryRights(server: InfluxServer, place: InfluxPlace): Promise<void> {
  const { url, org, bucket } = place;
  const barred = (cause: unknown): boolean =>
    cause instanceof NotShown || (cause instanceof Error && cause.cause instanceof HttpError && [401, 403, 404].includes(cause.cause.statusCode));
  await server.write([]).catch((cause: unknown) => {
    throw barred(cause) ? new InfluxMisfit(`The token may not write into the bucket "${bucket}" of InfluxDB at ${url}`, { cause }) : cause;
  });
  await server.query([`SELECT * FROM "_checkpoint" WHERE time >= 0ms AND time < 1ms LIMIT 1`], {}).catch((cause: unknown) => {
    const message = `The token may not read the bucket "${bucket}" of InfluxDB at ${url}, or belongs to another organisation than "${org}"`;
    throw barred(cause) ? new InfluxMisfit(message, { cause }) : cause;
  });
}
