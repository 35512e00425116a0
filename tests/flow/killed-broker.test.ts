import mqtt, { type MqttClient } from "mqtt";
import { describe, expect, it } from "vitest";
import type { DeviceAccess, Ledger, Series } from "../../shared/city-port.ts";
import type { Result } from "../../shared/result.ts";
import { startKillable } from "../support/killable-broker.ts";
import { temporaryFolder } from "../support/test-chain.ts";

/** A device that numbers its readings, sends as fast as they are acknowledged, and sends again what was not. */
function startDevice({ username, password, clientId, topics }: DeviceAccess, port: number, began: number) {
  const client: MqttClient = mqtt.connect({ host: "127.0.0.1", port, username, password, clientId, reconnectPeriod: 20, connectTimeout: 2000 });
  client.on("error", () => undefined);
  let seq = 0;
  let acknowledged = 0;
  let stopped = false;
  const window = 50;
  const flying = new Set<Promise<unknown>>();
  /** A connection that breaks while the library sends again what was not acknowledged gives the message up: then we send it ourselves. */
  async function deliver(payload: string): Promise<void> {
    for (;;) {
      try {
        await client.publishAsync(topics.obs ?? "", payload, { qos: 1 });
        return;
      } catch {
        if (!client.connected) await new Promise<void>((resolve) => client.once("connect", () => resolve()));
      }
    }
  }
  async function run(): Promise<void> {
    while (!stopped) {
      const reading = { v: 1, d: username, t: began + seq, b: 1, seq, m: { dist: 1 + (seq % 1000) / 1000 } };
      seq += 1;
      const sent: Promise<unknown> = deliver(JSON.stringify(reading)).then(() => {
        acknowledged += 1;
        flying.delete(sent);
      });
      flying.add(sent);
      if (flying.size >= window) await Promise.race(flying);
    }
    await Promise.all(flying);
    await client.endAsync();
  }
  const done = run();
  return {
    acknowledged: () => acknowledged,
    /** Sends no more; resolves with the number of readings when all of them are acknowledged. */
    async stop(): Promise<number> {
      stopped = true;
      await done;
      return seq;
    },
  };
}

describe("a broker that is killed with kill -9 under load, twenty times in a row", () => {
  it("has every acknowledged reading once, in the ledger and in the store", { timeout: 300_000 }, async () => {
    const dataDir = await temporaryFolder();
    const began = Date.now() - 3_600_000;
    let broker = await startKillable(dataDir, 0);
    const { port } = broker;
    const names = ["ws-a", "ws-b", "ws-c"];
    const devices: ReturnType<typeof startDevice>[] = [];
    for (const device of names) {
      const access = await broker.ask<Result<DeviceAccess>>({ ask: "register", device });
      if (!access.ok) throw new Error(access.reason);
      devices.push(startDevice(access.value, port, began));
    }
    const total = (): number => devices.reduce((sum, device) => sum + device.acknowledged(), 0);
    for (let round = 0; round < 20; round++) {
      const target = total() + 300;
      while (total() < target) await new Promise((resolve) => setImmediate(resolve));
      await broker.kill();
      broker = await startKillable(dataDir, port);
    }
    const sent = await Promise.all(devices.map((device) => device.stop()));
    const ledger = await broker.ask<Ledger>({ ask: "ledger" });
    const all = sent.reduce((sum, n) => sum + n, 0);
    expect(ledger).toMatchObject({ accepted: all, lost: 0, refused: 0 });
    expect(ledger.received).toBe(ledger.accepted + ledger.duplicate);
    for (const [index, device] of names.entries()) {
      const count = sent[index] ?? 0;
      const series = await broker.ask<Result<Series>>({ ask: "series", device, from: began, to: began + count });
      expect(series.ok && series.value.points.reduce((n, point) => n + point.n, 0)).toBe(count);
    }
  });
});
