import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { createDetector } from "../../../broker/alarms/detect/detector.ts";
import { openJournal } from "../../../broker/alarms/journal.ts";
import type { Observed, Watched } from "../../../broker/alarms/observed.ts";
import { createQueues, type QueuesState } from "../../../broker/queues/queues.ts";
import { inTurn } from "../../../broker/room/in-turn.ts";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { caseColumns, caseRows } from "../../../shared/case-rows.ts";
import { refuse } from "../../../shared/result.ts";
import type { RoomAction } from "../../../shared/room-action.ts";
import { rulesOf } from "../../../shared/rules-of.ts";
import type { Service } from "../../../shared/service.ts";
import { evzone } from "../../../shared/services/evzone.ts";
import { ucare } from "../../../shared/services/ucare.ts";
import { findingOf, watchedOf } from "../../support/found.ts";
import { day, hour, minute } from "../../support/ingest-world.ts";

const by = { name: "박준호", role: "operator" } as const;
/** 2026-10-12 09:00 in Seoul. */
const nine = Date.UTC(2026, 9, 12, 0);
const bay = (over: Parameters<typeof watchedOf>[3] = {}) => watchedOf(evzone, "bay", "ev-1-b1", { constants: { fast: 1, number: 1 }, ...over });

function room(devices: readonly Watched[]) {
  const journal = openJournal();
  const known = new Map(devices.map((one) => [one.id, one]));
  const device = (id: string) => known.get(id);
  let queues = createQueues({ device, journal });
  const at = (t: number) => ({ timeline: "city", t, at: t + 7 }) as const;
  return {
    journal,
    device,
    queues: () => queues,
    at,
    find(rule: Rule, where: Watched, what: "raised" | "priority" | "cleared", t: number): void {
      queues.found(findingOf(rule, where, what, t), at(t));
    },
    see(observed: Observed): void {
      const where = device(observed.device);
      if (where !== undefined && queues.watches(observed.device, observed.e !== undefined)) queues.seen(where, observed, at(observed.t));
    },
    act: (action: RoomAction, t: number) => queues.act(action, by, at(t)) ?? refuse("it is nobody's"),
    restart(): void {
      const state = deserialize(serialize(structuredClone(queues.state()))) as QueuesState;
      queues = createQueues({ device, journal });
      queues.restore(state);
    },
  };
}
/** Readings and events through the real detector, as the room does it. */
function live(where: Watched) {
  const world = room([where]);
  const seen: Observed[] = [];
  const detector = createDetector({ devices: () => [where], device: world.device, rulesOf, seen: (one) => void seen.push(one) });
  detector.forget(nine - hour);
  return {
    ...world,
    say: (t: number, m: Observed["m"]) => detector.take({ t, device: where.id, ...(m && { m }) }),
    tell: (t: number, e: string, x: Observed["x"]) => detector.take({ t, device: where.id, e, ...(x && { x }) }),
    until(mark: number): void {
      const found = detector.advance(mark);
      for (const one of inTurn(seen.splice(0), found)) {
        if ("rule" in one) world.queues().found(one, world.at(one.t));
        else world.see(one);
      }
    },
  };
}
const task: Rule = {
  id: "quiet",
  version: 1,
  kind: "home",
  outcome: "task",
  class: "operations",
  priority: 3,
  title: { ko: "활동 없음", en: "No activity" },
  cause: { ko: "", en: "" },
  consequence: { ko: "", en: "" },
  response: [],
  minutes: 0,
  when: { kind: "event", event: "button" },
};
const careful: Service = { ...ucare, rules: [task] } as unknown as Service;
const home = watchedOf(careful, "home", "home-1");

describe("an intruder in a charging bay", () => {
  it.each([1, 20 * minute])("is a case with the law of that day, its warnings and its leaving, whatever the marks (%i ms apart)", (step) => {
    const world = live(bay());
    world.tell(nine, "in", { class: "ice", token: "abc123" });
    world.say(nine, { occupied: true, vehicle: "ice", light: false });
    for (const [n, after] of [0, 1, 4].entries()) world.tell(nine + after * minute, "warn", { n: n + 1 });
    world.say(nine + 5 * minute + 1000, { occupied: true, vehicle: "ice", light: true });
    world.say(nine + 10 * minute, { occupied: true, vehicle: "ice", light: true });
    world.tell(nine + 17 * minute, "out", { dwell: 1020 });
    world.say(nine + 17 * minute, { occupied: false, vehicle: "none", light: false });
    if (step === 1) for (const at of [0, 1, 4, 5.1, 10, 16.9, 17.5, 30]) world.until(nine + at * minute);
    else world.until(nine + step + 10 * minute);
    const [item, ...others] = world.queues().items();
    expect(others).toEqual([]);
    expect(item).toMatchObject({ queue: "case", state: "open", active: false, law: { from: "2022-08-01", amount: 100_000 } });
    const told = item?.facts.map(({ t, text }) => `${(t - nine) / minute} ${text.ko}`) ?? [];
    expect(told.filter((line) => line.includes("음성 경고"))).toEqual(["0 음성 경고: 차수 1", "1 음성 경고: 차수 2", "4 음성 경고: 차수 3"]);
    expect(told[0]).toBe("0 점유: 사용 중");
    expect(told).toContain("0 입차: 차종 ice");
    expect(told).toContain("17 출차: 머문 시간 1020 s");
    expect(told.join(" ")).not.toContain("abc123");
    expect(told.at(-1)).toContain("해소");
    expect(item?.facts.map(({ t }) => t)).toEqual(item?.facts.map(({ t }) => t).toSorted((a, b) => a - b));
  });

  it("that leaves in time is no case, and the next car's events do not go into the file of the one before", () => {
    const world = live(bay());
    world.say(nine, { occupied: true, vehicle: "ice" });
    world.tell(nine + minute, "warn", { n: 1 });
    world.say(nine + 4 * minute, { occupied: false, vehicle: "none" });
    world.say(nine + 20 * minute, { occupied: true, vehicle: "ice" });
    world.until(nine + 21 * minute);
    expect(world.queues().items()).toEqual([]);
    world.say(nine + 26 * minute, { occupied: true, vehicle: "ice" });
    world.say(nine + 30 * minute, { occupied: false, vehicle: "none" });
    world.tell(nine + 40 * minute, "warn", { n: 1 });
    world.until(nine + hour);
    expect(world.queues().items()).toHaveLength(1);
    expect(
      world
        .queues()
        .items()[0]
        ?.facts.filter(({ text }) => text.en.startsWith("Voice")),
    ).toEqual([]);
  });

  it.each([
    [Date.UTC(2022, 6, 31, 12), "2022-01-28", 0],
    [Date.UTC(2022, 6, 31, 15), "2022-08-01", 100_000],
  ])("begun at %i stands under the law of %s: KRW %i", (begin, from, amount) => {
    const world = room([bay()]);
    const rule = evzone.rules.find(({ id }) => id === "intrusion") as Rule;
    world.see({ t: begin, device: "ev-1-b1", m: { occupied: true, vehicle: "ice" } });
    world.find(rule, bay(), "raised", begin + 5 * minute);
    const [item] = world.queues().items();
    expect(item?.law).toMatchObject({ from, amount });
    expect(world.act({ do: "export-items", items: [item?.id ?? ""] }, begin + 6 * minute).ok).toBe(amount > 0);
  });

  it("goes to the fining office once: rows without plate or token; closed when it is over", () => {
    const world = room([bay()]);
    const rule = evzone.rules.find(({ id }) => id === "intrusion") as Rule;
    world.find(rule, bay(), "raised", nine);
    const id = world.queues().items()[0]?.id ?? "";
    expect(world.act({ do: "export-items", items: [id, "nobody"] }, nine + minute)).toMatchObject({
      ok: true,
      value: { left: [{ id: "nobody", reason: "there is no such case" }] },
    });
    expect(world.act({ do: "export-items", items: [id] }, nine + minute)).toMatchObject({ ok: false, reason: "it was handed over before" });
    expect(world.queues().items()[0]).toMatchObject({ state: "open", exportedAt: nine + minute + 7 });
    world.find(rule, bay(), "cleared", nine + hour);
    const items = world.queues().items();
    expect(items[0]).toMatchObject({ state: "closed", result: "handed-over", closedAt: nine + hour });
    const [row] = caseRows(items, "ko", (t) => new Date(t).toISOString());
    expect(Object.keys(row ?? {})).toEqual([...caseColumns]);
    expect(row).toMatchObject({ id, amount: 100_000, lawFrom: "2022-08-01", simulated: true, result: "과태료 부과 부서로 이관" });
    expect(row?.facts.split("\n").length).toBe(items[0]?.facts.length);
  });

  it("of which a person says that it was no violation goes to nobody", () => {
    const world = room([bay()]);
    world.find(evzone.rules.find(({ id }) => id === "intrusion") as Rule, bay(), "raised", nine);
    const id = world.queues().items()[0]?.id ?? "";
    expect(world.act({ do: "close-item", item: id, result: "not-a-violation", note: "구급차" }, nine + minute)).toMatchObject({ ok: true });
    expect(world.act({ do: "export-items", items: [id] }, nine + 2 * minute)).toMatchObject({ ok: false });
    expect(world.act({ do: "close-item", item: id, result: "warned" }, nine + 2 * minute)).toMatchObject({ ok: false });
    expect(world.queues().items()[0]).toMatchObject({ state: "closed", note: "구급차", owner: "박준호", exportedAt: null });
    expect(caseRows(world.queues().items(), "ko", String)).toEqual([]);
  });
});

describe("a task of the care desk", () => {
  it("closes by itself when it is over before somebody has taken it", () => {
    const world = room([home]);
    world.find(task, home, "raised", nine);
    world.find(task, home, "cleared", nine + hour);
    expect(world.queues().items()).toMatchObject([{ state: "closed", result: "gone", active: false, law: null }]);
    world.find(task, home, "raised", nine + 2 * hour);
    expect(world.queues().items()).toMatchObject([{ state: "closed" }, { state: "open", active: true }]);
  });

  it("that was taken stays until a person says what came of it, and hears of call and visit", () => {
    const world = room([home]);
    world.find(task, home, "raised", nine);
    const id = world.queues().items()[0]?.id ?? "";
    expect(world.act({ do: "take-item", item: id }, nine + minute)).toMatchObject({ ok: true });
    expect(world.act({ do: "take-item", item: id }, nine + minute)).toMatchObject({ ok: false });
    world.see({ t: nine + 2 * minute, device: "home-1", e: "call", x: { result: "no-answer", says: "none" } });
    world.find(task, home, "cleared", nine + 3 * minute);
    world.see({ t: nine + 20 * minute, device: "home-1", e: "visit", x: { result: "ok" } });
    expect(world.queues().items()[0]).toMatchObject({ state: "taken", owner: "박준호", active: false });
    expect(world.act({ do: "close-item", item: id, result: "visited" }, nine + 21 * minute)).toMatchObject({ ok: true });
    const [item] = world.queues().items();
    expect(item?.facts.map(({ text }) => text.en)).toEqual([
      "No activity: condition",
      "Taken by a person",
      "Call: Result no-answer, Answer none",
      "Over: No activity",
      "Visit: Result ok",
    ]);
    expect(world.journal.lines({ limit: 10 }).map(({ what, by: who, after, reason }) => [what, who, after, reason])).toEqual([
      ["item-opened", "rule", "open", null],
      ["item-taken", "박준호", "taken", null],
      ["item-ended", "rule", "taken", null],
      ["item-closed", "박준호", "closed", "visited"],
    ]);
    expect(world.act({ do: "export-items", items: [id] }, nine + hour)).toMatchObject({
      ok: false,
      reason: "a task is nothing for the fining office",
    });
  });

  it("keeps its first and newest facts, however long it stays open", () => {
    const world = room([home]);
    world.find(task, home, "raised", nine);
    for (let n = 1; n <= 200; n++) world.see({ t: nine + n * 1000, device: "home-1", e: "door", x: { to: n % 2 ? "open" : "closed" } });
    const facts = world.queues().items()[0]?.facts ?? [];
    expect(facts).toHaveLength(60);
    expect(facts[0]?.text.en).toBe("No activity: condition");
    expect(facts.at(-1)?.t).toBe(nine + 200_000);
  });
});

describe("queues", () => {
  it("refuse what they do not know, and leave other actions to others", () => {
    const world = room([home]);
    expect(world.act({ do: "take-item", item: "task-of-nobody" }, nine)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("task-of-nobody"),
    });
    expect(world.act({ do: "unshelve", alarm: "a" }, nine)).toEqual(refuse("it is nobody's"));
  });

  it("are the same after a restart in the middle of a stay", () => {
    const world = room([bay()]);
    const rule = evzone.rules.find(({ id }) => id === "intrusion") as Rule;
    world.see({ t: nine, device: "ev-1-b1", m: { occupied: true, vehicle: "ice" } });
    world.see({ t: nine + 1000, device: "ev-1-b1", e: "warn", x: { n: 1 } });
    world.restart();
    world.find(rule, bay(), "raised", nine + 5 * minute);
    world.restart();
    world.see({ t: nine + 6 * minute, device: "ev-1-b1", e: "warn", x: { n: 2 } });
    world.find(rule, bay(), "cleared", nine + 7 * minute);
    expect(world.queues().items()).toMatchObject([{ openedAt: nine + 5 * minute, active: false, state: "open" }]);
    expect(
      world
        .queues()
        .items()[0]
        ?.facts.filter(({ text }) => text.en.startsWith("Voice warning")),
    ).toHaveLength(2);
  });

  it("take from an image what is of the city, and keep what is of the field", () => {
    const real = bay({ d: "ev-real", timeline: "field" });
    const world = room([bay(), { ...real, id: "ev-real" }]);
    const rule = evzone.rules.find(({ id }) => id === "intrusion") as Rule;
    world.find(rule, bay(), "raised", nine);
    const image = structuredClone(world.queues().state());
    world.queues().found(findingOf(rule, { ...real, id: "ev-real" }, "raised", nine + day), { timeline: "field", t: nine + day, at: 0 });
    world.find(rule, bay(), "cleared", nine + hour);
    world.queues().forget("city");
    expect(
      world
        .queues()
        .items()
        .map(({ device }) => device),
    ).toEqual(["ev-real"]);
    world.queues().restore(image, "city");
    expect(world.queues().items()).toMatchObject([
      { device: "ev-1-b1", active: true },
      { device: "ev-real", active: true },
    ]);
  });

  it("forget closed ones after a week of event time and two days of grace, never open ones", () => {
    const world = room([home]);
    world.find(task, home, "raised", nine);
    world.find(task, home, "cleared", nine + minute);
    world.find(task, home, "raised", nine + hour);
    world.queues().advance(world.at(nine + 7 * day));
    expect(world.queues().items()).toHaveLength(2);
    world.queues().advance(world.at(nine + 9 * day));
    expect(world.queues().items()).toMatchObject([{ state: "open", openedAt: nine + hour }]);
  });

  it("forget what was closed while its cause went on a week after it was closed, once the cause has ended", () => {
    const world = room([home]);
    world.find(task, home, "raised", nine);
    world.act({ do: "close-item", item: world.queues().items()[0]?.id ?? "", result: "done" }, nine + hour);
    world.queues().advance(world.at(nine + 20 * day));
    expect(world.queues().items()).toMatchObject([{ state: "closed", active: true }]);
    world.find(task, home, "cleared", nine + 20 * day + hour);
    world.queues().advance(world.at(nine + 21 * day));
    expect(world.queues().items()).toEqual([]);
  });
});

describe("tasks with a cause in common", () => {
  const homes = [1, 2, 3].map((n) => watchedOf(ucare, "home", `uc-${n}`, { district: n === 3 ? "south" : "north" }));
  const [first, second, other] = homes as [Watched, Watched, Watched];
  const [hot, wave] = ["hot-room", "heat-wave"].map((id) => ucare.rules.find((rule) => rule.id === id) as Rule) as [Rule, Rule];
  const causes = (w: ReturnType<typeof room>) =>
    Object.fromEntries(
      w
        .queues()
        .items()
        .map(({ rule, device, cause }) => [`${rule} ${device}`, cause]),
    );
  function heat(): ReturnType<typeof room> {
    const w = room(homes);
    w.find(hot, first, "raised", nine);
    w.find(wave, first, "raised", nine + minute);
    w.find(hot, second, "raised", nine + 2 * minute);
    w.find(hot, other, "raised", nine + 2 * minute);
    return w;
  }
  const head = `ucare-heat-wave-uc-1-${nine + minute}`;

  it("hang below it, whichever came first, within the district; a restart keeps that", () => {
    const w = heat();
    const told = { "ucare/hot-room uc-1": head, "ucare/heat-wave uc-1": null, "ucare/hot-room uc-2": head, "ucare/hot-room uc-3": null };
    expect(causes(w)).toEqual(told);
    w.restart();
    expect(causes(w)).toEqual(told);
  });

  it("stay somebody's work: each is taken and closed on its own", () => {
    const w = heat();
    w.act({ do: "close-item", item: `ucare-hot-room-uc-2-${nine + 2 * minute}`, result: "done" }, nine + hour);
    expect(w.queues().item(head)?.state).toBe("open");
    expect(w.queues().item(`ucare-hot-room-uc-1-${nine}`)).toMatchObject({ state: "open", cause: head });
  });

  it.each<[string, (w: ReturnType<typeof room>) => void]>([
    ["is over", (w) => w.find(wave, first, "cleared", nine + hour)],
    ["is closed by a person", (w) => void w.act({ do: "close-item", item: head, result: "done" }, nine + hour)],
  ])("stand alone when it %s", (_how, end) => {
    const w = heat();
    w.queues().changed();
    end(w);
    expect(Object.values(causes(w)).filter((cause) => cause !== null)).toEqual([]);
    // the list hears of it
    expect(
      w
        .queues()
        .changed()
        .map(({ device }) => device),
    ).toEqual(expect.arrayContaining(["uc-1", "uc-2"]));
  });
});
