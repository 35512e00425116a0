import { z } from "zod";
import { learnings } from "./alarm.ts";
import { from, id, instant, list, text, timeHelp, to, whole } from "./api-fields.ts";
import { refusalCodes } from "./city-port.ts";
import { phases } from "./clock.ts";
import { qualities, stateWords, value } from "./reading.ts";
import { roles } from "./roles.ts";

/**
 * What goes in and out over HTTP, as schemas: the server parses by them, the OpenAPI document is made from them, the browser takes its types.
 * What is of alarms, queues and commands stands in `room-api.ts`.
 */

export const deviceParams = z.strictObject({ id: z.string().max(64).describe("Id of the device, as in /api/v1/devices") });
const service = z.string().max(64).optional().describe("Id of a service, as in /api/v1/services; default: all");
const metric = z.string().min(1).max(64).describe("Name of a metric of the device's kind, as in /api/v1/services");

export const noQuery = z.strictObject({});
export const devicesQuery = z.strictObject({
  service,
  district: z.string().max(64).optional().describe("Id of a district, as in /api/v1/plan; default: all"),
  limit: whole(1, 5000, 1000, "Devices per page"),
  cursor: z.string().max(200).optional().describe("`next` of the page before; leave it out for the first page"),
});
export const latestQuery = z.strictObject({ service });
export const seriesQuery = z.strictObject({
  metric,
  from: from.describe(`Begin, ${timeHelp}; default: one hour before \`to\``),
  to,
  points: whole(10, 2000, 600, "At most so many points"),
  format: z.enum(["json", "csv"]).optional().describe("json or csv; default: as the Accept header asks, json otherwise"),
});
export const spansQuery = z.strictObject({ metric, from: from.describe(`Begin, ${timeHelp}; default: 24 hours before \`to\``), to });
export const messagesQuery = z.strictObject({ limit: whole(1, 500, 50, "Messages, newest first") });
export const aggregateQuery = z.strictObject({
  service: z.string().max(64).describe("Id of a service, as in /api/v1/services"),
  metric: z.string().min(1).max(64).describe("Name of a metric of the service, as in /api/v1/services"),
  by: z.literal("hour").default("hour").describe("Width of a row: only `hour`"),
  from: from.describe(`Begin, ${timeHelp}; default: 24 hours before \`to\``),
  to,
});
export const lastAboveQuery = z.strictObject({
  service: z.string().max(64).describe("Id of a service, as in /api/v1/services"),
  metric: z.string().min(1).max(64).describe("A number of the service, as in /api/v1/services"),
  above: z.coerce.number().default(0).describe("Bound; default: 0, which for a count means any at all"),
  from: from.describe(`Begin, ${timeHelp}; default: 24 hours before \`to\``),
  to,
});
export const figuresQuery = z.strictObject({
  service: z.string().max(64).describe("Id of a service, as in /api/v1/services"),
  from: from.describe(`Begin, ${timeHelp}; default: one hour before \`to\``),
  to,
});
export const chronicleQuery = z.strictObject({
  from: from.describe(`Begin, ${timeHelp}; default: 24 hours before \`to\``),
  to,
  service,
  device: z.string().max(64).optional().describe("Only this device, as in /api/v1/devices; default: all"),
  limit: whole(1, 2000, 200, "Lines, the newest of the time asked for"),
});
export const quarantineQuery = z.strictObject({
  limit: whole(1, 1000, 100, "Items, newest first"),
  device: z.string().max(64).optional().describe("Only what names this device"),
});
export const ledgerQuery = z.strictObject({ device: z.string().max(64).optional().describe("Only this device") });
export const screenBody = z.strictObject({ role: z.enum(roles).describe("Role of whoever signs in by the link") });
export const deviceBody = z.strictObject({
  service: z.string().max(64).describe("Id of a service, as in /api/v1/services"),
  device: id.describe("Id of the new device: a-z, 0-9 and -, at most 64"),
  kind: z.string().max(64).optional().describe("Kind of device of the service; default: its first"),
  name: z.strictObject({ ko: z.string().min(1).max(120), en: z.string().min(1).max(120) }).optional(),
  district: id.optional().describe("Id of a district, as in /api/v1/plan"),
  lat: z.number().min(-90).max(90).optional().describe("Degrees WGS 84"),
  lon: z.number().min(-180).max(180).optional().describe("Degrees WGS 84"),
  constants: z.record(z.string().max(64), z.number()).optional().describe("Per-device numbers of its kind, e.g. the reference level of a gauge"),
});

const quality = z.enum(qualities);

/** RFC 9457. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: list(z.object({ parameter: z.string(), detail: z.string() })).optional(),
});
const health = z.enum(["ok", "degraded", "down"]);
export const healthSchema = z.object({ status: health, parts: z.record(z.string(), z.object({ status: health, text: z.string() })) });
export const citySchema = z.object({
  city: z.string(),
  seed: z.number().nullable(),
  run: z.string().nullable(),
  time: instant,
  mark: instant,
  rate: z.number(),
  asked: z.number().nullable().describe("null: as fast as the chain goes"),
  paused: z.boolean(),
  phase: z.enum(phases).nullable(),
  start: instant.nullable(),
  simulated: z.boolean(),
});
export const servicesSchema = z.object({ services: list(z.looseObject({ id: z.string(), title: text, sensitive: z.boolean() })) });
export const planSchema = z.looseObject({
  id: z.string(),
  name: text,
  zone: z.string(),
  bounds: list(z.number()),
  districts: list(z.looseObject({ id: z.string() })),
  landmarks: list(z.looseObject({ id: z.string(), name: text })),
});
const deviceRowSchema = z.object({
  id: z.string(),
  service: z.string(),
  kind: z.string(),
  name: text,
  district: z.string(),
  gateway: z.string(),
  lat: z.number(),
  lon: z.number(),
  timeline: z.enum(["city", "field"]),
  every: z.number().describe("Seconds between two periodic readings"),
  stale: z.number().describe("Seconds of silence after which it is stale"),
  state: z.enum([...stateWords, "unknown"]),
  lastSeen: z.number().describe("Epoch ms UTC of the newest reading, 0 = never"),
});
export const devicesSchema = z.object({ devices: list(deviceRowSchema), next: z.string().nullable() });
const count = z.number().int();
const countersSchema = z.object({
  received: count,
  accepted: count,
  duplicate: count,
  refused: count,
  lost: count,
  late: count,
  stored: count,
  pending: count,
});
export const deviceDetailSchema = deviceRowSchema.extend({
  /** Rules that learn what is usual: silent while they learn. */
  learned: list(z.object({ rule: z.string(), knows: z.enum(learnings) })),
  model: z.string().nullable(),
  fw: z.string().nullable(),
  boot: z.number().nullable(),
  constants: z.record(z.string(), z.number()),
  metrics: z.record(z.string(), z.looseObject({ kind: z.string(), label: text })).describe("Contract of each metric of its kind"),
  last: z.record(z.string(), z.object({ t: instant, value, quality })),
  counters: countersSchema,
});
export const latestSchema = z.object({
  readings: list(z.object({ d: z.string(), t: instant, m: z.record(z.string(), value), q: z.record(z.string(), quality) })),
});
const gapSchema = z.object({ from: instant, to: instant });
export const seriesSchema = z.object({
  points: list(z.object({ t: instant, min: z.number(), mean: z.number(), max: z.number(), n: z.number(), q: quality.optional() })),
  gaps: list(gapSchema),
  step: z.number().describe("Width of a bucket, ms"),
});
export const spansSchema = z.object({ spans: list(z.object({ from: instant, to: instant, value: z.union([z.string(), z.boolean()]) })) });
export const messagesSchema = z.object({
  messages: list(z.object({ t: instant, topic: z.string(), payload: z.string(), verdict: z.enum(["accepted", "duplicate", "refused", "partly"]) })),
});
export const lastAboveSchema = z.object({
  devices: list(
    z.object({
      device: z.string(),
      last: instant.nullable().describe("Newest reading above the bound; null: none was"),
      first: instant.describe("Oldest reading of all in the time asked for"),
    }),
  ),
});
export const aggregateSchema = z.object({
  rows: list(z.object({ t: instant, district: z.string(), min: z.number(), mean: z.number(), max: z.number(), sum: z.number(), n: z.number() })),
});
export const figuresSchema = z.object({ figures: list(z.object({ id: z.string(), t: list(instant), v: list(z.number().nullable()) })) });
export const chronicleSchema = z.object({
  lines: list(
    z.object({
      n: count,
      t: instant,
      service: z.string(),
      device: z.string(),
      what: z.string(),
      x: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
  ),
});
export const quarantineSchema = z.object({
  items: list(
    z.object({
      n: count,
      t: instant,
      topic: z.string(),
      client: z.string(),
      device: z.string().nullable(),
      code: z.enum(refusalCodes),
      reason: z.string(),
      payload: z.string(),
    }),
  ),
  total: count,
  byCode: z.partialRecord(z.enum(refusalCodes), count),
});
export const ledgerSchema = countersSchema.extend({
  messages: count.optional(),
  since: instant.optional(),
  devices: list(countersSchema.extend({ id: z.string() })),
});
export const screenSchema = z.object({ link: z.string(), qr: z.string().describe("SVG") });
export const deviceAccessSchema = z.object({
  username: z.string(),
  password: z.string(),
  clientId: z.string(),
  topics: z.record(z.string(), z.string()),
  example: z.string(),
});

export type Problem = z.infer<typeof problemSchema>;

/** What a browser sends over the socket; the events' types are in `socket-events.ts`. */
export const catchupRequest = z.strictObject({ room: z.enum(["public", "care"]), n: z.number().int().min(-1) });
export const watchRequest = z.strictObject({
  device: z.string().max(64),
  metric: z.string().min(1).max(64),
  from: z.number().int().min(0).max(8.64e15),
  points: z.number().int().min(10).max(2000),
});
export const unwatchRequest = z.number().int();
