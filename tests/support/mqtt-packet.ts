/** A packet of MQTT: fixed header, remaining length in its shortest form, body. */
export function packet(length: number, body = length): Buffer {
  const header = [0x30];
  let rest = length;
  do {
    header.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(body, 0xff)]);
}
