import type { Duplex } from "node:stream";

/** Larger packets end the connection: no honest pack comes near it. */
export const frameLimit = 256 * 1024;

/**
 * Makes a socket safe for aedes: `read()` gives everything that is there (since Node 26 it gives one chunk at a time, nodejs/node#60441, while
 * aedes reads once per event), and a packet that announces more than `frameLimit` is never buffered.
 */
export function guardedStream<S extends Duplex>(stream: S, tooLarge: (bytes: number) => void): S {
  const read = stream.read.bind(stream);
  const frames = frameCounter();
  stream.read = (size?: number): unknown => {
    if (size !== undefined && size !== null) return read(size);
    const chunks: Buffer[] = [];
    for (let chunk: unknown = read(); chunk !== null; chunk = read()) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const whole = chunks.length === 1 ? chunks[0] : chunks.length === 0 ? null : Buffer.concat(chunks);
    if (whole) {
      const size_ = frames(whole);
      if (size_ > frameLimit) {
        tooLarge(size_);
        stream.destroy();
        return null;
      }
    }
    return whole ?? null;
  };
  return stream;
}

/** Follows MQTT's fixed headers through a byte stream (MQTT 3.1.1, 2.2.3); answers the largest remaining length that was announced. */
function frameCounter(): (bytes: Buffer) => number {
  let skip = 0;
  let length = 0;
  let shift = 0;
  let inLength = false;
  return (bytes) => {
    let largest = 0;
    for (let at = 0; at < bytes.length; ) {
      if (skip > 0) {
        const step = Math.min(skip, bytes.length - at);
        skip -= step;
        at += step;
      } else if (!inLength) {
        inLength = true;
        length = 0;
        shift = 0;
        at += 1;
      } else {
        const byte = bytes[at] ?? 0;
        length += (byte & 127) * 2 ** shift;
        shift += 7;
        at += 1;
        if (byte < 128 || shift > 21) {
          inLength = false;
          skip = length;
          largest = Math.max(largest, length);
        }
      }
    }
    return largest;
  };
}
