import { describe, expect, it } from "vitest";
import { createColumnBuilder } from "../../broker/ingest/column-builder.ts";
import { planOf, withDerived } from "../../broker/ingest/row-plan.ts";
import { columnsOf } from "../../broker/store/columns-of.ts";
import { services } from "../../shared/services/index.ts";
import { stream } from "../../shared/services/stream.ts";
import { traffic } from "../../shared/services/traffic.ts";
import { probe } from "../contract/probe-service.ts";

describe("row plan", () => {
  it("gives every metric a store column, a live cell and a place in the quality, in the contract's order", () => {
    const { metrics } = planOf(probe, "probe");
    expect([...metrics].map(([name, { column, offset, bit }]) => [name, column, offset, bit])).toEqual([
      ["level", 0, 1, 0],
      ["volume", 1, 2, 1],
      ["wet", 2, 3, 2],
      ["gate", 3, 4, 3],
      ["place", 4, 5, 4],
    ]);
    expect([...(metrics.get("gate")?.codes ?? [])]).toEqual([
      ["open", 0],
      ["closed", 1],
      ["fault", 2],
    ]);
    expect(metrics.get("level")?.codes).toBeUndefined();
  });

  it("counts cells by the kind, columns and quality by the service", () => {
    const { metrics } = planOf(traffic, "signal");
    const at = columnsOf(traffic).findIndex(({ metric }) => metric === "plan");
    expect(metrics.get("plan")).toMatchObject({ offset: 1, column: at, bit: Object.keys(traffic.metrics).indexOf("plan") });
    expect(metrics.has("volume")).toBe(false);
  });

  it("is made once per kind", () => {
    expect(planOf(traffic, "signal")).toBe(planOf(traffic, "signal"));
    expect(planOf(traffic, "signal")).not.toBe(planOf(traffic, "approach"));
  });

  it("has no two metrics of a kind in one column, cell or quality place, in any service", () => {
    for (const service of [...services, probe])
      for (const kind of Object.keys(service.kinds)) {
        const places = [...planOf(service, kind).metrics.values()];
        for (const what of ["column", "offset", "bit"] as const) expect(new Set(places.map((place) => place[what])).size).toBe(places.length);
        expect(Math.max(...places.map(({ bit }) => bit)), "3 bits each in 32").toBeLessThan(10);
        for (const { column } of places) expect(column).toBeGreaterThanOrEqual(0);
      }
  });

  it("fills derived metrics whose inputs and constants are all there, and no others", () => {
    const plan = planOf(stream, "gauge");
    const filled = (m: Record<string, number>, constants: Record<string, number>) =>
      Object.fromEntries(Object.entries(withDerived(plan, { m, q: {} }, constants).m).filter(([name]) => !(name in m)));
    const all = { reference: 8, rating_a: 10, rating_h0: 1, rating_b: 2 };
    expect(filled({ dist: 5 }, all)).toEqual({ level: 3, flow: 40 });
    expect(filled({ dist: 5 }, { reference: 8 })).toEqual({ level: 3 });
    expect(filled({ dist: 5, level: 2 }, all)).toEqual({ flow: 40 });
    expect(filled({ rain: 5 }, all)).toEqual({});
    expect(filled({ dist: 5 }, {})).toEqual({});
    expect(planOf(stream, "gate").derived).toEqual([]);
  });

  it("give a derived metric the doubt of what it is computed from", () => {
    const { q } = withDerived(planOf(stream, "gauge"), { m: { dist: 5, rain: 0 }, q: { dist: "est" } }, { reference: 8 });
    expect(q).toEqual({ dist: "est", level: "est" });
  });
});

describe("column builder", () => {
  it("gathers rows by service and lane, absent values as NaN, and gives each row away once", () => {
    const builder = createColumnBuilder([traffic, probe]);
    const fresh = builder.lane("probe", false);
    fresh.add(7, 1000, 60, 5);
    fresh.set(0, 1.5);
    fresh.set(3, 2);
    fresh.add(8, 2000, Number.NaN, 0);
    builder.lane("traffic", true).add(9, 500, Number.NaN, 0);
    expect(builder.rows()).toBe(3);
    const batch = builder.take(42, []);
    expect([batch.position, batch.fresh.length, batch.late.length]).toEqual([42, 1, 1]);
    const [columns] = batch.fresh;
    expect(columns?.rows).toBe(2);
    expect(Object.keys(columns?.values ?? {})).toEqual(["level", "volume", "wet", "gate", "place_lat", "place_lon"]);
    expect([...(columns?.device.slice(0, 2) ?? [])]).toEqual([7, 8]);
    expect([...(columns?.quality.slice(0, 2) ?? [])]).toEqual([5, 0]);
    expect([columns?.values.level?.[0], columns?.values.gate?.[0], columns?.values.volume?.[0], columns?.values.level?.[1]]).toEqual([
      1.5,
      2,
      Number.NaN,
      Number.NaN,
    ]);
    expect([builder.rows(), builder.take(43, []).fresh.length]).toEqual([0, 0]);
  });

  it("does not touch what it has given away, because that belongs to another thread", () => {
    const builder = createColumnBuilder([traffic]);
    const lane = builder.lane("traffic", false);
    lane.add(1, 1, 1, 0);
    lane.set(0, 11);
    const [first] = builder.take(1, []).fresh;
    lane.add(2, 2, 2, 0);
    lane.set(0, 22);
    expect([first?.device[0], first?.values.volume?.[0], first?.rows]).toEqual([1, 11, 1]);
  });

  it("grows without losing a row or a value, and again after a take", () => {
    const builder = createColumnBuilder([traffic]);
    for (const many of [5000, 10, 3000]) {
      const lane = builder.lane("traffic", false);
      for (let n = 0; n < many; n++) {
        lane.add(n, n * 10, Number.NaN, n % 7);
        if (n % 2 === 0) lane.set(1, n / 2);
      }
      const [columns] = builder.take(1, []).fresh;
      expect(columns?.rows).toBe(many);
      const wrong = Array.from({ length: many }, (_, n) => n).filter(
        (n) =>
          columns?.device[n] !== n ||
          columns.t[n] !== n * 10 ||
          columns.quality[n] !== n % 7 ||
          !Object.is(columns.values.occ?.[n], n % 2 === 0 ? n / 2 : Number.NaN),
      );
      expect(wrong).toEqual([]);
    }
  });

  it("knows no service without a contract", () => {
    expect(() => createColumnBuilder([traffic]).lane("balloons", false)).toThrow(/no contract for service balloons/);
  });
});
