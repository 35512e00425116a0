import { describe, expect, it, vi } from "vitest";
import { comparisonSchema, runSchema, runsSchema } from "../../shared/scenario/scenario-api.ts";
import { operator } from "../support/field-broker.ts";
import { openPlayedCity } from "../support/played-city.ts";
import { clockThat } from "../support/test-chain.ts";

const soon = { timeout: 30_000, interval: 50 };
const short = `scenario: short
title: { ko: 짧음, en: Short }
story: { ko: 짧음, en: Short }
start: 2026-06-09T10:00
lasts: 5m
timeline:
  - { at: 1m, inject: noise, on: { device: ws-02 }, with: { metric: dist, share: 5 } }
expect:
  - { none: { rule: stream/level } }
`;

/** Water comes to the path between two cues. */
const night = `scenario: night
title: { ko: 밤, en: Night }
story: { ko: 밤, en: Night }
start: 2026-07-14T19:00
lasts: 3h
rate: 600
timeline:
  - { at: 1m, inject: storm, with: { depth: 140, peak: 90 }, for: 2h }
  - { at: 2m, cue: { ko: 비, en: It rains. } }
  - { at: 2h, cue: { ko: 닫힘, en: Shut. } }
expect:
  - { none: { rule: range } }
`;

describe("a run in the city that goes on", { timeout: 120_000 }, () => {
  it("says whether it can be lived again without the room: not while it plays, not when the city has begun anew", async () => {
    const { chain, ask, come } = await openPlayedCity({ short });
    const tester = await come("tester");
    const started = runSchema.parse((await ask("tester", "POST", "/runs", { scenario: "short" })).body);
    expect(started.noTwin?.en).toMatch(/goes on/);
    expect(await ask("tester", "GET", `/runs/${started.id}/compare`)).toMatchObject({ status: 409 });
    const now = async () => runSchema.parse((await ask("tester", "GET", `/runs/${started.id}`)).body);
    await vi.waitFor(async () => expect(await now()).toMatchObject({ state: "finished", noTwin: null }), soon);

    expect((await chain.broker.port.act({ reset: {} }, operator)).ok).toBe(true);
    expect((await now()).noTwin?.en).toMatch(/begun anew/);
    // told by itself to those who look at it
    await vi.waitFor(() => expect(runsSchema.parse({ runs: tester.heard("runs").at(-1) }).runs[0]?.noTwin?.en).toMatch(/begun anew/), soon);
    const refused = await ask("tester", "GET", `/runs/${started.id}/compare`);
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/begun anew/) } });

    const again = runSchema.parse((await ask("tester", "POST", "/runs", { scenario: "short" })).body);
    // it stood still while it was prepared
    await clockThat(chain, ({ mark }) => mark >= again.from + 1000);
    await ask("tester", "DELETE", `/runs/${again.id}`);
    const compared = await ask("tester", "GET", `/runs/${again.id}/compare`);
    expect(comparisonSchema.parse(compared.body).run).toBe(again.id);
    // what has been lived once is not lost with the city
    expect((await chain.broker.port.act({ reset: {} }, operator)).ok).toBe(true);
    expect((await ask("tester", "GET", `/runs/${again.id}/compare`)).status).toBe(200);
  });

  it("stands still on its way to a cue where a countdown begins, so that it can be aborted; then goes on to the cue, and runs", async () => {
    const { chain, ask } = await openPlayedCity({ night }, true);
    const { port } = chain.broker;
    const { id } = runSchema.parse((await ask("demonstrator", "POST", "/runs", { scenario: "night", reset: true })).body);
    const nextCue = async () => runSchema.parse((await ask("demonstrator", "POST", `/runs/${id}/next-cue`)).body);
    const said = ({ steps }: { readonly steps: readonly { readonly what: string; readonly state: string }[] }) =>
      steps.filter(({ what, state }) => what === "cue" && state === "done").length;
    expect(said(await nextCue())).toBe(1);
    expect(port.clock()?.paused).toBe(false);

    const stopped = await nextCue();
    expect(said(stopped)).toBe(1);
    expect(port.clock()?.paused).toBe(true);
    const closing = () => port.room.responses().find((one) => one.id === "stream-close-gate");
    const [first] = closing()?.armed ?? [];
    expect(first?.fires).toBeGreaterThan(stopped.now);
    const aborted = await port.room.act({ do: "abort", response: "stream-close-gate", key: first?.key ?? "" }, { ...operator, role: "operator" });
    expect(aborted.ok).toBe(true);

    // other gates count down as well: they stop nobody a second time
    expect(said(await nextCue())).toBe(2);
    expect(port.clock()?.paused).toBe(false);
    const gates = port.room.commands({ device: first?.device ?? "", limit: 100 });
    expect(gates.filter(({ op, response }) => op === "close" && response !== null)).toEqual([]);
  });
});
