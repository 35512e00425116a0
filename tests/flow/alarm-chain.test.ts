import { describe, expect, it, vi } from "vitest";
import { connectAs, registered, startFieldBroker } from "../support/field-broker.ts";

const constants = { reference: 10, caution: 5, alert: 6, serious: 7 };
const rising = (seq: number, t: number, level: number) => JSON.stringify({ v: 1, d: "ws-real", t, b: 1, seq, m: { dist: 10 - level } });
const by = { name: "박준호", role: "operator" } as const;

describe("an alarm of a real gauge", () => {
  it("is raised from MQTT, acknowledged by a person, told on MQTT, and still acknowledged after a restart", async () => {
    const first = await startFieldBroker();
    const access = await registered(first.broker, "stream", "ws-real", constants);
    const client = await connectAs(first.broker, access);
    const reader = await connectAs(first.broker, first.credentials.reader);
    const heard: { topic: string; payload: string }[] = [];
    reader.on("message", (topic, payload) => void heard.push({ topic, payload: payload.toString() }));
    await reader.subscribeAsync("urban/v1/+/_alarm/#");
    // a real flood, minute by minute: what a gauge with a slow line would hand over at once
    const from = Date.now() - 3_600_000;
    for (let seq = 0; seq < 40; seq++) await client.publishAsync(access.topics.obs!, rising(seq, from + seq * 60_000, 4.6 + seq * 0.04), { qos: 1 });

    const { room } = first.broker.port;
    const level = (port = room) => port.alarms().filter(({ id }) => id === "stream-level-ws-real");
    await vi.waitFor(() => expect(level()).toMatchObject([{ state: "B", priority: 2, limit: 6 }]), { timeout: 10_000 });
    const acted = await room.act({ do: "acknowledge", alarms: [{ id: "stream-level-ws-real", occurrence: 1 }] }, by);
    expect(acted).toMatchObject({ ok: true, value: { alarms: ["stream-level-ws-real"], left: [] } });
    expect(await room.act({ do: "acknowledge", alarms: [{ id: "stream-level-ws-real", occurrence: 7 }] }, by)).toMatchObject({ ok: false });
    await vi.waitFor(() => expect(heard.map(({ payload }) => JSON.parse(payload).state)).toEqual(expect.arrayContaining(["B", "C"])));
    const life = (port = room) =>
      port.journal({ alarm: "stream-level-ws-real", limit: 20 }).map(({ what, by: who, after }) => `${what} ${who} ${after}`);
    expect(life()).toEqual(expect.arrayContaining(["raised rule B", "priority rule B", "acknowledged 박준호 C"]));
    const before = life();
    await client.endAsync();
    await first.stop();

    const second = await startFieldBroker(first.dataDir);
    expect(level(second.broker.port.room)).toMatchObject([{ state: "C", priority: 2, ackedBy: "박준호" }]);
    expect(life(second.broker.port.room).slice(0, before.length)).toEqual(before);
    const late = await connectAs(second.broker, second.credentials.reader);
    const retained = new Promise<string>((resolve) => late.on("message", (_topic, payload) => resolve(payload.toString())));
    await late.subscribeAsync("urban/v1/+/_alarm/stream-level-ws-real/state");
    expect(JSON.parse(await retained)).toMatchObject({ id: "stream-level-ws-real", state: "C" });
  });
});
