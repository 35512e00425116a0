import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBoard } from "../../broker/ingest/board.ts";

const everything = () => true;

describe("board", () => {
  it("knows nothing of a cell that was never set", () => {
    const board = createBoard();
    expect([board.get(0), board.get(5000), board.version()]).toEqual([Number.NaN, Number.NaN, 0]);
    expect(board.changedAfter(-1, everything)).toEqual({ i: [], v: [] });
  });

  it("gives each change a version of its own, and none to what stays", () => {
    const board = createBoard();
    board.set(3, 1);
    board.set(4, 2);
    board.set(3, 1);
    expect(board.version()).toBe(2);
    expect(board.changedAfter(1, everything)).toEqual({ i: [4], v: [2] });
    expect(board.changedAfter(2, everything)).toEqual({ i: [], v: [] });
  });

  it("says what has gone as null, but only to those who saw it", () => {
    const board = createBoard();
    board.set(1, 7);
    const seen = board.version();
    board.set(1, Number.NaN);
    expect(board.changedAfter(seen, everything)).toEqual({ i: [1], v: [null] });
    expect(board.changedAfter(-1, everything)).toEqual({ i: [], v: [] });
  });

  it("tells after a clear that every cell has gone", () => {
    const board = createBoard();
    for (const cell of [0, 2, 3000]) board.set(cell, cell);
    const seen = board.version();
    board.clear();
    expect(board.changedAfter(-1, everything)).toEqual({ i: [], v: [] });
    const { i, v } = board.changedAfter(seen, everything);
    expect([0, 2, 3000].every((cell) => i.includes(cell) && v[i.indexOf(cell)] === null)).toBe(true);
  });

  it("asks for each changed cell whether it is wanted", () => {
    const board = createBoard();
    for (let cell = 0; cell < 10; cell++) board.set(cell, cell);
    expect(board.changedAfter(0, (cell) => cell % 4 === 0)).toEqual({ i: [0, 4, 8], v: [0, 4, 8] });
  });

  it("tells every reader exactly what changed since it last looked, however the looks fall", () => {
    const act = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({ cell: fc.oneof(fc.nat(20), fc.nat(4000)), value: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN)) }),
      },
      { weight: 4, arbitrary: fc.constant("look" as const) },
      { weight: 1, arbitrary: fc.constant("clear" as const) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const board = createBoard();
        const mine = new Map<number, number | null>();
        const real = new Map<number, number>();
        let seen = -1;
        const look = () => {
          const { i, v } = board.changedAfter(seen, everything);
          seen = board.version();
          expect([...i]).toEqual([...new Set(i)].sort((a, b) => a - b));
          for (const [at, cell] of i.entries()) mine.set(cell, v[at] ?? null);
          const held = [...mine].filter(([, value]) => value !== null).sort(([a], [b]) => a - b);
          expect(held).toEqual([...real].filter(([, value]) => !Number.isNaN(value)).sort(([a], [b]) => a - b));
        };
        for (const one of [...acts, "look" as const]) {
          if (one === "look") look();
          else if (one === "clear") {
            board.clear();
            real.clear();
          } else {
            board.set(one.cell, one.value);
            real.set(one.cell, one.value);
            expect(board.get(one.cell)).toBe(one.value);
          }
        }
      }),
    );
  });
});
