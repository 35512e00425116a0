import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { generate, type IConnectPacket, type IPublishPacket, type Packet, parser } from "mqtt-packet";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Broker } from "../../broker/broker.ts";
import type { DeviceAccess } from "../../shared/city-port.ts";
import { connectAs, registered, startFieldBroker } from "../support/field-broker.ts";

interface BareLine {
  readonly heard: readonly Packet[];
  readonly socket: Socket;
  say(...packets: readonly Packet[]): void;
  raw(bytes: Buffer): void;
}
/** A socket that says exactly these bytes. */
async function bareLine(broker: Broker, { username, password }: DeviceAccess, more: Partial<IConnectPacket> = {}): Promise<BareLine> {
  const socket = connect(broker.mqttPort, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  const heard: Packet[] = [];
  const reader = parser();
  reader.on("packet", (packet) => heard.push(packet));
  socket.on("data", (chunk) => reader.parse(chunk));
  const raw = (bytes: Buffer): void => void socket.write(bytes);
  const hello: IConnectPacket = {
    ...{ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true, keepalive: 0, clientId: username, username },
    ...{ password: Buffer.from(password), ...more },
  };
  await once(socket, "connect");
  raw(generate(hello));
  await vi.waitFor(() => expect(heard[0]).toMatchObject({ cmd: "connack", returnCode: 0 }));
  return { heard, socket, raw, say: (...packets) => raw(Buffer.concat(packets.map((packet) => generate(packet)))) };
}
const base = Date.now() - 30_000;
const reading = (seq: number): string => JSON.stringify({ v: 1, d: "ws-real", t: base + seq, b: 1, seq, m: { dist: 5.5 } });
const published = (topic: string, seq: number, more: Partial<IPublishPacket> = {}): IPublishPacket => ({
  ...{ cmd: "publish", topic, payload: reading(seq), qos: 1, messageId: seq + 1, dup: false, retain: false },
  ...more,
});
const acknowledged = ({ heard }: BareLine): readonly (number | undefined)[] =>
  heard.filter(({ cmd }) => cmd === "puback").map(({ messageId }) => messageId);

describe("what goes the short way", () => {
  it("is acknowledged in the order of arrival, among packets that go the long one", async () => {
    const { broker } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const line = await bareLine(broker, access);
    const obs = access.topics.obs ?? "";
    const foreign = obs.replace("ws-real", "ws-other");
    line.say(
      ...[0, 1].map((seq) => published(obs, seq)),
      published(obs, 2, { retain: true }),
      published(obs, 3),
      { cmd: "pingreq" },
      published(foreign, 4),
      ...[5, 6].map((seq) => published(obs, seq)),
    );
    await vi.waitFor(() => expect(acknowledged(line)).toEqual([1, 2, 3, 4, 5, 6, 7]));
    expect(line.heard.some(({ cmd }) => cmd === "pingresp")).toBe(true);
    expect(broker.port.deviceLedger("ws-real")).toMatchObject({ accepted: 6, late: 0, lost: 1, duplicate: 0 });
    expect(broker.port.quarantine({ limit: 5 }).byCode).toEqual({ rights: 1 });
  });

  it("is whole wherever the network cuts it, and before the farewell that comes with it", async () => {
    const { broker } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const obs = access.topics.obs ?? "";
    const slow = await bareLine(broker, access);
    for (const byte of generate(published(obs, 0))) {
      slow.raw(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(acknowledged(slow)).toEqual([1]));
    slow.socket.end(
      Buffer.concat([...Array.from({ length: 3000 }, (_, n) => generate(published(obs, n + 1, { qos: 0 }))), generate({ cmd: "disconnect" })]),
    );
    await vi.waitFor(() => expect(broker.port.deviceLedger("ws-real")).toMatchObject({ accepted: 3001, lost: 0 }));
  });

  it("is heard by whoever subscribes, from then on", async () => {
    const { broker, credentials } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const line = await bareLine(broker, access);
    const obs = access.topics.obs ?? "";
    line.say(published(obs, 0));
    await vi.waitFor(() => expect(acknowledged(line)).toEqual([1]));
    const reader = await connectAs(broker, credentials.reader);
    const told: string[] = [];
    reader.on("message", (_topic, payload) => told.push(payload.toString()));
    await reader.subscribeAsync(obs);
    line.say(published(obs, 1));
    await vi.waitFor(() => expect(told).toEqual([reading(1)]));
  });

  it("keeps a connection alive as long as it was promised, and no longer", async () => {
    const { broker } = await startFieldBroker();
    const [talker, silent] = [await registered(broker, "stream", "ws-real"), await registered(broker, "stream", "ws-two")];
    const talking = await bareLine(broker, talker, { keepalive: 1 });
    const quiet = await bareLine(broker, silent, { keepalive: 1 });
    const closed = once(quiet.socket, "close");
    let seq = 0;
    const saying = setInterval(() => talking.say(published(talker.topics.obs ?? "", seq++, { qos: 0 })), 300);
    onTestFinished(() => clearInterval(saying));
    await closed;
    expect(talking.socket.destroyed).toBe(false);
    expect(seq).toBeGreaterThan(3);
    await vi.waitFor(() => expect(broker.port.deviceLedger("ws-real")?.accepted).toBeGreaterThan(3));
  });
});
