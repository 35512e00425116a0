import { describe, expect, it } from "vitest";
import { openGauge } from "../../console/web/views/service/panels/stream/open-gauge.ts";
import type { Alarm } from "../../shared/alarm.ts";
import { listedAlarm } from "../support/listed-alarm.ts";

const gauges = ["ws-01", "ws-02", "ws-03"].map((id) => ({ row: { id } }));
const opened = (alarms: readonly Alarm[], chosen?: string) =>
  openGauge(gauges, chosen, (device) => alarms.filter((alarm) => alarm.device === device))?.row.id;
const at = (device: string, part: Partial<Alarm> = {}) => listedAlarm({ id: `level-${device}`, device, ...part });

describe("the gauge that stands open on the stream's page", () => {
  it("is the first of the stream while nothing is wrong, and none without gauges", () => {
    expect(opened([])).toBe("ws-01");
    expect(openGauge([], "ws-01", () => [])).toBeUndefined();
  });
  it("is the one with the highest open alarm: an acknowledged P1 before a new P3, what stands before what has gone, then the oldest", () => {
    expect(opened([at("ws-02", { priority: 3, acked: false }), at("ws-03", { priority: 1 })])).toBe("ws-03");
    expect(opened([at("ws-02", { active: false, acked: false }), at("ws-03")])).toBe("ws-03");
    expect(opened([at("ws-02", { raisedAt: 9 }), at("ws-03", { raisedAt: 5 })])).toBe("ws-03");
  });
  it("is not called by a sensor's trouble, nor by what is kept from the desk", () => {
    const shelved = { until: 9, by: "한결", reason: "점검", once: false };
    expect(opened([at("ws-02", { class: "maintenance", priority: 1 }), at("ws-03", { priority: 1, shelved })])).toBe("ws-01");
  });
  it("stays the one that a person has chosen, whatever is raised elsewhere", () => {
    expect(opened([at("ws-03", { priority: 1, acked: false })], "ws-02")).toBe("ws-02");
  });
});
