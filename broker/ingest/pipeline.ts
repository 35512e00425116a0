import type { RawMessage } from "../../shared/city-port.ts";
import { aheadToleranceMs, fieldLagMs } from "../../shared/timeline.ts";
import type { Entry } from "../devices/registry.ts";
import type { LogRecord } from "../log/message-log.ts";
import { type Admitted, admit, nowAt } from "./admit.ts";
import { type Fields, isCounter, type Refusal } from "./check.ts";
import { decode } from "./decode.ts";
import type { PipelineParts } from "./pipeline-parts.ts";
import { note } from "./sequence.ts";
import { takeReading } from "./take-reading.ts";

/** All refused parts of a pack are counted; so many of them are kept to be looked at. */
const shownParts = 20;

/** One message from the log, all the way: the order of the lines is the architecture. Pure but for the fold and the columns that it fills. */
export function createPipeline(parts: PipelineParts): (record: LogRecord, position: number, text?: string) => RawMessage["verdict"] {
  return (record, position, text) => {
    const decoded = decode(record.topic, text ?? record.payload);
    if (!decoded.ok) {
      refuse(parts, record, decoded.reason, undefined, record.payload);
      return "refused";
    }
    const { topic, messages } = decoded.value;
    const tally = { accepted: 0, refused: 0 };
    for (const message of messages) {
      const admitted = admit(parts, message, topic, record.at);
      if (admitted.ok) tally.accepted += Number(accept(parts, admitted.value, topic.channel === "event", record, position));
      else {
        tally.refused += 1;
        const shown = tally.refused > shownParts ? undefined : partOf(message, messages.length, record.payload);
        refuse(parts, record, admitted.reason, admitted.reason.device, shown);
      }
    }
    return verdictOf(tally, messages.length);
  };
}

/** A message of a pack; the whole pack when it is the only one, or nested too deep to be written down alone. */
function partOf(message: unknown, messages: number, pack: Buffer): Buffer {
  if (messages === 1) return pack;
  try {
    return Buffer.from(JSON.stringify(message));
  } catch {
    return pack;
  }
}

function verdictOf({ accepted, refused }: { accepted: number; refused: number }, messages: number): RawMessage["verdict"] {
  if (refused > 0) return refused === messages ? "refused" : "partly";
  return accepted > 0 ? "accepted" : "duplicate";
}

/** Counts it where it belongs, and keeps it with its reason. */
function refuse(
  parts: PipelineParts,
  record: LogRecord,
  why: Refusal & { fields?: Fields },
  device: string | undefined,
  payload: Buffer | undefined,
): void {
  const { fold, registry } = parts;
  // a message that does not say whose it is belongs to its sender, where that is a device
  const entry = registry.entries.get(device ?? record.user);
  if (entry !== undefined) {
    const track = fold.trackOf(entry);
    track.received += 1;
    track.refused += 1;
    // it came: whatever it said, its number is not missing
    const { b, seq } = why.fields ?? {};
    if (isCounter(b) && isCounter(seq)) note(track.sequence, b, seq);
    if (why.code === "time") noteClock(parts, record, entry, why.fields?.t);
  } else {
    fold.totals.strayReceived += 1;
    fold.totals.strayRefused += 1;
  }
  if (payload === undefined) return;
  fold.quarantine.add({ t: record.at, topic: record.topic, client: record.user, device: entry?.id, code: why.code, reason: why.reason, payload });
}

/** Refused because its clock runs ahead: that is heard, at the timeline's own time, by whoever judges clocks. */
function noteClock(parts: PipelineParts, { at }: LogRecord, entry: Entry, said: unknown): void {
  const t = nowAt(parts, entry, at);
  if (typeof said === "number" && said > t + aheadToleranceMs) parts.observe(entry, { t, device: entry.id, ahead: aheadBy(parts, entry, said, at) });
}
/** Of the instant at which it came: a real device's is the wall clock's. */
const aheadBy = ({ fold }: PipelineParts, { timeline }: Entry, t: number, at: number): number =>
  t - (timeline === "field" ? at : (fold.clock?.head ?? at));

const markOf = ({ fold }: PipelineParts, entry: Entry, { at }: LogRecord): number =>
  entry.timeline === "field" ? at - fieldLagMs : (fold.clock?.mark ?? 0);

/** Deduplicate; then an event goes to the chronicle, a reading to latest values, columns and listeners. False = it was there already. */
function accept(parts: PipelineParts, { entry, fields }: Admitted, isEvent: boolean, record: LogRecord, position: number): boolean {
  const { fold } = parts;
  const track = fold.trackOf(entry);
  track.received += 1;
  const { b, seq, t: said } = fields;
  if (typeof b === "number" && typeof seq === "number" && !note(track.sequence, b, seq)) {
    track.duplicate += 1;
    return false;
  }
  track.accepted += 1;
  const stamped = typeof said === "number";
  const t = stamped ? said : record.at - fieldLagMs;
  const ahead = aheadBy(parts, entry, t, record.at);
  if (isEvent) {
    const x = (fields.x ?? {}) as Record<string, number | string>;
    const what = String(fields.e);
    fold.chronicle.add({ t, service: entry.service, device: entry.id, what, x, timeline: entry.timeline });
    parts.observe(entry, { t, device: entry.id, e: what, x, ...(ahead > 0 ? { ahead } : {}) });
  } else takeReading(parts, entry, track, { t, mark: markOf(parts, entry, record), ahead, stamped, fields, position });
  return true;
}
