import type { RefusalCode } from "../../shared/city-port.ts";
import type { LogRecord } from "./message-log.ts";

/**
 * A batch of records as bytes, little endian: their number (u32), then per record its time (f64), the lengths of user, topic, refusal (u16 each) and
 * payload (u32), and their bytes. A general encoding costs the hot path several times as much.
 */
const headBytes = 8 + 3 * 2 + 4;
const longest = 65_535;

const textsOf = ({ user, topic, refused }: LogRecord): readonly string[] => [
  user,
  topic,
  refused === undefined ? "" : `${refused.code} ${refused.reason.slice(0, 1000)}`,
];

export function packRecords(records: readonly LogRecord[]): Buffer {
  // UTF-8 takes at most three bytes per UTF-16 unit
  let most = 4;
  for (const record of records) {
    most += headBytes + record.payload.length;
    for (const text of textsOf(record)) most += 3 * text.length;
  }
  const batch = Buffer.allocUnsafe(most);
  batch.writeUInt32LE(records.length, 0);
  let at = 4;
  for (const record of records) {
    batch.writeDoubleLE(record.at, at);
    let field = at + 8;
    at += headBytes;
    for (const text of textsOf(record)) {
      // MQTT's own strings are no longer than this
      const bytes = Math.min(longest, batch.write(text, at, "utf8"));
      field = batch.writeUInt16LE(bytes, field);
      at += bytes;
    }
    batch.writeUInt32LE(record.payload.length, field);
    at += record.payload.copy(batch, at);
  }
  return batch.subarray(0, at);
}

export const countOf = (batch: Buffer): number => batch.readUInt32LE(0);

export function* unpackRecords(batch: Buffer): Generator<LogRecord> {
  const count = countOf(batch);
  let at = 4;
  const textOf = (bytes: number): string => {
    at += bytes;
    return batch.toString("utf8", at - bytes, at);
  };
  for (let n = 0; n < count; n++) {
    const head = at;
    at += headBytes;
    const user = textOf(batch.readUInt16LE(head + 8));
    const topic = textOf(batch.readUInt16LE(head + 10));
    const refusal = textOf(batch.readUInt16LE(head + 12));
    // a copy: the database lends its bytes until the next read
    const payload = Buffer.from(batch.subarray(at, at + batch.readUInt32LE(head + 14)));
    at += payload.length;
    const gap = refusal.indexOf(" ");
    const refused = gap < 0 ? {} : { refused: { code: refusal.slice(0, gap) as RefusalCode, reason: refusal.slice(gap + 1) } };
    yield { at: batch.readDoubleLE(head), user, topic, payload, ...refused };
  }
}
