/** Packets of MQTT 3.1.1 as bytes. Section numbers are those of the standard. */

const publish = 3;
const mostLengthBytes = 4;

/** 2.2.1 */
export const isPublish = (first: number | undefined): boolean => first !== undefined && first >> 4 === publish;

/** Bytes of the fixed header at `at` (2.2): one, and one to four of the remaining length; 0 while it is not whole. */
export function headBytes(data: Buffer, at: number): number {
  for (let n = 1; n <= mostLengthBytes; n++) {
    const byte = data[at + n];
    if (byte === undefined) return 0;
    if (byte < 128 || n === mostLengthBytes) return n + 1;
  }
  return 0;
}

/** Where the packet at `at` ends, maybe behind what is there (2.2.3); 0 while its fixed header is not whole. */
export function packetEnd(data: Buffer, at: number): number {
  const head = headBytes(data, at);
  let length = 0;
  for (let n = head - 1; n > 0; n--) length = length * 128 + ((data[at + n] ?? 0) & 127);
  return head === 0 ? 0 : at + head + length;
}

/** Where in a PUBLISH its parts lie (3.3). */
export interface Publish {
  topicEnd: number;
  /** 0 at QoS 0. */
  id: number;
  payload: number;
}

/** Of a whole PUBLISH at QoS 0 or 1 that is not to be retained, `body` being behind its fixed header; undefined: it is another one, or malformed. */
export function readPublish(data: Buffer, at: number, body: number, end: number): Publish | undefined {
  const first = data[at] ?? 0;
  const qos = (first >> 1) & 3;
  if ((first & 1) === 1 || qos > 1 || body + 2 > end) return undefined;
  const topicEnd = body + 2 + data.readUInt16BE(body);
  const payload = topicEnd + 2 * qos;
  if (payload > end) return undefined;
  const id = qos === 1 ? data.readUInt16BE(topicEnd) : 0;
  return qos === 1 && id === 0 ? undefined : { topicEnd, id, payload };
}

/** So many PUBACKs in one write (3.4). */
export function pubacks(ids: readonly number[]): Buffer {
  const frames = Buffer.allocUnsafe(ids.length * 4);
  for (let n = 0; n < ids.length; n++) frames.writeUInt32BE(0x40_02_00_00 + (ids[n] ?? 0), n * 4);
  return frames;
}
