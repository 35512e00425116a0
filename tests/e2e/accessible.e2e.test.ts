import { AxeBuilder } from "@axe-core/playwright";
import { pino } from "pino";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { runDirector, startRoom } from "../../commands/chain.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { services } from "../../shared/services/index.ts";
import { openBrowser, signIn } from "../support/browser.ts";
import { describeWithPrograms } from "../support/programs.ts";
import { clockThat, startTestChain, testConfig } from "../support/test-chain.ts";

const views = ["#/", ...services.map(({ id }) => `#/service/${id}`), "#/device/ws-01", "#/quality"];
const wall = { width: 1920, height: 1080 };
const widths = [wall, { width: 390, height: 844 }];

/** A desk's screen is its page: lists scroll in it, the page itself never. */
async function tooHigh(page: Page): Promise<readonly string[]> {
  const { origin } = new URL(page.url());
  const wrong: string[] = [];
  for (const size of [wall, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    for (const view of ["#/", "#/alarms", "#/service/stream", "#/service/evzone", "#/device/ws-01"]) {
      await page.goto(`${origin}/${view}`);
      await page.locator("h1, h2").first().waitFor({ state: "attached" });
      // A case that is open, where there is one, makes its queue as long as it gets.
      const item = page.locator(".q-item").first();
      if ((await item.count()) > 0) await item.click();
      const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      if (over > 0) wrong.push(`${view} ${size.width}: ${over} px`);
    }
  }
  return wrong;
}

describeWithPrograms("every page of the room", ["chromium"], () => {
  it("has no fault that axe finds, by day and by night, at the wall and on the phone, and nothing that runs over the edge", {
    timeout: 240_000,
  }, async () => {
    const chain = await startTestChain({ rate: 60, backfillHours: 1 });
    await clockThat(chain, ({ phase }) => phase === "live");
    const lifecycle = createLifecycle(() => undefined);
    onTestFinished(() => lifecycle.close());
    const credentials = await loadCredentials(chain.dataDir);
    const parts = { config: testConfig(), dataDir: chain.dataDir, credentials, lifecycle, log: pino({ level: "silent" }) };
    const room = await startRoom(parts, chain, await runDirector(parts, chain));
    const { page, complaints } = await openBrowser();
    await signIn(page, room.signInLink("admin"));
    const { origin } = new URL(page.url());
    for (const [turn, view] of views.entries()) {
      const size = widths[turn % widths.length];
      for (const theme of ["day", "night"]) {
        if (size) await page.setViewportSize(size);
        await page.evaluate((name) => localStorage.setItem("gwanje.theme", name), theme);
        await page.goto(`${origin}/${view}`);
        await page.reload();
        await page.locator("h1, h2").first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${view} ${theme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), view).toBeLessThanOrEqual(0);
      }
    }
    expect(await tooHigh(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
