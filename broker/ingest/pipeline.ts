import type { LiveReading, RawMessage } from "../../shared/city-port.ts";
import { aheadToleranceMs, fieldLagMs } from "../../shared/clock.ts";
import { type Quality, qualities, type Value } from "../../shared/reading.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import type { LogRecord } from "../log/message-log.ts";
import { checkEnvelope, checkEvent, checkReading, type Fields, type Refusal, refusal } from "./check.ts";
import type { RowTarget } from "./column-builder.ts";
import { decode, deviceIdOf } from "./decode.ts";
import type { Fold } from "./fold.ts";
import { fillDerived, planOf, type RowPlan } from "./row-plan.ts";
import { note } from "./sequence.ts";
import type { Track } from "./track.ts";

export interface PipelineParts {
  readonly fold: Fold;
  readonly registry: Registry;
  /** Where the reading's row goes; undefined while the store already has it (replay after a start). */
  readonly target: (entry: Entry, late: boolean, position: number) => RowTarget | undefined;
  /** Longest time that history is kept; older readings are refused. */
  readonly retentionMs: number;
  /** Log position that the store of the entry's timeline has. */
  readonly confirmed: (entry: Entry) => number;
  readonly announce: (entry: Entry, reading: LiveReading) => void;
}

/** One message from the log, all the way: the order of the lines is the architecture. Pure but for the fold and the columns that it fills. */
export function createPipeline(parts: PipelineParts): (record: LogRecord, position: number) => RawMessage["verdict"] {
  const { fold, registry } = parts;

  function refuseMessage(record: LogRecord, why: Refusal, device: string | undefined, payload: Buffer): void {
    const entry = device === undefined ? undefined : registry.entries.get(device);
    if (entry !== undefined) {
      const track = fold.trackOf(entry);
      track.received += 1;
      track.refused += 1;
    } else {
      fold.totals.strayReceived += 1;
      fold.totals.strayRefused += 1;
    }
    fold.quarantine.add({ t: record.at, topic: record.topic, client: record.user, device: entry?.id, code: why.code, reason: why.reason, payload });
  }

  return function take(record, position) {
    const decoded = decode(record.topic, record.payload);
    if (!decoded.ok) {
      refuseMessage(record, decoded.reason, undefined, record.payload);
      return "refused";
    }
    const { topic, messages } = decoded.value;
    let accepted = 0;
    let refused = 0;
    for (const message of messages) {
      const whose = deviceIdOf(message);
      const entry = whose.ok ? registry.entries.get(whose.value.id) : undefined;
      const wrong = !whose.ok
        ? whose.reason
        : entry === undefined
          ? refusal("device", `device "${whose.value.id}" is not registered: publish its birth document to its meta topic first`)
          : (mismatch(entry, topic.service, topic.device) ?? check(parts, entry, whose.value.fields, topic.channel, record.at));
      if (wrong !== undefined || entry === undefined || !whose.ok) {
        refused += 1;
        const payload = messages.length === 1 ? record.payload : Buffer.from(JSON.stringify(message));
        refuseMessage(record, wrong ?? refusal("device", "unknown device"), entry?.id ?? (whose.ok ? whose.value.id : undefined), payload);
        continue;
      }
      if (accept(parts, entry, whose.value.fields, record, position, topic.channel === "event")) accepted += 1;
    }
    return refused === messages.length ? "refused" : refused > 0 ? "partly" : accepted > 0 ? "accepted" : "duplicate";
  };
}

/** A pack goes to the gateway's topic, a single reading to the device's own or its gateway's. */
function mismatch(entry: Entry, service: string, sender: string): Refusal | undefined {
  if (entry.service !== service) return refusal("device", `device ${entry.id} belongs to ${entry.service}, not to ${service}`);
  if (sender !== entry.id && sender !== entry.meta.gateway) return refusal("rights", `${sender} may not speak for ${entry.id}`);
  return undefined;
}

function check(parts: PipelineParts, entry: Entry, fields: Fields, channel: string, at: number): Refusal | undefined {
  return (
    checkEnvelope(fields) ??
    (channel === "event" ? checkEvent(fields, entry.contract) : checkReading(fields, entry.check)) ??
    checkTime(parts, entry, fields["t"], at)
  );
}

function checkTime({ fold, retentionMs }: PipelineParts, entry: Entry, t: unknown, at: number): Refusal | undefined {
  if (typeof t !== "number") return entry.timeline === "field" ? undefined : refusal("time", `a simulated device must say its time "t"`);
  const now = entry.timeline === "field" ? at - fieldLagMs : (fold.clock?.head ?? at);
  if (t > now + aheadToleranceMs)
    return refusal("time", `"t" is ${new Date(t).toISOString()}, more than 60 s ahead of ${new Date(now).toISOString()}`);
  if (t < now - retentionMs)
    return refusal("time", `"t" is ${new Date(t).toISOString()}, older than what is kept (${Math.round(retentionMs / 86_400_000)} days)`);
  return undefined;
}

/** Deduplicate, quality, store, latest, announce. False = it was there already. */
function accept(parts: PipelineParts, entry: Entry, fields: Fields, record: LogRecord, position: number, isEvent: boolean): boolean {
  const { fold } = parts;
  const track = fold.trackOf(entry);
  track.received += 1;
  const { b, seq } = fields;
  if (typeof b === "number" && typeof seq === "number" && !note(track.sequence, b, seq)) {
    track.duplicate += 1;
    return false;
  }
  track.accepted += 1;
  const stamped = typeof fields["t"] === "number";
  const t = stamped ? Number(fields["t"]) : record.at - fieldLagMs;
  if (isEvent) {
    const x = (fields["x"] ?? {}) as Record<string, number | string>;
    fold.chronicle.add({ t, service: entry.service, device: entry.id, what: String(fields["e"]), x, timeline: entry.timeline });
    return true;
  }
  takeReading(parts, entry, track, { t, stamped, fields, position });
  return true;
}

function takeReading(
  parts: PipelineParts,
  entry: Entry,
  track: Track,
  { t, stamped, fields, position }: { t: number; stamped: boolean; fields: Fields; position: number },
): void {
  const { fold } = parts;
  const m = fields["m"] as Record<string, Value>;
  const plan = planOf(entry);
  const late = t <= track.newest;
  if (t < track.newest) track.late += 1;
  hear(fold, entry, track, t);
  if (!late && entry.timeline === (fold.clock === undefined ? "field" : "city")) fold.figures.pass(entry, track, t);
  track.unsettled = track.lastPosition <= parts.confirmed(entry) ? 1 : track.unsettled + 1;
  track.lastPosition = position;
  const quality = packQuality(plan, fields["q"] as Record<string, Quality> | undefined, stamped ? 0 : 1, m);
  const window = typeof fields["i"] === "number" ? fields["i"] : Number.NaN;
  const lane = parts.target(entry, late, position);
  lane?.add(entry.ix, t, window, quality);
  writeValues(
    plan,
    m,
    (column, offset, value) => {
      lane?.set(column, value);
      if (!late || t === track.newest) show(fold, entry, track, offset, value, t);
    },
    entry,
  );
  if (t >= track.newest) {
    track.newest = t;
    track.quality = quality;
    track.values[0] = t;
    fold.board.set(entry.cell, t);
  }
  parts.announce(entry, { t, late: t < track.newest, m, q: (fields["q"] ?? {}) as Record<string, Quality> });
}

function show(fold: Fold, entry: Entry, track: Track, offset: number, value: number, t: number): void {
  while (track.values.length <= offset) track.values.push(Number.NaN);
  while (track.times.length <= offset) track.times.push(0);
  track.values[offset] = value;
  track.times[offset] = t;
  fold.board.set(entry.cell + offset, value);
}

/** Fires the device's own silence timer as of t, then ends the silence: the same lines at every rate. */
function hear(fold: Fold, entry: Entry, track: Track, t: number): void {
  if (t <= track.newest) return;
  const due = track.newest + entry.stale * 1000;
  if (track.newest > 0 && !track.silent && due < t) {
    fold.chronicle.add({ t: due, service: entry.service, device: entry.id, what: "silent", x: {}, timeline: entry.timeline });
    track.silent = true;
  }
  if (!track.silent) return;
  track.silent = false;
  fold.chronicle.add({ t, service: entry.service, device: entry.id, what: "back", x: {}, timeline: entry.timeline });
}

type Write = (column: number, offset: number, value: number) => void;

function writeValues(plan: RowPlan, m: Readonly<Record<string, Value>>, write: Write, entry: Entry): void {
  for (const name in m) {
    const value = m[name];
    const place = plan.metrics.get(name);
    if (place === undefined || value === undefined) continue;
    if (Array.isArray(value)) {
      write(place.column, place.offset, value[0] ?? Number.NaN);
      write(place.column + 1, place.offset + 1, value[1] ?? Number.NaN);
    } else
      write(
        place.column,
        place.offset,
        typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : (place.codes?.get(value) ?? Number.NaN),
      );
  }
  fillDerived(plan, m, entry.meta.constants ?? {}, write);
}

/** 3 bits per metric in the order of the contract; `base` = 1 marks all given metrics as estimated (no time of its own). */
function packQuality(plan: RowPlan, q: Readonly<Record<string, Quality>> | undefined, base: number, m: Readonly<Record<string, Value>>): number {
  if (q === undefined && base === 0) return 0;
  let packed = 0;
  for (const name in m) {
    const bit = plan.metrics.get(name)?.bit ?? 0;
    const word = q?.[name];
    const code = word === undefined ? base : qualities.indexOf(word);
    packed |= code << (3 * bit);
  }
  return packed;
}
