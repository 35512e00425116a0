import type { MqttClient } from "mqtt";
import { expect, it, vi } from "vitest";
import type { Broker } from "../../broker/broker.ts";
import type { DeviceAccess } from "../../shared/city-port.ts";
import { connectAs, registered, startFieldBroker } from "../support/field-broker.ts";
import { describeWithOwnInflux } from "../support/influxd.ts";

const patient = { timeout: 20_000, interval: 50 };
const began = Date.now() - 10_000;
/** Reading number `seq` of the gauge; its value and time are its number too. */
const reading = (seq: number) => JSON.stringify({ v: 1, d: "ws-real", t: began + seq, b: 1, seq, m: { dist: 5 + seq / 100 } });

describeWithOwnInflux("a broker whose readings go to InfluxDB", (influx) => {
  const start = (dataDir?: string) => {
    const { url, token, org, bucket } = influx();
    return startFieldBroker(dataDir, { kind: "influx", url, token, org, bucket });
  };
  async function startWithGauge() {
    const { broker, dataDir, stop } = await start();
    const access = await registered(broker, "stream", "ws-real");
    return { broker, dataDir, stop, access, client: await connectAs(broker, access) };
  }
  /** Every publish is acknowledged before the next: this ends when the log has them all. */
  async function send(client: MqttClient, { topics }: DeviceAccess, from: number, to: number): Promise<void> {
    for (let seq = from; seq < to; seq++) await client.publishAsync(topics.obs!, reading(seq), { qos: 1 });
  }
  const everythingStored = ({ port }: Broker, n: number) =>
    vi.waitFor(() => expect(port.ledger()).toMatchObject({ accepted: n, stored: n, pending: 0 }), patient);
  const degraded = ({ port }: Broker, text: RegExp) =>
    vi.waitFor(() => expect(port.health()).toMatchObject({ status: "degraded", parts: { store: { text: expect.stringMatching(text) } } }), patient);
  async function onceEach({ port }: Broker, n: number): Promise<void> {
    const series = await port.series({ device: "ws-real", metric: "dist", from: began, to: began + 1000, points: 1000 });
    expect(series.ok && series.value.points.map(({ t, n, mean }) => [t - began, n, Math.round(mean * 100) - 500])).toEqual(
      Array.from({ length: n }, (_, seq) => [seq, 1, seq]),
    );
    expect(port.health()).toMatchObject({ status: "ok", parts: { store: { status: "ok" } } });
  }

  it("acknowledges while the server is killed, says so, and stores every reading once when it is back", async () => {
    const { broker, access, client } = await startWithGauge();
    await send(client, access, 0, 40);
    await everythingStored(broker, 40);
    await influx().kill();
    await send(client, access, 40, 90);
    expect(broker.port.ledger()).toMatchObject({ accepted: 90, stored: 40, pending: 50 });
    await degraded(broker, /^away: the log keeps 50 rows for it\. InfluxDB at http:\S+ cannot be reached: /);
    expect(broker.port.hops().store).toMatchObject({ away: true, rows: 40 });
    await expect(broker.port.series({ device: "ws-real", metric: "dist", from: began, to: began + 1000, points: 10 })).rejects.toThrow(
      /cannot be reached/,
    );
    await influx().start();
    await everythingStored(broker, 90);
    await onceEach(broker, 90);
  });

  it("does the same when the server takes connections but answers nothing", async () => {
    const { broker, access, client } = await startWithGauge();
    await send(client, access, 0, 20);
    await everythingStored(broker, 20);
    influx().freeze();
    await send(client, access, 20, 60);
    expect(broker.port.ledger()).toMatchObject({ accepted: 60, stored: 20, pending: 40 });
    await degraded(broker, /^away: the log keeps 40 rows for it\. InfluxDB at http:\S+ has not answered within 8 s/);
    influx().thaw();
    await everythingStored(broker, 60);
    await onceEach(broker, 60);
  });

  it("ends although the server has just frozen, starts without it, knows what the log has, and catches up", async () => {
    const first = await startWithGauge();
    await send(first.client, first.access, 0, 30);
    await everythingStored(first.broker, 30);
    influx().freeze();
    await send(first.client, first.access, 30, 60);
    await first.client.endAsync();
    await first.stop();
    await influx().kill();

    const { broker } = await start(first.dataDir);
    await degraded(broker, /^away: the log keeps \d+ rows for it\. InfluxDB at http:\S+ cannot be reached: /);
    expect(broker.port.device("ws-real")?.last.dist).toMatchObject({ t: began + 59, value: 5.59 });
    expect(broker.port.ledger()).toMatchObject({ accepted: 60 });
    const client = await connectAs(broker, first.access);
    await send(client, first.access, 60, 80);
    expect(broker.port.ledger().pending).toBeGreaterThanOrEqual(50);
    await influx().start();
    await everythingStored(broker, 80);
    await onceEach(broker, 80);
  });
});
