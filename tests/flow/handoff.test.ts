import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import mqtt from "mqtt";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Broker, startBroker } from "../../broker/broker.ts";
import { receiptPath } from "../../broker/handoff/link-event.ts";
import type { LinkOptions } from "../../broker/handoff/links-out.ts";
import { signed } from "../../broker/handoff/signature.ts";
import type { DeviceAccess } from "../../shared/city-port.ts";
import { type Handoff, type LinkId, linkIds } from "../../shared/links.ts";
import type { Result } from "../../shared/result.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { gatewayPassword } from "../../shared/runtime/gateway-password.ts";
import { allLinks } from "../../shared/runtime/link-settings.ts";
import { services } from "../../shared/services/index.ts";
import { clockTopic, deviceTopic } from "../../shared/topics.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { connectAs, registered } from "../support/field-broker.ts";
import type { Question, Told } from "../support/handoff-process.ts";
import { quick, secret } from "../support/handoff-world.ts";
import { birth, clockAt } from "../support/ingest-world.ts";
import { otherSide, status } from "../support/other-side.ts";
import { temporaryFolder } from "../support/test-chain.ts";

const log = pino({ level: "silent" });
const { plan } = buildGround("small", 1);

async function startLinkedBroker(links: LinkOptions | undefined, dataDir?: string, fleet?: Parameters<typeof startBroker>[0]["fleet"]) {
  const dir = dataDir ?? (await temporaryFolder());
  const credentials = await loadCredentials(dir);
  const broker = await startBroker({
    dataDir: dir,
    host: "127.0.0.1",
    mqttPort: 0,
    plan,
    services,
    credentials,
    store: { kind: "embedded" },
    retentionDays: 30,
    log,
    ...(links && { links }),
    ...(fleet && { fleet }),
  });
  onTestFinished(() => broker.close());
  return { broker, dir, credentials };
}
const outside = (url: string): LinkOptions => ({ targets: allLinks(() => ({ url })), secret, patience: quick });
async function burn(broker: Broker): Promise<void> {
  const access = await registered(broker, "ucare", "home-real");
  const client = await connectAs(broker, access);
  await client.publishAsync(access.topics.event ?? "", JSON.stringify({ v: 1, d: "home-real", t: Date.now() - 3000, b: 1, seq: 1, e: "fire" }), {
    qos: 1,
  });
  await client.endAsync();
}
const handoffsOf = (broker: Broker) => broker.port.room.handoffs({ limit: 10 });
function receiptOf(body: unknown, key = secret) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { headers: signed(key, "receipt", text, Date.now()), body: text };
}

describe("a fire in a real home", () => {
  it("is handed to 119 at once; receipts come back signed, survive a restart, and nothing is sent twice", async () => {
    const side = await otherSide(status(200));
    const first = await startLinkedBroker(outside(side.url));
    await burn(first.broker);
    await vi.waitFor(() => expect(handoffsOf(first.broker)).toMatchObject([{ to: "dispatch-119", state: "received", by: "system" }]), {
      timeout: 20_000,
    });
    expect(JSON.parse(side.heard[0]?.body ?? "")).toMatchObject({ type: "gwanje.alarm.handed-over", data: { device: "home-real" } });
    const [{ id = "", alarm = "" } = {}] = handoffsOf(first.broker);
    const { room } = first.broker.port;
    const news: string[] = [];
    room.onNews(({ handoffs }) => void news.push(...handoffs.map(({ state }) => state)));

    const refusals: readonly [LinkId, ReturnType<typeof receiptOf>, string][] = [
      ["dispatch-119", receiptOf({ id, state: "dispatched" }, "somebody-elses-secret-000"), "signature"],
      ["dispatch-119", { headers: {}, body: JSON.stringify({ id, state: "dispatched" }) }, "signature"],
      ["dispatch-119", receiptOf({ id: "field:nothing", state: "dispatched" }), "unknown"],
      ["dispatch-112", receiptOf({ id, state: "dispatched" }), "unknown"],
      ["dispatch-119", receiptOf({ id, state: "sent" }), "shape"],
      ["dispatch-119", receiptOf({ id, state: "dispatched", note: "가".repeat(2001) }), "shape"],
      ["dispatch-119", receiptOf("{"), "shape"],
    ];
    for (const [link, receipt, code] of refusals) expect(await room.receipt(link, receipt)).toMatchObject({ ok: false, reason: { code } });
    expect(handoffsOf(first.broker)[0]?.state).toBe("received");

    const note = "구급차 2대 출동 🚑".padEnd(2000, "가");
    expect(await room.receipt("dispatch-119", receiptOf({ id, state: "dispatched", note }))).toMatchObject({
      ok: true,
      value: { state: "dispatched" },
    });
    const once = handoffsOf(first.broker)[0]?.receipts;
    expect(await room.receipt("dispatch-119", receiptOf({ id, state: "dispatched", note: "again" }))).toMatchObject({ ok: true });
    expect(handoffsOf(first.broker)[0]?.receipts).toEqual(once);
    expect(once?.at(-1)).toMatchObject({ state: "dispatched", note });
    await vi.waitFor(() => expect(news).toContain("dispatched"));
    expect(
      room
        .journal({ alarm, limit: 20 })
        .filter(({ what }) => what === "receipt")
        .map(({ after }) => after),
    ).toEqual(["sent", "received", "dispatched"]);
    await first.broker.close();

    const second = await startLinkedBroker(outside(side.url), first.dir);
    expect(handoffsOf(second.broker)).toMatchObject([{ id, state: "dispatched" }]);
    expect(await second.broker.port.room.receipt("dispatch-119", receiptOf({ id, state: "closed" }))).toMatchObject({
      ok: true,
      value: { state: "closed" },
    });
    expect(side.heard).toHaveLength(1);
  });

  it("does not end at the built-in receiver: it fails at once, and says that a person must call", async () => {
    const { broker } = await startLinkedBroker(undefined);
    await burn(broker);
    await vi.waitFor(() => expect(handoffsOf(broker)).toMatchObject([{ state: "failed", receiver: "built-in", tries: 1 }]), { timeout: 20_000 });
    expect(handoffsOf(broker)[0]?.trouble).toMatch(/only exercises/);
  });

  it("asks for nothing where the link is off, and takes no receipt there", async () => {
    const { broker } = await startLinkedBroker({ targets: allLinks(() => "off"), secret });
    await burn(broker);
    await vi.waitFor(() => expect(handoffsOf(broker)).toMatchObject([{ state: "failed", trouble: expect.stringContaining("off") }]), {
      timeout: 20_000,
    });
    const [{ id = "" } = {}] = handoffsOf(broker);
    for (const link of linkIds) expect(await broker.port.room.receipt(link, receiptOf({ id, state: "closed" }))).toMatchObject({ ok: false });
  });
});

describe("a fire in the simulated city", () => {
  const start = Date.UTC(2026, 9, 12, 0);
  const home = birth("home-1", "home", { gateway: "gw-1", district: plan.districts[0]?.id ?? "north" });
  async function live(phase: "live" | "backfill") {
    const { broker, credentials, dir } = await startLinkedBroker({ targets: allLinks(() => "built-in"), secret: "", pace: 0.001 }, undefined, [
      { service: "ucare", meta: home },
    ]);
    const at = { host: "127.0.0.1", port: broker.mqttPort, reconnectPeriod: 0 };
    const control = await mqtt.connectAsync({ ...at, username: "simulator", clientId: "simulator", password: credentials.control });
    const gateway = await mqtt.connectAsync({
      ...at,
      username: "gw-1",
      clientId: "gw-1",
      password: gatewayPassword(credentials.gatewaySecret, "gw-1"),
    });
    onTestFinished(async () => void (await Promise.all([control.endAsync(true), gateway.endAsync(true)])));
    const tick = (t: number, word: "live" | "backfill" = phase) =>
      control.publishAsync(clockTopic(plan.id), JSON.stringify(clockAt(t, { start, city: plan.id, phase: word })), { qos: 1, retain: true });
    await tick(start);
    const say = { v: 1, d: "home-1", t: start + 1000, b: 1, seq: 1, e: "fire" };
    await gateway.publishAsync(deviceTopic(plan.id, "ucare", "home-1", "event"), JSON.stringify(say), { qos: 1 });
    await tick(start + 60_000);
    return { broker, dir, tick };
  }

  it("goes to the built-in receiver and back, as an exercise, over HTTP", async () => {
    const { broker } = await live("live");
    const console = await otherSide((heard, response) => {
      const link = linkIds.find((id) => heard.path === receiptPath(id));
      if (link === undefined) return void response.writeHead(404).end();
      void broker.port.room.receipt(link, heard).then((taken) => response.writeHead(taken.ok ? 200 : 401).end());
    });
    broker.openedAt(console.url);
    await vi.waitFor(() => expect(handoffsOf(broker)).toMatchObject([{ to: "dispatch-119", state: "closed", receiver: "built-in" }]), {
      timeout: 20_000,
    });
    expect(handoffsOf(broker)[0]?.receipts.map(({ state }) => state)).toEqual(["waiting", "sent", "received", "dispatched", "closed"]);
    expect(handoffsOf(broker)[0]?.receipts.at(-1)?.note).toContain("시연용");
  });

  it("calls nobody when it burns in the history that is being generated", async () => {
    const { broker, tick } = await live("backfill");
    await vi.waitFor(() =>
      expect(broker.port.room.journal({ limit: 9 }).some(({ what }) => what === "raised") || broker.port.room.alarms().length > 0).toBe(true),
    );
    await tick(start + 120_000, "live");
    await vi.waitFor(() => expect(broker.port.clock()?.phase).toBe("live"));
    expect(handoffsOf(broker)).toEqual([]);
  });
});

describe("a broker that is killed with kill -9 between sent and received", () => {
  it("sends again with the same id and the same words, and the receiver tells the repetition by it", { timeout: 60_000 }, async () => {
    const side = await otherSide(() => undefined);
    const dataDir = await temporaryFolder();
    const first = await startProcess(dataDir, side.url);
    const access = await first.ask<Result<DeviceAccess>>({ ask: "register" });
    if (!access.ok) throw new Error(access.reason);
    const { username, password, clientId, topics } = access.value;
    const client = await mqtt.connectAsync({ host: "127.0.0.1", port: first.port, username, password, clientId, reconnectPeriod: 0 });
    client.on("error", () => undefined);
    await client.publishAsync(topics.event ?? "", JSON.stringify({ v: 1, d: "home-real", t: Date.now() - 3000, b: 1, seq: 1, e: "fire" }), {
      qos: 1,
    });
    await side.came(1);
    expect(await first.ask<Handoff[]>({ ask: "handoffs" })).toMatchObject([{ state: "sent", tries: 1 }]);
    await first.kill();
    side.answerWith(status(200));
    const second = await startProcess(dataDir, side.url);
    await side.came(2);
    await vi.waitFor(async () => expect(await second.ask<Handoff[]>({ ask: "handoffs" })).toMatchObject([{ state: "received", tries: 2 }]), {
      timeout: 20_000,
    });
    expect(new Set(side.ids()).size).toBe(1);
    expect(side.heard[0]?.body).toBe(side.heard[1]?.body);
    await second.kill();
  });
});

async function startProcess(dataDir: string, url: string) {
  const program = fileURLToPath(new URL("../support/handoff-process.ts", import.meta.url));
  const child: ChildProcess = fork(program, [dataDir, "0", url, secret], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const waiting = new Map<number, (answer: unknown) => void>();
  let last = 0;
  const heard = new Promise<number>((resolve) => waiting.set(0, (answer) => resolve(Number(answer))));
  child.on("message", ({ id, answer }: Told) => waiting.get(id)?.(answer));
  return {
    port: await heard,
    ask: <T>(question: Question): Promise<T> =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, (answer) => resolve(answer as T));
        child.send({ id: last, question });
      }),
    async kill(): Promise<void> {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
