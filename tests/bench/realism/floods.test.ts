import { describe, expect, it } from "vitest";
import { floodsOf, recessions } from "./floods.ts";

/** A level every 15 min: dry, up in straight line within `rise` hours, down by half every `half` hours. */
const pulse = (rise: number, half: number, height = 100, days = 6): number[] =>
  Array.from({ length: days * 96 }, (_, k) => {
    const hours = k / 4 - 12;
    if (hours <= 0) return 50;
    return hours <= rise ? 50 + (height * hours) / rise : 50 + height * 2 ** (-(hours - rise) / half);
  });

describe("floods of a level", () => {
  it("are measured from 10 % and from half of their height, and until they are there again", () => {
    const [flood, ...others] = floodsOf(pulse(4, 6), 5);
    expect(others).toEqual([]);
    expect(flood).toEqual({ height: 100, rise: expect.closeTo(3.6, 0), halfRise: 2, halfFall: 6, fall: expect.closeTo(20, 0) });
  });
  it("are two where the water rises again before it has fallen", () => {
    const [first, second] = [pulse(4, 6), pulse(4, 6, 80)];
    const both = first.map((level, k) => level + (second[k - 48] ?? 50) - 50);
    const floods = floodsOf(both, 5);
    expect(floods).toHaveLength(2);
    expect(floods[0]).toMatchObject({ halfFall: 6, fall: Number.NaN });
  });
  it("are none below their least height, and none in noise", () => {
    expect(floodsOf(pulse(4, 6, 4), 5)).toEqual([]);
    expect(
      floodsOf(
        Array.from({ length: 960 }, (_, k) => 50 + (k % 3)),
        5,
      ),
    ).toEqual([]);
  });
  it("are found where readings are missing", () => {
    const holes = pulse(4, 6).map((level, k) => (k % 11 === 3 || (k > 66 && k < 70) ? Number.NaN : level));
    expect(floodsOf(holes, 5)).toHaveLength(1);
    expect(floodsOf(holes, 5)[0]!.halfFall).toBeCloseTo(6, 0);
  });
});

it("recession: what is left of the height after a day, on long unbroken falls only", () => {
  const falling = Array.from({ length: 48 }, (_, hour) => 20 + 100 * 0.5 ** (hour / 24));
  expect(recessions(falling, { floor: 20, noise: 0, least: 5 })).toEqual([expect.closeTo(0.5, 6)]);
  expect(recessions(falling.slice(0, 11), { floor: 20, noise: 0, least: 5 })).toEqual([]);
  const broken = falling.map((level, hour) => (hour % 10 === 9 ? level + 30 : level));
  expect(recessions(broken, { floor: 20, noise: 0, least: 5 })).toEqual([]);
});
