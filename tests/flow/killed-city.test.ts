import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { begin, env } from "../support/command.ts";
import { temporaryFolder } from "../support/test-chain.ts";

/** Asks the running city of a folder as admin. */
async function asked(dir: string, path: string, body?: object): Promise<Record<string, number> & { run: string; points: { n: number }[] }> {
  const { http } = JSON.parse(await readFile(join(dir, "running.json"), "utf8"));
  const { tokens } = JSON.parse(await readFile(join(dir, "credentials.json"), "utf8"));
  const headers = { authorization: `Bearer ${tokens.admin}`, "content-type": "application/json" };
  const response = await fetch(new URL(path, http), body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.ok, path).toBe(true);
  return response.json();
}
const start = async (dir: string) => {
  const city = begin(["up", "--resume", "continue", "--rate", "60"], env(dir));
  await city.line("ready ");
  return city;
};
const kill = async (city: Awaited<ReturnType<typeof start>>) => {
  city.child.kill("SIGKILL");
  await city.end();
};
/** Every minute of the gauge since the city's start is there once. */
async function expectWhole(dir: string): Promise<void> {
  const {
    start: from,
    mark = 0,
    received,
    accepted,
    duplicate,
    refused,
    lost,
  } = await asked(dir, "/api/v1/city").then(async (city) => ({
    ...city,
    ...(await asked(dir, "/api/v1/ledger")),
  }));
  expect({ received, lost }).toEqual({ received: Number(accepted) + Number(duplicate) + Number(refused), lost: 0 });
  const { points } = await asked(dir, `/api/v1/devices/ws-01/series?metric=level&from=${from}&to=${mark}&points=2000`);
  const minutes = (mark - Number(from)) / 60_000;
  expect(Math.abs(points.reduce((sum, { n }) => sum + n, 0) - minutes)).toBeLessThanOrEqual(1);
}

describe("a whole city that is killed with kill -9", () => {
  it("goes on in the run that it was reset to, and where the room was when it ran fast", { timeout: 90_000 }, async () => {
    const dir = await temporaryFolder();
    const first = await start(dir);
    await asked(dir, "/api/v1/clock", { reset: {} });
    const { run } = await asked(dir, "/api/v1/clock", { reset: {} });
    await kill(first);

    const second = await start(dir);
    expect((await asked(dir, "/api/v1/city")).run).toBe(run);
    await expectWhole(dir);
    await asked(dir, "/api/v1/clock", { rate: 3600 });
    const { mark: began = 0 } = await asked(dir, "/api/v1/city");
    let reached = began;
    while (reached < began + 3_600_000) reached = (await asked(dir, "/api/v1/city")).mark ?? 0;
    await kill(second);

    const third = await start(dir);
    expect((await asked(dir, "/api/v1/city")).mark).toBeGreaterThanOrEqual(reached);
    await expectWhole(dir);
    await kill(third);
  });
});
