import { describe, expect, it } from "vitest";
import { ofItself } from "../../console/web/command/of-itself.ts";
import { folded, inQueue, isForFining } from "../../console/web/views/queues/in-queue.ts";
import { ladderOf } from "../../console/web/views/service/panels/care/ladder.ts";
import { legalStay } from "../../console/web/views/service/panels/evzone/stay-limit.ts";
import { attentionOf } from "../../console/web/views/service/panels/foodwaste/attention.ts";
import { type GateState, inGateOrder, isNotAsCommanded } from "../../console/web/views/service/panels/stream/gate-order.ts";
import { approachDelay, levelOfService } from "../../console/web/views/service/panels/traffic/level-of-service.ts";
import type { WorkItem } from "../../shared/alarm.ts";
import type { Service } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";
import { commandOf, itemOf } from "../support/desk-rows.ts";

const named = (id: string): Service => services.find((service) => service.id === id) as Service;
const minute = 60_000;
const hour = 60 * minute;
const now = Date.UTC(2026, 6, 15, 7);

describe("a gate that nobody has ordered to where it stands", () => {
  const stream = named("stream");
  const by = (word: string, command?: Parameters<typeof ofItself>[3]) => ofItself(stream, "close", word, command)?.en;
  it("says that its float switch closed it, and nothing while it is open", () => {
    expect(by("closed")).toBe("closed by its own float switch");
    expect(by("closed", { op: "auto", state: "confirmed" })).toBe("closed by its own float switch");
    expect(by("closing", { op: "open", state: "confirmed" })).toBe("its own float switch is closing it");
    expect(by("open")).toBeUndefined();
  });
  it("says nothing of it where the room ordered it, or where nobody can tell", () => {
    expect(by("closed", { op: "close", state: "confirmed" })).toBeUndefined();
    expect(by("closed", { op: "open", state: "failed" })).toBeUndefined();
    expect(by("closing", { op: "close", state: "pending" })).toBeUndefined();
  });
});

describe("the list of gates", () => {
  const gate = (id: string, at: number, over: Partial<GateState> = {}): GateState => ({
    row: { id } as GateState["row"],
    at,
    command: undefined,
    fresh: true,
    ...over,
  });
  it("begins with what failed, what is on its way and what is silent, then goes downstream", () => {
    const failed = commandOf("g", { state: "failed" });
    const list = [
      gate("down", 9),
      gate("up", 1, { command: commandOf("g", { state: "confirmed" }) }),
      gate("silent", 5, { fresh: false }),
      gate("moving", 8, { command: commandOf("g", { state: "pending" }) }),
      gate("failed", 7, { command: failed }),
    ].sort(inGateOrder);
    expect(list.map(({ row }) => row.id)).toEqual(["failed", "moving", "silent", "up", "down"]);
    expect(list.map(isNotAsCommanded)).toEqual([true, true, false, false, false]);
  });
});

describe("the legal limit of a stay", () => {
  const at = (local: string) => Date.parse(`${local}+09:00`);
  const stay = (vehicle: string, begin: number, constants: Readonly<Record<string, number>>) =>
    legalStay(named("evzone"), { vehicle, begin, constants, zone: "Asia/Seoul" });
  it.each([
    ["ev", 1, "2026-06-09T10:00", "2026-06-09T11:00"],
    ["ev", 0, "2026-06-09T10:00", "2026-06-10T00:00"],
    ["ice", 0, "2026-06-09T10:00", "2026-06-09T10:05"],
    // Midnight to six is not counted: two hours before it, five after it.
    ["phev", 0, "2026-06-09T22:00", "2026-06-10T11:00"],
    ["phev", 0, "2026-06-10T03:00", "2026-06-10T13:00"],
    ["phev", 0, "2026-06-09T08:00", "2026-06-09T15:00"],
    // The law under which the driver parked.
    ["phev", 0, "2026-02-04T08:00", "2026-02-04T22:00"],
  ])("of %s at fast = %s from %s ends %s", (vehicle, fast, begin, end) => {
    expect(stay(vehicle, at(begin), { fast, households: 600 })?.ends).toBe(at(end));
  });
  it("is none where the law limits nothing", () => {
    expect(stay("ev", at("2026-06-09T10:00"), { fast: 0, households: 60 })).toBeUndefined();
    expect(stay("exempt", at("2026-06-09T10:00"), { fast: 1 })).toBeUndefined();
    expect(stay("ice", at("2021-06-09T10:00"), { fast: 1 })).toBeUndefined();
  });
});

describe("a queue of work", () => {
  const items = [
    itemOf("evzone-2", { active: false, openedAt: now - 2 * hour }),
    itemOf("evzone-1", { openedAt: now }),
    itemOf("evzone-3", { openedAt: now - hour, state: "taken", owner: "한결" }),
    itemOf("evzone-4", { state: "closed", closedAt: now, result: "warned" }),
    itemOf("evzone-5", { queue: "task" }),
    itemOf("ucare-1", { rule: "ucare/quiet" }),
  ];
  const devices = (withClosed: boolean) => inQueue(items, { service: "evzone", queue: "case", withClosed }).map(({ device }) => device);
  it("shows what goes on first, the oldest of it first, and what is closed only when asked", () => {
    expect(devices(false)).toEqual(["evzone-3", "evzone-1", "evzone-2"]);
    expect(devices(true)).toEqual(["evzone-3", "evzone-1", "evzone-2", "evzone-4"]);
  });
  it("shows one line for a cause in common, what hangs below it under it, and whatever has lost its cause on its own", () => {
    const [head, one, two, alone] = ["ucare-1", "ucare-2", "ucare-3", "ucare-4"].map((device) => itemOf(device)) as [
      WorkItem,
      WorkItem,
      WorkItem,
      WorkItem,
    ];
    const list = [{ ...one, cause: head.id }, head, { ...two, cause: head.id }, { ...alone, cause: "gone" }];
    expect(folded(list).map(({ item, under }) => [item.device, under.map(({ device }) => device)])).toEqual([
      ["ucare-1", ["ucare-2", "ucare-3"]],
      ["ucare-4", []],
    ]);
  });
  it("hands over what has a fine, once, and nothing that was settled otherwise", () => {
    expect(items.slice(0, 5).map(isForFining)).toEqual([true, true, true, false, false]);
    const law = { clause: { ko: "", en: "" }, from: "2022-01-28", amount: 0 };
    expect([itemOf("evzone-1", { law }), itemOf("evzone-1", { law: null }), itemOf("evzone-1", { exportedAt: 1 })].map(isForFining)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("what the pages work out", () => {
  it("has the ladder of silence from the contract: 8 h a task, 12 and 24 h the alarm", () => {
    expect(ladderOf(named("ucare")).map(({ seconds, isAlarm }) => [seconds / 3600, isAlarm])).toEqual([
      [8, false],
      [12, true],
      [24, true],
    ]);
    expect(ladderOf(named("ucare")).at(-1)?.does.en).toContain("119");
  });
  it.each([
    [0.96, 20, 0, "full"],
    [0.6, 31, 0, "odour"],
    [0.4, 31, 0, undefined],
    [0.1, 10, 1, "locked"],
    [0.85, 10, 0, "filling"],
    [0.85, Number.NaN, Number.NaN, "filling"],
    [Number.NaN, Number.NaN, Number.NaN, undefined],
  ])("says why a unit of fill %s, %s °C, lock %s needs somebody: %s", (fill, temp, locked, why) => {
    expect(attentionOf({ fill, temp, locked }, named("foodwaste"))?.why).toBe(why);
  });
  it("has the level of service by the Korean manual, and delay that grows with load and falls with green", () => {
    expect([15, 15.1, 30, 50, 70, 100, 220, 340, 341].map(levelOfService)).toEqual(["A", "B", "B", "C", "D", "E", "F", "FF", "FFF"]);
    const timing = { cycle: 120, main: 54, cross: 50, offset: 0 };
    const delay = (flow: number, main = 54) => approachDelay({ flow, lanes: 2, isMain: true }, { ...timing, main });
    // Of no traffic it is the uniform part alone: 0.5 C (1 - g/C)^2.
    expect(delay(0.001)).toBeCloseTo(0.5 * 120 * 0.55 * 0.55, 1);
    expect(delay(1000)).toBeGreaterThan(delay(500));
    expect(delay(1000, 70)).toBeLessThan(delay(1000));
    expect(delay(2000)).toBeGreaterThan(100);
  });
});
