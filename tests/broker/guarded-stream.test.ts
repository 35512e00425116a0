import { Duplex } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameLimit, guardedStream, type ShortWay } from "../../broker/mqtt/guarded-stream.ts";

/** A packet of MQTT: fixed header, remaining length in its shortest form, body. */
function packet(length: number, body = length): Buffer {
  const header = [0x30];
  let rest = length;
  do {
    header.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(body, 0xff)]);
}

/** Feeds the chunks one after the other as a socket would, and reads as aedes does: all that is there at once. */
function through(chunks: readonly Buffer[], shortWay?: ShortWay, out: Buffer[] = []) {
  const refused: number[] = [];
  const source = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const stream = guardedStream(source, { heard: none, shortWay: () => shortWay, tooLarge: (bytes) => void refused.push(bytes) });
  stream.on("error", () => undefined);
  for (const chunk of chunks) {
    if (stream.destroyed) break;
    stream.push(chunk);
    const read: unknown = stream.read();
    if (Buffer.isBuffer(read)) out.push(read);
  }
  return { refused, out: Buffer.concat(out), destroyed: stream.destroyed };
}
const none = (): void => undefined;
const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((from, at) => bytes.subarray(from, ends[at] ?? bytes.length)).filter(({ length }) => length > 0);
};
const cuts = fc.array(fc.nat(3_000_000), { maxLength: 12 });
const small = fc.array(fc.oneof(fc.nat(300), fc.constantFrom(0, 1, 127, 128, 129, 16_383, 16_384)), { maxLength: 5 });

describe("guarded stream", () => {
  it("gives every byte of honest packets on, wherever they are cut", () => {
    fc.assert(
      fc.property(small, cuts, (lengths, places) => {
        const bytes = Buffer.concat(lengths.map((length) => packet(length)));
        const { refused, out, destroyed } = through(cutAt(bytes, places));
        expect([refused, destroyed]).toEqual([[], false]);
        expect(out.equals(bytes)).toBe(true);
      }),
    );
  });

  it("ends the connection at the header of a packet that is too large, wherever it is cut, before its body is there", () => {
    fc.assert(
      fc.property(small, fc.integer({ min: frameLimit + 1, max: 268_435_455 }), cuts, (before, length, places) => {
        const bytes = Buffer.concat([...before.map((one) => packet(one)), packet(length, 50)]);
        const { refused, destroyed, out } = through(cutAt(bytes, places));
        expect(refused).toEqual([length]);
        expect(destroyed).toBe(true);
        expect(out.length).toBeLessThanOrEqual(bytes.length - 50);
      }),
    );
  });

  it("takes a packet of exactly the limit, and none that is one byte more", () => {
    expect(through([packet(frameLimit)])).toMatchObject({ refused: [], destroyed: false });
    expect(through([packet(frameLimit + 1, 0)])).toMatchObject({ refused: [frameLimit + 1], destroyed: true });
  });

  it("is not led astray by bodies that look like headers", () => {
    const tricky = Buffer.concat([packet(9, 0), Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f]), packet(2)]);
    for (let place = 0; place <= tricky.length; place++) expect(through(cutAt(tricky, [place]))).toMatchObject({ refused: [], destroyed: false });
  });

  it("reads a length of at most four bytes: what follows belongs to the body", () => {
    expect(through([Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x7f])])).toMatchObject({ destroyed: true });
  });

  it("gives all that waits in one read", () => {
    const source = new Duplex({ read: () => undefined });
    const stream = guardedStream(source, { heard: none, shortWay: () => undefined, tooLarge: none });
    for (const length of [3, 4, 5]) stream.push(packet(length));
    expect(stream.read()).toEqual(Buffer.concat([3, 4, 5].map((length) => packet(length))));
    expect(stream.read()).toBeNull();
  });

  it("lets PUBLISH go the short way, and keeps the order of all bytes, wherever they are cut", () => {
    const kinds = fc.array(fc.constantFrom(0x30, 0x32, 0x31, 0x82, 0xc0), { maxLength: 12 });
    fc.assert(
      fc.property(kinds, cuts, (heads, places) => {
        const bytes = Buffer.concat(heads.map((head, n) => Buffer.concat([Buffer.from([head]), packet(n + 1).subarray(1)])));
        const said: Buffer[] = [];
        let short = 0;
        const shortWay: ShortWay = {
          full: () => false,
          take(data, at, _body, end) {
            // what is to be retained goes the long way
            if (data[at] === 0x31) return false;
            short += 1;
            return said.push(data.subarray(at, end)) > 0;
          },
        };
        const { refused } = through(cutAt(bytes, places), shortWay, said);
        expect(refused).toEqual([]);
        expect(Buffer.concat(said).equals(bytes)).toBe(true);
        const plain = heads.filter((head) => head === 0x30 || head === 0x32);
        if (plain.length === heads.length) expect(short).toBe(heads.length);
      }),
    );
  });

  it("leaves in the socket what comes while too much is on its way", () => {
    const source = new Duplex({ read: () => undefined });
    let isFull = true;
    const taken: number[] = [];
    const shortWay: ShortWay = { full: () => isFull, take: (_data, at, _body, end) => taken.push(end - at) > 0 };
    const stream = guardedStream(source, { heard: none, shortWay: () => shortWay, tooLarge: none });
    stream.push(packet(5));
    expect([stream.read(), taken, stream.readableLength]).toEqual([null, [], 7]);
    isFull = false;
    expect([stream.read(), taken, stream.readableLength]).toEqual([null, [7], 0]);
  });
});
