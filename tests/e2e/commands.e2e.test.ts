import { pino } from "pino";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished, vi } from "vitest";
import { startRoom } from "../../commands/chain.ts";
import type { Command } from "../../shared/command.ts";
import type { Role } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { openBrowser, signIn } from "../support/browser.ts";
import { faults, focused, says, tabTo } from "../support/by-keyboard.ts";
import { describeWithPrograms } from "../support/programs.ts";
import { startTestChain, testConfig } from "../support/test-chain.ts";

const patience = { timeout: 20_000 };

/** The small city in fast time: a gate swings for half a minute of it. */
async function openRoom(role: Role) {
  const chain = await startTestChain({ rate: 20 });
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const room = await startRoom(
    { config: testConfig(), credentials: await loadCredentials(chain.dataDir), lifecycle, log: pino({ level: "silent" }) },
    chain,
  );
  const { page, complaints } = await openBrowser("ko-KR");
  await signIn(page, room.signInLink(role));
  await page.locator(".tile").first().waitFor();
  const { port } = chain.broker;
  const gates = port
    .devices()
    .filter(({ kind }) => kind === "gate")
    .map(({ id }) => id);
  const commands = (): readonly Command[] => port.room.commands({ limit: 50 });
  return { page, complaints, gates, commands, port };
}

const told = (page: Page, wish: RegExp, place = ".k-box") => says(page, place, wish);
const step = (page: Page) => page.locator(".k-steps [aria-current]").first().textContent();

describeWithPrograms("a command from a browser", ["chromium"], () => {
  it("is armed by one key, sent by another and read back, by keyboard alone", { timeout: 180_000 }, async () => {
    const { page, complaints, gates, commands } = await openRoom("operator");
    const [gate = ""] = gates;
    await page.keyboard.press("2");
    await page.locator(`[data-gate="${gate}"]`).waitFor();
    const name = await page.locator(`[data-gate="${gate}"] th a`).textContent();
    await tabTo(page, new RegExp(`^A ${name}$`));
    await page.keyboard.press("Enter");
    await page.locator(".k-panel .k-family").first().waitFor();
    expect(await step(page)).toContain("고르기");
    expect(await faults(page)).toEqual([]);

    // The key that arms never sends, and Escape takes back.
    await page.keyboard.press("c");
    await told(page, /차단문 닫기.*닫습니다/s);
    expect(await step(page)).toContain("준비");
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("c");
    await page.keyboard.press("Escape");
    await page.locator(".k-box").waitFor({ state: "detached" });
    expect(commands()).toEqual([]);

    await page.keyboard.press("c");
    await page.locator(".k-box").waitFor();
    await page.keyboard.press("Enter");
    await told(page, /되읽었습니다/);
    const [done] = commands();
    expect(done).toMatchObject({ device: gate, op: "close", state: "confirmed", actual: "closed", by: "한결", role: "operator", alarm: null });
    await told(page, /닫힘/, ".k-stand .is-actual.is-known");
    await told(page, /도시 .*벽시계/, ".k-history .k-state");
    expect(await faults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("whose button was pressed by Enter is not sent by Enter", { timeout: 180_000 }, async () => {
    const { page, gates, commands } = await openRoom("operator");
    await page.goto(`${page.url().split("#")[0]}#/device/${gates[0]}?op=show&a.text=closed`);
    await page.locator(".k-panel .k-family").first().waitFor();
    // The address asks for it: the focus is there, nothing is armed.
    await vi.waitFor(async () => expect(await focused(page)).toMatch(/안내 전광판/), patience);
    await page.keyboard.press("Enter");
    await told(page, /‘산책로 통제’를 표시/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await step(page)).toContain("준비");
    expect(commands()).toEqual([]);
    await page.keyboard.press("Space");
    await told(page, /되읽었습니다/);
    expect(commands()[0]).toMatchObject({ op: "show", args: { text: "closed" }, state: "confirmed" });
  });

  it("is armed by one press of its key from whichever tab of the page is in front", { timeout: 180_000 }, async () => {
    const { page, gates, commands } = await openRoom("operator");
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${page.url().split("#")[0]}#/device/${gates[0]}`);
    const tabs = page.locator(".v-tabs").getByRole("button");
    await tabs.first().waitFor();
    for (const tab of ["추세", "측정값"]) {
      await tabs.filter({ hasText: tab }).click();
      await page.locator(".k-panel").waitFor({ state: "detached" });
      await page.keyboard.press("c");
      await told(page, /차단문 닫기/);
      await page.keyboard.press("Escape");
      await page.locator(".k-box").waitFor({ state: "detached" });
    }
    expect(commands()).toEqual([]);
  });

  it("goes to several gates with one confirmation, each as a command of its own", { timeout: 180_000 }, async () => {
    const { page, gates, commands } = await openRoom("operator");
    await page.keyboard.press("2");
    await page.locator(`[data-gate="${gates[0]}"]`).waitFor();
    // One that is ticked is armed by the next key; then all of them.
    await tabTo(page, /^INPUT 고르기: /);
    await page.keyboard.press("Space");
    await page.locator(".g-gates input:checked").waitFor();
    await page.keyboard.press("c");
    await told(page, /차단문 닫기/);
    await page.keyboard.press("Escape");
    await page.locator(".k-box").waitFor({ state: "detached" });
    expect(commands()).toEqual([]);
    await tabTo(page, /^BUTTON 모두 고르기/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(".g-gates button[aria-pressed=true]").waitFor();
    await page.keyboard.press("c");
    await told(page, new RegExp(`${gates.length}대`));
    await page.keyboard.press("Enter");
    await told(page, /되읽었습니다/);
    expect(
      commands()
        .map(({ device, op, state }) => `${device} ${op} ${state}`)
        .sort(),
    ).toEqual(gates.map((id) => `${id} close confirmed`).sort());
    expect(await faults(page)).toEqual([]);
  });

  it("switches an automatic response, and the room knows who did it", { timeout: 180_000 }, async () => {
    const { page, port } = await openRoom("operator");
    await page.keyboard.press("2");
    const row = page.locator('[data-response="stream-close-gate"]');
    await row.waitFor();
    await row.getByRole("button", { name: "자동", exact: true }).focus();
    await page.keyboard.press("Enter");
    const state = () => port.room.responses().find(({ id }) => id === "stream-close-gate");
    await vi.waitFor(() => expect(state()).toMatchObject({ mode: "auto", by: "한결" }), patience);
    await vi.waitFor(async () => expect(await row.textContent()).toContain("한결 전환"), patience);
  });

  it("cannot be given by a viewer, and is absent from a phone, with the reason", { timeout: 180_000 }, async () => {
    const { page, gates, commands } = await openRoom("viewer");
    await page.goto(`${page.url().split("#")[0]}#/device/${gates[0]}`);
    await page.locator(".k-panel .k-family").first().waitFor();
    expect(await page.locator(".k-panel").textContent()).toContain("관제원");
    await page.keyboard.press("c");
    await page.locator(".k-ops button").first().click({ force: true });
    expect(await page.locator(".k-box").count()).toBe(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole("button", { name: "명령", exact: true }).click();
    await vi.waitFor(async () => expect(await page.locator(".k-panel").textContent()).toContain("전화기에서는 명령을 보내지 않습니다"), patience);
    expect(await page.locator(".k-panel button").count()).toBe(0);
    expect(commands()).toEqual([]);
  });
});
