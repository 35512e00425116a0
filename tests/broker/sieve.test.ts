import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameLimit, type ShortWay, Sieve } from "../../broker/mqtt/sieve.ts";
import { packet } from "../support/mqtt-packet.ts";

/** What is left of the chunks for aedes, up to a packet that is too large. */
function through(chunks: readonly Buffer[], shortWay?: ShortWay, out: Buffer[] = []) {
  const refused: number[] = [];
  const sieve = new Sieve();
  sieve.shortWay = shortWay;
  for (const chunk of chunks) {
    const rest = sieve.sift(chunk);
    if (typeof rest === "number") refused.push(rest);
    else if (rest !== undefined) out.push(rest);
    if (refused.length > 0) break;
  }
  return { refused, out: Buffer.concat(out) };
}
const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((from, at) => bytes.subarray(from, ends[at] ?? bytes.length)).filter(({ length }) => length > 0);
};
const cuts = fc.array(fc.nat(3_000_000), { maxLength: 12 });
const small = fc.array(fc.oneof(fc.nat(300), fc.constantFrom(0, 1, 127, 128, 129, 16_383, 16_384)), { maxLength: 5 });

describe("the sieve", () => {
  it("gives every byte of honest packets on, wherever they are cut", () => {
    fc.assert(
      fc.property(small, cuts, (lengths, places) => {
        const bytes = Buffer.concat(lengths.map((length) => packet(length)));
        const { refused, out } = through(cutAt(bytes, places));
        expect(refused).toEqual([]);
        expect(out.equals(bytes)).toBe(true);
      }),
    );
  });

  it("stops at the header of a packet that is too large, wherever it is cut, before its body is there", () => {
    fc.assert(
      fc.property(small, fc.integer({ min: frameLimit + 1, max: 268_435_455 }), cuts, (before, length, places) => {
        const bytes = Buffer.concat([...before.map((one) => packet(one)), packet(length, 50)]);
        const { refused, out } = through(cutAt(bytes, places));
        expect(refused).toEqual([length]);
        expect(out.length).toBeLessThanOrEqual(bytes.length - 50);
      }),
    );
  });

  it("takes a packet of exactly the limit, and none that is one byte more", () => {
    expect(through([packet(frameLimit)])).toMatchObject({ refused: [] });
    expect(through([packet(frameLimit + 1, 0)])).toMatchObject({ refused: [frameLimit + 1] });
  });

  it("is not led astray by bodies that look like headers", () => {
    const tricky = Buffer.concat([packet(9, 0), Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f]), packet(2)]);
    for (let place = 0; place <= tricky.length; place++) expect(through(cutAt(tricky, [place]))).toMatchObject({ refused: [] });
  });

  it("reads a length of at most four bytes: what follows belongs to the body", () => {
    expect(through([Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x7f])])).toMatchObject({ refused: [268_435_455] });
  });

  it("lets PUBLISH go the short way, and keeps the order of all bytes, wherever they are cut", () => {
    const kinds = fc.array(fc.constantFrom(0x30, 0x32, 0x31, 0x82, 0xc0), { maxLength: 12 });
    fc.assert(
      fc.property(kinds, cuts, (heads, places) => {
        // bodies that look like packets
        const whole = heads.map((head, n) =>
          Buffer.concat([Buffer.from([head]), packet(n + 1, 0).subarray(1), Buffer.alloc(n + 1, Buffer.from([0x30, 0]))]),
        );
        const bytes = Buffer.concat(whole);
        const said: Buffer[] = [];
        const taken: number[] = [];
        const shortWay: ShortWay = {
          full: () => false,
          onRoom: () => undefined,
          take(data, at, _body, end) {
            // what is to be retained goes the long way
            if (data[at] === 0x31) return false;
            taken.push(end - at);
            return said.push(data.subarray(at, end)) > 0;
          },
        };
        const { refused } = through(cutAt(bytes, places), shortWay, said);
        expect(refused).toEqual([]);
        expect(Buffer.concat(said).equals(bytes)).toBe(true);
        const plain = whole.filter(([head]) => head === 0x30 || head === 0x32).map(({ length }) => length);
        if (plain.length === heads.length) expect(taken).toEqual(plain);
        else expect(plain).toEqual(expect.arrayContaining(taken));
      }),
    );
  });
});
