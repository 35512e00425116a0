import { describe, expect, it, vi } from "vitest";
import { clearedInjectionsSchema, injectionsSchema, runSchema, runsSchema, scorecardSchema } from "../../shared/scenario/scenario-api.ts";
import { openPlayedCity } from "../support/played-city.ts";

const soon = { timeout: 30_000, interval: 50 };
const secret = "ws-02";
const drill = `scenario: blind
title: { ko: 비밀, en: Blind }
story: { ko: 비밀, en: Blind }
start: 2026-06-09T10:00
lasts: 30m
timeline:
  - { at: 1m, id: bend, inject: noise, on: { device: ${secret} }, with: { metric: dist, share: 5 } }
expect:
  - { follows: bend, onStep: bend, alarm: stream/spike }
`;

const openCity = () => openPlayedCity({ blind: drill });

describe("a drill", { timeout: 120_000 }, () => {
  it("hides what is true from everybody until it ends; the room hears that there is an exercise, and testers of their run", async () => {
    const { ask, come } = await openCity();
    const [viewer, tester] = [await come("viewer"), await come("tester")];
    expect(viewer.heard("exercise")).toEqual([false]);
    expect((await ask("operator", "POST", "/runs", { scenario: "blind" })).status).toBe(403);
    const started = await ask("tester", "POST", "/runs", { scenario: "blind", drill: true });
    expect(started).toMatchObject({ status: 201 });
    const { id } = runSchema.parse(started.body);
    await vi.waitFor(() => expect(viewer.heard("exercise").at(-1)).toBe(true), soon);
    await vi.waitFor(
      async () =>
        expect(runSchema.parse((await ask("tester", "GET", `/runs/${id}`)).body).now).toBeGreaterThan(runSchema.parse(started.body).from + 60_000),
      soon,
    );

    for (const path of [`/runs/${id}`, "/runs", "/injections"]) expect(JSON.stringify((await ask("admin", "GET", path)).body)).not.toContain(secret);
    expect((await ask("admin", "GET", `/runs/${id}/scorecard`)).status).toBe(409);
    expect((await ask("admin", "GET", `/runs/${id}/report?format=junit`)).status).toBe(409);
    expect(JSON.stringify(tester.heard("runs"))).not.toContain(secret);
    expect(viewer.heard("runs")).toEqual([]);

    expect((await ask("demonstrator", "DELETE", `/runs/${id}`)).status).toBe(200);
    const [over] = runsSchema.parse((await ask("demonstrator", "GET", "/runs")).body).runs;
    expect(over).toMatchObject({ id, state: "stopped", steps: [{ id: "bend", state: "done", devices: [secret] }] });
    expect(over?.truths.map(({ devices }) => devices)).toContainEqual([secret]);
    expect(scorecardSchema.parse((await ask("tester", "GET", `/runs/${id}/scorecard`)).body).found).toHaveLength(1);
    await vi.waitFor(() => expect(viewer.heard("exercise").at(-1)).toBe(false), soon);
    expect(JSON.stringify(viewer.heard("exercise"))).toBe("[false,true,false]");
  });
});

describe("a single injection", { timeout: 120_000 }, () => {
  it("is previewed, asked for by either name, listed, and ended; only by testers, and only where it can strike", async () => {
    const { ask } = await openCity();
    const wanted = { fault: "stuck", device: secret, duration: 600, with: { metric: "dist" } };
    expect((await ask("demonstrator", "POST", "/injections", wanted)).status).toBe(403);
    expect((await ask("tester", "POST", "/injections", { device: secret })).status).toBe(400);
    const wrong = await ask("tester", "POST", "/injections", { ...wanted, device: "ws-20" });
    expect(wrong).toMatchObject({ status: 400, body: { detail: expect.stringContaining('there is no device "ws-20", did you mean') } });
    // a file may ask for as long, and says the same of what is longer
    expect((await ask("tester", "POST", "/injections/preview", { ...wanted, duration: 100 * 86_400 })).status).toBe(200);
    for (const [duration, bound] of [
      [100 * 86_400 + 1, "100d at most"],
      [0, "a second at least"],
    ] as const)
      expect(await ask("tester", "POST", "/injections/preview", { ...wanted, duration })).toMatchObject({
        status: 400,
        body: { detail: `"stuck" lasts ${bound}, usually 2h` },
      });
    const preview = await ask("tester", "POST", "/injections/preview", wanted);
    expect(preview).toMatchObject({
      status: 200,
      body: { devices: [secret], expected: ["stream/stuck"], words: { en: expect.stringContaining(secret) } },
    });
    const done = await ask("tester", "POST", "/injections", wanted);
    expect(done.status).toBe(201);
    const [one] = injectionsSchema.parse(done.body).injections;
    expect(one).toMatchObject({ kind: "stuck", targets: [secret], lasts: 600 });
    await vi.waitFor(
      async () => expect(injectionsSchema.parse((await ask("tester", "GET", "/injections")).body).injections[0]?.state).toBe("active"),
      soon,
    );
    expect((await ask("tester", "DELETE", "/injections/none-such")).status).toBe(404);
    const cleared = clearedInjectionsSchema.parse((await ask("tester", "DELETE", "/injections/all")).body).injections;
    expect(cleared).toMatchObject([{ id: one?.id, state: "cleared", cleared: { t: expect.any(Number), by: expect.stringContaining("tester") } }]);
    expect(cleared[0]?.cleared?.t).toBeGreaterThan(one?.t ?? Number.POSITIVE_INFINITY);
    await vi.waitFor(
      async () => expect(injectionsSchema.parse((await ask("tester", "GET", "/injections")).body).injections[0]?.state).toBe("over"),
      soon,
    );
    const again = await ask("tester", "DELETE", `/injections/${one?.id}`);
    expect(clearedInjectionsSchema.parse(again.body).injections).toMatchObject([{ id: one?.id, state: "over", cleared: null }]);
  });
  it("of a story is not ended by `all`, which says how many stay; only where it is asked for", async () => {
    const { ask } = await openCity();
    expect((await ask("tester", "POST", "/runs", { scenario: "blind" })).status).toBe(201);
    expect((await ask("tester", "POST", "/injections", { kind: "stuck", on: { device: "ws-01" }, with: { metric: "dist" } })).status).toBe(201);
    const states = async () => injectionsSchema.parse((await ask("tester", "GET", "/injections")).body).injections;
    const goesOn = ({ state }: { state: string }) => state === "waits" || state === "active";
    await vi.waitFor(async () => expect((await states()).filter(goesOn)).toHaveLength(2), soon);
    const own = clearedInjectionsSchema.parse((await ask("tester", "DELETE", "/injections/all")).body);
    expect(own).toMatchObject({ injections: [{ targets: ["ws-01"], state: "cleared" }], staying: 1 });
    const rest = clearedInjectionsSchema.parse((await ask("tester", "DELETE", "/injections/all?story=take")).body);
    expect(rest.injections.map(({ targets }) => targets)).toContainEqual([secret]);
    expect(rest.staying).toBe(0);
  });
});
