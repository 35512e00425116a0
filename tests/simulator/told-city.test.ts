import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ackSchema, type CommandAck } from "../../shared/command.ts";
import { type SimAnswer, type SimAsk, simAnswerSchema } from "../../shared/scenario/sim-ask.ts";
import { deviceTopic, simAckTopic, simSetTopic } from "../../shared/topics.ts";
import { createEngine } from "../../simulator/engine.ts";
import type { CommandInput } from "../../simulator/inputs.ts";
import { runCity } from "../../simulator/run-city.ts";
import type { MqttAddress, Simulator, SimulatorOptions } from "../../simulator/simulator-options.ts";
import { startBareBroker } from "../support/bare-broker.ts";
import { injectionOf } from "../support/told-truth.ts";
import { toyWorld } from "../support/toy-world.ts";

const world = toyWorld();
const { city } = world;
const start = Date.UTC(2026, 5, 8, 21);
const minute = 60_000;
const { id: gate } = city.gateways.flatMap(({ devices }) => devices).find(({ kind }) => kind === "gate")!;
const { id: gauge } = city.gateways.flatMap(({ devices }) => devices).find(({ kind }) => kind === "gauge")!;
const topic = deviceTopic(city.plan.id, "stream", gate, "cmd");

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-told-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
/** What kill -9 leaves behind; a file that is being written has its name only when it is whole. */
const asKilled = { recursive: true, filter: (path: string): boolean => !path.endsWith(".part") };
interface ToldCity {
  readonly simulator: Simulator;
  readonly dir: string;
  readonly troubles: string[];
  say(payload: string): Promise<void>;
  tell(id: string, op?: string): Promise<void>;
  /** Resolves when it is answered. */
  ask(ask: SimAsk): Promise<SimAnswer>;
  acks(): CommandAck[];
}
async function startCity(over: Partial<SimulatorOptions> = {}, known?: MqttAddress["known"]): Promise<ToldCity> {
  const broker = await startBareBroker();
  const dir = over.dir ?? (await folder());
  const troubles: string[] = [];
  const options: SimulatorOptions = {
    city: "small",
    scale: 1,
    seed: 1,
    rate: 600,
    start,
    until: start,
    profile: "calm",
    resume: "continue",
    secrets: { control: "c", gateway: () => "g" },
    dir,
    onTrouble: (text) => void troubles.push(text),
    ...over,
  };
  const simulator = await runCity(options, world, { host: "127.0.0.1", port: broker.port, ...(known === undefined ? {} : { known }) });
  onTestFinished(() => simulator.close());
  const sayTo = (to: string, payload: string): Promise<void> =>
    new Promise((resolve) => broker.broker.publish({ cmd: "publish", topic: to, payload, qos: 1, retain: false, dup: false }, () => resolve()));
  const say = (payload: string): Promise<void> => sayTo(topic, payload);
  const answerTo = (id: string): SimAnswer | undefined =>
    broker.heard
      .filter((one) => one.topic === simAckTopic(city.plan.id))
      .map(({ payload }) => simAnswerSchema.parse(JSON.parse(payload)))
      .find((answer) => answer.id === id);
  let asked = 0;
  return {
    simulator,
    dir,
    troubles,
    say,
    async ask(ask) {
      asked += 1;
      const id = `ask-${asked}`;
      await sayTo(simSetTopic(city.plan.id), JSON.stringify({ id, ask }));
      await expect.poll(() => answerTo(id), { interval: 10, timeout: 10_000 }).toBeDefined();
      return answerTo(id)!;
    },
    tell: (id, op = "close") => say(JSON.stringify({ v: 1, id, d: gate, t: simulator.clock().mark, op })),
    acks: () => broker.heard.filter((one) => one.topic.endsWith("/ack")).map(({ payload }) => ackSchema.parse(JSON.parse(payload))),
  };
}
const live = (simulator: Simulator) => expect.poll(() => simulator.clock().phase, { timeout: 20_000, interval: 10 }).toBe("live");
const inputs = (simulator: Simulator) => simulator.snapshot().inputs.list.filter((input): input is CommandInput => "op" in input);
const taken = (simulator: Simulator, count: number) => expect.poll(() => inputs(simulator).length, { interval: 10 }).toBe(count);

describe("a city that is told something over MQTT", () => {
  it("obeys at the first second that it has not promised, answers, and answers the same command again", async () => {
    const { simulator, tell, acks } = await startCity({ rate: 60 });
    await live(simulator);
    await tell("c1");
    await expect.poll(() => acks().length, { interval: 10 }).toBe(1);
    const [first] = acks();
    expect(first).toMatchObject({ id: "c1", d: gate, ok: true });
    expect(inputs(simulator)).toEqual([{ t: first!.t, device: gate, op: "close", args: {}, id: "c1" }]);
    await tell("c1");
    await tell("c2", "melt");
    await expect.poll(() => acks().length, { interval: 10 }).toBe(3);
    expect(acks().map(({ id, ok }) => [id, ok])).toEqual([
      ["c1", true],
      ["c1", true],
      ["c2", false],
    ]);
    expect(acks()[2]!.t).toBeGreaterThanOrEqual(first!.t);
  });

  it("waits with it while it is paused, until time goes on", async () => {
    const { simulator, tell, acks } = await startCity();
    await live(simulator);
    await simulator.act({ paused: true });
    await expect.poll(() => simulator.clock().mark - simulator.clock().head).toBe(0);
    const { head } = simulator.clock();
    await tell("c1");
    await taken(simulator, 1);
    // the room repeats itself while nobody answers
    await tell("c1");
    await tell("c2");
    await taken(simulator, 2);
    expect(inputs(simulator).map(({ id, t }) => [id, t])).toEqual([
      ["c1", head + 1000],
      ["c2", head + 1000],
    ]);
    expect(acks()).toEqual([]);
    await simulator.act({ step: 1 });
    expect(acks()).toEqual(["c1", "c2"].map((id) => ({ v: 1, id, d: gate, t: head + 1000, ok: true })));
  });

  it("leaves its history as everybody has it: what it is told meanwhile comes when it is live", async () => {
    const { simulator, tell, acks } = await startCity({ until: start + 2000 * minute });
    await tell("c1");
    await tell("c1");
    expect(simulator.clock().phase).toBe("backfill");
    await live(simulator);
    await expect.poll(() => acks().length).toBe(1);
    expect(inputs(simulator)).toHaveLength(1);
    expect(acks()[0]!.t).toBeGreaterThan(start + 2000 * minute);
  });

  it("says so when it cannot read it, and answers nothing", async () => {
    const { simulator, say, tell, acks, troubles } = await startCity();
    await live(simulator);
    await say("close!");
    await say(JSON.stringify({ v: 1, id: "x", d: "somebody-else", t: 1, op: "close" }));
    await tell("c1");
    await expect.poll(() => acks().length).toBe(1);
    expect(troubles.filter((text) => text.startsWith("command: ")).map((text) => text.split(": ")[1]?.split(" ")[0])).toEqual(["not", "a"]);
  });

  it("says the same again from its seed and its inputs alone, at another rate", async () => {
    const { simulator, tell } = await startCity({ rate: 600, stopAt: start + 30 * minute });
    await live(simulator);
    for (const id of ["c1", "c2", "c1", "c3", "c4"]) {
      await tell(id);
      const at = simulator.clock().mark;
      await expect.poll(() => simulator.clock().mark, { interval: 5 }).toBeGreaterThan(at + 10_000);
    }
    await simulator.done;
    const list = inputs(simulator);
    expect(list.map(({ id }) => id)).toEqual(["c1", "c2", "c1", "c3", "c4"]);
    const again = createEngine({ ...world, seed: 1, start, profile: "calm", inputs: list });
    again.advance(start + 30 * minute, () => undefined);
    expect(again.digest()).toEqual(simulator.digest());
    const without = createEngine({ ...world, seed: 1, start, profile: "calm" });
    without.advance(start + 30 * minute, () => undefined);
    expect(without.digest().sha256).not.toBe(simulator.digest().sha256);
  });

  it("still obeys after kill -9 what it had been told before, at the same second", async () => {
    const { simulator, tell, dir } = await startCity();
    await live(simulator);
    await tell("c1");
    await taken(simulator, 1);
    await simulator.act({ paused: true });
    await expect.poll(() => simulator.clock().mark - simulator.clock().head).toBe(0);
    // on disk is now the state of the pause; what comes after it is in no saved state
    await tell("c2");
    await tell("c3");
    await taken(simulator, 3);
    const copy = await folder();
    await cp(dir, copy, asKilled);
    const next = await startCity({ dir: copy });
    expect(next.simulator.clock()).toMatchObject({ run: simulator.clock().run, paused: true });
    expect(inputs(next.simulator)).toEqual(inputs(simulator));
    for (const one of [simulator, next.simulator]) await one.act({ step: 600 });
    expect(next.simulator.digest()).toEqual(simulator.digest());
    expect(
      next
        .acks()
        .map(({ id }) => id)
        .slice(-2),
    ).toEqual(["c2", "c3"]);
  });

  it("still has after kill -9 what was injected before, and what was cleared, at the same second", async () => {
    const { simulator, ask, dir } = await startCity();
    await live(simulator);
    await simulator.act({ paused: true });
    await expect.poll(() => simulator.clock().mark - simulator.clock().head).toBe(0);
    expect(await ask({ inject: [injectionOf("stuck", [gauge]), injectionOf("loss", [gate], { lasts: 240 })] })).toMatchObject({ ok: true });
    await simulator.act({ step: 60 });
    expect(await ask({ clear: ["stuck"] })).toMatchObject({ ok: true });
    const copy = await folder();
    await cp(dir, copy, asKilled);
    const next = await startCity({ dir: copy });
    await next.simulator.act({ step: 60 });
    for (const one of [simulator, next.simulator]) await one.act({ step: 600 });
    expect(next.simulator.snapshot().inputs.list).toEqual(simulator.snapshot().inputs.list);
    expect(next.simulator.snapshot().injections.past.map(({ id, reason }) => [id, reason])).toEqual([
      ["stuck", "cleared"],
      ["loss", null],
    ]);
    expect(next.simulator.digest()).toEqual(simulator.digest());
  });

  it("has obeyed after kill -9 what the broker has heard of it, and does not say it again", async () => {
    const { simulator, tell, dir } = await startCity();
    await live(simulator);
    await simulator.act({ paused: true });
    await expect.poll(() => simulator.clock().mark - simulator.clock().head).toBe(0);
    await tell("c1");
    await taken(simulator, 1);
    const copy = await folder();
    await cp(dir, copy, asKilled);
    await simulator.act({ step: 300 });
    const { run, mark } = simulator.clock();
    const next = await startCity({ dir: copy }, { run, mark });
    for (const one of [simulator, next.simulator]) await one.act({ step: 300 });
    expect(next.simulator.digest()).toEqual(simulator.digest());
    expect(next.acks()).toEqual([]);
  });

  it("knows nothing of it after a reset, nor after another start of that run", async () => {
    const { simulator, tell, dir, acks } = await startCity({ until: start + minute });
    await live(simulator);
    await simulator.act({ paused: true });
    await simulator.act({ jumpTo: start + 10 * minute });
    const clean = simulator.digest();
    await tell("c1");
    await taken(simulator, 1);
    await simulator.act({ step: 60 });
    await tell("c2");
    await taken(simulator, 2);
    await simulator.act({ reset: {} });
    await simulator.act({ paused: true });
    expect(inputs(simulator)).toEqual([]);
    await simulator.act({ jumpTo: start + 10 * minute });
    expect(simulator.digest()).toEqual(clean);
    const copy = await folder();
    await cp(dir, copy, asKilled);
    expect(inputs((await startCity({ dir: copy, until: start + minute })).simulator)).toEqual([]);
    // its id is as new as the run
    const before = acks().length;
    await tell("c1");
    await taken(simulator, 1);
    await simulator.act({ step: 1 });
    expect(acks().slice(before)).toMatchObject([{ id: "c1", ok: true }]);
  });
});
