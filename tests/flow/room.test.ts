import mqtt, { type MqttClient } from "mqtt";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { z } from "zod";
import { accessAll, accessDevice, accessScreen } from "../../commands/access.ts";
import { type Chain, startRoom } from "../../commands/chain.ts";
import { fixedStart } from "../../commands/digest.ts";
import { holdFolder } from "../../commands/running-city.ts";
import type { Console } from "../../console/server/start-console.ts";
import { followSeries } from "../../console/web/trend/follow-series.ts";
import * as api from "../../shared/api.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { services } from "../../shared/services/index.ts";
import { startFieldBroker } from "../support/field-broker.ts";
import { type LiveBrowser, openBrowser } from "../support/live-browser.ts";
import { hour, startTestChain, type TestChainOptions, temporaryFolder, testConfig } from "../support/test-chain.ts";

type Access = Awaited<ReturnType<typeof accessDevice>>;
interface City {
  readonly dataDir: string;
  readonly broker: Chain["broker"];
  readonly mqtt: Chain["mqtt"];
  readonly room: Console;
  /** Another console on the same port, once the first is closed. */
  openAgain(): Promise<Console>;
}

/** A city with its room, as `gwanje up` has it; its folder says where it runs. */
async function withRoom(chain: Pick<City, "dataDir" | "broker" | "mqtt">): Promise<City> {
  const { dataDir, broker, mqtt } = chain;
  const open = async (port: number): Promise<Console> => {
    const lifecycle = createLifecycle((part, cause) => expect.fail(`${part}: ${cause}`));
    onTestFinished(() => lifecycle.close());
    const config = testConfig({ GWANJE_HTTP_PORT: String(port) });
    const unused = { start: fixedStart, until: fixedStart, rate: 1 };
    const common = { dataDir, credentials: await loadCredentials(dataDir), log: pino({ level: "silent" }), ...unused };
    return startRoom({ config, lifecycle, ...common }, { broker, mqtt } as Chain);
  };
  const room = await open(0);
  const held = await holdFolder(dataDir);
  if (!held.ok) throw new Error(held.reason);
  await held.value.announce({ http: room.url(), mqtt });
  return { dataDir, broker, mqtt, room, openAgain: () => open(room.port) };
}
const openCity = async (options: TestChainOptions = { rate: 1 }): Promise<City> => withRoom(await startTestChain(options));
/** Without a simulator: enough for whoever asks for credentials. */
async function openFieldCity(): Promise<City> {
  const { broker, dataDir } = await startFieldBroker();
  return withRoom({ broker, dataDir, mqtt: { host: "127.0.0.1", port: broker.mqttPort } });
}

/** Signs in by a link as a person does and comes with the cookie. */
async function comeBy(link: string, url: string): Promise<LiveBrowser> {
  const entered = await fetch(link, { method: "POST", body: new URLSearchParams({ name: "김하늘" }), redirect: "manual" });
  const cookie = entered.headers.getSetCookie()[0]!.split(";")[0]!;
  return openBrowser(url, { over: { auth: {}, extraHeaders: { cookie }, reconnection: true } });
}

async function speakerOf({ mqtt: where }: City, access: Access): Promise<MqttClient> {
  const { username, password, clientId } = access;
  const client = await mqtt.connectAsync({ ...where, username, password, clientId, reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  return client;
}
/** What the gauge says: the number of a reading is its place in time and its value too. */
function readingsFrom(began: number) {
  const timeOf = (seq: number) => began + seq * 60;
  const reading = (seq: number) => JSON.stringify({ v: 1, d: "ws-real", t: timeOf(seq), b: 1, seq, m: { dist: (5000 + seq) / 1000 } });
  const say = (client: MqttClient, access: Access, seq: number) => client.publishAsync(access.topics.obs!, reading(seq), { qos: 1 });
  return { timeOf, reading, say };
}
const gauge = { service: "stream", device: "ws-real" } as const;

describe("the room of a running city", () => {
  it("shows a reading within a second of its acknowledgement, and the trend of a level that no sensor measures", async () => {
    const city = await openCity({ rate: 60 });
    const browser = await comeBy(city.room.signInLink("viewer"), city.room.url());
    const access = await accessDevice(city.dataDir, gauge);
    await browser.until(() =>
      browser
        .heard("devices")
        .flat()
        .some(({ id }) => id === "ws-real"),
    );
    const { cell } = browser
      .heard("devices")
      .flat()
      .find(({ id }) => id === "ws-real")!;
    const client = await speakerOf(city, access);
    const { say, timeOf } = readingsFrom(Date.now() - 3000);
    const delays: number[] = [];
    for (let seq = 0; seq < 10; seq++) {
      await say(client, access, seq);
      const acknowledged = performance.now();
      await browser.until(() => browser.cells.value(cell) === timeOf(seq));
      delays.push(performance.now() - acknowledged);
    }
    expect(Math.max(...delays)).toBeLessThan(1000);
    expect(browser.cells.epoch()).toBe(city.broker.port.feed.epoch());
    const real = city.broker.port.devices().find(({ kind, timeline }) => kind === "gauge" && timeline === "city")!;
    const { points } = await browser.watch(real.id, "level", fixedStart);
    await browser.until(() => points.length >= 2);
    const { last } = city.broker.port.device(real.id)!;
    expect(Math.abs(points.at(-1)!.v! - Number(last.level!.value))).toBeLessThan(2);
  });

  it("answers for every kind of device as its schemas say, to the field", async () => {
    const { dataDir, broker, room } = await openCity({ rate: null, stopAfter: 3600 });
    const { tokens } = await loadCredentials(dataDir);
    const answer = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
      const response = await fetch(`${room.url()}${path}`, { headers: { authorization: `Bearer ${tokens.admin}` } });
      const body: unknown = await response.json();
      expect([path, response.status, response.ok || body]).toEqual([path, 200, true]);
      const parsed = schema.parse(body);
      expect(body).toEqual(parsed);
      return parsed;
    };
    await vi.waitFor(() => expect(broker.port.clock()?.mark).toBeGreaterThanOrEqual(fixedStart + hour), { timeout: 20_000 });
    const { devices } = await answer("/api/v1/devices", api.devicesSchema);
    const kinds = new Map(devices.map((row) => [`${row.service}/${row.kind}`, row]));
    expect(kinds.size).toBe(services.reduce((sum, service) => sum + Object.keys(service.kinds).length, 0));
    for (const { id, service, kind } of kinds.values()) {
      const { last } = await answer(`/api/v1/devices/${id}`, api.deviceDetailSchema);
      expect([id, Object.keys(last).length > 0]).toEqual([id, true]);
      expect((await answer(`/api/v1/devices/${id}/messages`, api.messagesSchema)).messages.length).toBeGreaterThan(0);
      const contract = services.find((one) => one.id === service)!;
      for (const metric of contract.kinds[kind]!.metrics) {
        const of = contract.metrics[metric]!.kind;
        if (of === "number" || of === "flag") await answer(`/api/v1/devices/${id}/series?metric=${metric}`, api.seriesSchema);
        if (of === "state" || of === "flag") await answer(`/api/v1/devices/${id}/spans?metric=${metric}`, api.spansSchema);
      }
    }
    for (const { id, metrics } of services) {
      const metric = Object.keys(metrics).find((name) => metrics[name]!.kind === "number")!;
      expect((await answer(`/api/v1/aggregate?service=${id}&metric=${metric}`, api.aggregateSchema)).rows.length).toBeGreaterThan(0);
      expect((await answer(`/api/v1/figures?service=${id}`, api.figuresSchema)).figures).toHaveLength(3);
    }
    expect((await answer("/api/v1/latest", api.latestSchema)).readings.length).toBe(devices.length);
    for (const [path, schema] of Object.entries({
      city: api.citySchema,
      plan: api.planSchema,
      services: api.servicesSchema,
      ledger: api.ledgerSchema,
    }))
      await answer(`/api/v1/${path}`, schema as z.ZodType);
    await answer("/api/v1/chronicle?limit=2000", api.chronicleSchema);
    await answer("/api/v1/quarantine", api.quarantineSchema);
    await answer("/healthz", api.healthSchema);
  });

  it("carries MQTT over WebSocket, on which a reader hears what he hears over TCP, and no home", async () => {
    const city = await openCity({ rate: 60 });
    const access = await accessDevice(city.dataDir, gauge);
    const { mqtt: way } = (await accessAll(city.dataDir)) as { mqtt: { ws: string; reader: { username: string; password: string } } };
    const ears = await Promise.all(
      [way.ws, `mqtt://${city.mqtt.host}:${city.mqtt.port}`].map(async (url) => {
        const client = await mqtt.connectAsync(url, { ...way.reader, reconnectPeriod: 0 });
        onTestFinished(() => client.endAsync(true));
        const heard: { topic: string; text: string; retained: boolean }[] = [];
        client.on("message", (topic, payload, { retain }) => void heard.push({ topic, text: payload.toString(), retained: retain }));
        await client.subscribeAsync("#", { qos: 1 });
        return heard;
      }),
    );
    const client = await speakerOf(city, access);
    const { say, reading } = readingsFrom(Date.now() - 3000);
    const placeIn = (heard: (typeof ears)[number], seq: number) => heard.findIndex(({ text }) => text === reading(seq));
    await say(client, access, 1);
    const liveSince = (heard: (typeof ears)[number]) => heard.slice(placeIn(heard, 1)).filter(({ retained }) => !retained);
    await vi.waitFor(() => expect(liveSince(ears[0]!).length).toBeGreaterThan(50), { timeout: 15_000 });
    await say(client, access, 2);
    await vi.waitFor(() => expect(ears.map((heard) => placeIn(heard, 2)).every((place) => place > 0)).toBe(true));
    const [overWebSocket, overTcp] = ears.map((heard) =>
      liveSince(heard).slice(0, liveSince(heard).findIndex(({ text }) => text === reading(2)) + 1),
    );
    expect(overWebSocket!.length).toBeGreaterThan(50);
    expect(overWebSocket).toEqual(overTcp);
    const births = ears.map((heard) => heard.filter(({ retained, topic }) => retained && topic.endsWith("/meta")).map(({ topic }) => topic));
    expect(births[0]!.length).toBeGreaterThan(5);
    expect(births[0]!.sort()).toEqual(births[1]!.sort());
    expect(ears.flat().filter(({ topic }) => topic.includes("ucare"))).toEqual([]);
    await expect(mqtt.connectAsync(way.ws, { reconnectPeriod: 0 })).rejects.toThrow(/Bad username/);
    await expect(mqtt.connectAsync(way.ws, { ...way.reader, password: "wrong", reconnectPeriod: 0 })).rejects.toThrow(/Bad username/);
  });

  it("that begins again has its browsers back, on the same cells, with trends that have no hole and no double", async () => {
    const city = await openCity();
    const access = await accessDevice(city.dataDir, gauge);
    const client = await speakerOf(city, access);
    const browser = await comeBy(city.room.signInLink("operator"), city.room.url());
    const epoch = browser.cells.epoch();
    const guest = await mqtt.connectAsync(`${city.room.url().replace("http", "ws")}/mqtt`, {
      ...(await loadCredentials(city.dataDir)).reader,
      reconnectPeriod: 0,
    });
    const ended = new Promise<void>((resolve) => guest.once("close", () => resolve()));

    const { say } = readingsFrom(Date.now() - 3000);
    let sent = 0;
    const sending: Promise<unknown>[] = [];
    const pump = setInterval(() => sending.push(say(client, access, sent++)), 60);
    onTestFinished(() => clearInterval(pump));
    await vi.waitFor(() => expect(sent).toBeGreaterThan(2));
    const series = followSeries(browser.source, { ...gauge, metric: "dist", rangeMs: 20_000, staleMs: 60_000, now: Date.now });
    const drawn = () => series.buffer.columns.mean.map((mean) => Math.round(mean * 1000) - 5000);
    await vi.waitFor(() => expect(drawn().length).toBeGreaterThan(12), { timeout: 5000 });

    const again = browser.next("snapshot");
    await city.room.close();
    await ended;
    const left = sent;
    await vi.waitFor(() => expect(sent).toBeGreaterThan(left + 10), { timeout: 5000 });
    await city.openAgain();
    await again;
    expect(browser.heard("snapshot").at(-1)!.me).toMatchObject({ name: "김하늘", role: "operator" });
    expect(browser.cells.epoch()).toBe(epoch);
    series.resume();
    const resumed = sent;
    await vi.waitFor(() => expect(sent).toBeGreaterThan(resumed + 12), { timeout: 5000 });
    clearInterval(pump);
    await Promise.all(sending);
    await vi.waitFor(() => expect(drawn().at(-1)).toBe(sent - 1));
    expect(drawn()).toEqual(Array.from({ length: sent }, (_, seq) => seq));
    expect(series.skipped()).toBe(0);
    series.stop();
  });
});

describe("gwanje access", () => {
  it("tells every address and credential, and each of them opens its door", async () => {
    const { dataDir, mqtt: where, room } = await openFieldCity();
    const all = (await accessAll(dataDir)) as {
      http: string;
      signIn: string;
      tokens: Record<string, string>;
      mqtt: { host: string; port: number; ws: string; reader: { username: string; password: string } };
    };
    expect(all).toMatchObject({ http: room.url(), mqtt: { ...where, ws: `ws://127.0.0.1:${room.port}/mqtt`, reader: { username: "reader" } } });
    expect((await comeBy(all.signIn, all.http)).heard("snapshot")[0]!.me.role).toBe("admin");
    for (const [role, token] of Object.entries(all.tokens)) {
      const made = await fetch(`${all.http}/api/v1/screens`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: '{"role":"viewer"}',
      });
      expect([role, made.status]).toEqual([role, role === "admin" ? 201 : 403]);
      if (made.ok) api.screenSchema.parse(await made.json());
    }
  });

  it("registers a device that can speak at once, the same for whoever asks again, and no other of that name", async () => {
    const city = await openFieldCity();
    const access = await accessDevice(city.dataDir, gauge);
    expect(access.example).toMatch(/^mosquitto_pub /);
    await readingsFrom(Date.now() - 3000).say(await speakerOf(city, access), access, 0);
    expect(city.broker.port.deviceLedger("ws-real")).toMatchObject({ received: 1, accepted: 1 });
    expect(await accessDevice(city.dataDir, gauge)).toEqual(access);
    await expect(accessDevice(city.dataDir, { service: "ucare", device: "ws-real" })).rejects.toMatchObject({
      message: expect.stringContaining("ws-real"),
      code: 1,
    });
    await expect(accessDevice(city.dataDir, { service: "nope", device: "x" })).rejects.toMatchObject({
      message: expect.stringContaining("service: "),
      code: 2,
    });
  });

  it("makes a link for another screen of that role, and complains about a role that is none and a city that does not run", async () => {
    const { dataDir, room } = await openFieldCity();
    const { link, qr } = await accessScreen(dataDir, "care");
    expect(qr).toContain("█");
    expect((await comeBy(link, room.url())).heard("snapshot")[0]!.me).toMatchObject({ role: "care" });
    await expect(accessScreen(dataDir, "king")).rejects.toMatchObject({ message: expect.stringContaining("role: "), code: 2 });
    await room.close();
    await expect(accessScreen(dataDir, "care")).rejects.toMatchObject({ message: expect.stringContaining("does not answer"), code: 1 });
    await expect(accessAll(await temporaryFolder())).rejects.toMatchObject({ message: expect.stringContaining("no city runs"), code: 1 });
  });
});
