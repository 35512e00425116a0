import { describe, expect, it } from "vitest";
import { ackSchema } from "../../shared/command.ts";
import { createEngine, type Engine, type EngineState, type Outgoing } from "../../simulator/engine.ts";
import { environment } from "../../simulator/environment/model.ts";
import { type CommandInput, createInputs, type Input } from "../../simulator/inputs.ts";
import { models } from "../../simulator/services/index.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";
import { cityStart, messagesTo, smallCity } from "../support/small-city.ts";
import { toyWorld } from "../support/toy-world.ts";

const hour = 3_600_000;
const commandsIn = (inputs: readonly Input[]): CommandInput[] => inputs.filter((input): input is CommandInput => "op" in input);
const world = toyWorld();
const start = Date.UTC(2026, 5, 8, 21);
type Over = { readonly inputs?: readonly Input[]; readonly profile?: "calm" | "field" };
const toy = (state?: EngineState, { profile = "calm", ...over }: Over = {}): Engine =>
  createEngine({ ...world, seed: 1, start, profile, ...over }, state);
const acksIn = (messages: readonly Outgoing[]) =>
  messages.filter(({ topic }) => topic.endsWith("/ack")).map(({ payload }) => ackSchema.parse(JSON.parse(payload)));
const idOf = (service: string, kind: string): string =>
  world.city.gateways.flatMap(({ devices }) => devices).find((device) => device.service === service && device.kind === kind)!.id;
const [gate, bay, signal] = [idOf("stream", "gate"), idOf("evzone", "bay"), idOf("traffic", "signal")];

describe("a command to a device of an engine without sockets", () => {
  it("takes effect at the next second: the answer first, then the reading, then what else is told of it", () => {
    const engine = toy();
    messagesTo(engine, start + hour);
    const input = engine.obey({ id: "c1", d: gate, op: "close" });
    expect(input).toEqual({ t: start + hour + 1000, device: gate, op: "close", args: {}, id: "c1" });
    const said = messagesTo(engine, start + hour + 1000).filter(({ payload }) => payload.includes(`"d":"${gate}"`));
    expect(said.map(({ topic }) => topic.split("/").at(-1))).toEqual(["ack", "obs", "event"]);
    expect(acksIn(said)).toEqual([{ v: 1, id: "c1", d: gate, t: input.t, ok: true }]);
    expect(JSON.parse(said[1]!.payload)).toMatchObject({ d: gate, t: input.t });
    expect(acksIn(messagesTo(engine, start + 2 * hour))).toEqual([]);
  });

  it("is refused with the reason of the contract or of the model, and nothing is told of it", () => {
    const engine = toy();
    engine.obey({ id: "c1", d: gate, op: "melt" });
    engine.obey({ id: "c2", d: gate, op: "show", args: { text: "hello" } });
    for (const id of ["c3", "c4", "c5"]) engine.obey({ id, d: bay, op: "warn" });
    const said = messagesTo(engine, start + 1000);
    expect(acksIn(said).map(({ id, ok, reason }) => [id, ok, reason])).toEqual([
      ["c1", false, '"melt" is not a command of stream/gate'],
      ["c2", false, '"text" is not one of off, caution, closed, evacuate'],
      ["c3", true, undefined],
      ["c4", true, undefined],
      ["c5", false, "order 3 is one too many"],
    ]);
    const told = said.filter(({ topic, payload }) => topic.endsWith("/event") && payload.includes(`"d":"${gate}"`));
    expect(told).toEqual([]);
  });

  it("that comes twice is answered twice and executed once, also after a snapshot", () => {
    let engine = toy();
    engine.obey({ id: "c1", d: bay, op: "warn" });
    engine.obey({ id: "c1", d: bay, op: "warn" });
    expect(acksIn(messagesTo(engine, start + 1000)).map(({ ok }) => ok)).toEqual([true, true]);
    engine = toy(JSON.parse(JSON.stringify(engine.snapshot())));
    engine.obey({ id: "c1", d: bay, op: "warn" });
    const again = messagesTo(engine, start + 2000);
    expect(acksIn(again)).toEqual([{ v: 1, id: "c1", d: bay, t: start + 2000, ok: true }]);
    expect((engine.stateOf("evzone") as { obeyed: object }).obeyed).toEqual({ [bay]: 1 });
    // the same id to another device is another command
    engine.obey({ id: "c1", d: gate, op: "close" });
    messagesTo(engine, start + 3000);
    expect((engine.stateOf("stream") as { obeyed: object }).obeyed).toEqual({ [gate]: 1 });
  });

  it("to a device that nobody knows, or whose line is down, is not answered", () => {
    const engine = toy();
    engine.obey({ id: "c1", d: "nobody", op: "close" });
    expect(acksIn(messagesTo(engine, start + 5000))).toEqual([]);
    const field = toy(undefined, { profile: "field" });
    messagesTo(field, start + 1000);
    const state = JSON.parse(JSON.stringify(field.snapshot())) as EngineState;
    for (const gateway of state.fleet.gateways) Object.assign(gateway.line!, { down: true, turn: start + hour });
    const down = toy(state, { profile: "field" });
    down.obey({ id: "c1", d: gate, op: "close" });
    expect(acksIn(messagesTo(down, start + 2 * hour))).toEqual([]);
    expect((down.stateOf("stream") as { obeyed: object }).obeyed).toEqual({});
    // it was never heard, so the same command may be tried again
    down.obey({ id: "c1", d: gate, op: "close" });
    expect(acksIn(messagesTo(down, start + 2 * hour + 1000)).map(({ ok }) => ok)).toEqual([true]);
  });

  it("is refused without mains power by what lives on it, and obeyed by what has a battery", () => {
    const dark = new Set(world.city.plan.districts.map(({ id }) => id));
    const cut = {
      ...world.environment,
      step: (state: Record<string, unknown>, t: number) => ({ ...world.environment.step(state, t), powerCut: dark }),
    };
    const engine = createEngine({ ...world, environment: cut, seed: 1, start, profile: "calm" });
    engine.obey({ id: "c1", d: signal, op: "auto" });
    engine.obey({ id: "c2", d: gate, op: "close" });
    expect(acksIn(messagesTo(engine, start + 1000)).map(({ id, ok, reason }) => [id, ok, reason])).toEqual([
      ["c1", false, "there is no mains power"],
      ["c2", true, undefined],
    ]);
  });

  it("is obeyed without a word in a time in which nobody listens", () => {
    const engine = toy();
    engine.obey({ id: "c1", d: gate, op: "close" });
    const before = engine.digest();
    engine.skip(start + hour);
    expect(engine.digest()).toEqual(before);
    expect((engine.stateOf("stream") as { obeyed: object }).obeyed).toEqual({ [gate]: 1 });
  });
});

describe("a run with commands", () => {
  const real = (state?: EngineState, inputs?: readonly Input[]): Engine =>
    createEngine(
      { city: smallCity, models, environment, catchments, seed: 3, start: cityStart, profile: "field", ...(inputs === undefined ? {} : { inputs }) },
      state,
    );
  const devices = smallCity.gateways.flatMap((gateway) => gateway.devices);
  const first = (kind: string): string => devices.find((device) => device.kind === kind)!.id;
  const orders = [
    ["signal", "timing", { cycle: 100, main: 44, cross: 40, offset: 13 }],
    ["gate", "close", {}],
    ["gate", "show", { text: "closed" }],
    ["home", "call", {}],
    ["home", "visit", {}],
    ["bin", "collect", {}],
    ["bin", "lock", {}],
    ["bay", "warn", {}],
    ["bay", "light", {}],
    ["gate", "open", {}],
    ["signal", "plan", { plan: "night" }],
    ["gate", "melt", {}],
    ["bin", "unlock", {}],
  ] as const;
  const end = cityStart + 16 * hour;

  /** Commands arrive while it runs, each as soon as its time has come, at so many ms a turn. */
  function lived(grid: number): { engine: Engine; acks: number } {
    const engine = real();
    let acks = 0;
    const due = orders.map(([kind, op, args], n) => ({
      at: cityStart + 6 * hour + n * 1_234_567,
      command: { id: `c${n}`, d: first(kind), op, args },
    }));
    while (engine.now() < end) {
      while (due[0] !== undefined && due[0].at <= engine.now()) engine.obey(due.shift()!.command);
      acks += acksIn(messagesTo(engine, Math.min(end, engine.now() + grid))).length;
    }
    return { engine, acks };
  }

  it("says the same again from its seed and its inputs, byte for byte, at another rate and through a snapshot with inputs that wait", () => {
    const { engine, acks } = lived(1000);
    expect(acks).toBe(orders.length);
    const { list } = engine.snapshot().inputs;
    expect(commandsIn(list).map(({ id }) => id)).toEqual(orders.map((_, n) => `c${n}`));
    const again = real(undefined, JSON.parse(JSON.stringify(list)));
    messagesTo(again, end);
    expect(again.digest()).toEqual(engine.digest());
    expect(again.snapshot()).toEqual(engine.snapshot());

    const half = real(undefined, list);
    messagesTo(half, cityStart + 7 * hour + 777_000);
    const saved = JSON.parse(JSON.stringify(half.snapshot())) as EngineState;
    expect(saved.inputs.done).toBeGreaterThan(0);
    expect(saved.inputs.done).toBeLessThan(saved.inputs.list.length);
    const restored = real(saved, list);
    expect(restored.inputCount()).toBe(list.length);
    for (let t = restored.now(); t < end; t += 60_000) messagesTo(restored, t);
    messagesTo(restored, end);
    expect(restored.digest()).toEqual(engine.digest());
  });

  it("is another without them, and with one of them a second later", () => {
    const { engine } = lived(60_000);
    const { list } = engine.snapshot().inputs;
    const without = real();
    messagesTo(without, end);
    const later = real(undefined, [{ ...list[0]!, t: list[0]!.t + 1000 }, ...list.slice(1)]);
    messagesTo(later, end);
    expect(new Set([engine, without, later].map((one) => one.digest().sha256)).size).toBe(3);
  });

  it("does not take what should have happened already", () => {
    const engine = toy();
    messagesTo(engine, start + 5000);
    expect(() => engine.schedule({ t: start + 5000, device: gate, op: "close", args: {}, id: "c" })).toThrow("too late");
  });
});

describe("the inputs of a run", () => {
  const input = (t: number, id: string): CommandInput => ({ t, device: "sg-01", op: "close", args: {}, id });

  it("come out in the order of their time, those of one second in the order of arrival", () => {
    const inputs = createInputs();
    for (const [t, id] of [
      [5000, "b"],
      [3000, "a"],
      [5000, "c"],
      [9000, "d"],
    ] as const)
      inputs.add(input(t, id));
    expect(inputs.next()).toBe(3000);
    expect(commandsIn(inputs.takeDue(5000)).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(inputs.takeDue(5000)).toEqual([]);
    expect([inputs.next(), inputs.count()]).toEqual([9000, 4]);
    const copy = createInputs(JSON.parse(JSON.stringify(inputs.snapshot())));
    expect(commandsIn(copy.takeDue(9000)).map(({ id }) => id)).toEqual(["d"]);
    expect(copy.next()).toBe(Number.POSITIVE_INFINITY);
  });

  it("are bounded: the oldest that have taken effect go, those that wait and the count stay", () => {
    const inputs = createInputs();
    for (let n = 1; n <= 20_500; n++) {
      inputs.add(input(n * 1000, `c${n}`));
      if (n <= 20_400) for (const due of commandsIn(inputs.takeDue(n * 1000))) inputs.remember(due, null);
    }
    const { list, forgotten, done, answered } = inputs.snapshot();
    expect([list.length, forgotten, inputs.count()]).toEqual([20_000, 500, 20_500]);
    expect(list.length - done).toBe(100);
    expect(answered.length).toBe(4000);
    expect(inputs.answerTo(input(0, "c20400"))).toBeNull();
    expect(inputs.answerTo(input(0, "c1"))).toBeUndefined();
  });
});
