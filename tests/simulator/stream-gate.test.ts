import { describe, expect, it } from "vitest";
import { readFloat } from "../../simulator/services/stream/float-switch.ts";
import { advanceGate, type Gate } from "../../simulator/services/stream/gate.ts";
import { passers } from "../../simulator/services/stream/path.ts";
import { hour, minute, monday, weatherAt } from "../support/service-world.ts";

describe("a gate", () => {
  const open: Gate = { word: "open", since: 0, wanted: "open", moved: 0, travel: 27, mended: 0 };
  const calm = { seconds: 5, blocked: false, breaks: 0 };
  const later = (gate: Gate, seconds: number, change: Partial<typeof calm> = {}): Gate => {
    let now = gate;
    for (let s = 5; s <= seconds; s += 5) now = advanceGate(now, { ...calm, ...change, t: s * 1000 });
    return now;
  };
  it("does nothing unless something is wanted, and then takes its time, to the second", () => {
    expect(later(open, 60)).toBe(open);
    expect(later({ ...open, wanted: "closed" }, 5)).toMatchObject({ word: "closing", since: 5000 });
    expect(later({ ...open, wanted: "closed" }, 30).word).toBe("closing");
    const closed = later({ ...open, wanted: "closed" }, 35);
    expect(closed).toMatchObject({ word: "closed", since: 32_000, moved: 27 });
    expect(later({ ...closed, wanted: "open" }, 35)).toMatchObject({ word: "open", since: 32_000, moved: 0 });
  });
  it("holds while somebody stands in the gap, goes on after, and turns back when it is told to", () => {
    const halfway = later({ ...open, wanted: "closed" }, 15);
    expect(later(halfway, 120, { blocked: true })).toMatchObject({ word: "closing", moved: halfway.moved });
    expect(later(later(halfway, 120, { blocked: true }), 20).word).toBe("closed");
    expect(later({ ...halfway, wanted: "open" }, 5).word).toBe("opening");
  });
  it("stands still while it is broken, and does what is wanted when it is mended", () => {
    const halfway = later({ ...open, wanted: "closed" }, 15);
    const broken = advanceGate(halfway, { ...calm, t: 20_000, breaks: 600_000 });
    expect(broken).toMatchObject({ word: "fault", mended: 600_000, moved: halfway.moved });
    expect(later(broken, 595)).toBe(broken);
    expect(later(broken, 640).word).toBe("closed");
  });
  it.each([
    ["below the margin", { wanted: "open", low: 0 }, 9.69, "open"],
    ["30 cm below the sill", { wanted: "open", low: 0 }, 9.7, "closed"],
    ["20 cm lower than that for 44 min", { wanted: "closed", low: hour }, 9.49, "closed"],
    ["20 cm lower than that for 45 min", { wanted: "closed", low: hour - minute }, 9.49, "open"],
    ["risen again in between", { wanted: "closed", low: hour - minute }, 9.55, "closed"],
  ] as const)("is told by its float with the water %s", (_case, float, water, wanted) =>
    expect(readFloat(float, water, 10, hour + 44 * minute).wanted).toBe(wanted),
  );

  it("is passed by people in fine weather by day, by few at night, and by nobody in heavy rain or when it is shut", () => {
    const evening = weatherAt(monday + 19 * hour);
    const usual = passers(evening, evening.t, { rain: 0, gate: "open", display: "off" });
    expect(usual).toBeGreaterThan(30);
    expect(passers(weatherAt(monday + 3 * hour), monday + 3 * hour, { rain: 0, gate: "open", display: "off" })).toBeLessThan(usual / 20);
    expect(passers(evening, evening.t, { rain: 3, gate: "open", display: "off" })).toBeLessThan(usual / 3);
    expect(
      passers(evening, evening.t, { rain: 20, gate: "open", display: "off" }) +
        passers(evening, evening.t, { rain: 0, gate: "closed", display: "off" }),
    ).toBe(0);
    expect(passers(evening, evening.t, { rain: 0, gate: "closing", display: "off" })).toBeLessThan(usual / 3);
  });
});
