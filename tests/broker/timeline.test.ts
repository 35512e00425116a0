import fc from "fast-check";
import type { RootDatabase } from "lmdb";
import { describe, expect, it } from "vitest";
import { noFigures } from "../../broker/ingest/figures.ts";
import type { ChronicleLine } from "../../shared/city-port.ts";
import { birth, clockAt, event, hour, ingestWorld, minute, type Put, reading, start } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

/** Stale after 180 s. */
const ids = ["tx-1", "tx-2", "tx-3"];
const devices: readonly Put[] = [
  ...ids.map((id) => ({ service: "traffic", meta: birth(id, "approach") })),
  { service: "traffic", timeline: "field", meta: birth("real-1", "approach") },
];
const world = async (given?: RootDatabase) => {
  const w = ingestWorld(given ?? (await tempLedger()).root, { devices });
  w.fold.clock = clockAt(start + hour, { mark: start });
  const { timelines } = w;
  /** The mark as a clock document brings it: the fold knows it too. */
  const advance = (timeline: "city" | "field", mark: number) => {
    if (timeline === "city" && w.fold.clock) w.fold.clock = { ...w.fold.clock, mark };
    return timelines.advance(timeline, mark);
  };
  return { ...w, timelines: { ...timelines, advance } };
};
const told = (lines: readonly ChronicleLine[]) => lines.map(({ t, device, what }) => [t - start, device, what]);
const say = (w: Awaited<ReturnType<typeof world>>, id: string, t: number) => w.say("traffic", id, reading(id, t, { volume: 1 }));
const ring = (w: Awaited<ReturnType<typeof world>>, id: string, t: number) =>
  w.say("traffic", id, event(id, t, "preempt", { seconds: 9 }), { channel: "event" });

describe("the chronicle", () => {
  it("tells what happened only when the mark has passed it, in order of time, then of device", async () => {
    const w = await world();
    ring(w, "tx-2", start + 2000);
    ring(w, "tx-3", start + 1000);
    ring(w, "tx-1", start + 2000);
    expect(w.timelines.advance("city", start + 999)).toEqual([]);
    expect(told(w.timelines.advance("city", start + 2000))).toEqual([
      [1000, "tx-3", "preempt"],
      [2000, "tx-1", "preempt"],
      [2000, "tx-2", "preempt"],
    ]);
    expect(w.fold.chronicle.lines().map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(w.timelines.advance("city", start + 9000)).toEqual([]);
  });

  it("keeps the two timelines apart", async () => {
    const w = await world();
    ring(w, "tx-1", start);
    w.say("traffic", "real-1", event("real-1", start - 3000, "preempt", { seconds: 9 }), { channel: "event" });
    expect(told(w.timelines.advance("field", start))).toEqual([[-3000, "real-1", "preempt"]]);
    expect(told(w.timelines.advance("city", start))).toEqual([[0, "tx-1", "preempt"]]);
  });

  it("says that a device fell silent as of its stale limit, once, and that it is back", async () => {
    const w = await world();
    say(w, "tx-1", start);
    expect(w.timelines.advance("city", start + 179_999), "not yet before the limit").toEqual([]);
    expect(told(w.timelines.advance("city", start + 180_000))).toEqual([[180_000, "tx-1", "silent"]]);
    expect(w.timelines.advance("city", start + 10 * minute)).toEqual([]);
    say(w, "tx-1", start + 11 * minute);
    expect(told(w.timelines.advance("city", start + 11 * minute))).toEqual([[11 * minute, "tx-1", "back"]]);
  });

  it("says so too when the mark leapt over the whole silence", async () => {
    const w = await world();
    say(w, "tx-1", start);
    say(w, "tx-1", start + 11 * minute);
    expect(told(w.timelines.advance("city", start + 12 * minute))).toEqual([
      [3 * minute, "tx-1", "silent"],
      [11 * minute, "tx-1", "back"],
    ]);
  });

  it("does not call a device silent that speaks at the very limit", async () => {
    const w = await world();
    say(w, "tx-1", start);
    say(w, "tx-1", start + 180_000);
    expect(w.timelines.advance("city", start + 180_000)).toEqual([]);
  });

  it("does not call a device silent that was never heard", async () => {
    const w = await world();
    expect(w.timelines.advance("city", start + 60 * minute)).toEqual([]);
  });

  it("tells the same lines in the same order however the marks fall", async () => {
    const what = fc.record({ id: fc.constantFrom(...ids), after: fc.integer({ min: 1, max: 500 }), ring: fc.boolean() });
    /** Messages in order of time, as gateways send them; marks at some of their instants, never beyond what was sent. */
    const script = fc.array(what, { minLength: 5, maxLength: 30 }).map((steps) => {
      let t = start;
      return steps.map((step) => {
        t += step.after * 1000;
        return { ...step, t };
      });
    });
    const { root } = await tempLedger();
    const w = await world(root);
    const live = (steps: readonly { id: string; t: number; ring: boolean }[], marks: ReadonlySet<number>): unknown => {
      w.fold.restore({ ...w.fold.state(), figures: noFigures(), chronicle: { n: 0, waiting: [] }, tracks: {} });
      w.fold.tracks.clear();
      w.timelines.rewind(0);
      w.fold.clock = clockAt(start + 1e9, { mark: start });
      const lines: ChronicleLine[] = [];
      for (const [index, step] of steps.entries()) {
        (step.ring ? ring : say)(w, step.id, step.t);
        if (marks.has(index)) lines.push(...w.timelines.advance("city", step.t));
      }
      lines.push(...w.timelines.advance("city", start + 1e8));
      expect(w.fold.chronicle.lines()).toEqual(lines);
      return lines;
    };
    fc.assert(
      fc.property(script, fc.uniqueArray(fc.nat(29)), (steps, cuts) => {
        expect(live(steps, new Set(cuts))).toEqual(live(steps, new Set()));
      }),
      { numRuns: 60 },
    );
  });

  it("says that a device is back when what its gateway kept comes, not when it was measured", async () => {
    const w = await world();
    say(w, "tx-1", start);
    const before = w.timelines.advance("city", start + 5 * minute);
    for (let n = 1; n <= 6; n++) say(w, "tx-1", start + n * minute);
    expect(told([...before, ...w.timelines.advance("city", start + 6 * minute)])).toEqual([
      [180_000, "tx-1", "silent"],
      [5 * minute, "tx-1", "back"],
    ]);
  });

  it("goes on after a restart where its checkpoint was, and tells nothing twice", async () => {
    const ledger = await tempLedger();
    const first = await world(ledger.root);
    ring(first, "tx-1", start + 1000);
    ring(first, "tx-2", start + 2000);
    first.timelines.advance("city", start + 1000);
    const saved = first.fold.state();
    expect(first.timelines.advance("city", start + 5000)).toHaveLength(1);
    const second = await world(await ledger.reopen());
    expect(second.fold.chronicle.lines(), "everything told is on disk").toHaveLength(2);
    second.fold.restore(saved);
    expect(told(second.fold.chronicle.lines())).toEqual([[1000, "tx-1", "preempt"]]);
    expect(second.timelines.advance("city", start + 5000).map(({ n, device }) => [n, device])).toEqual([[2, "tx-2"]]);
  });

  it("of a new run does not tell what the run before had still to tell", async () => {
    const w = await world();
    ring(w, "tx-1", start + 5000);
    w.timelines.rewind(0);
    w.fold.forgetCity(start, "r-2");
    expect(w.timelines.advance("city", start + 9000)).toEqual([]);
  });
});

describe("timelines", () => {
  it("know up to when the city is complete, and begin anew with a run", async () => {
    const w = await world();
    w.timelines.advance("city", start + minute);
    w.timelines.advance("city", start);
    expect(w.timelines.markOf("city")).toBe(start + minute);
    w.timelines.rewind(0);
    w.timelines.advance("city", start);
    expect(w.timelines.markOf("city")).toBe(start);
  });

  it("show the city's figures while there is a city, the field's where there is none", async () => {
    const w = await world();
    say(w, "tx-1", start - minute);
    w.say("traffic", "real-1", reading("real-1", start - minute, { volume: 10 }));
    const slot = w.registry.figureCells.find(({ service, figure }) => service === "traffic" && figure === "flow");
    w.timelines.advance("field", start);
    expect(w.fold.board.get(slot?.cell ?? -1)).toBeNaN();
    w.timelines.advance("city", start);
    expect(w.fold.board.get(slot?.cell ?? -1)).toBe(60);
    w.fold.forgetCity(start, "r-2");
    w.fold.clock = undefined;
    w.timelines.advance("field", start + minute);
    expect(w.fold.board.get(slot?.cell ?? -1)).toBe(600);
  });
});
