import { z } from "zod";
import { idPattern } from "../topics.ts";

const id = z.string().regex(idPattern, "an id is of a-z, 0-9 and -");
const one = z.union([id, z.array(id).min(1)]);

/** Which devices: all conditions hold together. Without any, every device of the city. */
export const selectorSchema = z.strictObject({
  device: one.optional().describe("ids of devices"),
  gateway: one.optional().describe("ids of gateways: all devices behind them"),
  service: one.optional().describe("ids of services"),
  kind: one.optional().describe("kinds of device within their service"),
  district: one.optional().describe("ids of districts"),
  tag: one.optional().describe("tags of places, as the city's plan has them"),
  except: one.optional().describe("ids of devices that are left out"),
  count: z.number().int().min(1).max(20_000).optional().describe("so many of them, drawn by the seed"),
  share: z
    .string()
    .regex(/^(100|\d{1,2})(\.\d+)?\s?%( of (devices|gateways))?$/)
    .optional()
    .describe('such a share of them, drawn by the seed, e.g. "10 % of gateways"'),
});
export type Selector = z.infer<typeof selectorSchema>;

/** What a selector needs to know of a device. */
export interface Selectable {
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly district: string;
  readonly gateway: string;
  readonly tags?: readonly string[];
}

/** Orders by a draw of the seed: a larger share of the same devices holds the smaller one. FNV-1a, then the finaliser of MurmurHash3, so that near ids fall apart. */
function drawn(seed: number, id: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
function draw(ids: readonly string[], count: number, seed: number): ReadonlySet<string> {
  const order = ids.map((id) => ({ id, at: drawn(seed, id) })).sort((a, b) => a.at - b.at || byName(a.id, b.id));
  return new Set(order.slice(0, count).map(({ id }) => id));
}
type Wanted = string | readonly string[] | undefined;
/** Whether a value is wanted; made once a question, because thousands of names are held against thousands of devices. */
function holding(wanted: Wanted): (value: string) => boolean {
  if (wanted === undefined) return () => true;
  if (typeof wanted === "string") return (value) => value === wanted;
  const names = new Set(wanted);
  return (value) => names.has(value);
}

/** The devices that a selector means, by id. A share of something is one of them at least. */
export function select<D extends Selectable>(devices: readonly D[], selector: Selector, seed: number): readonly D[] {
  const { tag, except, count, share } = selector;
  const conditions = (["device", "gateway", "service", "kind", "district"] as const)
    .filter((name) => selector[name] !== undefined)
    .map((name) => ({ of: name === "device" ? ("id" as const) : name, holds: holding(selector[name]) }));
  const isTagged = holding(tag);
  const isLeftOut = except === undefined ? () => false : holding(except);
  let found = devices.filter(
    (one) => conditions.every(({ of, holds }) => holds(one[of])) && (tag === undefined || (one.tags ?? []).some(isTagged)) && !isLeftOut(one.id),
  );
  if (share !== undefined) {
    const whole = /gateways$/.test(share) ? [...new Set(found.map((one) => one.gateway))] : undefined;
    const ids = whole ?? found.map(({ id }) => id);
    const taken = draw(ids, Math.max(1, Math.round((Number.parseFloat(share) / 100) * ids.length)), seed);
    found = found.filter((one) => taken.has(whole === undefined ? one.id : one.gateway));
  }
  if (count !== undefined) {
    const ids = found.map(({ id }) => id);
    const taken = draw(ids, count, seed);
    found = found.filter(({ id }) => taken.has(id));
  }
  return [...found].sort((a, b) => byName(a.id, b.id));
}
