import { describe, expect, it, vi } from "vitest";
import { connectAs, registered, startFieldBroker } from "../support/field-broker.ts";

const base = Date.now() - 3000;
const reading = (seq: number, more: object = {}) =>
  JSON.stringify({ v: 1, d: "ws-real", t: base + seq, b: 1, seq, m: { dist: 5.5 + seq / 100 }, ...more });

describe("a real device beside the city", () => {
  it("is accepted, stored and shown, to the reading", async () => {
    const { broker } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const client = await connectAs(broker, access);
    for (let seq = 0; seq < 50; seq++) await client.publishAsync(access.topics.obs!, reading(seq), { qos: 1 });
    expect(broker.port.deviceLedger("ws-real")).toMatchObject({ received: 50, accepted: 50, duplicate: 0, refused: 0, lost: 0 });
    await vi.waitFor(() => expect(broker.port.deviceLedger("ws-real")).toMatchObject({ stored: 50, pending: 0 }));
    const series = await broker.port.series({ device: "ws-real", metric: "dist", from: Date.now() - 60_000, to: Date.now() + 1000, points: 2000 });
    expect(series.ok && series.value.points.reduce((n, point) => n + point.n, 0)).toBe(50);
    expect(broker.port.device("ws-real")?.last.dist?.value).toBeCloseTo(5.99);
  });

  it("is refused with a reason that names the place, and everything else goes on", async () => {
    const { broker } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const client = await connectAs(broker, access);
    const send = (topic: string, payload: string) => client.publishAsync(topic, payload, { qos: 1 });
    await send(access.topics.obs!, "{broken");
    await send(access.topics.obs!, reading(1, { m: { colour: 3 } }));
    await send(access.topics.obs!, reading(2, { m: { dist: 900 } }));
    await send(access.topics.obs!, reading(3, { t: Date.UTC(2099, 0, 1) }));
    await send(access.topics.obs!, reading(4, { m: { dist: null } }));
    await send(access.topics.obs!.replace("ws-real", "ws-other"), reading(5));
    await send("urban/v1/elsewhere/stream/ws-real/obs", reading(6));
    await send(access.topics.obs!, reading(7));
    const { items, byCode } = broker.port.quarantine({ limit: 20 });
    expect(byCode).toEqual({ json: 1, metric: 2, range: 1, time: 1, rights: 2 });
    expect(items.map(({ reason }) => reason).join("\n")).toMatch(/not JSON[\s\S]*|2099/);
    expect(items.find(({ code }) => code === "range")?.reason).toBe('"dist" is 900, outside 0 to 30 m');
    expect(broker.port.ledger()).toMatchObject({ received: 8, accepted: 1, refused: 7 });
  });

  it("cannot sign in with a wrong password or somebody else's client id", async () => {
    const { broker } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    await expect(connectAs(broker, { ...access, password: "wrong" })).rejects.toThrow(/Bad username or password/);
    await expect(connectAs(broker, { ...access, clientId: "ws-01" })).rejects.toThrow(/Bad username or password/);
    await vi.waitFor(() => expect(broker.port.quarantine({ limit: 5 }).items[0]?.reason).toContain("client id"));
  });

  it("loses its connection for a packet of 2 MB, which is counted and does not disturb others", async () => {
    const { broker } = await startFieldBroker();
    const one = await connectAs(broker, await registered(broker, "stream", "ws-real"));
    const two = await connectAs(broker, await registered(broker, "stream", "ws-two"));
    const gone = new Promise<void>((resolve) => one.once("close", () => resolve()));
    one.publish("urban/v1/x/stream/ws-real/obs", "x".repeat(2_000_000), { qos: 0 });
    await gone;
    await two.publishAsync(`urban/v1/${broker.port.plan().id}/stream/ws-two/obs`, JSON.stringify({ v: 1, d: "ws-two", m: { dist: 4 } }), { qos: 1 });
    await vi.waitFor(() => expect(broker.port.quarantine({ limit: 5 }).byCode.size).toBe(1));
    expect(broker.port.deviceLedger("ws-two")?.accepted).toBe(1);
  });

  it("is told repetitions from late readings, across a restart of the broker", async () => {
    const first = await startFieldBroker();
    const access = await registered(first.broker, "stream", "ws-real");
    const client = await connectAs(first.broker, access);
    const sent = [0, 1, 5, 3].map((seq) => reading(seq));
    for (const payload of sent) await client.publishAsync(access.topics.obs!, payload, { qos: 1 });
    expect(first.broker.port.deviceLedger("ws-real")).toMatchObject({ accepted: 4, late: 1, lost: 2 });
    await client.endAsync();
    await first.stop();

    const second = await startFieldBroker(first.dataDir);
    const again = await connectAs(second.broker, access);
    for (const payload of sent) await again.publishAsync(access.topics.obs!, payload, { qos: 1 });
    await again.publishAsync(access.topics.obs!, reading(2), { qos: 1 });
    expect(second.broker.port.deviceLedger("ws-real")).toMatchObject({ received: 9, accepted: 5, duplicate: 4, late: 2, lost: 1 });
  });
});

describe("the reader", () => {
  it("hears readings and retained births, never care, and may not publish", async () => {
    const { broker, credentials } = await startFieldBroker();
    const gauge = await registered(broker, "stream", "ws-real");
    const home = await registered(broker, "ucare", "home-real");
    const reader = await connectAs(broker, credentials.reader);
    const heard: string[] = [];
    reader.on("message", (topic) => void heard.push(topic));
    await reader.subscribeAsync("#", { qos: 1 });
    await (await connectAs(broker, home)).publishAsync(home.topics.obs!, JSON.stringify({ v: 1, d: "home-real", m: { act: 4 } }), { qos: 1 });
    await (await connectAs(broker, gauge)).publishAsync(gauge.topics.obs!, reading(1), { qos: 1 });
    await vi.waitFor(() => expect(heard).toContain(gauge.topics.obs));
    expect(heard.filter((topic) => topic.includes("ucare"))).toEqual([]);
    await reader.publishAsync(gauge.topics.obs!, reading(2), { qos: 1 });
    expect(broker.port.quarantine({ limit: 1 }).items[0]).toMatchObject({ code: "rights", client: "reader" });
    expect(broker.port.deviceLedger("ws-real")?.accepted).toBe(1);
  });

  it("is told that shared subscriptions are not supported", async () => {
    const { broker, credentials } = await startFieldBroker();
    const reader = await connectAs(broker, credentials.reader);
    await expect(reader.subscribeAsync("$share/g/#")).rejects.toThrow(/Unspecified error/);
  });
});
