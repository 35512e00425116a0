import { generate } from "mqtt-packet";
import type { Account } from "./account.ts";
import type { Retained } from "./devices/birth.ts";

/** MQTT 3.1.1 frames of the hot path, written and read by hand: a gateway sends PUBLISH at QoS 1 and hears PUBACK; now and then it is told something. Section numbers: OASIS MQTT 3.1.1. */

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

/** PUBACK (3.4). */
export const pubackFrame = (id: number): Buffer => Buffer.from([0x40, 2, id >>> 8, id & 0xff]);
export const pingFrame = Buffer.from([0xc0, 0x00]);
export const disconnectFrame = Buffer.from([0xe0, 0x00]);

/** What a gateway can hear; anything else is read over. */
export interface Heard {
  connack(code: number): void;
  puback(id: number): void;
  /** Of topics that it asked for, the number that it may not hear (3.9.3). */
  suback(refused: number): void;
  /** `id` 0: at QoS 0, which nobody acknowledges. */
  publish(topic: string, payload: Buffer, id: number): void;
}

/** Bytes of the frame that begins at `at`: header and body; undefined when its length (2.2.3) is not whole yet. */
function frameSize(data: Buffer, at: number): { readonly header: number; readonly body: number } | undefined {
  let body = 0;
  for (let n = 0; n < 4; n++) {
    const byte = data[at + 1 + n];
    if (byte === undefined) return undefined;
    body |= (byte & 0x7f) << (7 * n);
    if (byte < 0x80) return { header: 2 + n, body };
  }
  throw new Error("the broker sent a frame without an end to its length");
}

/** What is no PUBACK. What a gateway has no use for is read over. */
function readOther(header: number, body: Buffer, heard: Heard): void {
  const type = header >>> 4;
  if (type === 3) publication(body, header & 0x06, heard);
  else if (type === 9) heard.suback(body.subarray(2).filter((code) => code >= 0x80).length);
  else if (type === 2) heard.connack(body[1] ?? 255);
}

/** Reads a stream of frames in whatever pieces it comes. @throws Error when it is not MQTT. */
export function createFrameReader(heard: Heard): (chunk: Buffer) => void {
  let rest: Buffer | undefined;
  return (chunk) => {
    const data = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (;;) {
      const size = frameSize(data, at);
      if (size === undefined || at + size.header + size.body > data.length) break;
      const body = at + size.header;
      const header = data[at] ?? 0;
      if (header >>> 4 === 4) heard.puback(data.readUInt16BE(body));
      else readOther(header, data.subarray(body, body + size.body), heard);
      at = body + size.body;
    }
    rest = at < data.length ? data.subarray(at) : undefined;
  };
}

/** PUBLISH as it comes (3.3.2): topic, packet id unless it is of QoS 0, payload. */
function publication(body: Buffer, qos: number, heard: Heard): void {
  const end = 2 + body.readUInt16BE(0);
  const from = qos === 0 ? end : end + 2;
  // the bytes are the socket's: whoever keeps them needs his own
  heard.publish(body.toString("utf8", 2, end), Buffer.from(body.subarray(from)), qos === 0 ? 0 : body.readUInt16BE(end));
}

interface Introduction {
  readonly id: string;
  readonly account: Account;
  readonly will: Retained;
  readonly keepAliveSeconds: number;
}
/** CONNECT (3.1) with a clean session and the last will. */
export const connectFrame = ({ id, account, will, keepAliveSeconds }: Introduction): Buffer =>
  generate({
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: true,
    clientId: id,
    keepalive: keepAliveSeconds,
    username: account.username,
    password: Buffer.from(account.password),
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
  });
