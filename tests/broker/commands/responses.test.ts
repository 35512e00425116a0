import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import type { Response } from "../../../shared/alarm-rule.ts";
import { text } from "../../../shared/text.ts";
import { at, commandWorld, operator } from "../../support/command-world.ts";
import { start } from "../../support/ingest-world.ts";

const shut: Response<"gate" | "lamp"> = {
  id: "shut",
  title: text("문 닫기", "Close the gate"),
  rule: "flood",
  op: "close",
  args: {},
  on: "self",
  countdown: 60,
  guards: [{ metric: "person", is: true, says: text("사람이 있습니다", "Somebody is there") }],
  mode: "auto",
};
const release: Response<"gate" | "lamp"> = {
  ...shut,
  id: "release",
  title: text("문 자동", "Back to automatic"),
  op: "auto",
  when: "cleared",
  countdown: 30,
  guards: [],
};
const lamps: Response<"gate" | "lamp"> = { ...shut, id: "lamps", op: "light", on: { kind: "lamp" }, countdown: 0, guards: [] };
const byHand: Response<"gate" | "lamp"> = { ...shut, mode: "manual" };

const ops = (world: ReturnType<typeof commandWorld>) =>
  world
    .all()
    .map(({ device, op, t }) => [device, op, (t - start) / 1000])
    .reverse();
const told = (world: ReturnType<typeof commandWorld>) => world.lines("response").map(({ after, t, by }) => [after, (t - start) / 1000, by]);

describe("a response in automatic mode", () => {
  it("counts down in event time, then sends its command by the system, for its alarm, once", () => {
    const world = commandWorld({ responses: [shut] });
    world.raise("g-1", 10);
    expect(world.response("yard-shut")).toMatchObject({
      mode: "auto",
      by: null,
      armed: [{ device: "g-1", key: `g-1@${at(10)}`, fires: at(70), waits: null }],
      offered: [],
    });
    world.advance(69);
    expect(world.all()).toEqual([]);
    world.advance(500);
    expect(world.all()).toMatchObject([
      { op: "close", by: "system", role: "system", state: "pending", t: at(70), response: "yard-shut", alarm: "yard-flood-g-1" },
    ]);
    expect(world.response("yard-shut")?.armed).toEqual([]);
    world.advance(5000, 5000);
    expect(ops(world)).toEqual([["g-1", "close", 70]]);
    expect(told(world)).toEqual([
      ["armed", 10, "system"],
      ["fired", 70, "system"],
    ]);
  });

  it("acts at once without a countdown, on the devices of a kind behind the same gateway", () => {
    const world = commandWorld({ responses: [lamps] });
    world.raise("g-1", 10);
    world.raise("g-2", 11);
    expect(ops(world)).toEqual([
      ["l-1", "light", 10],
      ["l-2", "light", 10],
    ]);
  });

  it("lets it be when the rule has cleared in the countdown, however far the mark reaches", () => {
    for (const marks of [[20, 40, 50, 200], [200]]) {
      const world = commandWorld({ responses: [shut] });
      world.raise("g-1", 10);
      for (const mark of marks.slice(0, -1)) world.advance(mark);
      world.clear("g-1", 55);
      world.advance(marks.at(-1)!);
      expect(world.all()).toEqual([]);
      expect(told(world)).toEqual([
        ["armed", 10, "system"],
        ["disarmed", 55, "system"],
      ]);
    }
  });
  it("fires before a clearing that comes at the end of the countdown or later, however far the mark reaches", () => {
    for (const marks of [[70], []]) {
      const world = commandWorld({ responses: [shut] });
      world.raise("g-1", 10);
      for (const mark of marks) world.advance(mark);
      world.clear("g-1", 70);
      expect(ops(world)).toEqual([["g-1", "close", 70]]);
    }
  });

  it("acts again at the next occurrence", () => {
    const world = commandWorld({ responses: [shut] });
    world.raise("g-1", 0);
    world.clear("g-1", 100);
    world.raise("g-1", 200);
    world.advance(400, 400);
    expect(ops(world)).toEqual([
      ["g-1", "close", 60],
      ["g-1", "close", 260],
    ]);
  });

  it("waits while a guard holds, says why, and acts when it has gone", () => {
    const world = commandWorld({ responses: [shut] });
    world.raise("g-1", 10);
    world.say("g-1", 60, { person: true });
    world.advance(100);
    expect(world.response("yard-shut")?.armed).toMatchObject([{ fires: at(70), waits: { ko: "사람이 있습니다", en: "Somebody is there" } }]);
    world.say("g-1", 110, { person: true });
    world.say("g-2", 111, { person: false });
    expect(world.all()).toEqual([]);
    world.say("g-1", 120, { person: false });
    expect(ops(world)).toEqual([["g-1", "close", 120]]);
    expect(told(world).map(([what]) => what)).toEqual(["armed", "waits", "fired"]);
  });
  it("is judged by what was known at the end of the countdown, however far the mark reaches", () => {
    for (const marks of [[75], []]) {
      const world = commandWorld({ responses: [shut] });
      world.raise("g-1", 10);
      for (const mark of marks) world.advance(mark);
      world.say("g-1", 80, { person: true });
      world.advance(100);
      expect(ops(world)).toEqual([["g-1", "close", 70]]);
    }
  });
  it("waits while the value that its rule looks at is an estimate", () => {
    const world = commandWorld({ responses: [shut] });
    world.say("g-1", 5, { level: 6 }, { level: "est" });
    world.raise("g-1", 10);
    world.advance(100);
    expect(world.response("yard-shut")?.armed[0]?.waits?.en).toContain("estimate");
    world.say("g-1", 110, { level: 6 });
    expect(ops(world)).toEqual([["g-1", "close", 110]]);
  });

  it("is left to a person who has commanded the same already", () => {
    const world = commandWorld({ responses: [shut] });
    world.raise("g-1", 10);
    world.sent("g-1", "close", 20);
    world.advance(100);
    expect(world.all()).toHaveLength(1);
    expect(world.lines("response").at(-1)).toMatchObject({ after: "left", reason: "박준호 has commanded it" });
  });
});

describe("what a person does with a response", () => {
  it("a countdown is aborted, with the reason, for this occurrence alone", () => {
    const world = commandWorld({ responses: [shut] });
    world.raise("g-1", 10);
    world.raise("g-2", 10);
    const [one] = world.response("yard-shut")!.armed;
    expect(world.act({ do: "abort", response: "yard-shut", key: one!.key, reason: "a lorry stands there" }, 30)).toMatchObject({ ok: true });
    expect(world.act({ do: "abort", response: "yard-shut", key: one!.key }, 31)).toMatchObject({ ok: false });
    world.advance(100);
    expect(ops(world)).toEqual([["g-2", "close", 70]]);
    expect(world.lines("response").find(({ after }) => after === "aborted")).toMatchObject({
      by: operator.name,
      role: "operator",
      reason: "a lorry stands there",
      device: "g-1",
      alarm: "yard-flood-g-1",
    });
    world.clear("g-1", 110);
    world.raise("g-1", 120);
    world.advance(200);
    expect(ops(world).at(-1)).toEqual(["g-1", "close", 180]);
  });

  it("in manual mode nothing counts: it is offered until somebody has commanded it or the rule clears", () => {
    const world = commandWorld({ responses: [byHand] });
    world.raise("g-1", 10);
    world.raise("g-2", 10);
    world.advance(1000);
    expect(world.all()).toEqual([]);
    expect(world.response("yard-shut")).toMatchObject({ mode: "manual", armed: [], offered: [{ device: "g-1" }, { device: "g-2" }] });
    world.sent("g-1", "close", 1010);
    world.clear("g-2", 1020);
    expect(world.response("yard-shut")?.offered).toEqual([]);
  });

  it("switching to automatic begins the countdown of what stands; switching to manual ends it", () => {
    const world = commandWorld({ responses: [byHand] });
    world.raise("g-1", 10);
    world.advance(100);
    world.act({ do: "response-mode", response: "yard-shut", mode: "auto" }, 100);
    expect(world.response("yard-shut")).toMatchObject({ mode: "auto", by: operator.name, armed: [{ device: "g-1", fires: at(160) }], offered: [] });
    world.act({ do: "response-mode", response: "yard-shut", mode: "manual" }, 120);
    world.advance(500);
    expect(world.all()).toEqual([]);
    world.act({ do: "response-mode", response: "yard-shut", mode: "auto" }, 500);
    world.advance(600);
    expect(ops(world)).toEqual([["g-1", "close", 560]]);
    expect(world.lines("response-mode").map(({ before, after, by }) => [before, after, by])).toEqual([
      ["manual", "auto", operator.name],
      ["auto", "manual", operator.name],
      ["manual", "auto", operator.name],
    ]);
  });

  it("needs the right to act, and a response that is there", () => {
    const world = commandWorld({ responses: [shut] });
    expect(world.act({ do: "response-mode", response: "yard-shut", mode: "manual" }, 0, { name: "x", role: "viewer" })).toMatchObject({ ok: false });
    expect(world.act({ do: "response-mode", response: "yard-none", mode: "manual" }, 0)).toMatchObject({
      ok: false,
      reason: 'there is no response "yard-none"',
    });
    expect(world.response("yard-shut")?.mode).toBe("auto");
  });
});

describe("a response that takes back", () => {
  it("releases what a response has done when its rule has cleared for long enough", () => {
    const world = commandWorld({ responses: [shut, release] });
    world.raise("g-1", 0);
    world.advance(80);
    world.clear("g-1", 100);
    expect(world.response("yard-release")?.armed).toMatchObject([{ fires: at(130) }]);
    world.raise("g-1", 120);
    expect(world.response("yard-release")?.armed).toEqual([]);
    world.clear("g-1", 200);
    world.advance(500, 500);
    expect(ops(world)).toEqual([
      ["g-1", "close", 60],
      ["g-1", "close", 180],
      ["g-1", "auto", 230],
    ]);
  });
  it("leaves alone what a person has commanded, before or since", () => {
    const world = commandWorld({ responses: [shut, release] });
    world.sent("g-1", "close", 0);
    world.raise("g-1", 10);
    world.clear("g-1", 20);
    world.advance(100, 100);
    expect(ops(world)).toEqual([["g-1", "close", 0]]);
    world.raise("g-2", 100);
    world.advance(170, 170);
    world.clear("g-2", 180);
    world.sent("g-2", "open", 190);
    world.advance(400, 400);
    expect(ops(world).slice(1)).toEqual([
      ["g-2", "close", 160],
      ["g-2", "open", 190],
    ]);
    expect(world.lines("response").at(-1)).toMatchObject({ after: "left" });
  });
});

describe("a response and the lives of a city", () => {
  it.each(["g-1", "l-1"])("comes to nothing when %s is removed while it counts down: nobody else would ever end it", (gone) => {
    const world = commandWorld({ responses: [{ ...lamps, countdown: 60 }] });
    world.raise("g-1", 10);
    expect(world.response("yard-lamps")?.armed.map(({ device }) => device)).toEqual(["l-1", "l-2"]);
    world.remove(gone);
    world.advance(500);
    expect(ops(world)).toEqual(gone === "g-1" ? [] : [["l-2", "light", 70]]);
    expect(told(world)).toContainEqual(["disarmed", expect.any(Number), "system"]);
    expect(world.control().isIdle()).toBe(gone === "g-1");
  });
  it("does nothing while the history is made; what still stands then begins to count when the city is live", () => {
    const world = commandWorld({ responses: [shut], live: false });
    world.raise("g-1", 10);
    world.raise("g-2", 10);
    world.clear("g-2", 50);
    world.advance(1000);
    expect(told(world)).toEqual([]);
    world.open(1000);
    world.advance(2000);
    expect(ops(world)).toEqual([["g-1", "close", 1060]]);
  });
  it("goes on after a restart in the middle of anything, and acts once", () => {
    function lived(interrupted: boolean) {
      const world = commandWorld({ responses: [shut, release, lamps] });
      const pause = (): void => {
        if (interrupted) world.restore(deserialize(serialize(world.control().state())) as never);
      };
      world.raise("g-1", 10);
      pause();
      world.advance(40);
      pause();
      world.say("g-1", 65, { person: true });
      world.advance(75);
      pause();
      world.say("g-1", 80, { person: false });
      pause();
      world.raise("g-2", 90);
      world.act({ do: "abort", response: "yard-shut", key: `g-2@${at(90)}` }, 95);
      pause();
      world.clear("g-1", 100);
      pause();
      world.advance(1000, 1000);
      pause();
      return { all: world.all(), lines: world.journal.lines({ limit: 100 }), responses: world.control().responses() };
    }
    const whole = lived(false);
    expect(whole.all.map(({ device, op }) => `${device} ${op}`)).toEqual(["g-1 auto", "g-1 close", "l-2 light", "l-1 light"]);
    expect(lived(true)).toEqual(whole);
  });
  it("keeps what people have switched when another run begins; what stood is gone", () => {
    const world = commandWorld({ responses: [shut] });
    world.act({ do: "response-mode", response: "yard-shut", mode: "manual" }, 0);
    world.raise("g-1", 10);
    world.raise("real", 10);
    world.control().forget("city");
    expect(world.response("yard-shut")).toMatchObject({ mode: "manual", offered: [{ device: "real" }] });
  });
  it("keeps what people have switched after a restart, and who it was", () => {
    const world = commandWorld({ responses: [shut] });
    world.act({ do: "response-mode", response: "yard-shut", mode: "manual" }, 0);
    world.restart();
    expect(world.response("yard-shut")).toMatchObject({ mode: "manual", by: operator.name });
  });
  it("concerns real devices in their own time", () => {
    const world = commandWorld({ responses: [shut], live: false });
    world.raise("real", 10);
    world.advance(200, 200, "city");
    expect(world.all()).toEqual([]);
    world.advance(70, 70, "field");
    expect(ops(world)).toEqual([["real", "close", 70]]);
  });
  it("tells what has changed", () => {
    const world = commandWorld({ responses: [shut, release] });
    const news = () =>
      world
        .control()
        .changed()
        .flatMap(({ responses }) => responses.map(({ id, armed }) => [id, armed.length]));
    world.raise("g-1", 10);
    expect(news()).toEqual([["yard-shut", 1]]);
    expect(news()).toEqual([]);
    world.advance(100);
    expect(news()).toEqual([["yard-shut", 0]]);
  });
});
