import { describe, expect, it } from "vitest";
import { at, commandWorld } from "../../support/command-world.ts";

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
