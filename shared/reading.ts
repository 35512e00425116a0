import { z } from "zod";
import { idPattern } from "./topics.ts";

/**
 * What a sensor says, as JSON on the wire. One object per device per instant, or an array of them (a pack).
 * The hot path uses a compiled check that a law holds against these schemas (tests/laws).
 */
export const qualities = ["good", "est", "bad", "sat", "stale", "man"] as const;
export type Quality = (typeof qualities)[number];

const id = z.string().regex(idPattern, "an id has a-z, 0-9 and -");
/** Epoch milliseconds UTC. */
const instant = z.number().int().min(0).max(8.64e15);
const counter = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const value = z.union([z.number(), z.boolean(), z.string().max(64), z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])]);

const common = {
  /** Version of the wire. */
  v: z.literal(1),
  /** Device id. */
  d: id,
  /** Time of measurement (end of the window). A real device may leave it out: the arrival time stands in, quality `est`. */
  t: instant.optional(),
  /** Boot number and sequence number per boot, one sequence over obs and event; both or neither. */
  b: counter.optional(),
  seq: counter.optional(),
};

export const readingSchema = z.strictObject({
  ...common,
  /** Window in seconds; absent = an instant. */
  i: z.number().min(0).max(86_400).optional(),
  /** A missing metric is an absent key: never 0, never null. */
  m: z.record(z.string().max(64), value),
  /** Only for metrics that are not good. */
  q: z.record(z.string().max(64), z.enum(["est", "bad", "sat", "stale", "man"])).optional(),
});
export const eventSchema = z.strictObject({
  ...common,
  e: z.string().max(64),
  x: z.record(z.string().max(64), z.union([z.number(), z.string().max(64)])).optional(),
});
export const stateWords = ["init", "ready", "sleeping", "disconnected", "lost"] as const;
/** Retained; `lost` is the last will. A zero-length payload removes the device. */
export const stateSchema = z.strictObject({ s: z.enum(stateWords), t: instant.optional(), b: counter.optional() });

/** Birth document, retained: what the device is, where it stands, how often it speaks. */
export const metaSchema = z.strictObject({
  v: z.literal(1),
  d: id,
  kind: z.string().max(64),
  name: z.strictObject({ ko: z.string().max(120), en: z.string().max(120) }),
  gateway: id,
  district: id,
  /** Place that several devices share: a crossing, a zone, a home. */
  site: id.optional(),
  /** Degrees WGS 84; of a home: the centre of its cell, never the house. */
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  model: z.string().max(120).optional(),
  fw: z.string().max(64).optional(),
  /** Seconds between periodic readings, and after which silence it is stale. Default: those of the kind. */
  every: z.number().min(1).max(86_400).optional(),
  stale: z.number().min(1).max(864_000).optional(),
  /** Per-device numbers named by the contract, e.g. the reference level of a gauge. */
  constants: z.record(z.string().max(64), z.number()).optional(),
  /** UCUM units of its metrics, for foreign readers; the contract decides. */
  units: z.record(z.string().max(64), z.string().max(32)).optional(),
});

export type Value = z.infer<typeof value>;
export type Reading = z.infer<typeof readingSchema>;
export type StateWord = (typeof stateWords)[number];
export type Meta = z.infer<typeof metaSchema>;
