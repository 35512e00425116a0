import type { RefusalCode } from "../../shared/city-port.ts";
import { qualities } from "../../shared/reading.ts";
import type { EventField, Service } from "../../shared/service.ts";

/**
 * The compiled check of the hot path: per kind of device a table of metrics, walked once per reading. A law (tests/laws) holds it against the
 * schemas of shared/reading.ts. A refusal names the place.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
}
export const refusal = (code: RefusalCode, reason: string): Refusal => ({ code, reason });

/** As JSON and short; what is nested too deep for it says so. */
function written(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? "undefined").slice(0, 200);
  } catch {
    return "nested too deep to be shown";
  }
}

type CheckValue = (value: unknown) => string | undefined;
export interface KindCheck {
  readonly metrics: ReadonlyMap<string, CheckValue>;
  /** Names for the message when a metric is unknown. */
  readonly known: string;
}

export function compileKind(service: Service, kind: string): KindCheck | undefined {
  const names = service.kinds[kind]?.metrics;
  if (names === undefined) return undefined;
  const derived = new Set(service.derived.map(({ metric }) => metric));
  const metrics = new Map<string, CheckValue>();
  for (const name of names) {
    const metric = service.metrics[name];
    if (metric === undefined) continue;
    if (metric.kind === "number") metrics.set(name, inRange(metric.min, metric.max, metric.unit));
    else if (metric.kind === "flag") metrics.set(name, (value) => (typeof value === "boolean" ? undefined : "is not true or false"));
    else if (metric.kind === "state") metrics.set(name, oneOf(metric.words));
    else metrics.set(name, isPosition);
  }
  return { metrics, known: names.filter((name) => !derived.has(name)).join(", ") };
}

const inRange =
  (min: number, max: number, unit: string): CheckValue =>
  (value) =>
    typeof value !== "number" || !Number.isFinite(value)
      ? "is not a number"
      : value < min || value > max
        ? `is ${value}, outside ${min} to ${max} ${unit}`
        : undefined;
const oneOf = (words: readonly string[]): CheckValue => {
  const known = new Set(words);
  return (value) => (typeof value === "string" && known.has(value) ? undefined : `is ${written(value)}, not one of ${words.join(", ")}`);
};
/** Where a receiver is that hears no satellite. */
const nowhere = "is 0,0, outside any city: leave it out while there is no position";
const isPosition: CheckValue = (value) =>
  Array.isArray(value) && value.length === 2 && Math.abs(Number(value[0])) <= 90 && Math.abs(Number(value[1])) <= 180 && value.every(Number.isFinite)
    ? value[0] === 0 && value[1] === 0
      ? nowhere
      : undefined
    : "is not [lat, lon] in degrees";

export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
/** Last instant of ECMAScript, 21.4.1.1: beyond it no calendar writes a time. */
const endOfTime = 8.64e15;
/** Not when a word that is not known says so. */
const isRange = (wrong: string): boolean => /^is -?[\d.e+,-]+, outside /.test(wrong);
export const isCounter = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** v, t, b, seq: what readings and events have in common. */
export function checkEnvelope(message: Fields): Refusal | undefined {
  if (message.v !== 1) return refusal("shape", `"v" must be 1, the version of the wire`);
  const { t, b, seq } = message;
  if (t !== undefined && !(isCounter(t) && t <= endOfTime))
    return refusal("time", `"t" must be epoch milliseconds UTC, a whole number; it is ${written(t)}`);
  if ((b === undefined) !== (seq === undefined)) return refusal("shape", `"b" and "seq" go together: give both or neither`);
  if (b !== undefined && !(isCounter(b) && isCounter(seq))) return refusal("shape", `"b" and "seq" must be whole numbers from 0`);
  return undefined;
}

const readingKeys = new Set(["v", "d", "t", "b", "seq", "i", "m", "q"]);
const qualityWords = new Set<unknown>(qualities.slice(1));

export function checkReading(message: Fields, check: KindCheck): Refusal | undefined {
  for (const key in message) if (!readingKeys.has(key)) return refusal("shape", `"${key}" is not part of a reading (${[...readingKeys].join(", ")})`);
  const { i, m, q } = message;
  if (i !== undefined && !(typeof i === "number" && i >= 0 && i <= 86_400)) return refusal("shape", `"i" must be the window in seconds, 0 to 86400`);
  if (!isFields(m)) return refusal("shape", `"m" must be an object of metrics`);
  let some = false;
  for (const name in m) {
    some = true;
    const checkValue = check.metrics.get(name);
    if (checkValue === undefined) return refusal("metric", `"${name}" is not a metric of this device (it has ${check.known})`);
    const wrong = checkValue(m[name]);
    if (wrong !== undefined) return refusal(isRange(wrong) ? "range" : "metric", `"${name}" ${wrong}`);
  }
  if (!some) return refusal("shape", `"m" is empty: a reading has at least one metric`);
  return q === undefined ? undefined : checkQuality(q, m);
}

function checkQuality(q: unknown, m: Fields): Refusal | undefined {
  if (!isFields(q)) return refusal("shape", `"q" must be an object of quality words`);
  for (const name in q) {
    if (!Object.hasOwn(m, name)) return refusal("shape", `"q" names "${name}", which "m" does not have`);
    if (!qualityWords.has(q[name])) return refusal("shape", `quality of "${name}" must be one of ${qualities.slice(1).join(", ")}`);
  }
  return undefined;
}

const eventKeys = new Set(["v", "d", "t", "b", "seq", "e", "x"]);
const token = /^[a-z0-9]{1,32}$/;

export function checkEvent(message: Fields, service: Service): Refusal | undefined {
  for (const key in message) if (!eventKeys.has(key)) return refusal("shape", `"${key}" is not part of an event (${[...eventKeys].join(", ")})`);
  const { e, x } = message;
  const type = typeof e === "string" && Object.hasOwn(service.events, e) ? service.events[e] : undefined;
  if (type === undefined) return refusal("event", `${written(e)} is not an event of ${service.id} (${Object.keys(service.events).join(", ")})`);
  const given = x === undefined ? {} : x;
  if (!isFields(given)) return refusal("event", `"x" must be an object`);
  for (const name in given) if (!Object.hasOwn(type.fields, name)) return refusal("event", `event "${String(e)}" has no field "${name}"`);
  for (const [name, field] of Object.entries(type.fields)) {
    const value = given[name];
    if (value === undefined) return refusal("event", `event "${String(e)}" needs the field "${name}"`);
    const wrong = wrongOfField(field, value);
    if (wrong !== undefined) return refusal(isRange(wrong) ? "range" : "event", `"${name}" ${wrong}`);
  }
  return undefined;
}

function wrongOfField(field: EventField, value: unknown): string | undefined {
  if (field.kind === "number") return inRange(field.min, field.max, field.unit)(value);
  if (field.kind === "word") return oneOf(field.words)(value);
  return typeof value === "string" && token.test(value) ? undefined : "is not a token of a-z and 0-9, at most 32 long";
}
