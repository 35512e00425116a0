import type { Duplex } from "node:stream";
import { headBytes, isPublish, packetEnd } from "./frames.ts";

/** Larger packets end the connection: no honest pack comes near it. */
export const frameLimit = 256 * 1024;
/** A packet that has not come whole waits for the rest, and is put together anew with each piece of it: a larger one goes the long way at once. */
const waitLimit = 16 * 1024;

/** The way of nearly all packets: PUBLISH of a gateway, taken here; aedes never sees them. */
export interface ShortWay {
  /** A whole PUBLISH: its first byte at `at`, behind its fixed header `body`, up to `end`. False: it goes the long way, through aedes. */
  take(data: Buffer, at: number, body: number, end: number): boolean;
  /** So much is on its way that what comes stays in the socket, until the stream emits "readable". */
  full(): boolean;
}
export interface Guard {
  /** Something came. */
  heard(): void;
  /** A packet announces more than is taken: its connection ends. */
  tooLarge(bytes: number): void;
  /** Undefined: everything goes the long way. */
  shortWay(): ShortWay | undefined;
}

/**
 * Makes a socket safe for aedes: `read()` gives everything that is there (since Node 26 it gives one chunk at a time, nodejs/node#60441, while
 * aedes reads once per event), and a packet that announces more than `frameLimit` is never buffered. What may go the short way is taken out of what it reads.
 */
export function guardedStream<S extends Duplex>(stream: S, guard: Guard): S {
  const read = stream.read.bind(stream);
  const sift = createSieve(guard);
  stream.read = (size?: number): unknown => {
    if (size !== undefined && size !== null) return read(size);
    if (guard.shortWay()?.full()) return null;
    const chunks: Buffer[] = [];
    for (let chunk: unknown = read(); chunk !== null; chunk = read()) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const whole = chunks.length === 1 ? chunks[0] : chunks.length === 0 ? undefined : Buffer.concat(chunks);
    if (whole === undefined) return null;
    guard.heard();
    const rest = sift(whole);
    if (typeof rest !== "number") return rest;
    guard.tooLarge(rest);
    stream.destroy();
    return null;
  };
  return stream;
}

/**
 * Follows MQTT's fixed headers through a byte stream (MQTT 3.1.1, 2.2). Order is kept: within what was read at once, everything behind a packet of the long
 * way goes it as well, and aedes has handed that on before it reads again. Only what is not whole waits.
 * @returns what aedes is to read; the length of a packet that is too large.
 */
function createSieve({ shortWay }: Guard): (fresh: Buffer) => Buffer | null | number {
  let waiting: Buffer | undefined;
  /** Bytes of a packet whose beginning aedes has. */
  let begun = 0;
  /** Up to where aedes is to read. */
  function longWay(data: Buffer, from: number, canWait: boolean): number {
    let at = from;
    for (let end = packetEnd(data, at); end !== 0; end = packetEnd(data, at)) {
      if (end <= data.length) at = end;
      else if (canWait && end - at <= waitLimit && isPublish(data[at])) return at;
      else {
        begun = end - data.length;
        return data.length;
      }
    }
    return at;
  }
  return (fresh) => {
    const data = waiting === undefined ? fresh : Buffer.concat([waiting, fresh]);
    waiting = undefined;
    const tooLarge = largest(data, begun);
    if (tooLarge > frameLimit) return tooLarge;
    const rest = Math.min(begun, data.length);
    begun -= rest;
    const short = shortWay();
    const from = rest === 0 && short !== undefined ? takeShort(short, data) : 0;
    const to = longWay(data, Math.max(rest, from), short !== undefined);
    if (to < data.length) waiting = data.subarray(to);
    return to > from ? data.subarray(from, to) : null;
  };
}

/** Up to the first packet that is not whole, or not for the short way. */
function takeShort(short: ShortWay, data: Buffer): number {
  let at = 0;
  for (let end = packetEnd(data, at); end !== 0 && end <= data.length && isPublish(data[at]); end = packetEnd(data, at)) {
    if (!short.take(data, at, at + headBytes(data, at), end)) break;
    at = end;
  }
  return at;
}

/** The largest remaining length that is announced behind `from`. */
function largest(data: Buffer, from: number): number {
  let most = 0;
  for (let at = from, end = packetEnd(data, at); end !== 0; at = end, end = packetEnd(data, at))
    most = Math.max(most, end - at - headBytes(data, at));
  return most;
}
