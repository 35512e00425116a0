import { describe, expect, it } from "vitest";
import { people } from "../../simulator/services/stream/parameters.ts";
import { wantedOf, whyNotOpen } from "../../simulator/services/stream/room-order.ts";
import { waterAt } from "../../simulator/services/stream/state.ts";
import { longStream, type StreamWorld } from "../support/long-stream.ts";
import { tell } from "../support/order.ts";
import { day, hour, minute, monday, run, truthsOf } from "../support/service-world.ts";

const rain = (rate: number) => () => ({ rain: new Array<number>(8).fill(rate), rainMean: rate, month: 7 });
const gateOf = (place: StreamWorld, t: number, id = "sg-01") => truthsOf(place, t).get(id)?.gate;
const moves = (place: StreamWorld, id = "sg-01") =>
  place.happenings.flatMap(({ device, event, x }) => (device === id && event === "gate" ? [x.to] : []));
const barrierOf = (place: StreamWorld, id = "sg-01") => place.state.barriers[place.state.barrierOf[id]!]!;
const obeyed = { ok: true, happenings: [], report: ["sg-01"] };
const noon = monday + 12 * hour;
/** A dry noon, and a stream that has come up to every path and falls again. */
function flooded(): { place: StreamWorld; t: number } {
  const place = longStream();
  let t = monday;
  for (; waterAt(place.state, barrierOf(place)) < barrierOf(place).sill + 0.1; t += minute)
    run(place, { from: t, to: t + minute, weather: rain(60) });
  return { place, t };
}

describe("what is wanted of a gate", () => {
  it.each([
    ["auto", "open", "open"],
    ["auto", "closed", "closed"],
    ["open", "open", "open"],
    ["open", "closed", "closed"],
    ["closed", "open", "closed"],
    ["closed", "closed", "closed"],
  ] as const)("by the order %s and a float that says %s is %s", (order, float, wanted) =>
    expect(wantedOf(order, { wanted: float, low: 0 })).toBe(wanted),
  );
  it.each([
    [10.12, "the water stands 0.12 m above the path"],
    [9.8, "the water stands 0.20 m below the path, and its float switch is raised"],
    [9.69, undefined],
  ])("keeps it from opening with the water at %f and the path at 10: %s", (water, reason) => expect(whyNotOpen(water, 10)).toBe(reason));
});

describe("a gate that the room commands", () => {
  it("closes in dry weather, lets nobody pass, stays closed, and opens again when its float decides", () => {
    const place = longStream();
    run(place, { from: monday, to: noon });
    expect(gateOf(place, noon)).toBe("open");
    expect(tell(place, "sg-01", { op: "close", t: noon })).toEqual(obeyed);
    let passed = 0;
    run(place, { from: noon, to: noon + 3 * minute });
    expect(gateOf(place, noon + 3 * minute)).toBe("closed");
    const look = (t: number): void => {
      passed += Number(t < barrierOf(place).personUntil);
    };
    run(place, { from: noon + 3 * minute, to: noon + 8 * hour, every: 5, look });
    expect([gateOf(place, noon + 8 * hour), passed]).toEqual(["closed", 0]);
    expect(tell(place, "sg-01", { op: "auto", t: noon + 8 * hour })).toEqual(obeyed);
    run(place, { from: noon + 8 * hour, to: noon + 9 * hour });
    expect(moves(place)).toEqual(["closing", "closed", "opening", "open"]);
  });

  it("waits with closing for somebody in the gap", () => {
    const place = longStream();
    run(place, { from: monday, to: noon });
    const barrier = barrierOf(place);
    barrier.personUntil = noon + 4 * minute;
    barrier.candidate = noon + day;
    tell(place, "sg-01", { op: "close", t: noon });
    run(place, { from: noon, to: noon + 4 * minute });
    expect(gateOf(place, noon + 4 * minute)).toBe("closing");
    run(place, { from: noon + 4 * minute, to: noon + 5 * minute });
    expect(gateOf(place, noon + 5 * minute)).toBe("closed");
  });

  it("does not open into the water, says why, and opens at once when it has gone, without the float's three quarters of an hour", () => {
    const { place, t } = flooded();
    run(place, { from: t, to: t + 5 * minute });
    expect(gateOf(place, t + 5 * minute)).toBe("closed");
    expect(tell(place, "sg-01", { op: "open", t: t + 5 * minute })).toEqual({
      ok: false,
      reason: expect.stringMatching(/^the water stands \d\.\d\d m above the path$/),
    });
    let at = t + 5 * minute;
    const low = (): boolean => waterAt(place.state, barrierOf(place)) < barrierOf(place).sill - 0.5;
    for (; !low() && at < t + 2 * day; at += minute) run(place, { from: at, to: at + minute });
    expect(gateOf(place, at)).toBe("closed");
    expect(tell(place, "sg-01", { op: "open", t: at })).toEqual(obeyed);
    run(place, { from: at, to: at + 3 * minute });
    expect(gateOf(place, at + 3 * minute)).toBe("open");
  });

  it("is closed by its float all the same when the water rises, though the room has left it open", () => {
    const place = longStream();
    run(place, { from: monday, to: noon });
    tell(place, "sg-01", { op: "open", t: noon });
    run(place, { from: noon, to: noon + 8 * hour, weather: rain(60) });
    expect(waterAt(place.state, barrierOf(place))).toBeGreaterThan(barrierOf(place).sill);
    expect(gateOf(place, noon + 8 * hour)).toBe("closed");
  });

  it("stays closed after the water has gone when the room has closed it", () => {
    const { place, t } = flooded();
    tell(place, "sg-01", { op: "close", t });
    run(place, { from: t, to: t + 4 * day });
    expect(gateOf(place, t + 4 * day, "sg-01")).toBe("closed");
    expect(gateOf(place, t + 4 * day, "sg-02")).toBe("open");
  });

  it("refuses to move while it is out of order, and takes back its automatic then too", () => {
    const place = longStream();
    run(place, { from: monday, to: noon });
    const barrier = barrierOf(place);
    barrier.gate = { ...barrier.gate, word: "fault", mended: noon + hour };
    for (const op of ["close", "open"]) expect(tell(place, "sg-01", { op, t: noon })).toEqual({ ok: false, reason: "the gate is out of order" });
    expect(tell(place, "sg-01", { op: "auto", t: noon })).toEqual(obeyed);
    run(place, { from: noon, to: noon + 2 * hour });
    expect(gateOf(place, noon + 2 * hour)).toBe("open");
  });

  it("is a gate: a gauge has nothing to move", () => {
    expect(tell(longStream(), "ws-01", { op: "close", t: monday })).toEqual({ ok: false, reason: "ws-01 is no gate" });
  });
});

describe("the display at a gate", () => {
  it("says what it is told at once, and keeps most people from going in", () => {
    const count = (text: string): number => {
      const place = longStream();
      for (const { id } of place.state.barriers) expect(tell(place, id, { op: "show", args: { text }, t: monday })).toMatchObject({ ok: true });
      expect(truthsOf(place, monday).get("sg-01")?.display).toBe(text);
      const seen = new Set<string>();
      run(place, {
        from: monday,
        to: monday + day,
        every: 5,
        look: () => place.state.barriers.forEach((one) => void seen.add(`${one.id} ${one.personUntil}`)),
      });
      return seen.size - place.state.barriers.length;
    };
    const [off, caution, evacuate] = [count("off"), count("caution"), count("evacuate")];
    expect(off).toBeGreaterThan(2000);
    expect(caution / off).toBeCloseTo(people.pastDisplay.caution, 1);
    expect(evacuate / off).toBeLessThan(0.1);
  });

  it("has no other words", () => {
    expect(tell(longStream(), "sg-01", { op: "show", args: { text: "toString" }, t: monday })).toMatchObject({ ok: false });
  });
});

describe("a stream with orders", () => {
  it("goes on from a snapshot as if nothing had been", () => {
    const [one, two] = [longStream(), longStream()];
    for (const place of [one, two]) {
      run(place, { from: monday, to: noon });
      tell(place, "sg-03", { op: "close", t: noon });
      tell(place, "sg-04", { op: "show", args: { text: "caution" }, t: noon });
    }
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two]) run(place, { from: noon, to: noon + 3 * hour });
    expect(two.state).toEqual(one.state);
    expect(two.happenings).toEqual(one.happenings);
  });
});
