import { describe, expect, it, onTestFinished } from "vitest";
import type { StoredDevice } from "../../broker/store/column-batch.ts";
import type { ReadingStore } from "../../broker/store/reading-store.ts";
import type { Service } from "../../shared/service.ts";
import { batchOf, type Row } from "../support/column-batch.ts";
import { probe } from "./probe-service.ts";

/** A place that one store lives in: opened, closed and opened again it is the same store. */
export interface StorePlace {
  open(services: readonly Service[]): Promise<ReadingStore>;
}

const hour = 3_600_000;
const minute = 60_000;
/** On the hour of UTC. */
export const start = Date.UTC(2026, 10, 22, 15);
export const device = (ix: number, district = "haneul"): StoredDevice => ({
  ix,
  id: `probe-${ix}`,
  service: "probe",
  kind: "probe",
  district,
  stale: 180,
});
const level = (ix: number, minutes: number, value: number): Row => ({ ix, t: start + minutes * minute, values: { level: value } });
const levels = { device: "probe-1", metric: "level" };

/** What every reading store does. `place` gives a fresh place per test. */
export function readingStoreContract(name: string, place: () => Promise<StorePlace>): void {
  const opened = async (services: readonly Service[] = [probe]) => {
    const { open } = await place();
    const store = await open(services);
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name} keeps readings`, () => {
    it("is empty at first", async () => {
      const store = await opened();
      expect(await store.position()).toBe(0);
      expect(await store.count()).toEqual({ probe: 0 });
      expect(await store.latest("probe")).toEqual([]);
    });

    it("holds rows and position after an append", async () => {
      const store = await opened();
      await store.append(batchOf(probe, { position: 17, fresh: [level(1, 0, 1.5), level(2, 0, 2.5)], devices: [device(1), device(2)] }));
      expect(await store.position()).toBe(17);
      expect(await store.count()).toEqual({ probe: 2 });
    });

    it("holds each row once when a batch comes again", async () => {
      const store = await opened();
      const batch = batchOf(probe, { position: 9, fresh: [level(1, 0, 1), level(1, 1, 2)], late: [level(1, -5, 0)], devices: [device(1)] });
      await store.append(batch);
      await store.append(batch);
      expect(await store.count()).toEqual({ probe: 3 });
      expect(await store.position()).toBe(9);
    });

    it("gives back all four kinds, negative and huge values, and nothing for what never came", async () => {
      const store = await opened();
      const values = { level: -123_456.789, volume: 7, wet: 1, gate: 2, place_lat: 37.123456789, place_lon: -127.5 };
      const rows = [{ ix: 1, t: start, values }, level(2, 0, 987_654_321_012.5)];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1), device(2)] }));
      expect(await store.latest("probe")).toEqual([
        { ix: 1, t: start, values },
        { ix: 2, t: start, values: { level: 987_654_321_012.5 } },
      ]);
    });

    it("knows the newest value of each metric, also when the newest row lacks it", async () => {
      const store = await opened();
      const rows = [{ ix: 1, t: start, values: { level: 1, wet: 0 } }, level(1, 1, 2)];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1)] }));
      expect(await store.latest("probe")).toEqual([{ ix: 1, t: start + minute, values: { level: 2, wet: 0 } }]);
    });

    it("merges late rows per metric: a present value overwrites, an absent one stays", async () => {
      const store = await opened();
      const first = { ix: 1, t: start, values: { level: 1, volume: 5, wet: 0 } };
      await store.append(batchOf(probe, { position: 1, fresh: [first], devices: [device(1)] }));
      const twice = [
        { ix: 1, t: start, values: { level: 2 } },
        { ix: 1, t: start, values: { wet: 1 } },
      ];
      await store.append(batchOf(probe, { position: 2, late: twice }));
      expect(await store.count()).toEqual({ probe: 1 });
      expect(await store.latest("probe")).toEqual([{ ix: 1, t: start, values: { level: 2, volume: 5, wet: 1 } }]);
    });

    it("puts late rows in their place, once", async () => {
      const store = await opened();
      await store.append(batchOf(probe, { position: 1, fresh: [level(1, 0, 0), level(1, 3, 3)], devices: [device(1)] }));
      await store.append(batchOf(probe, { position: 2, late: [level(1, 2, 2), level(1, 1, 7), level(1, 1, 1)] }));
      const { points } = await store.series({ ...levels, from: start, to: start + 4 * minute, points: 4 });
      expect(points.map(({ mean }) => mean)).toEqual([0, 1, 2, 3]);
      expect(await store.count()).toEqual({ probe: 4 });
    });

    it("takes many thousand rows at once, and late ones of the same batch after the fresh ones", async () => {
      const store = await opened();
      const fresh = Array.from({ length: 12_000 }, (_, i) => level(1, i, i));
      const late = Array.from({ length: 6_000 }, (_, i) => level(1, 2 * i, -1));
      await store.append(batchOf(probe, { position: 1, fresh, late, devices: [device(1)] }));
      expect(await store.count()).toEqual({ probe: 12_000 });
      const { points, step } = await store.series({ ...levels, from: start, to: start + 12_000 * minute, points: 2_000 });
      expect([step, points.length, points.reduce((sum, { n }) => sum + n, 0)]).toEqual([6 * minute, 2_000, 12_000]);
      expect(points[999]).toEqual({ t: start + 5_994 * minute, min: -1, mean: (5_995 + 5_997 + 5_999 - 3) / 6, max: 5_999, n: 6 });
    });

    it.each([
      ["long ago", Date.UTC(1999, 11, 31, 23)],
      ["far ahead", Date.UTC(2101, 1, 28, 23)],
    ])("answers the same %s, whatever the wall clock says", async (_, then) => {
      const store = await opened();
      const rows = [0, 1, 20].map((minutes): Row => ({ ix: 1, t: then + minutes * minute, values: { level: minutes, gate: minutes > 0 ? 1 : 0 } }));
      await store.append(batchOf(probe, { position: 1, fresh: rows.slice(0, 2), late: rows.slice(2), devices: [device(1)] }));
      const range = { device: "probe-1", from: then, to: then + hour };
      expect(await store.series({ ...range, metric: "level", points: 10 })).toEqual({
        points: [
          { t: then, min: 0, mean: 0.5, max: 1, n: 2 },
          { t: then + 18 * minute, min: 20, mean: 20, max: 20, n: 1 },
        ],
        gaps: [{ from: then + minute, to: then + 20 * minute }],
        step: 6 * minute,
      });
      expect((await store.spans({ ...range, metric: "gate" })).map(({ value }) => value)).toEqual(["open", "closed", "closed"]);
      expect(await store.aggregate({ service: "probe", metric: "level", from: then, to: then + hour })).toMatchObject([{ t: then, n: 3, sum: 21 }]);
      expect(await store.latest("probe")).toEqual([{ ix: 1, t: then + 20 * minute, values: { level: 20, gate: 1 } }]);
      await store.expire(then + minute);
      expect(await store.count()).toEqual({ probe: 2 });
    });

    it("keeps the name of a district as it is", async () => {
      const names = ['A = "B"', "Old town, north", "back\\slash", "end\\", "o'clock 100%", "한울동"];
      const store = await opened();
      const fresh = names.map((_, n) => level(n + 1, 0, n));
      await store.append(batchOf(probe, { position: 1, fresh, devices: names.map((name, n) => device(n + 1, name)) }));
      const rows = await store.aggregate({ service: "probe", metric: "level", from: start, to: start + hour });
      expect(rows.map(({ district, sum }) => [district, sum])).toEqual(names.map((name, n) => [name, n]));
    });

    it("removes what is older than a time, and only that", async () => {
      const store = await opened();
      await store.append(batchOf(probe, { position: 5, fresh: [level(1, 0, 0), level(1, 1, 1), level(1, 2, 2)], devices: [device(1)] }));
      await store.expire(start + minute);
      expect(await store.count()).toEqual({ probe: 2 });
      expect(await store.position()).toBe(5);
    });

    it("keeps everything when it is closed and opened again", async () => {
      const { open } = await place();
      const first = await open([probe]);
      await first.append(batchOf(probe, { position: 3, fresh: [level(1, 0, 4)], devices: [device(1)] }));
      await first.close();
      const second = await open([probe]);
      onTestFinished(() => second.close());
      expect(await second.position()).toBe(3);
      const { points } = await second.series({ ...levels, from: start, to: start + hour, points: 60 });
      expect(points).toEqual([{ t: start, min: 4, mean: 4, max: 4, n: 1 }]);
    });

    it("takes a metric that the contract has since gained", async () => {
      const { open } = await place();
      const { place: _, ...metrics } = probe.metrics;
      const older: Service = { ...probe, metrics };
      const first = await open([older]);
      await first.append(batchOf(older, { position: 1, fresh: [level(1, 0, 4)], devices: [device(1)] }));
      await first.close();
      const second = await open([probe]);
      onTestFinished(() => second.close());
      await second.append(batchOf(probe, { position: 2, fresh: [{ ix: 1, t: start + minute, values: { place_lat: 37, place_lon: 127 } }] }));
      expect(await second.latest("probe")).toEqual([{ ix: 1, t: start + minute, values: { level: 4, place_lat: 37, place_lon: 127 } }]);
    });
  });

  seriesContract(name, opened);
  spansAndAggregateContract(name, opened);
}

function seriesContract(name: string, opened: () => Promise<ReadingStore>): void {
  describe(`${name} answers series`, () => {
    it("with least, mean and largest value and number of readings per bucket of the epoch's grid", async () => {
      const store = await opened();
      const rows = [1, 5, 3, -2].map((value, i) => level(1, i, value));
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1)] }));
      expect(await store.series({ ...levels, from: start, to: start + 4 * minute, points: 2 })).toEqual({
        points: [
          { t: start, min: 1, mean: 3, max: 5, n: 2 },
          { t: start + 2 * minute, min: -2, mean: 0.5, max: 3, n: 2 },
        ],
        gaps: [],
        step: 2 * minute,
      });
    });

    it("with the share of time that a flag was on", async () => {
      const store = await opened();
      const rows = [1, 0, 0, 1].map((wet, i) => ({ ix: 1, t: start + i * minute, values: { wet } }));
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1)] }));
      const { points } = await store.series({ device: "probe-1", metric: "wet", from: start, to: start + 4 * minute, points: 1 });
      expect(points).toEqual([{ t: start, min: 0, mean: 0.5, max: 1, n: 4 }]);
    });

    it("with a gap where the metric is silent for longer than the stale limit, and none at the limit", async () => {
      const store = await opened();
      const rows = [level(1, 0, 1), level(1, 3, 1), { ix: 1, t: start + 5 * minute, values: { wet: 1 } }, level(1, 7, 1)];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1)] }));
      const { points, gaps } = await store.series({ ...levels, from: start, to: start + 8 * minute, points: 8 });
      expect(points.map(({ t }) => (t - start) / minute)).toEqual([0, 3, 7]);
      expect(gaps).toEqual([{ from: start + 3 * minute, to: start + 7 * minute }]);
    });

    it("with gaps cut off by the edges of the range, but none after the newest reading", async () => {
      const store = await opened();
      await store.append(batchOf(probe, { position: 1, fresh: [level(1, 0, 1), level(1, 20, 1), level(1, 40, 1)], devices: [device(1)] }));
      const gaps = async (from: number, to: number) =>
        (await store.series({ ...levels, from: start + from * minute, to: start + to * minute, points: 10 })).gaps.map(({ from, to }) => [
          (from - start) / minute,
          (to - start) / minute,
        ]);
      expect(await gaps(10, 30)).toEqual([
        [10, 20],
        [20, 30],
      ]);
      expect(await gaps(5, 15)).toEqual([[5, 15]]);
      expect(await gaps(-30, 1)).toEqual([
        [-30, 0],
        [0, 1],
      ]);
      expect(await gaps(-30, -10)).toEqual([[-30, -10]]);
      expect(await gaps(40, 90)).toEqual([]);
      expect(await gaps(60, 90)).toEqual([]);
    });

    it("with the worst quality of each bucket, merged per metric", async () => {
      const store = await opened();
      const rows: Row[] = [
        { ix: 1, t: start, values: { level: 1, volume: 1 }, q: { level: "est", volume: "bad" } },
        { ix: 1, t: start + minute, values: { level: 2, volume: 1 }, q: { level: "bad" } },
        { ix: 1, t: start + 2 * minute, values: { level: 3, volume: 1 } },
      ];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1)] }));
      const query = { from: start, to: start + 4 * minute, points: 2, device: "probe-1" };
      const words = async (metric: string) => (await store.series({ ...query, metric })).points.map(({ q }) => q);
      expect(await words("level")).toEqual(["bad", undefined]);
      await store.append(batchOf(probe, { position: 2, late: [level(1, 1, 9)] }));
      expect(await words("level")).toEqual(["est", undefined]);
      expect(await words("volume")).toEqual(["bad", undefined]);
    });

    it("only for numbers and flags that exist", async () => {
      const store = await opened();
      await store.append(batchOf(probe, { position: 1, fresh: [level(1, 0, 1)], devices: [device(1)] }));
      const query = { device: "probe-1", from: start, to: start + hour, points: 10 };
      await expect(store.series({ ...query, metric: "gate" })).rejects.toThrow(RangeError);
      await expect(store.series({ ...query, metric: "tide" })).rejects.toThrow('has no metric "tide"');
      expect((await store.series({ ...query, device: "unheard-of", metric: "level" })).points).toEqual([]);
    });
  });
}

function spansAndAggregateContract(name: string, opened: () => Promise<ReadingStore>): void {
  describe(`${name} answers spans and aggregates`, () => {
    const gate = (minutes: number, code: number, wet = 0): Row => ({ ix: 1, t: start + minutes * minute, values: { gate: code, wet } });
    const spansOf = async (store: ReadingStore, metric: string, from: number, to: number) =>
      (await store.spans({ device: "probe-1", metric, from: start + from * minute, to: start + to * minute })).map(({ from, to, value }) => [
        (from - start) / minute,
        (to - start) / minute,
        value,
      ]);

    it("as runs of a state, cut at the range and broken at gaps", async () => {
      const store = await opened();
      const rows = [gate(0, 0), gate(2, 0), gate(4, 1), gate(6, 1), gate(20, 1), gate(22, 2)];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1)] }));
      expect(await spansOf(store, "gate", 0, 60)).toEqual([
        [0, 4, "open"],
        [4, 6, "closed"],
        [20, 22, "closed"],
        [22, 25, "fault"],
      ]);
      expect(await spansOf(store, "gate", 1, 5)).toEqual([
        [1, 4, "open"],
        [4, 5, "closed"],
      ]);
      expect(await spansOf(store, "gate", 8, 18)).toEqual([]);
    });

    it("as runs of a flag", async () => {
      const store = await opened();
      await store.append(batchOf(probe, { position: 1, fresh: [gate(0, 0, 0), gate(2, 0, 1), gate(4, 0, 0)], devices: [device(1)] }));
      expect(await spansOf(store, "wet", 0, 5)).toEqual([
        [0, 2, false],
        [2, 4, true],
        [4, 5, false],
      ]);
      await expect(spansOf(store, "level", 0, 5)).rejects.toThrow(RangeError);
    });

    it("when a number was above a bound last, of every device at once", async () => {
      const store = await opened();
      const rows = [level(1, 0, 3), level(1, 5, 7), level(1, 9, 0), level(2, 3, 0), level(2, 4, 0), level(3, 90, 5)];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1), device(2), device(3)] }));
      const query = { service: "probe", metric: "level", from: start, to: start + hour };
      expect(await store.lastAbove({ ...query, above: 0 })).toEqual([
        { device: "probe-1", last: start + 5 * minute, first: start },
        { device: "probe-2", last: null, first: start + 3 * minute },
      ]);
      expect(await store.lastAbove({ ...query, above: 7 })).toMatchObject([{ last: null }, { last: null }]);
      expect(await store.lastAbove({ ...query, from: start + hour, to: start + 2 * hour, above: -1 })).toEqual([
        { device: "probe-3", last: start + 90 * minute, first: start + 90 * minute },
      ]);
      await expect(store.lastAbove({ ...query, metric: "wet", above: 0 })).rejects.toThrow(RangeError);
    });

    it("per hour of UTC and district", async () => {
      const store = await opened();
      const volume = (ix: number, minutes: number, n: number, wet: number): Row => ({ ix, t: start + minutes * minute, values: { volume: n, wet } });
      const rows = [volume(1, 0, 2, 0), volume(1, 59, 4, 1), volume(1, 60, 10, 1), volume(2, 30, 6, 1), volume(3, 30, 1, 0)];
      await store.append(batchOf(probe, { position: 1, fresh: rows, devices: [device(1), device(2), device(3, "mulgil")] }));
      const query = { service: "probe", from: start, to: start + 2 * hour };
      expect(await store.aggregate({ ...query, metric: "volume" })).toEqual([
        { t: start, district: "haneul", min: 2, mean: 4, max: 6, sum: 12, n: 3 },
        { t: start, district: "mulgil", min: 1, mean: 1, max: 1, sum: 1, n: 1 },
        { t: start + hour, district: "haneul", min: 10, mean: 10, max: 10, sum: 10, n: 1 },
      ]);
      const [first] = await store.aggregate({ ...query, metric: "wet" });
      expect(first).toMatchObject({ min: 0, max: 1, sum: 2, n: 3 });
      expect(first?.mean).toBeCloseTo(2 / 3, 9);
      await expect(store.aggregate({ ...query, metric: "gate" })).rejects.toThrow(RangeError);
    });
  });
}
