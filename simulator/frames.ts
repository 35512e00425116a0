/** MQTT 3.1.1 frames of the hot path, written and read by hand: a gateway sends PUBLISH at QoS 1 and hears PUBACK. Section numbers: OASIS MQTT 3.1.1. */

/** PUBLISH at QoS 1 (3.3). The packet id is written when the frame is sent: see `stamp`. */
export function publishFrame(topic: Buffer, payload: string, retain: boolean): Buffer {
  const size = Buffer.byteLength(payload);
  const rest = 2 + topic.length + 2 + size;
  const lengthBytes = rest < 128 ? 1 : rest < 16_384 ? 2 : rest < 2_097_152 ? 3 : 4;
  const frame = Buffer.allocUnsafe(1 + lengthBytes + rest);
  frame[0] = retain ? 0x33 : 0x32;
  let at = 1;
  for (let left = rest; ; ) {
    const low = left & 0x7f;
    left >>>= 7;
    frame[at++] = left > 0 ? low | 0x80 : low;
    if (left === 0) break;
  }
  frame[at++] = topic.length >>> 8;
  frame[at++] = topic.length & 0xff;
  at += topic.copy(frame, at);
  at += 2;
  frame.write(payload, at, "utf8");
  return frame;
}

/** Where the packet id stands in a PUBLISH with this topic. */
export const idOffset = (frame: Buffer, topic: Buffer): number => {
  let at = 1;
  while (((frame[at] ?? 0) & 0x80) !== 0) at += 1;
  return at + 1 + 2 + topic.length;
};
export function stamp(frame: Buffer, offset: number, id: number): void {
  frame[offset] = id >>> 8;
  frame[offset + 1] = id & 0xff;
}
/** A retransmission says so (3.3.1.1). */
export function markDuplicate(frame: Buffer): void {
  frame[0] = (frame[0] ?? 0) | 0x08;
}

export const pingFrame = Buffer.from([0xc0, 0x00]);
export const disconnectFrame = Buffer.from([0xe0, 0x00]);

/** What a gateway can hear; anything else is read over. */
export interface Heard {
  connack(code: number): void;
  puback(id: number): void;
}

/** Reads a stream of frames in whatever pieces it comes. */
export function createFrameReader(heard: Heard): (chunk: Buffer) => void {
  let rest: Buffer | undefined;
  return (chunk) => {
    const data = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (at + 2 <= data.length) {
      let body = at + 1;
      let length = 0;
      let shift = 0;
      while (body < data.length && ((data[body] ?? 0) & 0x80) !== 0 && shift < 21) {
        length |= ((data[body++] ?? 0) & 0x7f) << shift;
        shift += 7;
      }
      if (body >= data.length) break;
      length |= (data[body++] ?? 0) << shift;
      if (body + length > data.length) break;
      const type = (data[at] ?? 0) >>> 4;
      if (type === 4) heard.puback(((data[body] ?? 0) << 8) | (data[body + 1] ?? 0));
      else if (type === 2) heard.connack(data[body + 1] ?? 255);
      at = body + length;
    }
    rest = at < data.length ? data.subarray(at) : undefined;
  };
}
