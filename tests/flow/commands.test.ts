import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import mqtt, { type MqttClient } from "mqtt";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Broker, startBroker } from "../../broker/broker.ts";
import { fixedStart } from "../../commands/digest.ts";
import type { JournalLine, ResponseState } from "../../shared/alarm.ts";
import type { DeviceAccess } from "../../shared/city-port.ts";
import { type Command, type CommandMessage, commandSchema } from "../../shared/command.ts";
import type { Result } from "../../shared/result.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { operator, yardWith } from "../support/command-world.ts";
import { connectAs } from "../support/field-broker.ts";
import { clockThat, startTestChain, temporaryFolder } from "../support/test-chain.ts";
import type { YardQuestion, YardTold } from "../support/yard-process.ts";

/** A broker of the yard, whose commands have a second of event time (and five of patience). */
async function startYard(dataDir?: string): Promise<{ broker: Broker; dataDir: string; stop(): Promise<void> }> {
  const dir = dataDir ?? (await temporaryFolder());
  const broker = await startBroker({
    dataDir: dir,
    host: "127.0.0.1",
    mqttPort: 0,
    plan: buildGround("small", 1).plan,
    services: [yardWith([], 1)],
    credentials: await loadCredentials(dir),
    store: { kind: "embedded" },
    retentionDays: 30,
    log: pino({ level: "silent" }),
  });
  let closed = false;
  const stop = async (): Promise<void> => {
    if (!closed) await broker.close();
    closed = true;
  };
  onTestFinished(stop);
  return { broker, dataDir: dir, stop };
}
async function gate(broker: Broker, device: string): Promise<DeviceAccess> {
  const made = await broker.port.register({ service: "yard", kind: "gate", device }, { name: "test", role: "admin" });
  if (!made.ok) throw new Error(made.reason);
  return made.value;
}
/** Plays the device: hears its commands, and does with each what it is told to. */
async function play(
  client: MqttClient,
  access: DeviceAccess,
  behave: (command: CommandMessage, device: { ack(more: object): void; say(m: object): void }) => void,
) {
  const heard: CommandMessage[] = [];
  const said = (channel: string, what: object) =>
    void client.publish(access.topics[channel]!, JSON.stringify({ v: 1, d: access.username, t: Date.now(), ...what }), { qos: 1 });
  client.on("message", (_topic, payload) => {
    const command = commandSchema.parse(JSON.parse(payload.toString()));
    heard.push(command);
    behave(command, { ack: (more) => said("ack", { id: command.id, ...more }), say: (m) => said("obs", { m }) });
  });
  await client.subscribeAsync(access.topics.cmd!, { qos: 1 });
  return {
    heard,
    say: (m: object) => said("obs", { m }),
    state: (s: string) => void client.publish(access.topics.state!, JSON.stringify({ s }), { qos: 1, retain: true }),
  };
}
const ended = { timeout: 20_000 };
const sent = async (broker: Broker, device: string, op: string): Promise<string> => {
  const acted = await broker.port.room.act({ do: "command", device, op, args: {} }, operator);
  if (!acted.ok || acted.value.command === null) throw new Error(acted.ok ? "no command" : acted.reason);
  return acted.value.command;
};

describe("a command to a real device over MQTT", () => {
  it("that obeys is confirmed by its reading, told to whoever watches, and there after a restart", async () => {
    const { broker, dataDir, stop } = await startYard();
    const access = await gate(broker, "real-gate");
    const device = await play(await connectAs(broker, access), access, (_command, { ack, say }) => {
      ack({ ok: true });
      say({ gate: "closed" });
    });
    const news: string[] = [];
    broker.port.room.onNews(({ commands }) => news.push(...commands.map(({ state, heardAt }) => `${state}${heardAt === null ? "" : " heard"}`)));
    const id = await sent(broker, "real-gate", "close");
    expect(broker.port.room.command(id)).toMatchObject({ state: "pending", commanded: "closed", actual: null, by: operator.name });
    await vi.waitFor(() => expect(broker.port.room.command(id)).toMatchObject({ state: "confirmed", actual: "closed" }), ended);
    await vi.waitFor(() => expect(news.at(-1)).toBe("confirmed heard"));
    expect(news[0]).toBe("pending");
    expect(device.heard.map((one) => [one.id, one.op])).toEqual([[id, "close"]]);
    const journal = broker.port.room.journal({ limit: 10 }).filter(({ what }) => what === "command");
    expect(journal.map(({ after, by }) => [after, by])).toEqual([
      ["pending", operator.name],
      ["confirmed", "system"],
    ]);
    await stop();
    const again = await startYard(dataDir);
    expect(again.broker.port.room.command(id)).toMatchObject({ state: "confirmed", actual: "closed" });
  });

  it("that refuses fails at once with its reason; that answers twice is heard once; broken answers are kept as refused", async () => {
    const { broker } = await startYard();
    const access = await gate(broker, "real-gate");
    await play(await connectAs(broker, access), access, ({ op }, { ack, say }) => {
      if (op === "open") return ack({ ok: false, reason: "the water is at the path" });
      ack({ ok: "yes" });
      ack({ ok: true, d: "other" });
      for (let n = 0; n < 2; n++) {
        ack({ ok: true });
        say({ gate: "closed" });
      }
    });
    const refused = await sent(broker, "real-gate", "open");
    await vi.waitFor(() => expect(broker.port.room.command(refused)).toMatchObject({ state: "failed", reason: "the water is at the path" }));
    const twice = await sent(broker, "real-gate", "close");
    await vi.waitFor(() => expect(broker.port.room.command(twice)?.state).toBe("confirmed"), ended);
    const lines = broker.port.room.journal({ limit: 20 }).filter(({ x }) => x?.command === twice);
    expect(lines.map(({ after }) => after)).toEqual(["pending", "confirmed"]);
    expect(broker.port.quarantine({ limit: 10 }).items.map(({ reason }) => reason)).toEqual([
      "the answer speaks of other, the topic of real-gate",
      expect.stringContaining("an answer to a command is"),
    ]);
  });

  it("that is mute fails when its time is over by both clocks", async () => {
    const { broker } = await startYard();
    const access = await gate(broker, "real-gate");
    const device = await play(await connectAs(broker, access), access, () => undefined);
    const id = await sent(broker, "real-gate", "close");
    await vi.waitFor(() => expect(broker.port.room.command(id)?.state).toBe("failed"), ended);
    const { at, doneAt, expires, reason } = broker.port.room.command(id)!;
    expect(reason).toBe("the device did not answer within 1 s");
    expect(doneAt!).toBeGreaterThan(expires);
    expect(doneAt! + 2000 - at).toBeGreaterThan(4900);
    expect(new Set(device.heard.map((one) => one.id))).toEqual(new Set([id]));
    expect(broker.port.room.journal({ limit: 10 }).at(-1)).toMatchObject({ what: "command", before: "pending", after: "failed", reason });
  });

  it("that is not heard is said again when the device comes, under the same id", async () => {
    const { broker } = await startYard();
    const access = await gate(broker, "real-gate");
    const id = await sent(broker, "real-gate", "close");
    const device = await play(await connectAs(broker, access), access, (_command, { ack, say }) => {
      ack({ ok: true });
      say({ gate: "closed" });
    });
    device.state("ready");
    await vi.waitFor(() => expect(broker.port.room.command(id)?.state).toBe("confirmed"), ended);
    expect(new Set(device.heard.map((one) => one.id))).toEqual(new Set([id]));
  });
});

interface RoomTold {
  readonly commands: readonly Command[];
  readonly responses: readonly ResponseState[];
  readonly journal: readonly JournalLine[];
}
async function startProcess(dataDir: string, port: number, countdown: number) {
  const program = fileURLToPath(new URL("../support/yard-process.ts", import.meta.url));
  const child: ChildProcess = fork(program, [dataDir, String(port), String(countdown)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const waiting = new Map<number, (answer: unknown) => void>();
  let lastId = 0;
  const listening = new Promise<number>((resolve) => waiting.set(0, (answer) => resolve(Number(answer))));
  child.on("message", ({ id, answer }: YardTold) => waiting.get(id)?.(answer));
  return {
    port: await listening,
    ask: <T>(question: YardQuestion): Promise<T> =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, (answer) => resolve(answer as never));
        child.send({ id: lastId, question });
      }),
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
const connectTo = async (port: number, access: DeviceAccess): Promise<MqttClient> => {
  const { username, password, clientId } = access;
  const client = await mqtt.connectAsync({ host: "127.0.0.1", port, reconnectPeriod: 0, username, password, clientId });
  client.on("error", () => undefined);
  onTestFinished(() => client.endAsync(true));
  return client;
};

describe("a broker that is killed", () => {
  it("in the middle of a countdown and with a command pending goes on with both: nothing is lost, nothing is done twice", {
    timeout: 90_000,
  }, async () => {
    const dataDir = await temporaryFolder();
    let yard = await startProcess(dataDir, 0, 3);
    const registered = async (device: string): Promise<DeviceAccess> => {
      const made = await yard.ask<Result<DeviceAccess>>({ ask: "register", device, kind: "gate" });
      if (!made.ok) throw new Error(made.reason);
      return made.value;
    };
    const [flooded, told] = [await registered("flooded"), await registered("told")];
    const wet = await connectTo(yard.port, flooded);
    wet.publish(flooded.topics.obs!, JSON.stringify({ v: 1, d: "flooded", t: Date.now(), m: { level: 6, gate: "open" } }), { qos: 1 });
    const acted = await yard.ask<Result<{ command: string }>>({ ask: "act", action: { do: "command", device: "told", op: "close", args: {} } });
    const id = acted.ok ? acted.value.command : "";
    await vi.waitFor(
      async () => expect((await yard.ask<RoomTold>({ ask: "room" })).responses).toMatchObject([{ armed: [{ device: "flooded" }] }]),
      ended,
    );
    const before = await yard.ask<RoomTold>({ ask: "room" });
    expect(before.commands).toMatchObject([{ id, state: "pending" }]);
    expect(before.commands[0]!.at - before.commands[0]!.t).toBeLessThan(60_000);
    await yard.kill();

    yard = await startProcess(dataDir, yard.port, 3);
    const after = await yard.ask<RoomTold>({ ask: "room" });
    expect(after.commands.filter(({ device }) => device === "told")).toEqual(before.commands);
    const heard: string[] = [];
    for (const access of [flooded, told]) {
      const device = await play(await connectTo(yard.port, access), access, (command, { ack, say }) => {
        heard.push(command.id);
        ack({ ok: true });
        say({ gate: "closed" });
      });
      device.state("ready");
    }
    await vi.waitFor(async () => {
      const { commands } = await yard.ask<RoomTold>({ ask: "room" });
      expect(commands.map(({ device, by, state, reason }) => [device, by, state, reason])).toEqual([
        ["flooded", "system", "confirmed", null],
        ["told", operator.name, "confirmed", null],
      ]);
    }, ended);
    const { commands, journal, responses } = await yard.ask<RoomTold>({ ask: "room" });
    expect(new Set(heard)).toEqual(new Set(commands.map((one) => one.id)));
    expect(responses).toMatchObject([{ armed: [] }]);
    const armed = before.responses[0]!.armed[0]!;
    expect(journal.filter(({ what }) => what === "response").map(({ after: word, t }) => [word, t])).toEqual([
      ["armed", armed.fires - 3000],
      ["fired", armed.fires],
    ]);
  });
});

describe("a command to a device of the simulated city", () => {
  it("is pending within a moment, and confirmed by what the gate then shows", { timeout: 60_000 }, async () => {
    const chain = await startTestChain({ rate: 60 });
    const { room } = chain.broker.port;
    const target = chain.broker.port.devices().find(({ kind }) => kind === "gate")!;
    await clockThat(chain, ({ phase, mark }) => phase === "live" && mark > fixedStart + 60_000);
    const acted = await room.act({ do: "command", device: target.id, op: "show", args: { text: "caution" } }, operator);
    expect(acted).toMatchObject({ ok: true });
    const id = acted.ok ? acted.value.command! : "";
    await vi.waitFor(() => expect(room.command(id)).toMatchObject({ state: "confirmed", commanded: "caution", actual: "caution" }), ended);
    const closing = await room.act({ do: "command", device: target.id, op: "close", args: {} }, operator);
    await vi.waitFor(
      () => expect(room.command(closing.ok ? closing.value.command! : "")).toMatchObject({ state: "confirmed", actual: "closed" }),
      ended,
    );
    expect(await room.act({ do: "command", device: target.id, op: "show", args: { text: "dance" } }, operator)).toMatchObject({ ok: false });
  });

  it("is sent by a rule that acts: a bay with an intruder is told to warn, and answers", { timeout: 60_000 }, async () => {
    const chain = await startTestChain({ rate: 3600, automatic: true });
    const { room } = chain.broker.port;
    const warned = () => room.commands({ limit: 100 }).filter(({ response, state }) => response === "evzone-warn-intruder" && state !== "pending");
    await vi.waitFor(() => expect(warned()).not.toEqual([]), { timeout: 50_000 });
    // at this rate the vehicle may have left before the bay hears: then it says so
    expect(warned()[0]).toMatchObject({ by: "system", op: "warn", heardAt: expect.any(Number) });
    const { device, t } = warned().at(-1)!;
    const lines = room.journal({ device, limit: 100 }).filter((line) => line.what === "response" && line.x?.response === "evzone-warn-intruder");
    expect(lines.slice(0, 2).map((line) => [line.by, line.after, line.t])).toEqual([
      ["system", "armed", t],
      ["system", "fired", t],
    ]);
  });
});
