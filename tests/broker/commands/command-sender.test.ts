import { describe, expect, it } from "vitest";
import { createCommandSender } from "../../../broker/commands/command-sender.ts";
import { commandSchema } from "../../../shared/command.ts";
import { commandWorld } from "../../support/command-world.ts";

function wire() {
  const world = commandWorld();
  const said: { topic: string; payload: string; retain: boolean }[] = [];
  const line = { away: false };
  const sender = createCommandSender({
    city: "town",
    unheard: () => world.control().commands.unheard(),
    late: (command) => world.control().late(command),
    publish: (topic, payload, { retain }) => void said.push({ topic, payload, retain }),
    away: () => line.away,
  });
  return { world, said, sender, line };
}

describe("commands on their way to the wire", () => {
  it("are said once at once, as the schema says, and not retained", () => {
    const { world, said, sender } = wire();
    const id = world.sent("g-1", "set", 10, { speed: 1, mode: "slow" });
    sender.look(0);
    sender.look(50);
    expect(said.map(({ topic, retain }) => [topic, retain])).toEqual([["urban/v1/town/yard/g-1/cmd", false]]);
    expect(commandSchema.parse(JSON.parse(said[0]!.payload))).toMatchObject({ id, d: "g-1", op: "set", args: { speed: 1, mode: "slow" } });
  });
  it("are said again every ten seconds until the device has answered", () => {
    const { world, said, sender } = wire();
    const id = world.sent("g-1", "close", 10);
    for (let now = 0; now <= 25_000; now += 50) sender.look(now);
    expect(said).toHaveLength(3);
    expect(new Set(said.map(({ payload }) => payload)).size).toBe(1);
    world.answer(id, 11);
    sender.look(60_000);
    expect(said).toHaveLength(3);
  });
  it("are said again when the gateway has come back, and by another sender after a restart", () => {
    const { world, said, sender } = wire();
    world.sent("g-1", "close", 10);
    world.sent("g-2", "close", 10);
    sender.look(0);
    sender.again(["g-1"]);
    sender.look(50);
    expect(said.map(({ topic }) => topic.split("/")[4])).toEqual(["g-1", "g-2", "g-1"]);
  });
  it("are not said again when it is too late for them, and once however late it is", () => {
    const { world, said, sender } = wire();
    world.sent("g-1", "close", 10);
    sender.look(0);
    world.advance(1000, 12);
    world.sent("g-2", "close", 10);
    sender.again(["g-1"]);
    for (let now = 50; now <= 30_000; now += 50) sender.look(now);
    expect(said.map(({ topic }) => topic.split("/")[4])).toEqual(["g-1", "g-2"]);
  });
  it("wait while somebody else's broker is away", () => {
    const { world, said, sender, line } = wire();
    world.sent("g-1", "close", 10);
    line.away = true;
    for (let now = 0; now <= 60_000; now += 50) sender.look(now);
    expect(said).toEqual([]);
    line.away = false;
    sender.look(60_050);
    expect(said).toHaveLength(1);
  });
});
