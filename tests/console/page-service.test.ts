import { describe, expect, it } from "vitest";
import { neighbours, siteOf } from "../../console/web/views/device/neighbours.ts";
import { valueScale } from "../../console/web/views/device/value-scale.ts";
import { columnsOf, holesOf, joinedDay } from "../../console/web/views/service/figure-day.ts";
import { cellText, heatDigits, heatScale, heatSteps } from "../../console/web/views/service/heat.ts";
import { commonName, takenSince } from "../../console/web/views/service/panels/evzone/names.ts";
import { today } from "../../console/web/views/service/panels/foodwaste/today.ts";
import { tendency } from "../../console/web/views/service/panels/stream/tendency.ts";
import { crossingsOf, orderCrossings, type Side } from "../../console/web/views/service/panels/traffic/crossings.ts";
import type { ChronicleLine, DeviceRow, SeriesPoint } from "../../shared/city-port.ts";
import { serviceOf } from "../../shared/services/index.ts";

const minute = 60_000;
const hour = 60 * minute;
const row = (id: string, over: Partial<DeviceRow> = {}): DeviceRow => ({
  id,
  service: "toy",
  kind: "gauge",
  name: { ko: id, en: id },
  district: "north",
  gateway: `gw-${id}`,
  lat: 37.7,
  lon: 127,
  timeline: "city",
  every: 60,
  stale: 180,
  state: "ready",
  lastSeen: 0,
  cell: 0,
  ...over,
});
const point = (t: number, mean: number): SeriesPoint => ({ t, min: mean, mean, max: mean, n: 1 });

describe("shades of districts by hour", () => {
  it("spread over what was measured, so that hours differ where they do", () => {
    const scale = heatScale([20, 25, 30, 45], 1)!;
    expect([20, 24.9, 25, 44, 45].map(scale.shade)).toEqual([0, 0, 1, 4, 4]);
    expect(scale.edges).toHaveLength(heatSteps);
  });
  it("are one shade when the spread is less than the sensor's noise", () => {
    const scale = heatScale([0.84, 0.841], 0.5)!;
    expect([0.84, 0.841].map(scale.shade)).toEqual([0, 0]);
  });
  it("do not exist without a value", () => expect(heatScale([Number.NaN], 1)).toBeUndefined());
  it("write numbers short enough for a cell", () => {
    expect([cellText(7864.4, 0), cellText(13_700, 0), cellText(219_400, 0), cellText(-3.26, 1)]).toEqual(["7864", "13.7k", "219k", "−3.3"]);
    expect([heatDigits(0.4, 3), heatDigits(5, 3), heatDigits(500, 3), heatDigits(0.4, 1)]).toEqual([2, 1, 0, 1]);
  });
});

describe("the day of a figure", () => {
  it("grows in pieces: the minute that was under way is replaced, what is older than a day goes", () => {
    const first = joinedDay(new Map(), [{ id: "a", t: [0, minute, 2 * minute], v: [1, 2, 3] }], 0);
    const next = joinedDay(first, [{ id: "a", t: [2 * minute, 3 * minute], v: [30, 4] }], minute);
    expect(next.get("a")).toEqual({ t: [minute, 2 * minute, 3 * minute], v: [2, 30, 4] });
  });
  it("has holes where no device was fresh, but none before the present value", () => {
    const day = joinedDay(new Map(), [{ id: "a", t: [0, minute, 2 * minute, 9 * minute], v: [1, null, null, 2] }], 0).get("a")!;
    expect(holesOf(day.t)).toEqual([{ from: 0, to: 9 * minute }]);
    expect(columnsOf(day, 5, 60 * minute).t).toEqual([0, 9 * minute, 60 * minute]);
    expect(columnsOf(day, Number.NaN, 60 * minute).t).toEqual([0, 9 * minute]);
  });
});

describe("what stands beside a device", () => {
  it("is its site first, then its gateway, then the nearest of its kind", () => {
    const rows = [row("ev-001-b01"), row("ev-001-c01", { kind: "charger" }), row("ev-002-b01"), row("ws-1"), row("ws-2", { lat: 37.8 }), row("ws-3")];
    expect(neighbours(rows[0]!, rows)).toMatchObject({ how: "site", list: [{ id: "ev-001-c01" }] });
    expect(neighbours(row("ws-1", { gateway: "gw-ws-3" }), rows)).toMatchObject({ how: "gateway", list: [{ id: "ws-3" }] });
    const { how, list } = neighbours(rows[3]!, rows);
    expect([how, list.at(-1)?.id]).toEqual(["district", "ws-2"]);
  });
  it("knows a site by the begin of ids", () => expect([siteOf("tx-0001-e"), siteOf("pump")]).toEqual(["tx-0001", "pump"]));
});

describe("the scale of a value", () => {
  const context = { limits: [], time: Date.UTC(2026, 10, 25, 3), zone: "Asia/Seoul" };
  const range = { min: 0, max: 240 };
  it("ends where the service's figure ends, in the metric's own unit", () => {
    const traffic = serviceOf("traffic")!;
    const scale = valueScale(traffic, { kind: "approach", metric: "volume" }, range, context);
    expect([scale.low, scale.high]).toEqual([0, 15]);
    expect(scale.usual!.low).toBeLessThan(scale.usual!.high);
  });
  it("ends beyond the highest limit where there are limits", () => {
    const limits = [{ name: "serious", rank: 1 as const, label: { ko: "심각", en: "serious" }, value: 8 }];
    expect(valueScale(serviceOf("stream")!, { kind: "gauge", metric: "level" }, { min: -5, max: 30 }, { ...context, limits }).high).toBeCloseTo(9.2);
  });
  it("has no usual range for a worst case over all devices, which says nothing about one", () =>
    expect(valueScale(serviceOf("stream")!, { kind: "gauge", metric: "level" }, { min: -5, max: 30 }, context)).toEqual({
      low: 0,
      high: 8,
      usual: undefined,
    }));
  it("ends where the contract ends when nothing else is known", () =>
    expect(valueScale(serviceOf("evzone")!, { kind: "charger", metric: "soc" }, { min: 0, max: 100 }, context)).toMatchObject({ low: 0, high: 100 }));
});

describe("a gauge", () => {
  it("tells its change over ten minutes only from what it received", () => {
    const rising = Array.from({ length: 12 }, (_, index) => point(index * minute, 2 + index * 0.05));
    expect(tendency(rising)).toBeCloseTo(0.5);
    expect(tendency([point(0, 1), point(40 * minute, 3)])).toBeUndefined();
    expect(tendency([])).toBeUndefined();
  });
});

describe("intersections", () => {
  const rows = [
    ...["n", "e", "s", "w"].map((end) => row(`tx-1-${end}`, { kind: "approach" })),
    row("tx-1-sig", { kind: "signal" }),
    row("tx-2-n", { kind: "approach", district: "south" }),
  ];
  const crossings = crossingsOf(rows);
  it("gather their approaches and their controller", () => {
    expect(crossings.map(({ id, approaches, signal }) => [id, [...approaches.keys()].join(""), signal?.id])).toEqual([
      ["tx-1", "nesw", "tx-1-sig"],
      ["tx-2", "n", undefined],
    ]);
  });
  it("stand by their longest queue, and an unknown queue is never the longest", () => {
    const queues: Record<string, readonly (readonly [Side, number])[]> = { "tx-1": [["n", Number.NaN]], "tx-2": [["n", 3]] };
    const of = ({ id, district }: { id: string; district: string }) => ({ queues: new Map(queues[id]), plan: "day", district });
    expect(orderCrossings(crossings, of, "worst", true).map(({ id }) => id)).toEqual(["tx-2", "tx-1"]);
    expect(orderCrossings(crossings, of, "district", true).map(({ id }) => id)).toEqual(["tx-2", "tx-1"]);
    expect(orderCrossings(crossings, of, "plan", false).map(({ id }) => id)).toEqual(["tx-1", "tx-2"]);
  });
});

describe("a charging zone", () => {
  it("is called by what its bays' names have in common", () => {
    expect(commonName(["아파트 EV-001 1번 면", "아파트 EV-001 2번 면", "아파트 EV-001 1번 충전기"])).toBe("아파트 EV-001");
    expect(commonName(["Car park EV-7 bay 1", "Car park EV-7 charger 1"])).toBe("Car park EV-7");
    expect(commonName([])).toBe("");
  });
  it("knows since when a vehicle stands only while one does", () => {
    expect(takenSince([{ from: 1, to: 2, value: true }])).toBe(1);
    expect(
      takenSince([
        { from: 1, to: 2, value: true },
        { from: 2, to: 3, value: false },
      ]),
    ).toBeUndefined();
    expect(takenSince(undefined)).toBeUndefined();
  });
});

describe("a day of food waste", () => {
  const line = (n: number, t: number, what: string, x: ChronicleLine["x"], device = "fw-1"): ChronicleLine => ({
    n,
    t,
    what,
    x,
    device,
    service: "foodwaste",
  });
  it("adds up deposits and collections per unit and per hour", () => {
    const lines = [
      line(1, 10 * minute, "deposit", { net: 1.5, fee: 90 }),
      line(2, 70 * minute, "deposit", { net: 0.5 }),
      line(3, 80 * minute, "emptied", { kg: 40 }),
      line(4, 81 * minute, "tare", {}),
      line(5, 3 * hour, "deposit", { net: 9 }, "fw-2"),
      line(6, -minute, "deposit", { net: 9 }),
    ];
    const day = today(lines, 0, 2 * hour + minute);
    expect(day.hours.map(({ kg, taken, count }) => [kg, taken, count])).toEqual([
      [1.5, 0, 1],
      [0.5, 40, 1],
      [0, 0, 0],
    ]);
    expect(day.units.get("fw-1")).toEqual({ count: 2, kg: 2, emptied: 80 * minute });
    expect([day.count, day.kg, day.emptied, day.taken]).toEqual([2, 2, 1, 40]);
  });
});
