import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { birth, clockAt, day, hour, type IngestWorld, ingestWorld, minute, type Put, reading, start } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const ids = Array.from({ length: 16 }, (_, n) => `tx-${String(n).padStart(2, "0")}`);
/** Approaches: every 60 s, stale after 180 s. Bays: states. */
const devices: readonly Put[] = [
  ...ids.map((id) => ({ service: "traffic", meta: birth(id, "approach") })),
  { service: "evzone", meta: birth("bay-1", "bay") },
  { service: "evzone", meta: birth("bay-2", "bay") },
];
const world = async () => {
  const w = ingestWorld((await tempLedger()).root, { devices, retentionMs: 100 * day });
  w.fold.clock = clockAt(start + 40 * day);
  return w;
};
const say = (w: IngestWorld, id: string, t: number, m: object) => w.say(id.startsWith("bay") ? "evzone" : "traffic", id, reading(id, t, m));
const seriesOf = (w: IngestWorld, service: string, figure: string) => {
  const found = w.fold.figures.series(service, 0, Number.MAX_SAFE_INTEGER).find(({ id }) => id === figure);
  return (found?.t ?? []).map((t, at) => [(t - start) / minute, found?.v[at] ?? null]);
};
interface Said {
  readonly id: string;
  readonly t: number;
  readonly m: object;
}
const all = (w: IngestWorld) => ["traffic", "evzone"].map((service) => w.fold.figures.series(service, start + 1, Number.MAX_SAFE_INTEGER));

describe("figures", () => {
  it("are one number per whole minute over what each device had said by then", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + 10_000, { volume: 4, speed: 30 });
    say(w, "tx-01", start + 20_000, { volume: 8, speed: 41 });
    w.timelines.advance("city", start + minute);
    say(w, "tx-00", start + minute + 10_000, { volume: 10, speed: 20 });
    w.timelines.advance("city", start + 2 * minute + 30_000);
    expect(seriesOf(w, "traffic", "flow")).toEqual([
      [0, null],
      [1, 360],
      [2, 540],
    ]);
    expect(seriesOf(w, "traffic", "speed")).toEqual([
      [0, null],
      [1, 35.5],
      [2, 30.5],
    ]);
  });

  it("count flags that are on, states among their words and numbers from a limit on", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "bay-1", start + 1000, { occupied: true, vehicle: "ice" });
    say(w, "bay-2", start + 1000, { occupied: true, vehicle: "ev" });
    say(w, "tx-00", start + 1000, { queue: 25 });
    say(w, "tx-01", start + 1000, { queue: 24 });
    w.timelines.advance("city", start + minute);
    expect(["used", "intruders"].map((figure) => seriesOf(w, "evzone", figure)[1])).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(seriesOf(w, "traffic", "queued")[1]).toEqual([1, 1]);
  });

  it("leave out devices that have become stale, and are nothing when none is fresh", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + 30_000, { volume: 4 });
    say(w, "tx-01", start + 90_000, { volume: 8 });
    w.timelines.advance("city", start + 6 * minute);
    expect(seriesOf(w, "traffic", "flow")).toEqual([
      [0, null],
      [1, 240],
      [2, 360],
      [3, 360],
      [4, 480],
      [5, null],
      [6, null],
    ]);
  });

  it("take a reading of the very minute into that minute", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + minute, { volume: 4 });
    say(w, "tx-00", start + 2 * minute, { volume: 8 });
    w.timelines.advance("city", start + 2 * minute);
    expect(seriesOf(w, "traffic", "flow").slice(1)).toEqual([
      [1, 240],
      [2, 480],
    ]);
  });

  it("are not changed by what comes late", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + 50_000, { volume: 4 });
    say(w, "tx-00", start + 40_000, { volume: 100 });
    w.timelines.advance("city", start + minute);
    expect(seriesOf(w, "traffic", "flow")[1]).toEqual([1, 240]);
  });

  it("are shown live as soon as their minute is complete", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + 50_000, { volume: 4 });
    const cell = w.registry.figureCells.find(({ figure }) => figure === "flow")?.cell ?? -1;
    w.timelines.advance("city", start + minute - 1);
    expect(w.fold.board.get(cell)).toBeNaN();
    w.timelines.advance("city", start + minute);
    expect(w.fold.board.get(cell)).toBe(240);
  });

  /** For every device a stream of readings in its own order; the streams are woven in any way, marks never overtake what is still to come. */
  const steps = fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 400 }),
      volume: fc.nat(240),
      speed: fc.integer({ min: 0, max: 1500 }).map((tenths) => tenths / 10),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const streams = fc.array(steps, { minLength: 16, maxLength: 16 }).map((perDevice) =>
    perDevice.flatMap((own, device) => {
      let t = start;
      return own.map(({ after, ...m }): Said => {
        t += after * 1000;
        return { id: ids[device] ?? "", t, m };
      });
    }),
  );
  const byTime = <T extends { t: number }>(messages: readonly T[]) => [...messages].sort((a, b) => a.t - b.t);

  it("are the same whatever the order of gateways and however far the mark leaps", async () => {
    const run = async (messages: readonly Said[], markEvery: number) => {
      const w = await world();
      w.timelines.advance("city", start);
      for (const [index, { id, t, m }] of messages.entries()) {
        say(w, id, t, m);
        // a mark: nothing at or before it is still to come
        const open = Math.min(...messages.slice(index + 1).map((later) => later.t));
        if (index % markEvery === 0 && Number.isFinite(open)) w.timelines.advance("city", open - 1);
      }
      w.timelines.advance("city", start + hour);
      return all(w);
    };
    await fc.assert(
      fc.asyncProperty(streams, fc.integer({ min: 1, max: 20 }), async (messages, markEvery) => {
        const inOrder = await run(byTime(messages), 1);
        expect(await run(byTime(messages), markEvery)).toEqual(inOrder);
        expect(await run(messages, 1), "one gateway after the other, one mark at the end").toEqual(inOrder);
        expect(
          await run(
            [...messages].reverse().sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : a.t - b.t)),
            1,
          ),
        ).toEqual(inOrder);
      }),
      { numRuns: 12 },
    );
  });

  it("are the same to the last digit in whichever order their devices are added", async () => {
    const speeds = [0.1, 64.2, 32.5, 90.3, 12.7, 45.1, 33.3, 21.9, 71.1, 10.3, 55.5, 49.7, 81.9, 66.1, 77.7, 0.3];
    const mean = async (order: readonly number[]) => {
      const w = await world();
      w.timelines.advance("city", start);
      for (const n of order) {
        say(w, ids[n] ?? "", start + 1000, { speed: speeds[n] });
        // passes the minute: adds in the order of arrival
        say(w, ids[n] ?? "", start + minute + 1000, { speed: 1 });
      }
      w.timelines.advance("city", start + minute);
      return seriesOf(w, "traffic", "speed")[1]?.[1];
    };
    const straight = speeds.map((_, n) => n);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(straight, { minLength: speeds.length }), async (order) => {
        expect(await mean(order)).toBe(await mean(straight));
      }),
      { numRuns: 15 },
    );
  });

  it("go on from a copy of their state as if nothing had been, in the middle of a minute", async () => {
    const cut = 100;
    const [whole, first] = [await world(), await world()];
    const message = (n: number) => ({ id: ids[n % 16] ?? "", t: start + n * 7000, m: { volume: n % 240, speed: n % 150 } });
    const live = (w: IngestWorld, from: number, to: number) => {
      for (let n = from; n < to; n++) {
        const { id, t, m } = message(n);
        say(w, id, t, m);
        if (n % 40 === 0) w.timelines.advance("city", t);
      }
    };
    for (const w of [whole, first]) w.timelines.advance("city", start);
    live(whole, 1, 200);
    live(first, 1, cut);
    const second = await world();
    const saved = first.fold.state();
    expect(Object.keys(saved.figures.open), "minutes that some have passed and the mark has not").not.toEqual([]);
    second.fold.restore(saved);
    live(first, cut, 120);
    live(second, cut, 200);
    for (const w of [whole, second]) w.timelines.advance("city", start + hour);
    expect(all(second)).toEqual(all(whole));
  });

  it("give a copy that later minutes do not change", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + 1000, { volume: 4 });
    const saved = w.fold.state().figures;
    const before = JSON.stringify(saved);
    w.timelines.advance("city", start + 5 * minute);
    expect(JSON.stringify(saved)).toBe(before);
  });

  it("keep a day and an hour, and forget no more than they must", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    for (let at = 1; at <= 40; at++) w.timelines.advance("city", start + at * hour);
    const times = seriesOf(w, "traffic", "flow").map(([t]) => Number(t));
    expect(times.at(-1)).toBe(40 * 60);
    expect(times.length).toBeGreaterThanOrEqual(25 * 60);
    expect(times.length).toBeLessThan(26 * 60);
    for (let at = 1; at < times.length; at++) expect(Number(times[at]) - Number(times[at - 1])).toBe(1);
  });

  it("keep no open sums of minutes that a far leap has left out", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    say(w, "tx-00", start + 1000, { volume: 4 });
    say(w, "tx-00", start + 3 * minute, { volume: 4 });
    w.timelines.advance("city", start + 30 * day);
    expect(Object.keys(w.fold.figures.state().open)).toEqual([]);
  });

  it("answer only the time that is asked for", async () => {
    const w = await world();
    w.timelines.advance("city", start);
    w.timelines.advance("city", start + 10 * minute);
    const [flow] = w.fold.figures.series("traffic", start + 3 * minute, start + 5 * minute);
    expect(flow?.t).toEqual([3, 4, 5].map((n) => start + n * minute));
    expect(flow?.v).toHaveLength(3);
    expect(w.fold.figures.series("nobody", 0, start)).toEqual([]);
  });
});
