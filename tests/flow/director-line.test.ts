import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSimLine } from "../../director/sim-line.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { type CuttableLine, cuttableLine } from "../support/cuttable-line.ts";
import { directedCity, storyOf } from "../support/directed-city.ts";
import { operator } from "../support/field-broker.ts";
import { stillSimulator } from "../support/still-simulator.ts";
import { clockThat, minute } from "../support/test-chain.ts";
import { injectionOf } from "../support/told-truth.ts";

const soon = { timeout: 30_000, interval: 50 };
const story = storyOf("cut", [
  "{ at: 10s, id: before, inject: noise, on: { device: ws-01 }, with: { metric: dist }, for: 1h }",
  "{ at: 5m, id: short, inject: noise, on: { device: ws-02 }, with: { metric: dist }, for: 2m }",
]);

describe("the director's line", { timeout: 120_000 }, () => {
  it("brings what was told while it was down, as soon as it is up again", async () => {
    let line: CuttableLine | undefined;
    const city = await directedCity({ cut: story }, { rate: 300, line: async (to) => (line = await cuttableLine(to)) });
    const { director, chain } = city;
    const started = await director.start({ scenario: "cut", drill: false, reset: false }, operator);
    const from = started.ok ? started.value.from : 0;
    const truths = () => director.runs()[0]?.truths.map(({ id, onset, end }) => [id.slice(id.indexOf(".") + 1), onset - from, end]);
    await expect.poll(truths, soon).toEqual([["before", 10_000, null]]);
    line?.cut();
    await clockThat(chain, ({ mark }) => mark > from + 8 * minute);
    expect(truths()).toHaveLength(1);
    line?.mend();
    await expect.poll(truths, soon).toEqual([
      ["before", 10_000, null],
      ["short", 5 * minute, from + 7 * minute],
    ]);
  });

  it("lets a director end that has no line any more", async () => {
    let line: CuttableLine | undefined;
    const { director, parts } = await directedCity({ cut: story }, { line: async (to) => (line = await cuttableLine(to)) });
    expect(await director.start({ scenario: "cut", drill: false, reset: false }, operator)).toMatchObject({ ok: true });
    line?.cut();
    const began = performance.now();
    await parts.lifecycle.close();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("refuses what was on its way when it went down, sends what is asked meanwhile, and asks again for what is to end", async () => {
    const { chain, from, pass } = await stillSimulator();
    const { director: password } = await loadCredentials(chain.dataDir);
    const { city } = await clockThat(chain, () => true);
    const line = await cuttableLine(chain.mqtt);
    const sim = openSimLine({
      ...{ host: line.host, port: line.port, city, account: { username: "director", password }, log: pino({ level: "silent" }) },
      ...{ onTruth: () => undefined, onAgain: () => undefined },
    });
    onTestFinished(() => sim.close());
    expect(await sim.ask({ inject: [injectionOf("noise", ["ws-01"], { args: { metric: "dist" }, t: from + 60_000 })] })).toMatchObject({ ok: true });
    line.hold();
    const onItsWay = [sim.ask({ list: "injections" }), sim.ask({ heard: [], patience: 60_000 })];
    const ends = sim.ask({ clear: ["noise"] });
    line.cut();
    for (const answer of await Promise.all(onItsWay)) expect(answer).toEqual({ ok: false, reason: expect.stringContaining("went down") });
    const meanwhile = sim.ask({ list: "injections" });
    line.mend();
    expect(await ends).toMatchObject({ ok: true });
    expect(await meanwhile).toMatchObject({ ok: true });
    await pass(120);
    expect(await sim.ask({ list: "injections" })).toMatchObject({ ok: true, value: [{ id: "noise", state: "over" }] });
  });
});
