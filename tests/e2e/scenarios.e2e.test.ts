import { pino } from "pino";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished, vi } from "vitest";
import { runDirector, startRoom } from "../../commands/chain.ts";
import type { Role } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { openBrowser, signIn } from "../support/browser.ts";
import { faults, focused, says, tabTo } from "../support/by-keyboard.ts";
import { describeWithPrograms } from "../support/programs.ts";
import { clockThat, minute, startTestChain, testConfig } from "../support/test-chain.ts";

const patience = { timeout: 60_000 };
/** The gateway of one crossing is cut off: two cues, three expectations, an hour and a half of the city. */
const story = "gateway-blackout";

/** The whole city with its director and its room; sign-in links for as many people as come. */
async function openCity() {
  const chain = await startTestChain({ rate: 60, backfillHours: 2 });
  await clockThat(chain, ({ phase }) => phase === "live");
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const parts = {
    config: testConfig(),
    dataDir: chain.dataDir,
    credentials: await loadCredentials(chain.dataDir),
    lifecycle,
    log: pino({ level: "silent" }),
  };
  const director = await runDirector(parts, chain);
  const room = await startRoom(parts, chain, director);
  const come = async (role: Role, language: "ko-KR" | "en-US" = "en-US") => {
    const visit = await openBrowser(language);
    await signIn(visit.page, room.signInLink(role));
    await visit.page.locator(".tile").first().waitFor();
    return visit;
  };
  return { chain, director, come };
}
const chip = ".exercise-chip";
const go = (page: Page, hash: string) => page.goto(`${new URL(page.url()).origin}/${hash}`);

describeWithPrograms("the test desk in a browser", ["chromium"], () => {
  it("starts a story, injects on a device, sees it held and scored, by keyboard alone; the room sees that it is an exercise and nothing else", {
    timeout: 300_000,
  }, async () => {
    const { chain, director, come } = await openCity();
    const { page, complaints } = await come("tester");
    const guest = await come("viewer");
    expect(await guest.page.locator(chip).count()).toBe(0);

    // The story, what it does in plain words, and one press.
    await page.keyboard.press("t");
    await page.locator(`[data-scenario="${story}"]`).waitFor();
    await tabTo(page, /^BUTTON Gateway blackout/);
    await page.keyboard.press("Enter");
    await says(page, ".t-story", /The gateway of one crossing is cut off/);
    await says(page, ".t-step-list", /inject.*Abrupt end/s);
    expect(await faults(page)).toEqual([]);
    await tabTo(page, /^BUTTON Start$/);
    await page.keyboard.press("Enter");
    await page.locator(".t-run-head h1", { hasText: "Gateway blackout" }).waitFor(patience);
    await page.locator(chip).waitFor(patience);
    expect(await page.locator(chip).textContent()).toBe("EXERCISE");
    const run = director.runs()[0];
    expect(run).toMatchObject({ by: "한결", drill: false, scenario: { id: story } });

    // To the second cue, at the highest rate: by then the gateway's alarm has come and gone.
    for (const cue of ["Five devices are silent", "The line is back"]) {
      await page.keyboard.press("q");
      await vi.waitFor(() => expect(director.run(run?.id ?? "")?.steps.find(({ words }) => words.en.startsWith(cue))?.state).toBe("done"), patience);
    }
    // Both stand as said, none of them as planned any more.
    await says(
      page,
      ".t-lanes-panel .unseen",
      /\d\d:\d\d · Five devices are silent\. There is one alarm\.\d\d:\d\d · The line is back, and what was kept arrives\.(?! · planned)/,
    );
    await page.locator('[data-expectation="one-alarm"].is-held').waitFor(patience);
    await says(page, ".t-lanes-panel .unseen", /a\. Abrupt end/);
    await says(page, '[data-figure="found"]', /1\s*\/ 1/);
    expect(await faults(page)).toEqual([]);

    // On a device, from its own page.
    await go(page, "#/device/ws-01");
    await page.locator(".t-device .t-inject").waitFor(patience);
    await page.locator(".t-device select").first().focus();
    await page.keyboard.type("Stuck");
    await says(page, ".t-device .t-preview", /Level.*last value.*Stuck|To be found by/s);
    await tabTo(page, /^BUTTON Inject/);
    await page.keyboard.press("Enter");
    await says(page, ".t-device .t-injected", /Stuck/);
    // What comes of it stands there, too: the run that goes on scores it.
    await says(page, ".t-device .t-verdicts", /Stuck.*(?:waiting for|found after)/s);
    expect(director.injections().filter(({ kind, state }) => kind === "stuck" && state !== "over")).toMatchObject([{ targets: ["ws-01"] }]);
    expect(await faults(page)).toEqual([]);

    // At a desk its page lies under tabs, and from each of them the key leads there.
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const tab of ["Trend", "Ledger, messages", "Readings"]) {
      await page.locator(".v-tabs").getByRole("button", { name: tab }).click();
      await page.locator(".t-device").waitFor({ state: "detached", ...patience });
      await page.keyboard.press("c");
      await page.locator(".t-device .t-injected").waitFor(patience);
    }
    expect(await faults(page)).toEqual([]);
    // A tab that was pressed with the pointer does not keep the space bar: it runs the city.
    const stood = chain.broker.port.clock()?.paused;
    await page.locator(".v-tabs").getByRole("button", { name: "Trend" }).click();
    await page.keyboard.press("Space");
    await vi.waitFor(() => expect(chain.broker.port.clock()?.paused).toBe(!stood), patience);
    // The key does what the button beside it says at that moment: the page has to have heard of it.
    await page.getByRole("button", { name: stood ? /^Pause/ : /^Go on/ }).waitFor(patience);
    await page.keyboard.press("Space");
    await vi.waitFor(() => expect(chain.broker.port.clock()?.paused).toBe(stood), patience);
    await page.setViewportSize({ width: 1920, height: 1080 });

    // Whoever only looks: the chip on every page, and no word of what, where or by whom.
    await guest.page.locator(chip).waitFor(patience);
    await guest.page.keyboard.press("t");
    await says(guest.page, "main", /Testers and administrators inject and score/);
    expect(await guest.page.locator(chip).textContent()).toBe("EXERCISE");
    for (const hash of ["#/", "#/alarms", "#/device/ws-01", "#/tester/run/x", "presenter"]) {
      await go(guest.page, hash);
      await guest.page.locator(hash === "presenter" ? ".p-note" : chip).waitFor(patience);
      expect(await guest.page.locator("body").textContent()).not.toMatch(/Gateway blackout|Abrupt end|Stuck|Inject on this device/);
    }
    expect(guest.complaints).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("hides what is true in a drill until it ends, and is stopped by two presses", { timeout: 300_000 }, async () => {
    const { chain, director, come } = await openCity();
    const { page } = await come("tester", "ko-KR");
    await go(page, "#/tester/library");
    await page.locator(`[data-scenario="${story}"]`).click();
    await page.getByLabel(/훈련/).check();
    await page.getByRole("button", { name: "시작" }).click();
    await page.locator(".t-run-head").waitFor(patience);
    await says(page, ".t-score", /끝날 때까지 누구에게도 보이지 않습니다/);
    // Past the injection and its alarm: the story's eleventh minute.
    const begun = director.runs()[0]?.from ?? 0;
    await clockThat(chain, ({ mark }) => mark > begun + 11 * minute);
    await vi.waitFor(() => expect(chain.broker.port.room.alarms().map(({ rule }) => rule)).toContain("traffic/gateway"), patience);
    expect(await page.locator(".t-lanes-panel").textContent()).not.toContain("갑작스러운 끊김");
    expect(await faults(page)).toEqual([]);
    const stop = page.getByRole("button", { name: /끝내고 풀기/ });
    await stop.focus();
    await page.keyboard.press("Enter");
    await says(page, ".t-run-buttons", /한 번 더/);
    await page.keyboard.press("Escape");
    expect(await page.locator(".t-run-buttons").textContent()).not.toContain("한 번 더");
    expect(director.runs()[0]?.state).toBe("running");
    await stop.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(director.runs()[0]?.state).toBe("stopped"), patience);
    await says(page, ".t-lanes-panel .unseen", /갑작스러운 끊김/);
    await page.locator(chip).waitFor({ state: "detached", ...patience });
    expect(await faults(page)).toEqual([]);
  });

  it("mends a file: each mistake with its line, kept when there is none; and lays the same night without anybody beside it", {
    timeout: 300_000,
  }, async () => {
    const { director, come } = await openCity();
    const { page, complaints } = await come("tester");
    await go(page, `#/tester/edit/${story}`);
    const text = page.locator("textarea");
    await text.waitFor(patience);
    const good = await text.inputValue();
    await text.fill(good.replace("inject: disconnect", "inject: disconect").replace("rate: 60", "rate: 0"));
    await says(page, ".t-mistakes", /line \d+.*"disconect".*disconnect/s);
    const lines = good.split("\n");
    const told = await page.locator(".t-mistakes li b").allTextContents();
    const lineOf = (start: string) => `line ${lines.findIndex((line) => line.trim().startsWith(start)) + 1}`;
    expect(told).toEqual([lineOf("rate: 60"), lineOf("inject: disconnect")]);
    await tabTo(page, new RegExp(`^BUTTON ${lineOf("inject: disconnect")}`));
    await page.keyboard.press("Enter");
    expect(await focused(page)).toMatch(/^TEXTAREA/);
    expect(await faults(page)).toEqual([]);
    await text.fill(good);
    await says(page, ".t-mistakes", /No mistake/);
    await page.getByRole("button", { name: "Save" }).click();
    await says(page, ".t-run-head", /Kept\./);
    expect((await director.scenarios()).find(({ id }) => id === story)?.from).toBe("own");

    await director.start({ scenario: story, drill: false, reset: false }, { name: "이하늘", role: "tester" });
    const { id = "" } = director.runs()[0] ?? {};
    await director.nextCue(id, { name: "이하늘", role: "tester" });
    await director.stop(id, { name: "이하늘", role: "tester" });
    await go(page, `#/tester/run/${id}`);
    // What just happened becomes a file, with what was injected in it.
    await page.getByRole("button", { name: /^Last 30 min/ }).click();
    await page.getByRole("button", { name: /^Save as scenario/ }).click();
    await vi.waitFor(
      async () => expect(await text.inputValue({ timeout: 2000 })).toMatch(/scenario: what-just-happened[\s\S]*inject: disconnect/),
      patience,
    );
    await says(page, ".t-mistakes", /No mistake/);
    await go(page, `#/tester/run/${id}`);
    await page.getByRole("link", { name: "Without the room" }).click();
    await page.locator("[data-measure]").first().waitFor(patience);
    await says(page, '[data-measure="traffic/vehicles"]', /vehicles (instead of|with and without)/);
    expect(await faults(page)).toEqual([]);

    // Every page of it at a small desk by night and on the phone by day.
    const wrong: string[] = [];
    for (const [theme, width, height] of [
      ["night", 1280, 800],
      ["day", 390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.evaluate((name) => localStorage.setItem("gwanje.theme", name), theme);
      for (const at of ["library", `run/${id}`, `compare/${id}`, `edit/${story}`, "../device/ws-01"]) {
        await go(page, at.startsWith("..") ? `#/${at.slice(3)}` : `#/tester/${at}`);
        await page.reload();
        await page.locator(".t-stories b, .t-lanes, [data-measure], textarea, .d-title h1").first().waitFor(patience);
        for (const fault of await faults(page)) wrong.push(`${at} ${theme} ${width}: ${fault}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wrong.push(`${at} ${width}: ${over} px over the edge`);
      }
    }
    expect(wrong).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("has a window for the demonstrator: story, cue, next cue and the clock by keyboard", { timeout: 300_000 }, async () => {
    const { chain, director, come } = await openCity();
    const { page, complaints } = await come("demonstrator");
    const clock = () => chain.broker.port.clock();
    await go(page, "presenter");
    await says(page, ".p-top", /SIMULATED CITY/);
    await tabTo(page, /^BUTTON Gateway blackout/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^BUTTON Start from the beginning$/);
    await page.evaluate(() => {
      const keep = () => document.querySelector(".is-preparing .p-run") && document.body.setAttribute("data-prepared", "");
      new MutationObserver(keep).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    await page.keyboard.press("Enter");
    await says(page, ".p-next", /Five devices are silent.*of real time/s);
    // While it was prepared nothing of another story stood there; now its own cue does.
    expect(await page.locator("body[data-prepared]").count()).toBe(1);
    expect(await page.locator(".is-preparing").count()).toBe(0);
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("q");
    await says(page, ".p-now", /Five devices are silent\. There is one alarm\./);
    // It has gone there step by step, in a city that stood still; now it runs again. The key does what the window offers at that moment.
    await says(page, ".p-controls", /Pause/);
    await page.keyboard.press("Space");
    await vi.waitFor(() => expect(clock()?.paused).toBe(true), patience);
    await says(page, ".p-controls", /Go on/);
    await says(page, ".p-next", /of city time/);
    await page.keyboard.press("Space");
    await vi.waitFor(() => expect(clock()?.paused).toBe(false), patience);
    // It is ended from here too: the first press says what the second one does.
    await tabTo(page, /^BUTTON Stop the story$/);
    await page.keyboard.press("Enter");
    await says(page, ".p-controls", /Once more: ends it and clears all injections/);
    expect(director.runs()[0]?.state).toBe("running");
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(director.runs()[0]?.state).toBe("stopped"), patience);
    // Back to the beginning: armed by one key, confirmed by another.
    const before = clock()?.run;
    await page.keyboard.press("r");
    await says(page, ".p-armed", /The city begins anew/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await vi.waitFor(async () => expect(await focused(page)).toMatch(/^BUTTON Begin anew/), patience);
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(clock()).toMatchObject({ run: expect.not.stringMatching(before ?? ""), phase: "live" }), patience);
    expect(director.runs()[0]?.by).toBe("한결");
    expect(await faults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
