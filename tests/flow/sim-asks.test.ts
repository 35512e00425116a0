import { describe, expect, it, vi } from "vitest";
import { fixedStart } from "../../commands/digest.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import type { Outcome } from "../../shared/scenario/outcome.ts";
import type { CommandInput } from "../../simulator/inputs.ts";
import { connectAs, operator, registered } from "../support/field-broker.ts";
import { messagesTo, smallEngine } from "../support/small-city.ts";
import { act, stillSimulator } from "../support/still-simulator.ts";
import { clockThat, hour } from "../support/test-chain.ts";
import { askerOf, injectionOf } from "../support/told-truth.ts";

vi.setConfig({ testTimeout: 90_000 });

describe("what is asked of the simulator and what it tells", () => {
  it("reaches the director alone: no reader, no gateway, and nothing that the broker itself takes in", async () => {
    const { chain, asker, pass } = await stillSimulator();
    const { broker, dataDir } = chain;
    const { port } = broker;
    const city = port.plan().id;
    const { reader } = await loadCredentials(dataDir);
    const access = await registered(broker, "stream", "ws-real");
    const [curious, device] = [await connectAs(broker, reader), await connectAs(broker, access)];
    const heard: string[] = [];
    for (const client of [curious, device]) client.on("message", (topic) => void heard.push(topic));
    await curious.subscribeAsync(["#", `urban/v1/${city}/_sim/#`, `urban/v1/${city}/_sim/+/truth`, `urban/v1/${city}/_sim/set`], { qos: 1 });
    await device.subscribeAsync([`urban/v1/${city}/_sim/#`, `urban/v1/${city}/#`], { qos: 1 });

    const before = port.ledger();
    for (let n = 0; n < 3; n++) await asker.ask({ list: "injections" });
    expect(await asker.ask({ inject: [injectionOf("bias", ["ws-01"], { args: { by: 1 } })] })).toMatchObject({ ok: true });
    // of all that neither log nor books nor quarantine know a thing
    expect(port.ledger()).toEqual(before);
    await pass(120);
    await vi.waitFor(() => expect(asker.truth("bias")?.observable).toEqual(expect.any(Number)));
    await vi.waitFor(() => expect(heard.some((topic) => topic.endsWith("/obs"))).toBe(true));
    expect(heard.filter((topic) => topic.includes("_sim"))).toEqual([]);
    expect(port.quarantine({ limit: 100 }).total).toBe(before.refused);

    const ask = JSON.stringify({ id: "x", ask: { inject: [injectionOf("bias", ["ws-02"], { id: "forged" })] } });
    for (const client of [curious, device]) await client.publishAsync(`urban/v1/${city}/_sim/set`, ask, { qos: 1 });
    await curious.publishAsync(`urban/v1/${city}/_sim/x/truth`, "{}", { qos: 1 });
    await pass(10);
    expect(port.quarantine({ limit: 10 }).byCode).toMatchObject({ rights: 2, reserved: 1 });
    expect((await asker.ask({ list: "injections" })).data).toMatchObject([{ id: "bias" }]);
    await expect(askerOf(city, { host: chain.mqtt.host, port: chain.mqtt.port }, reader.password)).rejects.toThrow(/Bad username or password/);
  });

  it("waits for commands to become inputs, so that a room can be heard out between two steps", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    expect((await asker.ask({ heard: [{ id: "none", d: "sg-01" }], patience: 50 })).data).toEqual({ missing: ["none"] });
    const sent = await chain.broker.port.room.act({ do: "command", device: "sg-01", op: "close", args: {} }, operator);
    const id = sent.ok ? (sent.value.command ?? "") : "";
    expect((await asker.ask({ heard: [{ id, d: "sg-01" }], patience: 30_000 })).data).toEqual({ missing: [] });
    await pass(10);
    const inputs = (await chain.simulator.snapshot()).inputs.list.filter((input): input is CommandInput => "op" in input);
    expect(inputs).toMatchObject([{ id, t: from + 1000, device: "sg-01" }]);
    expect((await asker.ask({ heard: [{ id, d: "sg-01" }], patience: 0 })).data).toEqual({ missing: [] });
  });

  it("keeps a city and lives from it again: with all commands the very same night, without them another", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    const { port } = chain.broker;
    expect(await asker.ask({ keep: "before" })).toMatchObject({ ok: true, data: { t: from } });
    const sent = await port.room.act({ do: "command", device: "sg-01", op: "close", args: {} }, operator);
    await asker.ask({ heard: [{ id: sent.ok ? (sent.value.command ?? "") : "", d: "sg-01" }], patience: 30_000 });
    expect(await asker.ask({ inject: [injectionOf("storm", [], { args: { depth: 200 }, lasts: 3600 })] })).toMatchObject({ ok: true });
    await pass(2 * 3600);
    const to = from + 2 * hour;
    const fork = async (commands: "all" | "none"): Promise<Outcome> => {
      const answer = await asker.ask({ fork: { from: "before", to, commands } });
      if (!answer.ok) throw new Error(answer.reason);
      return answer.data as Outcome;
    };
    const [all, none] = [await fork("all"), await fork("none")];
    expect(all).toMatchObject({ from, to });
    expect(all.t.length).toBeGreaterThanOrEqual(120);
    // the living city has come to the same sums
    const { inputs } = await chain.simulator.snapshot();
    const again = smallEngine({ start: fixedStart });
    for (const input of inputs.list) again.schedule(input);
    messagesTo(again, from);
    const begin = again.outcomes();
    messagesTo(again, to);
    for (const [service, measures] of Object.entries(again.outcomes()))
      for (const [name, sum] of Object.entries(measures))
        expect(all.sums[`${service}/${name}`]?.at(-1), name).toBeCloseTo(sum - (begin[service]?.[name] ?? 0), 6);
    expect(again.digest()).toEqual((await asker.ask({ digest: "transcript" })).data);
    expect(Object.keys(none.sums).sort()).toEqual(Object.keys(all.sums).sort());
    expect(await asker.ask({ fork: { from: "never", to, commands: "all" } })).toMatchObject({ ok: false, reason: 'no city is kept as "never"' });
    expect(await asker.ask({ fork: { from: "before", to: to + hour, commands: "all" } })).toMatchObject({ ok: false });
  });

  it("goes on after a restart: the fault is still there, and it ends at its second", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    await asker.ask({
      inject: [injectionOf("bias", ["ws-01"], { args: { by: 3 }, lasts: 3600 }), injectionOf("disconnect", ["ws-02"], { lasts: 3600 })],
    });
    await pass(600);
    const digest = (await asker.ask({ digest: "transcript" })).data;
    await chain.stop();
    const second = await stillSimulator({ dataDir: chain.dataDir });
    expect(second.from).toBe(from + 600_000);
    expect((await second.asker.ask({ digest: "transcript" })).data).toEqual(digest);
    expect((await second.asker.ask({ list: "injections" })).data).toMatchObject([
      { id: "bias", state: "active" },
      { id: "disconnect", state: "active" },
    ]);
    const { port } = second.chain.broker;
    const stateOf = (id: string) => port.devices().find((device) => device.id === id)?.state;
    await vi.waitFor(() => expect(stateOf("ws-02")).toBe("lost"));
    await second.pass(3600);
    await vi.waitFor(() => expect(stateOf("ws-02")).toBe("ready"));
    expect(second.asker.truth("bias")).toMatchObject({ end: from + 3_601_000 });
    expect(port.deviceLedger("ws-02")).toMatchObject({ lost: 0, duplicate: 0 });
    const whole = smallEngine({ start: fixedStart });
    for (const input of (await second.chain.simulator.snapshot()).inputs.list) whole.schedule(input);
    messagesTo(whole, from + 4_200_000);
    expect(whole.digest()).toEqual((await second.asker.ask({ digest: "transcript" })).data);
  });

  it("is gone with the run: after a reset every line is there, and the city is as it was", async () => {
    const { chain, asker, pass } = await stillSimulator();
    await asker.ask({ inject: [injectionOf("takeover", ["ws-02"]), injectionOf("half-open", ["ws-01"], { lasts: null })] });
    await pass(300);
    await act(chain, { reset: {} });
    expect((await asker.ask({ list: "injections" })).data).toEqual([]);
    const { port } = chain.broker;
    await clockThat(chain, ({ mark }) => mark > fixedStart + 0.2 * hour + 300_000);
    const states = port.devices().flatMap(({ id, state }) => (id.startsWith("ws-") ? state : []));
    await vi.waitFor(() => expect(states).toEqual(["ready", "ready"]));
  });
});
