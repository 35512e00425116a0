import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { commandWorld } from "../../support/command-world.ts";
import { start } from "../../support/ingest-world.ts";

const at = (seconds: number): number => start + seconds * 1000;

describe("a command that a device obeys", () => {
  it("is pending, heard, and confirmed by the first reading that the device made after hearing", () => {
    const world = commandWorld();
    world.say("g-1", 0, { gate: "open" });
    const id = world.sent("g-1", "close", 10);
    expect(world.of(id)).toMatchObject({
      state: "pending",
      commanded: "closed",
      actual: "open",
      by: "박준호",
      role: "operator",
      expires: at(70),
      heardAt: null,
    });
    world.answer(id, 12);
    expect(world.of(id)).toMatchObject({ state: "pending", heardAt: at(12) });
    world.say("g-1", 12, { gate: "open" });
    world.say("g-1", 20, { gate: "closing" });
    expect(world.of(id)).toMatchObject({ state: "pending", actual: "closing" });
    world.say("g-1", 40, { gate: "closed" });
    expect(world.of(id)).toMatchObject({ state: "confirmed", actual: "closed", doneAt: at(40), reason: null });
    expect(world.lines("command").map(({ by, before, after, device, t }) => [by, before, after, device, t])).toEqual([
      ["박준호", null, "pending", "g-1", at(10)],
      ["system", "pending", "confirmed", "g-1", at(40)],
    ]);
  });

  it.each([
    ["a number within its tolerance", "set", { speed: 2, mode: "fast" }, { speed: 2.08 }, "confirmed", "speed=2.08"],
    ["a number beyond it", "set", { speed: 2, mode: "fast" }, { speed: 2.2 }, "pending", "speed=2.2"],
    ["one of several words", "auto", {}, { gate: "closing" }, "confirmed", "closing"],
    ["a metric that is not the one", "close", {}, { speed: 1 }, "pending", null],
  ])("is read back by %s", (_what, op, args, m, state, actual) => {
    const world = commandWorld();
    const id = world.sent("g-1", op, 10, args as never);
    world.answer(id, 11);
    world.say("g-1", 12, m as never);
    expect(world.of(id)).toMatchObject({ state, actual });
  });

  it("is read back by a flag, and by an event with what it says", () => {
    const world = commandWorld();
    const light = world.sent("l-1", "light", 10);
    world.answer(light, 11, { d: "l-1" });
    world.say("l-1", 11, { lamp: false });
    expect(world.of(light)).toMatchObject({ state: "pending", commanded: "on", actual: "off" });
    world.say("l-1", 12, { lamp: true });
    expect(world.of(light)).toMatchObject({ state: "confirmed", actual: "on" });
    const ring = world.sent("g-1", "ring", 10);
    world.answer(ring, 11);
    world.happen("g-2", 15, "rang", { result: "heard" });
    expect(world.of(ring)?.state).toBe("pending");
    world.happen("g-1", 15, "rang", { result: "nobody" });
    expect(world.of(ring)).toMatchObject({ state: "confirmed", commanded: "ring", actual: "nobody", doneAt: at(15) });
    const again = world.sent("g-1", "ring", 20);
    world.answer(again, 21);
    world.happen("g-1", 22, "rang", { n: 4 });
    expect(world.of(again)).toMatchObject({ state: "confirmed", actual: "rang" });
  });

  it("is not read back by a value that the device itself doubts", () => {
    const world = commandWorld();
    const id = world.sent("g-1", "close", 10);
    world.answer(id, 11);
    world.say("g-1", 12, { gate: "closed" }, { gate: "bad" });
    expect(world.of(id)).toMatchObject({ state: "pending" });
    world.say("g-1", 13, { gate: "closed" }, { gate: "est" });
    expect(world.of(id)).toMatchObject({ state: "confirmed" });
  });

  it("is not confirmed by what was measured before the device heard of it", () => {
    const world = commandWorld();
    world.say("g-1", 0, { gate: "open" });
    const id = world.sent("g-1", "close", 10);
    // on its way while the answer comes: the gate closed by itself, and opens again
    world.answer(id, 30);
    world.say("g-1", 15, { gate: "closed" });
    world.say("g-1", 20, { gate: "open" });
    world.advance(60);
    expect(world.of(id)).toMatchObject({ state: "pending", actual: "open" });
    world.happen("g-1", 20, "rang");
    const ring = world.sent("g-1", "ring", 21);
    world.happen("g-1", 25, "rang");
    world.answer(ring, 40);
    expect(world.of(ring)?.state).toBe("pending");
  });

  it("counts what was seen before a late answer came, when it was made after hearing", () => {
    const world = commandWorld();
    const id = world.sent("g-1", "ring", 10);
    world.happen("g-1", 15, "rang", { result: "heard" });
    expect(world.of(id)).toMatchObject({ state: "pending" });
    world.answer(id, 12, { arrives: 20 });
    expect(world.of(id)).toMatchObject({ state: "confirmed", doneAt: at(15) });
  });

  it("goes by the device's own clock, which may run behind", () => {
    const world = commandWorld();
    const id = world.sent("g-1", "close", 10);
    world.answer(id, 4, { arrives: 11 });
    world.say("g-1", 3, { gate: "closed" });
    expect(world.of(id)?.state).toBe("pending");
    world.say("g-1", 6, { gate: "closed" });
    expect(world.of(id)?.state).toBe("confirmed");
  });
});

describe("a device that already is as commanded", () => {
  it("has to hear it all the same; then it is confirmed, and said so", () => {
    const world = commandWorld();
    world.say("g-1", 0, { gate: "closed" });
    const id = world.sent("g-1", "close", 10);
    world.say("g-1", 11, { gate: "closed" });
    world.advance(12);
    expect(world.of(id)).toMatchObject({ state: "pending", actual: "closed" });
    world.answer(id, 12);
    world.advance(13);
    expect(world.of(id)).toMatchObject({ state: "confirmed", doneAt: at(12), reason: "it already was as commanded" });
  });
  it("is not believed when it has said so too long ago", () => {
    const world = commandWorld();
    world.say("g-1", 0, { gate: "closed" });
    const id = world.sent("g-1", "close", 200);
    world.answer(id, 201);
    world.advance(205);
    expect(world.of(id)?.state).toBe("pending");
    world.say("g-1", 210, { gate: "closed" });
    expect(world.of(id)).toMatchObject({ state: "confirmed", doneAt: at(210) });
  });
  it("is confirmed at the same instant however far each mark reaches", () => {
    const outcome = (marks: readonly number[]) => {
      const world = commandWorld();
      world.say("g-1", 0, { gate: "closed" });
      const id = world.sent("g-1", "close", 10);
      world.answer(id, 12);
      for (const mark of marks) world.advance(mark);
      world.say("g-1", 30, { gate: "open" });
      world.advance(60);
      return world.of(id);
    };
    expect(outcome([15, 20])).toEqual(outcome([]));
    expect(outcome([])).toMatchObject({ state: "confirmed", doneAt: at(12) });
  });
});

describe("a command that comes to nothing", () => {
  it("fails at once when the device refuses it, with the device's reason", () => {
    const world = commandWorld();
    const id = world.sent("g-1", "close", 10);
    world.answer(id, 11, { ok: false, reason: "the gate is out of order" });
    expect(world.of(id)).toMatchObject({ state: "failed", reason: "the gate is out of order", heardAt: at(11) });
    world.say("g-1", 20, { gate: "closed" });
    world.answer(id, 21);
    expect(world.of(id)).toMatchObject({ state: "failed", reason: "the gate is out of order" });
    expect(world.lines("command").map(({ after, reason }) => [after, reason])).toEqual([
      ["pending", null],
      ["failed", "the gate is out of order"],
    ]);
  });

  it.each([
    ["neither clock", 60, 3, "pending"],
    ["only the city's clock, in a fast city", 3600, 4.9, "pending"],
    ["only the wall clock, in a city that stands still", 70, 3600, "pending"],
    ["both", 70.001, 15, "failed"],
  ])("fails when it is too late by both clocks: %s", (_which, mark, wall, state) => {
    const world = commandWorld();
    const id = world.sent("g-1", "close", 10);
    world.advance(mark, 10 + wall);
    expect(world.of(id)?.state).toBe(state);
  });

  it.each([
    ["it was never answered", false, [], "failed", "the device did not answer within 60 s"],
    ["it was answered, and not done", true, [[20, "open"]], "failed", 'the device has heard it, but did not do it within 60 s: it says "open"'],
    [
      "it was done without an answer",
      false,
      [
        [0, "open"],
        [40, "closed"],
      ],
      "confirmed",
      "the device did it without an answer",
    ],
    [
      "it was so already and was never answered",
      false,
      [
        [0, "closed"],
        [40, "closed"],
      ],
      "failed",
      "the device did not answer within 60 s",
    ],
    [
      "it was done without an answer, and undone",
      false,
      [
        [40, "closed"],
        [50, "open"],
      ],
      "failed",
      'the device did not answer within 60 s: it says "open"',
    ],
  ])("says at its end that %s", (_what, heard, said, state, reason) => {
    const world = commandWorld();
    const readings = said as [number, string][];
    for (const [t, gate] of readings.filter(([t]) => t < 10)) world.say("g-1", t, { gate });
    const id = world.sent("g-1", "close", 10);
    if (heard) world.answer(id, 11);
    for (const [t, gate] of readings.filter(([t]) => t > 10)) world.say("g-1", t, { gate });
    world.advance(71);
    expect(world.of(id)).toMatchObject({ state, reason });
  });

  it("is replaced by a newer one of its family, with the reason; others go on", () => {
    const world = commandWorld();
    const [close, ring, other] = [world.sent("g-1", "close", 10), world.sent("g-1", "ring", 10), world.sent("g-2", "close", 10)];
    const open = world.sent("g-1", "open", 11);
    expect(world.of(close)).toMatchObject({ state: "failed", reason: 'replaced by "open"', doneAt: at(11) });
    expect([ring, other, open].map((id) => world.of(id)?.state)).toEqual(["pending", "pending", "pending"]);
    expect(
      world
        .control()
        .commands.unheard()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([ring, other, open].sort());
    world.answer(close, 12);
    world.say("g-1", 13, { gate: "closed" });
    expect(world.of(close)?.state).toBe("failed");
  });

  it("is one with the very same that is on its way already", () => {
    const world = commandWorld();
    const first = world.sent("g-1", "set", 10, { speed: 1, mode: "slow" });
    expect(world.sent("g-1", "set", 11, { mode: "slow", speed: 1 })).toBe(first);
    expect(world.sent("g-1", "set", 12, { mode: "fast", speed: 1 })).not.toBe(first);
  });
});

describe("a command that is not taken", () => {
  it.each([
    ["of a device that nobody knows", "g-9", "close", "operator", 'there is no device "g-9"'],
    ["that the contract does not have", "g-1", "dance", "operator", "has no command"],
    ["of somebody without the right", "g-1", "close", "viewer", 'the right "act"'],
  ])("%s is refused, and stands in no book", (_what, device, op, role, reason) => {
    const world = commandWorld();
    const done = world.command(device, op, 10, {}, { name: "x", role: role as "viewer" });
    expect(done).toMatchObject({ ok: false });
    expect(done?.ok === false && done.reason).toContain(reason);
    expect(world.all()).toEqual([]);
    expect(world.lines("command")).toEqual([]);
  });
  it("while the city's history is made nobody commands it; real devices are not concerned", () => {
    const world = commandWorld({ live: false });
    expect(world.command("g-1", "close", 10)).toMatchObject({ ok: false });
    expect(world.command("real", "close", 10)).toMatchObject({ ok: true });
    world.open(20);
    expect(world.command("g-1", "close", 21)).toMatchObject({ ok: true });
  });
  it("an answer in another device's name, to an unknown command, or a second one changes nothing", () => {
    const world = commandWorld();
    const id = world.sent("g-1", "close", 10);
    world.answer(id, 11, { d: "g-2", ok: false });
    world.answer("nobody-knows", 11);
    expect(world.of(id)).toMatchObject({ state: "pending", heardAt: null });
    world.answer(id, 11);
    world.answer(id, 12, { ok: false, reason: "twice" });
    expect(world.of(id)).toMatchObject({ state: "pending", heardAt: at(11) });
  });
});

describe("what the room knows of commands", () => {
  function lived(interrupted: boolean) {
    const world = commandWorld();
    const pause = (): void => {
      if (interrupted) world.restore(deserialize(serialize(world.control().state())) as never);
    };
    world.say("g-1", 0, { gate: "open" });
    const close = world.sent("g-1", "close", 10);
    pause();
    world.answer(close, 11);
    pause();
    world.sent("g-2", "ring", 12);
    world.say("g-1", 20, { gate: "closed" });
    pause();
    world.sent("g-1", "open", 30);
    pause();
    world.advance(100);
    pause();
    world.sent("g-1", "open", 110);
    return { all: world.all(), lines: world.journal.lines({ limit: 100 }), unheard: world.control().commands.unheard() };
  }
  it("comes again with the same ids and ends when it is told again, and when it is saved and restored in between", () => {
    const whole = lived(false);
    expect(whole.all.map(({ state }) => state)).toEqual(["pending", "failed", "failed", "confirmed"]);
    expect(lived(false)).toEqual(whole);
    expect(lived(true)).toEqual(whole);
  });
  it("is told once after each change", () => {
    const world = commandWorld();
    const id = world.sent("g-1", "close", 10);
    const news = () =>
      world
        .control()
        .changed()
        .flatMap(({ commands }) => commands.map((one) => [one.id, one.state, one.heardAt !== null]));
    expect(news()).toEqual([[id, "pending", false]]);
    expect(news()).toEqual([]);
    world.answer(id, 11);
    expect(news()).toEqual([[id, "pending", true]]);
    world.say("g-1", 12, { gate: "closed" });
    expect(news()).toEqual([[id, "confirmed", true]]);
  });
  it("ends with the run for the city's devices, and never gives an id twice", () => {
    const world = commandWorld();
    const ids = [world.sent("g-1", "close", 10), world.sent("real", "close", 10)];
    const image = structuredClone(world.control().state());
    ids.push(world.sent("g-1", "open", 10));
    world.control().forget("city");
    expect(world.all().map(({ device }) => device)).toEqual(["real"]);
    world.control().restore(image, "city");
    world.open(10);
    ids.push(world.sent("g-1", "open", 10));
    expect(new Set(ids).size).toBe(4);
    expect(world.all("real")).toHaveLength(1);
    expect(world.of(ids[0]!)).toBeDefined();
  });
  it("keeps thousands, the newest first, and forgets none that is pending, nor the last one that a device was given", () => {
    const world = commandWorld();
    const first = world.sent("real", "close", 1);
    const done = world.sent("g-2", "close", 1);
    world.answer(done, 2, { d: "g-2" });
    world.say("g-2", 3, { gate: "closed" });
    expect(world.of(done)?.state).toBe("confirmed");
    for (let n = 0; n < 3500; n++) world.sent("g-1", n % 2 === 0 ? "close" : "open", 4 + n);
    expect(world.all("g-1")[0]).toMatchObject({ state: "pending", op: "open" });
    expect(world.of(first)?.state).toBe("pending");
    expect(world.of(done)?.state).toBe("confirmed");
    expect(world.control().commands.list({ limit: 10_000 }).length).toBe(3000);
  });
});
