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
    const from = Date.now() - 10_000;
    for (const [seq, level] of [4, 5.2, 5.3, 6.1, 6.2].entries())
      await client.publishAsync(access.topics.obs!, rising(seq, from + seq * 1000, level), { qos: 1 });

    const { room } = first.broker.port;
    await vi.waitFor(() => expect(room.alarms()).toMatchObject([{ id: "stream-level-ws-real", state: "B", priority: 2, value: 6.1, limit: 6 }]), { timeout: 5000 });
    expect(room.alarms()[0]?.raisedAt).toBe(from + 2000);
    const acted = await room.act({ do: "acknowledge", alarms: [{ id: "stream-level-ws-real", occurrence: 1 }] }, by);
    expect(acted).toMatchObject({ ok: true, value: { alarms: ["stream-level-ws-real"], left: [] } });
    expect(await room.act({ do: "acknowledge", alarms: [{ id: "stream-level-ws-real", occurrence: 7 }] }, by)).toMatchObject({ ok: false });
    await vi.waitFor(() => expect(heard.map(({ payload }) => JSON.parse(payload).state)).toEqual(expect.arrayContaining(["B", "C"])));
    expect(room.journal({ limit: 10 }).map(({ what, by: who, after }) => [what, who, after])).toEqual([
      ["raised", "rule", "B"],
      ["priority", "rule", "B"],
      ["acknowledged", "박준호", "C"],
    ]);
    await client.endAsync();
    await first.stop();

    const second = await startFieldBroker(first.dataDir);
    expect(second.broker.port.room.alarms()).toMatchObject([{ id: "stream-level-ws-real", state: "C", priority: 2, ackedBy: "박준호" }]);
    expect(second.broker.port.room.journal({ limit: 10 })).toHaveLength(3);
    const late = await connectAs(second.broker, second.credentials.reader);
    const retained = new Promise<string>((resolve) => late.on("message", (_topic, payload) => resolve(payload.toString())));
    await late.subscribeAsync("urban/v1/+/_alarm/#");
    expect(JSON.parse(await retained)).toMatchObject({ id: "stream-level-ws-real", state: "C" });
  });
});
