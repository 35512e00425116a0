import mqtt from "mqtt";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Broker, startBroker } from "../../broker/broker.ts";
import { leaveResponsesToPeople } from "../../commands/responses-by-hand.ts";
import type { Meta } from "../../shared/reading.ts";
import { type Credentials, loadCredentials } from "../../shared/runtime/credentials.ts";
import { gatewayPassword } from "../../shared/runtime/gateway-password.ts";
import { services } from "../../shared/services/index.ts";
import { clockTopic, deviceTopic, gatewayStateTopic } from "../../shared/topics.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";

const minute = 60_000;
export const nightStart = Date.UTC(2026, 6, 14, 9);
const { plan } = buildGround("small", 1);
const gauge = (d: string, gateway: string): Meta => ({
  ...{ v: 1, d, kind: "gauge", name: { ko: d, en: d }, gateway, district: plan.districts[0]?.id ?? "", lat: 37.7, lon: 127 },
  constants: { reference: 10, interest: 4.8, caution: 5, alert: 6, serious: 7 },
});
const home: Meta = {
  ...{
    v: 1,
    d: "uc-1",
    kind: "home",
    name: { ko: "가구", en: "Home" },
    gateway: "gw-uc-1",
    district: plan.districts[0]?.id ?? "",
    lat: 37.7,
    lon: 127,
  },
};
const fleet = [
  { service: "stream", meta: gauge("ws-1", "gw-ws-1") },
  { service: "stream", meta: gauge("ws-2", "gw-ws-2") },
  { service: "ucare", meta: home },
];

export interface ScriptedCity {
  readonly broker: Broker;
  readonly credentials: Credentials;
  readonly url: string;
  readonly plan: typeof plan;
  /** Lives four hours: the water at one gauge rises and falls, the other falls silent and comes back with what it kept, a home presses its button. */
  night(minutes?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Three gateways and a clock over real sockets, without a simulator: the same story every time. */
export async function scriptedCity(dataDir: string): Promise<ScriptedCity> {
  const credentials = await loadCredentials(dataDir);
  const broker = await startBroker({
    ...{ dataDir, host: "127.0.0.1", mqttPort: 0, plan, services, credentials, store: { kind: "embedded" } },
    ...{ retentionDays: 30, keepLogHours: 1, log: pino({ level: "silent" }), fleet },
  });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= broker.close());
  onTestFinished(stop);
  await leaveResponsesToPeople(broker.port.room);
  const connect = async (clientId: string, password: string) => {
    const client = await mqtt.connectAsync({ host: "127.0.0.1", port: broker.mqttPort, clientId, username: clientId, password, reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    return client;
  };

  async function night(minutes = 240): Promise<void> {
    const control = await connect("simulator", credentials.control);
    const gateways = new Map(
      await Promise.all(
        fleet.map(async ({ meta }) => [meta.gateway, await connect(meta.gateway, gatewayPassword(credentials.gatewaySecret, meta.gateway))] as const),
      ),
    );
    const say = (gateway: string, topic: string, payload: object, retain = false) =>
      gateways.get(gateway)!.publishAsync(topic, JSON.stringify(payload), { qos: 1, retain });
    const still = { run: "night", city: plan.id, seed: 7, scale: 1, start: nightStart, rate: 60, asked: 60, paused: false, phase: "live" };
    const clock = (mark: number) =>
      control.publishAsync(clockTopic(plan.id), JSON.stringify({ ...still, head: mark + minute, mark }), { qos: 1, retain: true });
    await clock(nightStart);
    for (const { service, meta } of fleet) {
      await say(meta.gateway, gatewayStateTopic(plan.id, meta.gateway), { s: "ready", t: nightStart }, true);
      await say(meta.gateway, deviceTopic(plan.id, service, meta.d, "meta"), meta, true);
    }
    const dist = (gateway: string, d: string, t: number, seq: number, level: number) =>
      say(gateway, deviceTopic(plan.id, "stream", gateway, "obs"), { v: 1, d, t, b: 1, seq, m: { dist: Math.round((10 - level) * 1000) / 1000 } });
    const kept: (() => Promise<unknown>)[] = [];
    for (let n = 1; n <= minutes; n++) {
      const t = nightStart + n * minute - 30_000;
      const rise = 0.03 * Math.max(0, Math.min(n - 30, 190 - n));
      await dist("gw-ws-1", "ws-1", t, n, 4.2 + rise + 0.004 * (n % 3));
      const second = () => dist("gw-ws-2", "ws-2", t + 1000, n, 4.1 + 0.004 * (n % 4));
      if (n > 100 && n <= 140) kept.push(second);
      else {
        // what was kept comes behind the mark that has passed it
        for (const one of kept.splice(0)) await one();
        await second();
      }
      if (n === 120) await say("gw-uc-1", deviceTopic(plan.id, "ucare", "uc-1", "event"), { v: 1, d: "uc-1", t, b: 1, seq: 0, e: "button" });
      await clock(nightStart + n * minute);
    }
  }
  return { broker, credentials, url: `mqtt://127.0.0.1:${broker.mqttPort}`, plan, night, stop };
}
