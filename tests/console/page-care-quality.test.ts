import { describe, expect, it } from "vitest";
import { byService, worst } from "../../console/web/views/quality/sums.ts";
import { byQuiet, quietSince, ridge, slotMs, slots } from "../../console/web/views/service/panels/care/rhythm.ts";
import type { SeriesPoint } from "../../shared/city-port.ts";
import { serviceOf } from "../../shared/services/index.ts";

const point = (t: number, count: number): SeriesPoint => ({ t, min: count, mean: count, max: count, n: 1 });

describe("the rhythm of a home", () => {
  it("puts a count into the window that ends with its reading, and leaves unheard windows open", () => {
    const day = slots([point(slotMs, 3), point(3 * slotMs, 0)], 0);
    expect(day.slice(0, 4)).toEqual([3, undefined, 0, undefined]);
  });
  it("is quiet since the end of its last window with movement", () => {
    expect(quietSince({ first: slotMs, last: 7 * slotMs })).toBe(7 * slotMs);
    expect(quietSince({ first: slotMs, last: null })).toBe(slotMs);
  });
  it("puts who is at home and quiet longest first, who is out or unheard behind, unknown homes last", () => {
    const homes = [
      { id: "d", ms: undefined, away: false, fresh: true },
      { id: "c", ms: 9, away: true, fresh: true },
      { id: "e", ms: 8, away: false, fresh: false },
      { id: "a", ms: 1, away: false, fresh: true },
      { id: "b", ms: 5, away: false, fresh: true },
    ];
    expect([...homes].sort(byQuiet).map(({ id }) => id)).toEqual(["b", "a", "e", "c", "d"]);
  });
  it("lies over the design profile of the mean home, which closes at midnight", () => {
    const figure = serviceOf("ucare")!.panel.figures.find(({ metric }) => metric === "act");
    const ground = ridge(figure, false);
    expect(ground).toHaveLength(26);
    expect(ground[0]!.count).toBe(ground.at(-1)!.count);
    expect(ridge(undefined, true)).toEqual([]);
  });
});

describe("the ledger", () => {
  const zero = { received: 0, accepted: 0, duplicate: 0, refused: 0, lost: 0, late: 0, stored: 0, pending: 0 };
  const devices = [
    { ...zero, id: "a", received: 5, lost: 2 },
    { ...zero, id: "b", received: 7, lost: 2, late: 1 },
    { ...zero, id: "c", received: 1, lost: 9 },
    { ...zero, id: "hidden", received: 100 },
  ];
  it("adds up by service, without devices that are not to be seen", () => {
    const sums = byService(devices, [
      { id: "a", service: "x" },
      { id: "b", service: "x" },
      { id: "c", service: "y" },
    ]);
    expect([...sums].map(([service, { received, lost }]) => [service, received, lost])).toEqual([
      ["x", 12, 4],
      ["y", 1, 9],
    ]);
  });
  it("names the worst device first, equal ones in the order of their ids", () => {
    expect(worst(devices, "lost").map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect(worst(devices, "refused")).toEqual([]);
  });
});
