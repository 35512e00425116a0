import { describe, expect, it, onTestFinished } from "vitest";
import { createFrameReader, idOffset, publishFrame, stamp } from "../../simulator/frames.ts";
import { createPublisher, type Publisher } from "../../simulator/publisher.ts";
import { startBareBroker } from "../support/bare-broker.ts";
import { toyWorld } from "../support/toy-world.ts";

const { city } = toyWorld({ gateways: 2 });
const gateway = city.gateways[0]!;
const topic = `urban/v1/${city.plan.id}/${gateway.service}/${gateway.id}/obs`;

function startPublisher(port: number): { publisher: Publisher; until(held: () => boolean): Promise<void>; troubles: string[]; commands: string[] } {
  const troubles: string[] = [];
  const commands: string[] = [];
  let look: () => void = () => undefined;
  const publisher = createPublisher({
    city,
    host: "127.0.0.1",
    port,
    accountOf: (id) => ({ username: id, password: `of ${id}` }),
    now: () => 5000,
    bootOf: () => 1,
    onCommand: (topic, payload) => {
      commands.push(`${topic} ${payload.toString()}`);
      look();
    },
    onProgress: () => look(),
    onTrouble: (text) => troubles.push(text),
  });
  onTestFinished(() => publisher.close());
  const until = (held: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (held()) resolve();
      };
      look();
    });
  return { publisher, until, troubles, commands };
}
const message = (n: number) => ({ t: n * 1000, gateway: 0, topic, payload: `{"n":${n}}`, retain: false });

describe("publisher", () => {
  it("says who is there before anything else: gateway state, births, device states, all retained", async () => {
    const broker = await startBareBroker();
    const { publisher } = startPublisher(broker.port);
    await publisher.start();
    expect(publisher.connected()).toBe(city.gateways.length);
    const own = broker.heard.filter(({ client }) => client === gateway.id);
    expect(own.map((one) => one.topic.split("/").slice(3).join("/"))).toEqual([
      `_gw/${gateway.id}/state`,
      ...gateway.devices.flatMap(({ service, id }) => [`${service}/${id}/meta`, `${service}/${id}/state`]),
    ]);
    expect(own.every(({ retain }) => retain)).toBe(true);
  });

  it("counts a message as open until the broker has acknowledged it", async () => {
    const broker = await startBareBroker();
    const { publisher, until } = startPublisher(broker.port);
    await publisher.start();
    for (const n of [1, 2, 3]) publisher.send(message(n));
    expect(publisher.oldest()).toBe(1000);
    expect(publisher.unacknowledged()).toEqual([1, 2, 3].map(message));
    publisher.flush();
    await until(() => publisher.oldest() === undefined);
    expect(broker.heard.filter((one) => one.topic === topic).map((one) => one.payload)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
  });

  it("loses nothing when the broker cuts every line, and keeps the order of each gateway", async () => {
    const broker = await startBareBroker();
    const { publisher, until } = startPublisher(broker.port);
    await publisher.start();
    for (let n = 1; n <= 600; n++) {
      publisher.send(message(n));
      if (n % 20 === 0) publisher.flush();
      if (n % 200 === 0) {
        broker.cut();
        await until(() => publisher.connected() === city.gateways.length);
      }
    }
    publisher.flush();
    await until(() => publisher.oldest() === undefined);
    const numbers = broker.heard.filter((one) => one.topic === topic).map((one) => JSON.parse(one.payload).n as number);
    expect(new Set(numbers).size).toBe(600);
    const firsts = [...new Set(numbers)];
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    const will = broker.heard.filter((one) => one.topic.endsWith(`_gw/${gateway.id}/state`)).map((one) => JSON.parse(one.payload).s);
    expect(will).toContain("lost");
  });

  it("hears what its devices are told, acknowledges it, and listens again after a cut", async () => {
    const broker = await startBareBroker();
    const { publisher, until, commands } = startPublisher(broker.port);
    await publisher.start();
    const { id, service } = gateway.devices[0]!;
    const own = `urban/v1/${city.plan.id}/${service}/${id}/cmd`;
    let acknowledged = 0;
    broker.broker.on("ack", (_packet, client) => {
      if (client.id === gateway.id) acknowledged += 1;
    });
    const tell = (n: number) =>
      new Promise<void>((resolve) =>
        broker.broker.publish({ cmd: "publish", topic: own, payload: `{"n":${n}}`, qos: 1, retain: false, dup: false }, () => resolve()),
      );
    await tell(1);
    await until(() => commands.length === 1);
    await expect.poll(() => acknowledged).toBe(1);
    broker.cut();
    await expect.poll(() => publisher.connected()).toBe(0);
    await expect.poll(() => publisher.connected()).toBe(city.gateways.length);
    // subscribed before its births are taken
    const born = broker.heard.length;
    publisher.announce();
    await expect.poll(() => broker.heard.slice(born).filter(({ client }) => client === gateway.id).length).toBeGreaterThan(gateway.devices.length);
    await tell(2);
    await until(() => commands.length === 2);
    expect(commands).toEqual([`${own} {"n":1}`, `${own} {"n":2}`]);
    await expect.poll(() => acknowledged).toBe(2);
  });

  it("is full at its window and open again when acknowledgements come", async () => {
    const broker = await startBareBroker();
    const { publisher, until } = startPublisher(broker.port);
    await publisher.start();
    let n = 0;
    while (publisher.hasRoom()) publisher.send(message(++n));
    expect(n).toBeGreaterThan(1000);
    publisher.flush();
    await until(() => publisher.hasRoom());
    await until(() => publisher.oldest() === undefined);
  });

  it("keeps trying with a reason when a gateway is refused", async () => {
    let open = false;
    const broker = await startBareBroker((id) => open || id !== gateway.id);
    const { publisher, troubles } = startPublisher(broker.port);
    const started = publisher.start();
    await expect.poll(() => troubles.length).toBeGreaterThan(0);
    expect(troubles[0]).toContain(gateway.id);
    expect(troubles[0]).toContain("return code");
    open = true;
    await started;
  });
});

describe("frames", () => {
  it.each([10, 130, 20_000])("carry topic, id and a payload of %d bytes", (size) => {
    const name = Buffer.from("a/b");
    const frame = publishFrame(name, "가".repeat(size / 5), true);
    stamp(frame, idOffset(frame, name), 0x1234);
    expect(frame.subarray(idOffset(frame, name), idOffset(frame, name) + 2).toString("hex")).toBe("1234");
    expect(frame.subarray(idOffset(frame, name) + 2).toString()).toBe("가".repeat(size / 5));
  });

  it("are heard whole in whatever pieces they come", () => {
    const heard: string[] = [];
    const bytes = Buffer.concat([
      Buffer.from([0x20, 2, 0, 0]),
      Buffer.from([0x40, 2, 1, 2]),
      Buffer.from([0x30, 0x81, 0x01, 0, 1]),
      Buffer.from(`t${"0".repeat(126)}`),
      Buffer.from([0x32, 9, 0, 3]),
      Buffer.from("a/b"),
      Buffer.from([1, 4]),
      Buffer.from("go"),
      Buffer.from([0x90, 5, 0, 7, 1, 0x80, 0]),
      Buffer.from([0xd0, 0, 0x40, 2, 0, 9]),
    ]);
    const suback = (refused: number): number => heard.push(`s${refused}`);
    const publish = (topic: string, payload: Buffer, id: number): number => heard.push(`${topic} ${payload.toString()} ${id}`);
    for (const piece of [1, 2, 3, 7, bytes.length]) {
      const read = createFrameReader({ connack: (code) => heard.push(`c${code}`), puback: (id) => heard.push(`p${id}`), suback, publish });
      for (let at = 0; at < bytes.length; at += piece) read(bytes.subarray(at, at + piece));
      expect(heard.splice(0)).toEqual(["c0", "p258", `t ${"0".repeat(126)} 0`, "a/b go 260", "s1", "p9"]);
    }
  });
});
