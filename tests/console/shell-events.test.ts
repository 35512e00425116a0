import { describe, expect, it } from "vitest";
import { latestEvents } from "../../console/web/views/city/latest-events.ts";
import type { ChronicleLine } from "../../shared/city-port.ts";

const minute = 60_000;
const now = 1_000 * minute;
let n = 0;
const line = (service: string, what: string, minutesAgo: number): ChronicleLine => ({
  n: ++n,
  t: now - minutesAgo * minute,
  service,
  device: `${service}-1`,
  what,
  x: {},
});
const many = (service: string, what: string, count: number): ChronicleLine[] =>
  Array.from({ length: count }, (_, at) => line(service, what, 59 - (at * 58) / count));

describe("latest events", () => {
  it("stand newest first, those of one instant in the order of their telling", () => {
    const lines = [line("traffic", "preempt", 9), line("evzone", "in", 3), line("evzone", "out", 3)];
    expect(latestEvents(lines, now, ["traffic", "evzone"]).single.map(({ what }) => what)).toEqual(["out", "in", "preempt"]);
  });
  it("are those of the last hour of the city", () => {
    const lines = [line("traffic", "preempt", 61), line("traffic", "preempt", 59), line("traffic", "preempt", -1)];
    expect(latestEvents(lines, now, ["traffic"]).single).toHaveLength(1);
  });
  it("are counted per kind when they are frequent, with the last of them", () => {
    const deposits = many("foodwaste", "deposit", 200);
    const { single, frequent } = latestEvents([...deposits, line("traffic", "preempt", 30)], now, ["traffic", "foodwaste"]);
    expect(single.map(({ what }) => what)).toEqual(["preempt"]);
    expect(frequent).toEqual([{ service: "foodwaste", what: "deposit", count: 200, last: deposits.at(-1) }]);
  });
  it("name every silence, however many there are", () => {
    const { single, frequent } = latestEvents(many("traffic", "silent", 200), now, ["traffic"]);
    expect(single).toHaveLength(200);
    expect(frequent).toEqual([]);
  });
  it("count kinds in the order of the services, so that rows stay where they are", () => {
    const lines = [...many("foodwaste", "tare", 180), ...many("evzone", "out", 170), ...many("foodwaste", "deposit", 190)];
    expect(latestEvents(lines, now, ["evzone", "foodwaste"]).frequent.map(({ what }) => what)).toEqual(["out", "deposit", "tare"]);
  });
});
