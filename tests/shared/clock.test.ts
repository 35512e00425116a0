import { describe, expect, it } from "vitest";
import { type CityClock, clockActionSchema, clockAnswerSchema, clockAskSchema, clockSchema } from "../../shared/clock.ts";
import { clockAt, start } from "../support/ingest-world.ts";

const clock: CityClock = clockAt(start);

describe("the clock on the wire", () => {
  it.each<[string, object]>([
    ["a live city", {}],
    ["one that runs as fast as it goes", { asked: null }],
    ["a backfill with its end", { phase: "backfill", until: start + 1 }],
    ["one that has gone", { phase: "gone", rate: 0 }],
    ["one that names an image", { image: "gaon-small-calm-x1-s1" }],
  ])("is taken as %s", (_what, change) => expect(clockSchema.safeParse({ ...clock, ...change }).success).toBe(true));

  it.each<[string, object]>([
    ["without a run", { run: undefined }],
    ["with a phase that nobody knows", { phase: "paused" }],
    ["with a mark in words", { mark: "now" }],
    ["with a part of a seed", { seed: 1.5 }],
    ["with a city of no size", { scale: 0 }],
    ["with more than belongs in it", { wall: 1 }],
    ["with a rate that is no number", { rate: Number.NaN }],
  ])("is refused %s", (_what, change) => expect(clockSchema.safeParse({ ...clock, ...change }).success).toBe(false));
});

describe("what may be asked of the clock", () => {
  it.each<[object]>([
    [{ rate: 0.1 }],
    [{ rate: 3600 }],
    [{ paused: true }],
    [{ jumpTo: start }],
    [{ step: 1 }],
    [{ step: 86_400 }],
    [{ reset: {} }],
    [{ reset: { seed: 0 } }],
    [{ reset: { at: Date.UTC(2026, 6, 14, 10) } }],
    [{ reset: { seed: 0xffff_ffff } }],
  ])("is %j", (action) => {
    expect(clockActionSchema.parse(action)).toEqual(action);
  });

  it.each<[unknown]>([
    [{}],
    [{ rate: 0.09 }],
    [{ rate: 3601 }],
    [{ rate: "1" }],
    [{ rate: 1, paused: true }],
    [{ paused: 1 }],
    [{ jumpTo: start + 0.5 }],
    [{ step: 0 }],
    [{ step: 86_401 }],
    [{ reset: { seed: -1 } }],
    [{ reset: { at: 0 } }],
    [{ reset: { at: 1.5e12 + 0.5 } }],
    [{ reset: { seed: 0x1_0000_0000 } }],
    [{ reset: true }],
    [{ explode: true }],
    [null],
    ["rate"],
  ])("is not %j", (action) => expect(clockActionSchema.safeParse(action).success).toBe(false));

  it("goes with an id, and so does the answer", () => {
    expect(clockAskSchema.safeParse({ id: "1", action: { paused: true } }).success).toBe(true);
    expect(clockAskSchema.safeParse({ id: "1", action: { reset: {} }, images: ["gaon-calm-x1-s1-20260609T0000-24h"] }).success).toBe(true);
    expect(clockAskSchema.safeParse({ action: { paused: true } }).success).toBe(false);
    expect(clockAnswerSchema.safeParse({ id: "1", ok: false, reason: "no" }).success).toBe(true);
    expect(clockAnswerSchema.safeParse({ id: "1" }).success).toBe(false);
  });
});
