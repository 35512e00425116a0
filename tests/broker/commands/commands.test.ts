import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { at, commandWorld } from "../../support/command-world.ts";

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
