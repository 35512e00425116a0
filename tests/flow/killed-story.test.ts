import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { injectionsSchema, runSchema, runsSchema } from "../../shared/scenario/scenario-api.ts";
import { begin, env } from "../support/command.ts";
import { storyOf } from "../support/directed-city.ts";
import { temporaryFolder } from "../support/test-chain.ts";

const soon = { timeout: 20_000, interval: 100 };
const short = storyOf("short", ["{ at: 5s, id: bend, inject: noise, on: { device: ws-02 }, with: { metric: dist }, for: 20s }"], { lasts: "1m" });
const story = storyOf("storm", ["{ at: 0s, id: bend, inject: noise, on: { device: ws-01 }, with: { metric: dist }, for: 20h }"], { lasts: "24h" });

/** Asks the running city of a folder as admin. */
async function asked(dir: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }> {
  const { http } = JSON.parse(await readFile(join(dir, "running.json"), "utf8"));
  const { tokens } = JSON.parse(await readFile(join(dir, "credentials.json"), "utf8"));
  const headers = { authorization: `Bearer ${tokens.admin}`, "content-type": "application/json" };
  const response = await fetch(new URL(`/api/v1${path}`, http), {
    headers,
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  return { status: response.status, body: response.headers.get("content-type")?.includes("json") === true ? JSON.parse(answer) : answer };
}
const injected = async (dir: string) => injectionsSchema.parse((await asked(dir, "/injections")).body).injections.map(({ id, state }) => [id, state]);

describe("a story whose director is killed with kill -9", () => {
  it("is told as stopped behind the restart, and what it had injected ends; by hand injected things and what came of stories before it stay", {
    timeout: 120_000,
  }, async () => {
    const dir = await temporaryFolder();
    await mkdir(join(dir, "scenarios"));
    await writeFile(join(dir, "scenarios", "storm.yaml"), story);
    await writeFile(join(dir, "scenarios", "short.yaml"), short);
    const start = async () => {
      const city = begin(["up", "--resume", "continue", "--rate", "60"], env(dir));
      await city.line("ready ");
      return city;
    };
    const first = await start();
    // its history is still being made
    await expect.poll(async () => (await asked(dir, "/runs", { scenario: "short" })).status, soon).toBe(201);
    const [{ id: before } = { id: "none" }] = runsSchema.parse((await asked(dir, "/runs")).body).runs;
    await expect.poll(() => asked(dir, `/runs/${before}`), soon).toMatchObject({ body: { state: "finished" } });
    const came = ["scorecard", "report?format=html", "report?format=junit", "compare"].map((what) => `/runs/${before}/${what}`);
    const told = await Promise.all(came.map((path) => asked(dir, path)));
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const byHand = injectionsSchema.parse((await asked(dir, "/injections", { fault: "noise", device: "ws-02", with: { metric: "dist" } })).body);
    const hand = byHand.injections[0]?.id;
    const { id } = runSchema.parse((await asked(dir, "/runs", { scenario: "storm" })).body);
    await expect.poll(() => injected(dir), soon).toContainEqual([`storm-${id}.bend`, "active"]);
    first.child.kill("SIGKILL");
    await first.end();

    await start();
    const [run, ...others] = runsSchema.parse((await asked(dir, "/runs")).body).runs;
    expect(run).toMatchObject({ id, state: "stopped", passed: null, reason: "the program was restarted", steps: [{ id: "bend" }] });
    expect(others).toMatchObject([{ id: before, state: "finished", noTwin: null, truths: [{ kind: "noise" }] }]);
    expect(await Promise.all(came.map((path) => asked(dir, path)))).toEqual(told);
    expect(await asked(dir, `/runs/${id}/scorecard`)).toMatchObject({ status: 409, body: { detail: expect.stringContaining("was restarted") } });
    await expect.poll(() => injected(dir), soon).toContainEqual([`storm-${id}.bend`, "over"]);
    expect(await injected(dir)).toContainEqual([hand, "active"]);
    // nothing of it keeps another one from beginning
    expect((await asked(dir, "/runs", { scenario: "storm" })).status).toBe(201);
  });
});
