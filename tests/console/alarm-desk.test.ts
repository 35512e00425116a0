import { beforeEach, describe, expect, it } from "vitest";
import { alarms, alarmsByDevice, beginDesk, deskN, flood, lines, merged, takeNews } from "../../console/web/live/desk.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import type { RoomNews } from "../../shared/room-port.ts";
import { listedAlarm } from "../support/listed-alarm.ts";

const nothing: Omit<RoomNews, "n"> = {
  ...{ alarms: [], lines: [], items: [], commands: [], responses: [], handoffs: [], advice: [] },
  flood: { since: null, lastTenMinutes: 0 },
};
const line = (n: number): JournalLine => ({
  ...{ n, run: "r", timeline: "city", t: n, at: n, what: "raised", alarm: "a", occurrence: 1, rule: null, service: null, device: null },
  ...{ by: "rule", role: null, before: null, after: null, reason: null },
});
const ids = () => [...alarms.value.keys()];

describe("the desk in a browser", () => {
  beforeEach(() => beginDesk({ ...nothing, n: 5, alarms: [listedAlarm({ id: "a" }), listedAlarm({ id: "b", device: "ws-02" })], lines: [line(5)] }));

  it("takes what changed and lets go what became normal", () => {
    const { state: _letter, ...facts } = listedAlarm({ id: "b", active: false });
    takeNews({
      ...nothing,
      n: 7,
      alarms: [listedAlarm({ id: "a", priority: 1 }), { ...facts, state: "A" }, listedAlarm({ id: "c" })],
      lines: [line(6), line(7)],
    });
    expect(ids()).toEqual(["a", "c"]);
    expect(alarms.value.get("a")?.priority).toBe(1);
    expect(lines.value.map(({ n }) => n)).toEqual([5, 6, 7]);
    expect(deskN.value).toBe(7);
    expect([...alarmsByDevice.value.keys()]).toEqual(["ws-01"]);
  });
  it("begins anew with a snapshot, and does not redraw for news of nothing", () => {
    const before = alarms.value;
    const still = flood.value;
    takeNews({ ...nothing, n: 6 });
    expect(alarms.value).toBe(before);
    expect(flood.value).toBe(still);
    beginDesk({ ...nothing, n: 1 });
    expect(ids()).toEqual([]);
    expect(deskN.value).toBe(1);
  });
  it("never goes back in its number, because one tick may bring news of two rooms", () => {
    takeNews({ ...nothing, n: 9 });
    takeNews({ ...nothing, n: 8 });
    expect(deskN.value).toBe(9);
  });
  it("keeps the newest of what is over", () => {
    const key = ({ id }: { id: string }) => id;
    const known = merged(new Map(), [{ id: "1" }, { id: "2" }], key, 2);
    expect([...merged(known, [{ id: "1" }, { id: "3" }], key, 2).keys()]).toEqual(["1", "3"]);
    expect(merged(known, [], key)).toBe(known);
  });
});
