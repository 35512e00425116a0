import { headBytes, isPublish, packetEnd } from "./frames.ts";

/** Larger packets end the connection: no honest pack comes near it. */
export const frameLimit = 256 * 1024;
/** A packet that has not come whole waits for the rest, and is put together anew with each piece of it: a larger one goes the long way at once. */
const waitLimit = 16 * 1024;

/** The way of nearly all packets: PUBLISH of a gateway, taken here; aedes never sees them. */
export interface ShortWay {
  /** A whole PUBLISH: its first byte at `at`, behind its fixed header `body`, up to `end`. False: it goes the long way, through aedes. */
  take(data: Buffer, at: number, body: number, end: number): boolean;
  /** So much is on its way that what comes has to wait in the socket, until `onRoom` is called. */
  full(): boolean;
  onRoom(listener: () => void): void;
}

/**
 * Follows MQTT's fixed headers through a byte stream (MQTT 3.1.1, 2.2). Order is kept: within what was read at once, everything behind a packet of the long
 * way goes it as well, and aedes has handed that on before it reads again. Only what is not whole waits.
 */
export class Sieve {
  /** Undefined: everything goes the long way. */
  shortWay: ShortWay | undefined;
  #waiting: Buffer | undefined;
  /** Bytes of a packet whose beginning aedes has. */
  #begun = 0;

  /** What aedes is to read; the length of a packet that is too large. */
  sift(fresh: Buffer): Buffer | undefined | number {
    const data = this.#waiting === undefined ? fresh : Buffer.concat([this.#waiting, fresh]);
    this.#waiting = undefined;
    const tooLarge = largest(data, this.#begun);
    if (tooLarge > frameLimit) return tooLarge;
    const rest = Math.min(this.#begun, data.length);
    this.#begun -= rest;
    const from = rest === 0 && this.shortWay !== undefined ? takeShort(this.shortWay, data) : 0;
    const to = this.#longWay(data, Math.max(rest, from));
    if (to < data.length) this.#waiting = data.subarray(to);
    return to > from ? data.subarray(from, to) : undefined;
  }

  /** Up to where aedes is to read. */
  #longWay(data: Buffer, from: number): number {
    let at = from;
    for (let end = packetEnd(data, at); end !== 0; end = packetEnd(data, at)) {
      if (end <= data.length) at = end;
      else if (this.shortWay !== undefined && end - at <= waitLimit && isPublish(data[at])) return at;
      else {
        this.#begun = end - data.length;
        return data.length;
      }
    }
    return at;
  }
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
