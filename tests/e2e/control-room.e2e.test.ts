import { pino } from "pino";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished, vi } from "vitest";
import { runDirector, startRoom } from "../../commands/chain.ts";
import type { Console } from "../../console/server/start-console.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { services } from "../../shared/services/index.ts";
import { openBrowser, signIn } from "../support/browser.ts";
import { describeWithPrograms } from "../support/programs.ts";
import { clockThat, startTestChain, type TestChain, testConfig } from "../support/test-chain.ts";

const city = { rate: 60, backfillHours: 1 };

/** Opens a room over the chain, on the given port. */
async function openRoom(chain: TestChain, port = 0): Promise<Console & { end(): Promise<void> }> {
  const lifecycle = createLifecycle(() => undefined);
  const parts = {
    config: testConfig({ GWANJE_HTTP_PORT: String(port) }),
    dataDir: chain.dataDir,
    credentials: await loadCredentials(chain.dataDir),
    lifecycle,
    log: pino({ level: "silent" }),
  };
  const room = await startRoom(parts, chain, await runDirector(parts, chain));
  const end = (): Promise<void> => lifecycle.close();
  onTestFinished(end);
  return { ...room, end };
}

const textOf = async (page: Page, selector: string): Promise<string> => (await page.locator(selector).first().textContent()) ?? "";

/** The newest points of the trend, oldest first, as its arrow keys read them out. */
async function readOut(page: Page, points: number): Promise<string[]> {
  const plot = page.locator(".trend-plot").first();
  await plot.focus();
  const told: string[] = [];
  for (let n = 0; n < points; n++) {
    await page.keyboard.press("ArrowLeft");
    told.unshift(await textOf(page, ".trend-tell"));
  }
  await plot.blur();
  return told;
}
/** Minutes of day in a reading-out. */
const minutes = (told: string): number => {
  const [, hour = "0", minute = "0"] = told.match(/(\d{1,2}):(\d{2})/) ?? [];
  return Number(hour) * 60 + Number(minute);
};

describeWithPrograms("the room in a browser", ["chromium"], () => {
  it("shows numbers that move, and a trend that is one line across a restart of the console", { timeout: 120_000 }, async () => {
    const chain = await startTestChain(city);
    await clockThat(chain, ({ phase }) => phase === "live");
    const first = await openRoom(chain);
    const { page, complaints } = await openBrowser();
    await signIn(page, first.signInLink("admin"));
    await page.locator(".tile").first().waitFor();
    expect(await page.locator(".tile").count()).toBe(services.length);
    const clock = await textOf(page, "time.clock-face");
    const flow = await textOf(page, ".tile .value b");
    await vi.waitFor(async () => expect(await textOf(page, ".tile .value b")).not.toBe(flow), { timeout: 20_000 });
    expect(await textOf(page, "time.clock-face")).not.toBe(clock);

    // What moves is on the map of its service's page, each of them once; a service whose devices all stand has no such map.
    const { origin } = new URL(page.url());
    for (const { id, kinds, metrics } of services) {
      const moves = (kind: string): boolean => kinds[kind]?.metrics.some((name) => metrics[name]?.kind === "position") ?? false;
      const moving = chain.broker.port.devices().filter((row) => row.service === id && moves(row.kind));
      await page.goto(`${origin}/#/service/${id}`);
      await page.locator(".v-page .s-panel").first().waitFor();
      expect(await page.locator(".w-panel").count(), id).toBe(moving.length === 0 ? 0 : 1);
      if (moving.length === 0) continue;
      const told = await page.locator("[data-movers]").evaluateAll((marks) => marks.flatMap((mark) => mark.getAttribute("data-movers")?.split(" ")));
      expect(told.sort()).toEqual(moving.map((row) => row.id).sort());
    }

    await page.goto(`${origin}/#/device/ws-01`);
    await page.locator(".trend-plot canvas").first().waitFor();
    await vi.waitFor(async () => expect((await readOut(page, 3)).every((told) => /\d:\d\d/.test(told))).toBe(true), { timeout: 10_000 });
    const before = minutes((await readOut(page, 1))[0] ?? "");
    const { port } = first;
    await first.end();
    await page.locator(".down-frame").first().waitFor({ timeout: 10_000 });
    const second = await openRoom(chain, port);
    expect(second.port).toBe(port);
    await vi.waitFor(async () => expect(minutes((await readOut(page, 1))[0] ?? "")).toBeGreaterThan(before + 5), { timeout: 30_000 });
    const times = (await readOut(page, 12)).map(minutes);
    for (const [index, time] of times.entries()) if (index > 0) expect(time - (times[index - 1] ?? 0), times.join(" ")).toBe(1);
    expect(complaints.filter((complaint) => !complaint.includes("ERR_CONNECTION"))).toEqual([]);
  });
});
