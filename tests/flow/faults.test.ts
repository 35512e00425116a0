import { describe, expect, it, vi } from "vitest";
import { fixedStart } from "../../commands/digest.ts";
import type { Value } from "../../shared/reading.ts";
import type { Injection, InjectionState } from "../../shared/scenario/injection.ts";
import { messagesTo, saidIn, smallEngine } from "../support/small-city.ts";
import { stillSimulator } from "../support/still-simulator.ts";
import { hour, type TestChain } from "../support/test-chain.ts";
import { injectionOf } from "../support/told-truth.ts";

vi.setConfig({ testTimeout: 90_000 });

const taken = (answer: { ok: boolean; data?: unknown; reason?: string | undefined }): readonly InjectionState[] => {
  expect(answer).toMatchObject({ ok: true });
  const states = answer.data as readonly InjectionState[];
  expect(states.map(({ kind, state, reason }) => [kind, state, reason])).toEqual(states.map(({ kind }) => [kind, "waits", null]));
  return states;
};

/** Everything that is stored of a metric, reading by reading, whole seconds. */
async function storedOf({ broker }: TestChain, device: string, metric: string, from: number, to: number): Promise<[t: number, value: number][]> {
  const points = new Map<number, number>();
  for (let at = from; at < to; at += hour) {
    // so many points that each second has its own
    const series = await broker.port.series({ device, metric, from: at, to: at + hour, points: 3600 });
    if (!series.ok) throw new Error(series.reason);
    for (const { t, mean } of series.value.points) if (t > from && t <= to && mean !== null) points.set(t, mean);
  }
  return [...points];
}

/** What the same city says without anything injected, by device and time. */
function ordinary(to: number): ReadonlyMap<string, ReadonlyMap<number, Readonly<Record<string, Value>>>> {
  const said = new Map<string, Map<number, Readonly<Record<string, Value>>>>();
  for (const { d, t, m } of saidIn(messagesTo(smallEngine({ start: fixedStart }), to)))
    if (m !== undefined) said.set(d, (said.get(d) ?? new Map()).set(t, m));
  return said;
}

describe("a fault of a sensor, at the far end", () => {
  it("changes what is stored, and nothing else: against the same city without it", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    const { port } = chain.broker;
    const faults: readonly Injection[] = [
      injectionOf("spike", ["ws-02"], { args: { by: 3, often: 30 } }),
      injectionOf("drift", ["ws-01"], { args: { by: 0.5 } }),
      injectionOf("stuck", ["tx-0002-e"], { args: { metric: "speed" } }),
      injectionOf("dropout", ["tx-0003-n"]),
      injectionOf("noise", ["tx-0003-w"], { args: { metric: "speed", by: 8 } }),
      injectionOf("quantise", ["tx-0001-s"], { args: { metric: "speed", by: 10 } }),
      injectionOf("bias", ["fw-0001"], { args: { metric: "gross", by: 20 } }),
      injectionOf("clock-skew", ["fw-0002"], { args: { seconds: -3600 } }),
      injectionOf("clock-skew", ["fw-0003"], { id: "ahead", args: { seconds: 600 } }),
      injectionOf("battery-drain", ["fw-0004"], { args: { hours: 1 } }),
    ];
    taken(await asker.ask({ inject: [...faults] }));
    await pass(2 * 3600);
    const to = from + 2 * hour;
    const usual = ordinary(to);
    await vi.waitFor(() => expect(port.ledger().pending).toBe(0));

    const stored = async (device: string, metric: string): Promise<{ t: number; said: number; usual: number | undefined }[]> =>
      (await storedOf(chain, device, metric, from, to)).map(([t, said]) => ({
        t,
        said,
        usual: usual.get(device)?.get(t)?.[metric] as number | undefined,
      }));
    const off = async (device: string, metric: string) =>
      (await stored(device, metric)).map(({ t, said, usual = Number.NaN }) => ({ t, by: said - usual, said }));
    const near = (value: number, digits = 2) => expect.closeTo(value, digits);

    const spikes = await off("ws-02", "dist");
    expect(spikes).toHaveLength(120);
    const high = spikes.filter(({ by }) => Math.abs(by) > 2.9);
    expect(high.length).toBeGreaterThan(15);
    expect(high.length).toBeLessThan(60);
    expect(spikes.filter(({ by }) => Math.abs(by) < 1e-6).length).toBe(spikes.length - high.length);
    for (const { t, by } of await off("ws-01", "dist")) expect(by).toEqual(near(0.5 * ((t - from - 1000) / hour)));
    expect(new Set((await stored("tx-0002-e", "speed")).map(({ said }) => said)).size).toBe(1);
    // the other metrics of a broken sensor are what they were
    for (const { by } of await off("tx-0002-e", "volume")) expect(by).toEqual(near(0));
    expect(await stored("tx-0003-n", "volume")).toEqual([]);
    expect(usual.get("tx-0003-n")?.size).toBeGreaterThan(100);
    const noise = (await off("tx-0003-w", "speed")).map(({ by }) => by);
    const spread = Math.sqrt(noise.reduce((sum, by) => sum + by * by, 0) / noise.length);
    expect(spread).toBeGreaterThan(6);
    expect(spread).toBeLessThan(10);
    for (const { said } of await stored("tx-0001-s", "speed")) expect(said % 10).toEqual(near(0, 6));
    for (const { by } of await off("fw-0001", "gross")) expect(by).toEqual(near(20));
    expect(port.deviceLedger("fw-0002")?.late).toBeGreaterThan(0);
    expect(port.quarantine({ limit: 100, device: "fw-0003" }).byCode).toEqual({ time: expect.any(Number) });
    const batt = await stored("fw-0004", "batt");
    expect(batt.length).toBeGreaterThan(4);
    expect(batt.at(-1)?.t).toBeLessThanOrEqual(from + hour + 1000);
    expect(batt.at(-1)?.said).toBeLessThan(0.3);

    // everybody whom nothing was done to
    for (const device of ["fw-0005", "ev-001-b01", "sg-01"]) expect(port.deviceLedger(device)).toMatchObject({ late: 0, refused: 0, lost: 0 });
    for (const { by } of await off("fw-0005", "gross")) expect(by).toEqual(near(0));

    // and what was true of it was told: onset, first reading that differs, nobody else
    for (const { id, kind, targets } of faults)
      expect(asker.truth(id), id).toMatchObject({ by: "injection", kind, class: "fault", devices: targets, onset: from + 1000, end: null });
    const [seen, drifted] = [asker.truth("bias")?.observable, asker.truth("drift")?.observable];
    expect(seen).toBe((await stored("fw-0001", "gross"))[0]?.t);
    expect(drifted).toBeGreaterThan(from + 1000);
  });

  it("ends when it is cleared, or by itself, and what comes after is as if nothing had been", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    const { port } = chain.broker;
    taken(
      await asker.ask({
        inject: [
          injectionOf("bias", ["ws-01"], { args: { by: 2 }, lasts: 300 }),
          injectionOf("bias", ["ws-02"], { id: "cleared", args: { by: 2 } }),
          injectionOf("bias", ["ws-02"], { id: "later", args: { by: 9 }, t: from + hour }),
        ],
      }),
    );
    await pass(600);
    expect(await asker.ask({ clear: ["cleared", "later", "unknown"] })).toMatchObject({ ok: true, data: [{ id: "cleared" }, { id: "later" }] });
    await pass(2 * 3600);
    const to = from + 600_000 + 2 * hour;
    const usual = ordinary(to);
    await vi.waitFor(() => expect(port.ledger().pending).toBe(0));
    for (const [device, until] of [
      ["ws-01", from + 301_000],
      ["ws-02", from + 601_000],
    ] as const) {
      const said = await storedOf(chain, device, "dist", from, to);
      expect(said).toHaveLength(130);
      for (const [t, value] of said) expect(value - Number(usual.get(device)?.get(t)?.dist)).toEqual(expect.closeTo(t < until ? 2 : 0, 3));
    }
    expect(asker.truth("bias")).toMatchObject({ onset: from + 1000, end: from + 301_000 });
    expect(asker.truth("cleared")).toMatchObject({ end: from + 601_000 });
    expect(asker.truth("later")).toBeUndefined();
    const { data } = await asker.ask({ list: "injections" });
    expect((data as InjectionState[]).map(({ id, state, reason }) => [id, state, reason])).toEqual([
      ["bias", "over", null],
      ["cleared", "over", "cleared"],
      ["later", "over", "cleared before it began"],
    ]);
  });

  it("is refused with a reason: of the past, of an unknown kind or device, beyond its bounds, of a metric that the device has not", async () => {
    const { asker, from, pass } = await stillSimulator();
    const refused = async (injection: Injection) => {
      const answer = await asker.ask({ inject: [injection] });
      expect(answer.ok).toBe(false);
      return answer.reason;
    };
    expect(await refused(injectionOf("bias", ["ws-01"], { t: from }))).toMatch(/promised already/);
    expect(await refused(injectionOf("bias", ["ws-01"], { t: from + 1500 }))).toMatch(/whole second/);
    expect(await refused(injectionOf("melt", ["ws-01"]))).toMatch(/no injection "melt"/);
    expect(await refused(injectionOf("bias", ["ws-99"]))).toMatch(/no device "ws-99"/);
    expect(await refused(injectionOf("bias", []))).toMatch(/nobody is named/);
    expect(await refused(injectionOf("bias", ["ws-01"], { args: { share: 400 } }))).toMatch(/"share" is 400: -100 to 100/);
    expect(await refused(injectionOf("bias", ["ws-01"], { args: { size: 1 } }))).toMatch(/"size" is not an argument/);
    expect(await refused(injectionOf("bias", ["ws-01"], { args: { metric: "speed" } }))).toMatch(/does not send "speed"/);
    expect(await refused(injectionOf("bias", ["sg-01"], { args: { metric: "gate" } }))).toMatch(/is no number/);
    expect(await refused(injectionOf("battery-drain", ["tx-0001-s"]))).toMatch(/has no battery/);
    expect(await refused(injectionOf("storm", ["ws-01"]))).toMatch(/takes no targets/);
    expect(await refused(injectionOf("power-cut", ["atlantis"]))).toMatch(/no district "atlantis"; known are/);
    taken(await asker.ask({ inject: [injectionOf("bias", ["ws-01"])] }));
    expect(await refused(injectionOf("bias", ["ws-02"]))).toMatch(/already/);
    await pass(10);
    expect((await asker.ask({ list: "injections" })).data).toMatchObject([{ id: "bias", state: "active" }]);
  });
});

describe("a fault between gateway and broker, at the far end", () => {
  it("repeats, turns round, delays, loses and spoils messages; the books say which", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    const { port } = chain.broker;
    taken(
      await asker.ask({
        inject: [
          injectionOf("duplicate", ["ws-01"], { args: { often: 50 }, lasts: 3600 }),
          injectionOf("out-of-order", ["ws-02"], { args: { often: 50 }, lasts: 3600 }),
          injectionOf("delay", ["tx-0002-e"], { args: { seconds: 300 }, lasts: 3600 }),
          injectionOf("loss", ["tx-0001-s"], { args: { often: 30 }, lasts: 3600 }),
          injectionOf("backlog", ["ev-001-b01"], { lasts: 3600 }),
          injectionOf("malformed", ["fw-0002"], { id: "json", args: { shape: "json", often: 100 }, lasts: 3600 }),
          injectionOf("malformed", ["fw-0003"], { id: "shape", args: { shape: "shape", often: 100 }, lasts: 3600 }),
          injectionOf("malformed", ["fw-0004"], { id: "metric", args: { shape: "metric", often: 100 }, lasts: 3600 }),
        ],
      }),
    );
    await pass(3600);
    // while it is so
    const codes = (client: string) => new Set(port.quarantine({ limit: 200 }).items.flatMap((item) => (item.client === client ? item.code : [])));
    expect(codes("gw-fw-0002")).toEqual(new Set(["json"]));
    expect(codes("gw-fw-0003")).toEqual(new Set(["shape"]));
    expect(codes("gw-fw-0004")).toEqual(new Set(["metric"]));
    expect(port.device("ev-001-b01")?.lastSeen).toBeLessThanOrEqual(from);
    expect(port.chronicle({ from, to: from + hour, limit: 1000 })).toContainEqual(expect.objectContaining({ device: "ev-001-b01", what: "silent" }));
    await pass(1800);

    const to = from + 1.5 * hour;
    const usual = ordinary(to);
    const sentBy = (device: string) => [...(usual.get(device)?.keys() ?? [])].filter((t) => t > from).length;
    await vi.waitFor(() => expect(port.ledger().pending).toBe(0));
    const counts = (device: string) => port.deviceLedger(device)!;
    const complete = async (device: string, metric: string) => expect(await storedOf(chain, device, metric, from, to)).toHaveLength(sentBy(device));

    expect(counts("ws-01")).toMatchObject({ lost: 0, late: 0, refused: 0 });
    expect(counts("ws-01").duplicate).toBeGreaterThan(15);
    expect(counts("ws-01").duplicate).toBeLessThan(50);
    await complete("ws-01", "dist");
    expect(counts("ws-02")).toMatchObject({ lost: 0, duplicate: 0 });
    expect(counts("ws-02").late).toBeGreaterThan(10);
    await complete("ws-02", "dist");
    expect(counts("tx-0002-e")).toMatchObject({ lost: 0, duplicate: 0 });
    expect(counts("tx-0002-e").late).toBeGreaterThan(10);
    await complete("tx-0002-e", "volume");
    expect(counts("tx-0001-s").lost).toBeGreaterThan(8);
    expect(counts("tx-0001-s").lost).toBeLessThan(35);
    // one message of a gateway is lost with all that it holds
    expect((await storedOf(chain, "tx-0001-s", "volume", from, to)).length).toBeGreaterThanOrEqual(90 - counts("tx-0001-s").lost - 1);
    expect(counts("ev-001-b01")).toMatchObject({ lost: 0, duplicate: 0 });
    await complete("ev-001-c01", "power");
    for (const id of ["duplicate", "out-of-order", "delay", "loss", "backlog", "json", "shape", "metric"]) {
      const truth = asker.truth(id);
      expect(truth, id).toMatchObject({ class: "fault", onset: from + 1000, end: from + 3_601_000 });
      expect(truth?.observable, id).toBeGreaterThanOrEqual(from + 1000);
    }
    expect(asker.truth("backlog")?.devices).toEqual(["ev-001-b01", "ev-001-b02", "ev-001-b03", "ev-001-c01", "ev-001-c02", "ev-001-c03"]);
  });

  it("ends, freezes or takes over real connections; the city's time goes on, and what was kept comes after", async () => {
    const { chain, asker, from, pass } = await stillSimulator();
    const { port } = chain.broker;
    taken(
      await asker.ask({
        inject: [
          injectionOf("disconnect", ["ws-01"], { lasts: 1200 }),
          injectionOf("half-open", ["ws-02"], { lasts: 1200 }),
          injectionOf("takeover", ["tx-0002-e"], { lasts: 1200 }),
          injectionOf("stranger", ["sg-03"], { args: { every: 60, who: "foreign" }, lasts: 600 }),
          injectionOf("stranger", ["sg-01"], { id: "unknown", args: { every: 60, who: "unknown" }, lasts: 600 }),
        ],
      }),
    );
    await pass(900);
    const stateOf = (device: string) => port.devices().find(({ id }) => id === device)?.state;
    expect(port.clock()?.mark).toBe(from + 900_000);
    await vi.waitFor(() => expect([stateOf("ws-01"), stateOf("tx-0002-e")]).toEqual(["lost", "lost"]));
    // nobody has missed it yet: its keep-alive runs by the wall clock
    expect(stateOf("ws-02")).toBe("ready");
    const silent = port.chronicle({ from, to: from + hour, limit: 1000 }).filter(({ what }) => what === "silent");
    expect(silent.map(({ device }) => device).sort()).toEqual(["tx-0002-e", "ws-01", "ws-02"]);

    await pass(900);
    await vi.waitFor(() => expect(["ws-01", "ws-02", "tx-0002-e"].map(stateOf)).toEqual(["ready", "ready", "ready"]));
    await vi.waitFor(() => expect(port.ledger().pending).toBe(0));
    for (const [device, metric] of [
      ["ws-01", "dist"],
      ["ws-02", "dist"],
      ["tx-0002-e", "volume"],
    ] as const) {
      expect(await storedOf(chain, device, metric, from, from + 1_800_000), device).toHaveLength(30);
      expect(port.deviceLedger(device), device).toMatchObject({ lost: 0, duplicate: 0, refused: 0 });
    }
    const refused = port.quarantine({ limit: 200 }).items.map(({ client, code, reason }) => [client, code, reason]);
    expect(refused.filter(([, , reason]) => reason?.includes("may not publish for sg-03")).length).toBe(10);
    expect(refused.filter(([, code, reason]) => code === "rights" && reason?.includes('no gateway "stranger" is registered')).length).toBe(10);
    expect(port.deviceLedger("sg-03")).toMatchObject({ refused: 0 });
  });
});
