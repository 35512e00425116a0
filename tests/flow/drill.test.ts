import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runDirector, startRoom } from "../../commands/chain.ts";
import type { Role } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { injectionsSchema, runSchema, runsSchema, scorecardSchema } from "../../shared/scenario/scenario-api.ts";
import { openBrowser } from "../support/live-browser.ts";
import { clockThat, startTestChain, testConfig } from "../support/test-chain.ts";

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

/** The city with its director and its room, over sockets. */
async function openCity() {
  const chain = await startTestChain({ rate: 60 });
  await clockThat(chain, ({ phase }) => phase === "live");
  await mkdir(join(chain.dataDir, "scenarios"), { recursive: true });
  await writeFile(join(chain.dataDir, "scenarios", "blind.yaml"), drill);
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const credentials = await loadCredentials(chain.dataDir);
  const parts = { config: testConfig(), dataDir: chain.dataDir, credentials, lifecycle, log: pino({ level: "silent" }) };
  const director = await runDirector(parts, chain);
  const room = await startRoom(parts, chain, director);
  const ask = async (as: Role, method: "GET" | "POST" | "DELETE", path: string, body?: object) => {
    const answer = await fetch(`${room.url()}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${credentials.tokens[as]}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const come = (as: Role) => openBrowser(room.url(), { as, over: { auth: { token: credentials.tokens[as] } } });
  return { ask, come };
}

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
    const cleared = injectionsSchema.parse((await ask("tester", "DELETE", "/injections/all")).body).injections;
    expect(cleared.map(({ id }) => id)).toContain(one?.id);
    await vi.waitFor(
      async () => expect(injectionsSchema.parse((await ask("tester", "GET", "/injections")).body).injections[0]?.state).toBe("over"),
      soon,
    );
  });
});
