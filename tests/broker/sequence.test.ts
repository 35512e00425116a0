import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lostOf, newSequence, note } from "../../broker/ingest/sequence.ts";

type Heard = readonly [boot: number, seq: number];
const accepted = (heard: readonly Heard[], sequence = newSequence()): Heard[] => heard.filter(([boot, seq]) => note(sequence, boot, seq));
const key = ([boot, seq]: Heard): string => `${boot}/${seq}`;
/** A shuffle with every message up to three times. */
const shuffled = (all: readonly Heard[]): fc.Arbitrary<Heard[]> =>
  fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: all.length, maxLength: all.length })
    .chain((times) =>
      fc.shuffledSubarray(
        all.flatMap((one, at) => new Array<Heard>(times[at] ?? 1).fill(one)),
        { minLength: all.length },
      ),
    )
    .map((some) => [...some, ...all]);
const numbers = (boot: number, count: number, from = 0): Heard[] => Array.from({ length: count }, (_, n) => [boot, from + n] as const);
const permutation = (all: readonly Heard[]): fc.Arbitrary<Heard[]> => fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });

describe("sequence of one boot", () => {
  it("takes each number once, in order", () => {
    expect(accepted([...numbers(1, 5), ...numbers(1, 5)])).toEqual(numbers(1, 5));
  });

  it("takes what comes out of order into its hole, once", () => {
    const sequence = newSequence();
    accepted(
      [
        [1, 0],
        [1, 5],
      ],
      sequence,
    );
    expect(lostOf(sequence)).toBe(4);
    expect(
      accepted(
        [
          [1, 3],
          [1, 3],
          [1, 1],
          [1, 4],
          [1, 2],
          [1, 2],
        ],
        sequence,
      ),
    ).toEqual([
      [1, 3],
      [1, 1],
      [1, 4],
      [1, 2],
    ]);
    expect(lostOf(sequence)).toBe(0);
  });

  it("begins to count at the first number heard: what came before us is nobody's loss", () => {
    const sequence = newSequence();
    accepted(numbers(1, 3, 500), sequence);
    expect(lostOf(sequence)).toBe(0);
  });

  it("counts a hole as lost until it closes, and for good when there are too many", () => {
    const sequence = newSequence();
    for (let n = 0; n < 200; n += 2) note(sequence, 1, n);
    expect(lostOf(sequence)).toBe(99);
    expect(sequence.holes.length).toBeLessThanOrEqual(64);
    expect(note(sequence, 1, 197)).toBe(true);
    expect(lostOf(sequence)).toBe(98);
    expect(note(sequence, 1, 1), "a hole that was given up stays closed").toBe(false);
    expect(lostOf(sequence)).toBe(98);
  });

  it("accepts each exactly once in any order with any repetitions after its first, and counts the holes", () => {
    const subset = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(
        subset.chain((set) => shuffled(set.map((n) => [3, n] as const))),
        (heard) => {
          const sequence = newSequence();
          note(sequence, 3, 0);
          const taken = accepted(heard, sequence);
          expect(taken.map(key).sort()).toEqual([...new Set(heard.map(key))].sort());
          const highest = Math.max(0, ...heard.map(([, seq]) => seq));
          expect(lostOf(sequence)).toBe(highest - taken.length);
        },
      ),
    );
  });
});

describe("sequence over boots", () => {
  it("counts anew after a boot, and still takes what the boot before has on its way", () => {
    const sequence = newSequence();
    expect(
      accepted(
        [
          [1, 0],
          [1, 1],
          [1, 4],
          [2, 0],
          [2, 1],
          [1, 2],
          [1, 1],
          [1, 5],
          [2, 1],
        ],
        sequence,
      ),
    ).toEqual([
      [1, 0],
      [1, 1],
      [1, 4],
      [2, 0],
      [2, 1],
      [1, 2],
      [1, 5],
    ]);
    expect(lostOf(sequence), "number 3 of the first boot").toBe(1);
  });

  it("takes boots before the last two for repetitions, and keeps counting what they lost", () => {
    const sequence = newSequence();
    accepted(
      [
        [1, 0],
        [1, 2],
        [2, 0],
        [3, 0],
      ],
      sequence,
    );
    expect(note(sequence, 1, 3)).toBe(false);
    expect(lostOf(sequence), "number 1 of boot 1 never came").toBe(1);
  });

  it("accepts each exactly once in any order over two boots, once both have begun", () => {
    const rest = [...numbers(1, 12, 1), ...numbers(2, 12, 1)];
    fc.assert(
      fc.property(shuffled(rest), (heard) => {
        const sequence = newSequence();
        const taken = accepted([[1, 0], [2, 0], ...heard], sequence);
        expect(taken.map(key).sort()).toEqual([[1, 0] as const, [2, 0] as const, ...rest].map(key).sort());
        expect(lostOf(sequence)).toBe(0);
      }),
    );
  });

  it("accepts each exactly once in any order over two boots, also when a later one is heard first", () => {
    const all = [...numbers(1, 8), ...numbers(2, 8)];
    fc.assert(
      fc.property(permutation(all), (heard) => {
        expect(
          accepted([...heard, ...heard])
            .map(key)
            .sort(),
        ).toEqual(all.map(key).sort());
      }),
    );
  });

  it("is plain data: a copy through JSON goes on as the original", () => {
    fc.assert(
      fc.property(shuffled([...numbers(1, 10), ...numbers(2, 10)]), fc.nat(20), (heard, cut) => {
        const [whole, first] = [newSequence(), newSequence()];
        accepted(heard, whole);
        accepted(heard.slice(0, cut), first);
        const second = JSON.parse(JSON.stringify(first)) as typeof first;
        accepted(heard.slice(cut), second);
        expect(JSON.parse(JSON.stringify(second))).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
    );
  });
});
