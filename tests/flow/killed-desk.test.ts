import { existsSync } from "node:fs";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openRegistry } from "../../broker/devices/registry.ts";
import { openLedgerFile } from "../../broker/log/message-log.ts";
import type { Alarm, AlarmDetail, JournalLine } from "../../shared/alarm.ts";
import type { DeviceAccess } from "../../shared/city-port.ts";
import type { Result } from "../../shared/result.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { gatewayPassword } from "../../shared/runtime/gateway-password.ts";
import { services } from "../../shared/services/index.ts";
import { deviceTopic } from "../../shared/topics.ts";
import { birth } from "../support/ingest-world.ts";
import { type KillableBroker, startKillable } from "../support/killable-broker.ts";
import { temporaryFolder } from "../support/test-chain.ts";

const constants = { reference: 10, caution: 5, alert: 8, serious: 9 };
const [supervisor, carer] = [{ name: "이서연", role: "supervisor" } as const, { name: "김하늘", role: "care" } as const];
const level = (device: string): string => `stream-level-${device}`;
const pressed = "ucare-button-hm-1";

/** Two gauges behind one cabinet, as they stand in the registry of a room that has had them for a while. */
async function withCabinet(dataDir: string): Promise<void> {
  const root = openLedgerFile(join(dataDir, "ledger.mdb"));
  const registry = openRegistry(root, services, () => undefined);
  for (const d of ["gc-1", "gc-2"]) {
    const put = registry.put("stream", "field", birth(d, "gauge", { gateway: "cabinet", every: 1, stale: 1, constants }));
    if (!put.ok) throw new Error(put.reason);
  }
  await root.flushed;
  await root.close();
}

/** Real devices on real connections; one reading after the other, each acknowledged. */
function field(broker: KillableBroker) {
  const seq = new Map<string, number>();
  async function connect(who: { username: string; password: string; clientId: string }): Promise<MqttClient> {
    const client = await mqtt.connectAsync({ host: "127.0.0.1", port: broker.port, reconnectPeriod: 0, ...who });
    onTestFinished(() => client.endAsync(true));
    return client;
  }
  const next = (device: string): number => {
    const n = seq.get(device) ?? 0;
    seq.set(device, n + 1);
    return n;
  };
  const says = (client: MqttClient, device: string, t: number, water: number, topic: string) =>
    client.publishAsync(topic, JSON.stringify({ v: 1, d: device, t, b: 1, seq: next(device), m: { dist: 10 - water } }), { qos: 1 });
  return { connect, says, next };
}

/** One alarm in every state, with what people have said of it. */
async function bringAbout(broker: KillableBroker, dataDir: string): Promise<readonly string[]> {
  const { connect, says, next } = field(broker);
  let now = Date.now() - 2000;
  const act = async (action: RoomAction, by: typeof supervisor | typeof carer = supervisor): Promise<void> => {
    const done = await broker.ask<Result<Acted>>({ ask: "act", action, by });
    if (!done.ok) throw new Error(`${action.do}: ${done.reason}`);
  };
  const register = async (service: string, device: string, more: object = {}): Promise<DeviceAccess> => {
    const made = await broker.ask<Result<DeviceAccess>>({ ask: "register", service, device, ...more });
    if (!made.ok) throw new Error(made.reason);
    return made.value;
  };
  let stillThere: (ago: number) => Promise<unknown> = async () => undefined;
  const gauges = ["ws-a", "ws-b", "ws-c", "ws-d", "ws-e", "ws-r", "ws-g"];
  for (const device of gauges) {
    const access = await register("stream", device, { constants });
    const client = await connect(access);
    const say = (ago: number, water: number) => says(client, device, now - ago * 1000, water, access.topics.obs ?? "");
    await say(170, 5.02);
    await say(110, 5.05);
    if (device === "ws-b") stillThere = (ago) => say(ago, 5.05);
    // back by more than the deadband
    if (device === "ws-a" || device === "ws-d") await say(50, 4.85);
    else await say(50, 5.05);
  }
  const home = await register("ucare", "hm-1");
  const button = await connect(home);
  const press = { v: 1, d: "hm-1", t: now - 100_000, b: 1, seq: next("hm-1"), e: "button" };
  await button.publishAsync(home.topics.event ?? "", JSON.stringify(press), { qos: 1 });

  const city = home.topics.obs?.split("/")[2] ?? "";
  const { gatewaySecret } = await loadCredentials(dataDir);
  const cabinet = await connect({ username: "cabinet", clientId: "cabinet", password: gatewayPassword(gatewaySecret, "cabinet") });
  const hears = (device: string, ago: number) => says(cabinet, device, now - ago * 1000, 1, deviceTopic(city, "stream", device, "obs"));
  now = Date.now() - 2000;
  // ahead of field time, where they wait for it: the one falls silent beside the other, then the cabinet, which is looked at once a minute
  for (const ago of [53.5, -3]) await hears("gc-1", ago);
  for (const ago of [-3.5, -4.2, -5]) await hears("gc-2", ago);
  await stillThere(-5.8);

  const ids = [...gauges.map(level), pressed, "stream-silent-gc-1"];
  await vi.waitFor(async () => {
    for (const id of ids.slice(0, -1)) expect(await broker.ask<AlarmDetail | null>({ ask: "alarm", alarm: id }), id).toMatchObject({ occurrence: 1 });
    expect(await broker.ask<AlarmDetail>({ ask: "alarm", alarm: pressed })).toMatchObject({ active: false, latched: true });
    for (const device of ["ws-a", "ws-d"])
      expect(await broker.ask<AlarmDetail>({ ask: "alarm", alarm: level(device) }), device).toMatchObject({ state: "D" });
    expect(await broker.ask<AlarmDetail>({ ask: "alarm", alarm: "stream-silent-gc-1" })).toMatchObject({ state: "F" });
  }, 40_000);
  await act({ do: "acknowledge", alarms: ["ws-a", "ws-c"].map((device) => ({ id: level(device), occurrence: 1 })), note: "CCTV 확인" });
  await act({ do: "assign", alarm: level("ws-c"), to: "박준호" });
  await act({ do: "comment", alarm: level("ws-d"), note: "수위가 내려감" });
  await act({ do: "shelve", alarm: level("ws-e"), until: now + 86_400_000, reason: "센서 청소", once: true });
  await act({ do: "out-of-service", alarm: level("ws-g"), order: "W-2026-17", reason: "교체" });
  await act({ do: "acknowledge", alarms: [{ id: pressed, occurrence: 1 }] }, carer);
  return ids;
}

const facts = (alarms: readonly (AlarmDetail | null)[]) =>
  alarms.map((alarm) => {
    // how a view ages follows from the rest; the journal is looked at by itself
    const { count: _count, chattering: _chattering, journal: _journal, ...rest } = alarm ?? ({} as AlarmDetail);
    return rest;
  });

describe("a room that is killed with kill -9 with an alarm in every state", () => {
  it("has all of them back with their timers and notes, from the log and from a checkpoint, and what ran out meanwhile has returned", {
    timeout: 180_000,
  }, async () => {
    const dataDir = await temporaryFolder();
    await withCabinet(dataDir);
    let broker = await startKillable(dataDir, 0);
    const { port } = broker;
    const ids = await bringAbout(broker, dataDir);
    const all = () => Promise.all(ids.map((alarm) => broker.ask<AlarmDetail | null>({ ask: "alarm", alarm })));
    const journal = () => broker.ask<JournalLine[]>({ ask: "journal", query: { limit: 10_000 } });
    const letters = async () => Object.fromEntries((await all()).map((alarm) => [alarm?.device, alarm?.state]));
    const states = { "ws-a": "A", "ws-b": "B", "ws-c": "C", "ws-d": "D", "ws-e": "E", "ws-r": "B", "ws-g": "G", "hm-1": "C", "gc-1": "F" };
    expect(await letters()).toEqual(states);

    const [before, lines] = [facts(await all()), await journal()];
    await broker.kill();
    broker = await startKillable(dataDir, port);
    expect(facts(await all())).toEqual(before);
    expect((await journal()).slice(0, lines.length)).toEqual(lines);

    // field time is two seconds behind the wall clock: this shelf runs out while nobody is there
    const shelve = { do: "shelve", alarm: level("ws-r"), until: 0, reason: "점검", once: false } as const;
    await vi.waitFor(() => expect(existsSync(join(dataDir, "fold.checkpoint"))).toBe(true), 40_000);
    expect(await broker.ask<Result<Acted>>({ ask: "act", action: { ...shelve, until: Date.now() }, by: supervisor })).toMatchObject({ ok: true });
    expect(await letters()).toEqual({ ...states, "ws-r": "E" });
    const [shelved, told] = [facts(await all()), await journal()];
    await broker.kill();
    broker = await startKillable(dataDir, port);
    await vi.waitFor(async () => expect(await letters()).toEqual(states), 20_000);
    const others = (alarms: ReturnType<typeof facts>) => alarms.filter(({ device }) => device !== "ws-r");
    expect(others(facts(await all()))).toEqual(others(shelved));
    const later = (await journal()).filter(({ n, what }) => n <= told.length || what === "returned");
    expect(later.slice(0, told.length)).toEqual(told);
    expect(later.slice(told.length)).toMatchObject([{ what: "returned", alarm: level("ws-r"), by: "system", before: "E", after: "B" }]);
    const open = await broker.ask<Alarm[]>({ ask: "alarms" });
    expect(open.find(({ id }) => id === "stream-silent-gc-1")).toMatchObject({
      cause: "stream-gateway-gc-1",
      suppressed: { by: "stream-gateway-gc-1" },
    });
    expect((await all()).find((alarm) => alarm?.device === "ws-c")).toMatchObject({
      owner: "박준호",
      ackedBy: "이서연",
      notes: [{ text: "CCTV 확인" }],
    });
  });

  it("has its journal under the same numbers, once, when it is killed before its first checkpoint", { timeout: 120_000 }, async () => {
    const dataDir = await temporaryFolder();
    let broker = await startKillable(dataDir, 0);
    const access = await broker.ask<Result<DeviceAccess>>({ ask: "register", device: "ws-1", constants });
    if (!access.ok) throw new Error(access.reason);
    const { connect, says } = field(broker);
    const client = await connect(access.value);
    for (const ago of [170, 110]) await says(client, "ws-1", Date.now() - ago * 1000, 5.05, access.value.topics.obs ?? "");
    const journal = () => broker.ask<JournalLine[]>({ ask: "journal", query: { limit: 1000 } });
    const ofLevel = (lines: readonly JournalLine[]) =>
      lines.filter(({ alarm, what }) => alarm === level("ws-1") && (what === "raised" || what === "acknowledged")).map(({ what }) => what);
    await vi.waitFor(async () => expect(ofLevel(await journal())).toEqual(["raised"]), 8000);
    const seen: RoomAction = { do: "acknowledge", alarms: [{ id: level("ws-1"), occurrence: 1 }] };
    await broker.ask({ ask: "act", action: seen, by: supervisor });
    const told = await journal();
    await broker.kill();
    broker = await startKillable(dataDir, broker.port);
    const again = await journal();
    expect(again.slice(0, told.length)).toEqual(told);
    expect(ofLevel(again)).toEqual(["raised", "acknowledged"]);
    expect(again.map(({ n }) => n)).toEqual(again.map((_, at) => at + 1));
  });
});
