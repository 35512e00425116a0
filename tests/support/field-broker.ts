import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Broker, startBroker } from "../../broker/broker.ts";
import type { StoreChoice } from "../../broker/runs.ts";
import type { DeviceAccess } from "../../shared/city-port.ts";
import { type Credentials, loadCredentials } from "../../shared/runtime/credentials.ts";
import { services } from "../../shared/services/index.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";

export const operator = { name: "test", role: "admin" } as const;

/** A broker without any simulator, on a free port, in a folder of its own; closed with the test. */
export async function startFieldBroker(
  dataDir?: string,
  store: StoreChoice = { kind: "embedded" },
): Promise<{ broker: Broker; dataDir: string; credentials: Credentials; stop(): Promise<void> }> {
  const dir = dataDir ?? (await mkdtemp(join(tmpdir(), "gwanje-field-")));
  const credentials = await loadCredentials(dir);
  const broker = await startBroker({
    dataDir: dir,
    host: "127.0.0.1",
    mqttPort: 0,
    plan: buildGround("small", 1).plan,
    services,
    credentials,
    store,
    retentionDays: 30,
    log: pino({ level: "silent" }),
  });
  let closed = false;
  const stop = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await broker.close();
  };
  onTestFinished(async () => {
    await stop();
    if (dataDir === undefined) await rm(dir, { recursive: true, force: true });
  });
  return { broker, dataDir: dir, credentials, stop };
}

export async function registered(
  broker: Broker,
  service: string,
  device: string,
  constants?: Readonly<Record<string, number>>,
): Promise<DeviceAccess> {
  const made = await broker.port.register({ service, device, ...(constants && { constants }) }, operator);
  if (!made.ok) throw new Error(made.reason);
  return made.value;
}

/** Connects as that device; ends with the test. */
export async function connectAs(broker: Broker, who: { username: string; password: string; clientId?: string }): Promise<MqttClient> {
  const client = await mqtt.connectAsync({ host: "127.0.0.1", port: broker.mqttPort, reconnectPeriod: 0, ...who });
  onTestFinished(() => client.endAsync(true));
  return client;
}
