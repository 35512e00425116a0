import type { MqttClient } from "mqtt";
import { pino } from "pino";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished, vi } from "vitest";
import { startRoom } from "../../commands/chain.ts";
import type { Alarm } from "../../shared/alarm.ts";
import type { Role } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { openBrowser, signIn } from "../support/browser.ts";
import { faults, focused, tabTo } from "../support/by-keyboard.ts";
import { connectAs, registered } from "../support/field-broker.ts";
import { describeWithPrograms } from "../support/programs.ts";
import { startTestChain, type TestChain, testConfig } from "../support/test-chain.ts";

const id = "stream-level-ws-real";
const patience = { timeout: 15_000 };

/** A real gauge on the field timeline, as somebody bolts it to a bridge. */
interface Gauge {
  /** Says these levels one after the other, now. */
  say(...levels: number[]): Promise<void>;
  /** Rain from the next level on, mm/h. */
  rains(rain: number): void;
}
async function openGauge(chain: TestChain): Promise<Gauge> {
  // Limits close together: water that rises by a metre within a second is judged as a sensor in trouble.
  const access = await registered(chain.broker, "stream", "ws-real", { reference: 10, caution: 5, alert: 5.005, serious: 5.01 });
  const client: MqttClient = await connectAs(chain.broker, access);
  let seq = 0;
  let last = 0;
  let rain = 0;
  return {
    rains(now) {
      rain = now;
    },
    async say(...levels) {
      for (const level of levels) {
        last = Math.max(last + 1, Date.now());
        const payload = JSON.stringify({ v: 1, d: "ws-real", t: last, b: 1, seq: seq++, m: { dist: Math.round((10 - level) * 1000) / 1000, rain } });
        await client.publishAsync(access.topics.obs!, payload, { qos: 1 });
      }
    },
  };
}

async function openDesk(role: Role) {
  const chain = await startTestChain({ rate: 1 });
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const room = await startRoom(
    { config: testConfig(), credentials: await loadCredentials(chain.dataDir), lifecycle, log: pino({ level: "silent" }) },
    chain,
  );
  const gauge = await openGauge(chain);
  const { page, complaints } = await openBrowser("ko-KR");
  await signIn(page, room.signInLink(role));
  await page.locator(".tile").first().waitFor();
  const alarm = (): Alarm | undefined => chain.broker.port.room.alarm(id);
  const until = (wish: Partial<Alarm>) => vi.waitFor(() => expect(alarm()).toMatchObject(wish), patience);
  return { chain, gauge, page, complaints, alarm, until };
}

const row = (page: Page) => page.locator(`[data-alarm="${id}"]`);
const shows = (page: Page, text: string | RegExp) => vi.waitFor(async () => expect(await row(page).textContent()).toMatch(text), patience);
/** A desk shows its page without scrolling it, all of its views, and the whole filter. */
const cut = (page: Page, width: number) =>
  page.evaluate((wide) => {
    if (wide < 1280) return [];
    const within = (inner: string, outer: string) =>
      [...document.querySelectorAll(inner)].filter(
        (one) => one.getBoundingClientRect().right > (one.closest(outer)?.getBoundingClientRect().right ?? 0) + 0.5,
      );
    const { scrollHeight, clientHeight } = document.documentElement;
    const wrong = [...within(".tab", ".tabs"), ...within(".af-matrix button", ".av-facets"), ...within(".top-bar > *", ".top-bar")];
    return [...(scrollHeight > clientHeight ? [`${scrollHeight} px high`] : []), ...wrong.map((one) => one.textContent)];
  }, width);

describeWithPrograms("an alarm of a real gauge in a browser", ["chromium"], () => {
  it("is found, acknowledged, noted, shelved and taken back by keyboard alone, and axe finds no fault on the way", { timeout: 180_000 }, async () => {
    const { chain, gauge, page, complaints, until } = await openDesk("operator");
    await gauge.say(4.998, 5.002, 5.003);
    await until({ state: "B", priority: 3 });
    // The banner counts it, on a page that is not the desk's.
    await vi.waitFor(async () => expect(await page.locator(".banner-ranks li").nth(2).textContent()).toMatch(/우선순위 3: 1건, 미확인 1/), patience);

    await page.keyboard.press("a");
    await row(page).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("ws-real");
    await page.keyboard.press("Enter");
    // on a machine that is busy the list may be drawn anew between two presses: whoever sees that nothing is chosen presses again
    await vi.waitFor(async () => {
      await page.keyboard.press("ArrowDown");
      expect(await focused(page)).toBe(`row al-${id}`);
    }, patience);
    expect(await row(page).locator(".unseen").first().textContent()).toBe("우선순위 3, 미확인");
    expect(await faults(page)).toEqual([]);

    await page.keyboard.press("k");
    await until({ state: "C", ackedBy: "한결" });
    await shows(page, "확인");
    await vi.waitFor(async () => expect(await focused(page)).toBe(`row al-${id}`), patience);

    await page.keyboard.press("m");
    await page.keyboard.type("현장 확인 요청함");
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await until({ comments: 1 });
    await vi.waitFor(async () => expect(await focused(page)).toBe(`row al-${id}`), patience);
    await vi.waitFor(async () => expect(await page.locator(".ad-journal").textContent()).toContain("현장 확인 요청함"), patience);

    // While a name is asked, the one that stands there is written over; keys of the page wait, and Escape leaves.
    await page.keyboard.press("g");
    await page.keyboard.type("박준호");
    expect(await page.locator(".al-form input[name=text]").inputValue()).toBe("박준호");
    await page.keyboard.press("Tab");
    await page.keyboard.press("d");
    expect(new URL(page.url()).hash).toBe("#/alarms");
    await page.keyboard.press("Escape");

    // From its button, too: the first choice has the focus, the arrows choose, and the button has it again when the form closes.
    await tabTo(page, /^BUTTON 보류/);
    await page.keyboard.press("Enter");
    await page.locator(".al-form input[value=quarter]:focus").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator(".al-form input[value=hour]:checked:focus").waitFor();
    await page.keyboard.press("Enter");
    expect(await page.locator(".al-form [role=alert]").textContent()).toContain("사유를 적어");
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await vi.waitFor(async () => expect(await focused(page)).toMatch(/^BUTTON 보류/), patience);
    await tabTo(page, new RegExp(`^row al-${id}`), "Shift+Tab");
    await page.keyboard.press("v");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type("교량 점검 중");
    const before = Date.now();
    await page.keyboard.press("Enter");
    await until({ state: "E" });
    const shelved = chain.broker.port.room.alarm(id)?.shelved;
    expect(shelved).toMatchObject({ by: "한결", reason: "교량 점검 중" });
    expect(Math.abs((shelved?.until ?? 0) - before - 3_600_000)).toBeLessThan(30_000);
    // The focus is in the list, so its row has not gone away; it says what has become of it.
    await shows(page, "보류");
    expect(await focused(page)).toBe(`row al-${id}`);

    // What an operator may not do is told in the place where he asked, and not done.
    await page.keyboard.press("o");
    await vi.waitFor(async () => expect(await page.locator(".al-answer").textContent()).toContain("관제 책임자"), patience);

    // What another list does not hold does not stand beside it.
    await tabTo(page, /^A 정비/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await vi.waitFor(async () => expect(await page.locator(".av-detail").textContent()).not.toContain("현장 확인 요청함"), patience);

    await tabTo(page, /^A 보류 1/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await row(page).waitFor();
    await page.keyboard.press("ArrowDown");
    // One key takes nothing off the shelf: it asks, and Enter does it.
    await page.keyboard.press("Shift+V");
    await page.locator(".al-form").waitFor();
    expect(chain.broker.port.room.alarm(id)?.state).toBe("E");
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Enter");
    // What comes back from the shelf and still holds asks again (ISA-18.2: E to B).
    await until({ state: "B", shelved: null });

    await tabTo(page, /^A 이력/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(".ah-table").waitFor();
    await vi.waitFor(
      async () => expect(await page.locator(".ah-table").textContent()).toMatch(/한결[\s\S]*보류 풀기[\s\S]*한결[\s\S]*교량 점검 중/),
      patience,
    );
    expect(await faults(page)).toEqual([]);
    const done = chain.broker.port.room.journal({ alarm: id, limit: 50 }).filter(({ role }) => role !== null);
    expect(done.map(({ what, by }) => [what, by])).toEqual([
      ["acknowledged", "한결"],
      ["comment", "한결"],
      ["shelved", "한결"],
      ["unshelved", "한결"],
    ]);
    expect(complaints).toEqual([]);
  });

  it("grows worse without moving its row, is told at once to a screen reader, and cannot be acted on by a viewer", { timeout: 180_000 }, async () => {
    const { gauge, page, alarm, until } = await openDesk("viewer");
    await gauge.say(4.998, 5.002, 5.003);
    await until({ state: "B" });
    await page.keyboard.press("a");
    await row(page).waitFor();
    await page.keyboard.press("ArrowDown");
    const place = await row(page).boundingBox();
    await gauge.say(5.012, 5.013);
    await until({ priority: 1 });
    await shows(page, "우선순위 1, 미확인");
    expect(await row(page).boundingBox()).toEqual(place);
    await page.keyboard.press("k");
    await vi.waitFor(async () => expect(await page.locator(".al-answer").textContent()).toContain("관제원"), patience);
    expect(alarm()?.acked).toBe(false);
    expect(await page.locator("p[role=alert].unseen").textContent()).toContain("우선순위 1 경보: 수위: 심각");

    // On the map nothing is drawn of rain while it is dry; where it rains, there and how much.
    await page.keyboard.press("0");
    const mark = page.locator('.gauge[href="#/device/ws-real"]');
    await mark.locator(".gauge-label").waitFor();
    expect(await mark.locator(".gauge-rain").count()).toBe(0);
    const dry = await page.locator(".map-rain circle").count();
    gauge.rains(12.34);
    await gauge.say(5.013);
    await vi.waitFor(async () => expect(await mark.locator(".gauge-rain").textContent({ timeout: 1000 })).toBe("비 12 mm/h"), patience);
    expect(await page.locator(".map-rain circle").count()).toBe(dry + 1);
    gauge.rains(0);
    await gauge.say(5.013);
    await mark.locator(".gauge-rain").waitFor({ state: "detached", ...patience });
  });

  it("stands on pages without a fault that axe finds, by day and night, in both languages, at the wall, the desk and on the phone", {
    timeout: 240_000,
  }, async () => {
    const { gauge, page, complaints, until } = await openDesk("admin");
    await gauge.say(4.998, 5.012, 5.013);
    await until({ state: "B", priority: 1 });
    const { origin } = new URL(page.url());
    const looks = [
      { width: 1920, height: 1080, theme: "night", language: "ko" },
      { width: 1280, height: 800, theme: "day", language: "en" },
      { width: 390, height: 844, theme: "night", language: "en" },
    ];
    const views = ["#/alarms", `#/alarms/${id}`, "#/alarms?tab=score", "#/alarms?tab=shelved", "#/", "#/device/ws-real"];
    for (const { width, height, theme, language } of looks) {
      await page.setViewportSize({ width, height });
      await page.evaluate(
        (kept) => {
          localStorage.setItem("gwanje.theme", kept.theme);
          localStorage.setItem("gwanje.language", kept.language);
        },
        { theme, language },
      );
      for (const view of views) {
        await page.goto(`${origin}/${view}`);
        await page.reload();
        await page.locator("h1, h2").first().waitFor({ state: "attached" });
        await vi.waitFor(async () => expect(await page.locator(".banner-ranks .is-some").count()).toBe(1), patience);
        expect(await faults(page), `${view} ${width} ${theme}`).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          `${view} ${width}`,
        ).toBeLessThanOrEqual(0);
        expect(await cut(page, width), `${view} ${width}`).toEqual([]);
      }
    }
    // A phone acknowledges and notes; for all else it says where that is done.
    await page.goto(`${origin}/#/alarms`);
    // one touch opens: there is no place beside the list
    await page.locator(`#al-${id}`).click();
    await page.locator(".al-buttons button").first().waitFor();
    expect(await page.locator(".al-buttons button").allTextContents()).toEqual(["Ack K", "Note M"]);
    expect(await page.locator(".ad-note").first().textContent()).toContain("control room only");
    await page.locator(".al-buttons button").first().click();
    await until({ state: "C" });
    expect(complaints).toEqual([]);
  });
});
