import { pino } from "pino";
import { expect, it, onTestFinished, vi } from "vitest";
import { receiptPath } from "../../broker/handoff/link-event.ts";
import { signed } from "../../broker/handoff/signature.ts";
import { startRoom } from "../../commands/chain.ts";
import type { CommandMessage } from "../../shared/command.ts";
import type { Role } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { fieldLagMs } from "../../shared/timeline.ts";
import { openBrowser, signIn } from "../support/browser.ts";
import { faults, focused, says, tabTo } from "../support/by-keyboard.ts";
import { connectAs, registered } from "../support/field-broker.ts";
import { secret } from "../support/handoff-world.ts";
import { otherSide, status } from "../support/other-side.ts";
import { describeWithPrograms } from "../support/programs.ts";
import { startTestChain, type TestChain, testConfig } from "../support/test-chain.ts";

const patience = { timeout: 20_000 };
const alarm = "foodwaste-burning-fw-real";
const response = "foodwaste-lock-full";

/** A real food-waste unit on the field timeline: says what it is told to, and locks its lid when the room asks. */
async function openUnit(chain: TestChain) {
  const access = await registered(chain.broker, "foodwaste", "fw-real", { tare: 12, households: 60, capacity: 90 });
  const client = await connectAs(chain.broker, access);
  let [seq, last, isLocked] = [0, 0, false];
  const say = async (m: Readonly<Record<string, number | boolean>>): Promise<void> => {
    last = Math.max(last + 1, Date.now());
    const payload = JSON.stringify({ v: 1, d: "fw-real", t: last, b: 1, seq: seq++, m: { lid: false, lock: isLocked, ...m } });
    await client.publishAsync(access.topics.obs!, payload, { qos: 1 });
  };
  client.on("message", (_topic, payload) => {
    const { id, d, op } = JSON.parse(payload.toString()) as CommandMessage;
    isLocked = op === "lock";
    void client
      .publishAsync(access.topics.ack!, JSON.stringify({ v: 1, id, d, t: Date.now(), ok: true }), { qos: 1 })
      .then(() => say({ fill: 0.97, temp: 21 }));
  });
  await client.subscribeAsync(access.topics.cmd!, { qos: 1 });
  return {
    async burns(): Promise<void> {
      for (const temp of [21, 71, 72]) await say({ fill: 0.4, temp });
    },
    async isFull(): Promise<void> {
      for (const fill of [0.9, 0.97, 0.97]) await say({ fill, temp: 21 });
    },
  };
}

async function openRoom(role: Role, over: Record<string, string> = {}) {
  const config = testConfig(over);
  const chain = await startTestChain({ rate: 1, config });
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const credentials = await loadCredentials(chain.dataDir);
  const room = await startRoom({ config, credentials, lifecycle, log: pino({ level: "silent" }) }, chain);
  const unit = await openUnit(chain);
  const { page, complaints } = await openBrowser("ko-KR");
  await signIn(page, room.signInLink(role));
  await page.locator(".tile").first().waitFor();
  return { page, complaints, unit, room: chain.broker.port.room };
}

/** The page of alarms, with the unit's own in hand. */
async function chooseAlarm(page: Awaited<ReturnType<typeof openRoom>>["page"]): Promise<void> {
  await page.keyboard.press("a");
  await page.locator(`[data-alarm="${alarm}"]`).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("fw-real");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe(`row al-${alarm}`);
}

describeWithPrograms("what the room does, by keyboard alone", ["chromium"], () => {
  it("takes an alarm out of service under a work order and back, where a supervisor asks", { timeout: 120_000 }, async () => {
    const { page, complaints, unit, room } = await openRoom("supervisor");
    await unit.burns();
    await chooseAlarm(page);
    await page.keyboard.press("o");
    expect(await faults(page)).toEqual([]);
    // Without a work order nothing is taken away.
    await page.keyboard.press("Enter");
    await says(page, ".al-form [role=alert]", /작업 지시 번호를 적어/);
    expect(room.alarm(alarm)?.state).toBe("B");
    await page.keyboard.type("W-2026-117");
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(room.alarm(alarm)).toMatchObject({ state: "G", outOfService: { by: "한결", order: "W-2026-117" } }), patience);
    await says(page, `[data-alarm="${alarm}"]`, /점검/);
    // The banner counts it; it is no longer one that waits for somebody.
    await vi.waitFor(async () => expect(await page.locator(".banner-ranks .is-some").count()).toBe(0), patience);
    await says(page, ".banner", /점검 중\s*1/);

    await tabTo(page, /^A 점검 중 1/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await says(page, `[data-alarm="${alarm}"]`, /W-2026-117/);
    expect(await faults(page)).toEqual([]);
    await tabTo(page, /^row |fw-real/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+O");
    await says(page, ".al-form", /다시 판단합니다/);
    expect(room.alarm(alarm)?.state).toBe("G");
    await page.keyboard.press("Enter");
    // It burns on: whoever brings it back is asked again.
    await vi.waitFor(() => expect(room.alarm(alarm)).toMatchObject({ state: "B", outOfService: null }), patience);
    const done = room.journal({ alarm, limit: 50 }).filter(({ role }) => role === "supervisor");
    expect(done.map(({ what, by }) => `${what} ${by}`)).toEqual(["out-of-service 한결", "in-service 한결"]);
    expect(complaints).toEqual([]);
  });

  it("hands an alarm over to a link, and shows what the other side says of it", { timeout: 120_000 }, async () => {
    const side = await otherSide(status(200));
    const { page, complaints, unit, room } = await openRoom("operator", {
      GWANJE_LINKS: `dispatch-119=${side.url}`,
      GWANJE_LINK_SECRET: secret,
    });
    await unit.burns();
    await chooseAlarm(page);
    // The rule leaves it to a person: nothing has gone out by itself.
    expect(side.heard).toEqual([]);
    await tabTo(page, /^BUTTON 119 긴급출동에 넘기기$/);
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Enter");
    // the first press only says what the second one does
    await vi.waitFor(async () => expect(await page.locator("button:focus").textContent()).toMatch(/^한 번 더: 119 긴급출동에 알립니다/), patience);
    expect(side.heard).toEqual([]);
    await page.keyboard.press("Enter");
    await vi.waitFor(
      () => expect(room.handoffs({ limit: 1 })).toMatchObject([{ to: "dispatch-119", by: "한결", alarm, state: "received" }]),
      patience,
    );
    await side.came(1);
    expect(JSON.parse(side.heard[0]!.body)).toMatchObject({ data: { device: "fw-real" } });
    const states = ".ad-chain .is-done";
    await vi.waitFor(
      async () =>
        expect(await page.locator(states).allTextContents()).toEqual([expect.stringMatching(/^보냄 \d\d:/), expect.stringMatching(/^받음 \d\d:/)]),
      patience,
    );
    // Once is enough: its button has gone.
    expect(await page.getByRole("button", { name: /넘기기/ }).count()).toBe(0);

    const [{ id = "" } = {}] = room.handoffs({ limit: 1 });
    const body = JSON.stringify({ id, state: "dispatched", note: "펌프차 2대" });
    const answer = await fetch(new URL(receiptPath("dispatch-119"), page.url()), {
      method: "POST",
      headers: { "content-type": "application/json", ...signed(secret, `${id}:dispatched`, body, Date.now()) },
      body,
    });
    expect(answer.status).toBeLessThan(300);
    await vi.waitFor(async () => expect((await page.locator(states).allTextContents()).at(-1)).toMatch(/^출동 \d\d:/), patience);
    expect(complaints).toEqual([]);
  });

  it("counts down before the eyes of the operator, who stops it, and then nothing is done", { timeout: 120_000 }, async () => {
    const { page, complaints, unit, room } = await openRoom("operator");
    await page.keyboard.press("5");
    const row = `[data-response="${response}"]`;
    await page.locator(row).waitFor();
    await tabTo(page, /^BUTTON 자동$/);
    await page.keyboard.press("Enter");
    const state = () => room.responses().find(({ id }) => id === response);
    await vi.waitFor(() => expect(state()).toMatchObject({ mode: "auto", by: "한결", armed: [] }), patience);
    await unit.isFull();
    await vi.waitFor(() => expect(state()?.armed).toMatchObject([{ device: "fw-real", waits: null }]), patience);

    // Five minutes, second by second; field time is a little behind the wall clock.
    const left = async (): Promise<number> => {
      const [, minutes = "", seconds = ""] = (await page.locator(`${row} .k-armed b`).textContent({ timeout: 5000 }))?.match(/^(\d):(\d\d)$/) ?? [];
      return Number(minutes || Number.NaN) * 60 + Number(seconds || Number.NaN);
    };
    const first = await left();
    expect(first).toBeLessThanOrEqual(300 + fieldLagMs / 1000);
    expect(first).toBeGreaterThan(240);
    await vi.waitFor(async () => expect(await left()).toBeLessThan(first - 1), patience);
    expect(await faults(page)).toEqual([]);

    await tabTo(page, /^BUTTON 중단: /);
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(state()).toMatchObject({ armed: [], mode: "auto" }), patience);
    await page.locator(`${row} .k-armed`).waitFor({ state: "detached" });
    const aborted = room.journal({ device: "fw-real", limit: 50 }).filter(({ by }) => by === "한결");
    expect(aborted).toMatchObject([{ what: "response", role: "operator", after: "aborted" }]);
    expect(room.commands({ device: "fw-real", limit: 5 })).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("stops what counts down from the banner of any page", { timeout: 120_000 }, async () => {
    const { page, complaints, unit, room } = await openRoom("operator");
    await page.keyboard.press("5");
    await page.locator(`[data-response="${response}"]`).waitFor();
    await tabTo(page, /^BUTTON 자동$/);
    await page.keyboard.press("Enter");
    const state = () => room.responses().find(({ id }) => id === response);
    await vi.waitFor(() => expect(state()?.mode).toBe("auto"), patience);
    await unit.isFull();
    await vi.waitFor(() => expect(state()?.armed).toMatchObject([{ device: "fw-real", waits: null }]), patience);
    for (const key of ["0", "d"]) {
      await page.keyboard.press(key);
      await says(page, '.banner-line.is-counting[data-counting="fw-real"]', /가득 찬 수거함 잠금 · fw-real/);
    }
    const line = page.locator('.banner-line.is-counting[data-counting="fw-real"]');
    expect(await line.isVisible()).toBe(true);
    expect(await line.locator(".banner-left").textContent()).toMatch(/^\d:\d\d 뒤$/);
    expect(await faults(page)).toEqual([]);
    // The key goes to the button and asks; Escape takes it back, and leaves neither the page nor the countdown.
    await page.keyboard.press("x");
    await says(page, ".banner-line.is-counting", /Enter: 중단/);
    expect(await focused(page)).toMatch(/^BUTTON Enter: 중단/);
    await page.keyboard.press("Escape");
    // the space bar is the city's again
    expect(await focused(page)).not.toMatch(/^BUTTON/);
    await says(page, ".banner-line.is-counting button", /^중단 X$/);
    expect(new URL(page.url()).hash).toBe("#/quality");
    // The same key twice is no second gesture.
    await page.keyboard.press("x");
    await page.keyboard.press("x");
    expect(state()?.armed).toHaveLength(1);
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(state()).toMatchObject({ armed: [], mode: "auto" }), patience);
    await line.waitFor({ state: "detached", ...patience });
    await says(page, ".banner-line[data-aborted]", /^중단함: 가득 찬 수거함 잠금 · fw-real\. 명령을 보내지 않습니다\.$/);
    const aborted = room.journal({ device: "fw-real", limit: 50 }).filter(({ by }) => by === "한결");
    expect(aborted).toMatchObject([{ what: "response", role: "operator", after: "aborted" }]);
    expect(room.commands({ device: "fw-real", limit: 5 })).toEqual([]);
    await page.goto(`${new URL(page.url()).origin}/#/device/fw-real`);
    await says(page, ".k-history [data-stopped]", /한결.*가득 찬 수거함 잠금.*중단 · 명령을 보내지 않음/);
    expect(complaints).toEqual([]);
  });

  it("offers in manual mode what a person then orders, and the device answers", { timeout: 120_000 }, async () => {
    const { page, complaints, unit, room } = await openRoom("operator");
    await page.keyboard.press("5");
    const row = `[data-response="${response}"]`;
    await page.locator(row).waitFor();
    await unit.isFull();
    await says(page, row, /사람의 명령을 기다림/);
    expect(await faults(page)).toEqual([]);
    await tabTo(page, /^A 명령 준비/);
    await page.keyboard.press("Enter");
    // The command stands ready on the device's page: it has the focus, and nothing is armed yet.
    await page.locator(".k-panel .k-family").first().waitFor();
    await vi.waitFor(async () => expect(await focused(page)).toMatch(/^BUTTON 뚜껑 잠금/), patience);
    expect(room.commands({ device: "fw-real", limit: 5 })).toEqual([]);
    await page.keyboard.press("Enter");
    await says(page, ".k-box", /잠급니다/);
    await page.keyboard.press("Space");
    await says(page, ".k-box", /되읽었습니다/);
    expect(room.commands({ device: "fw-real", limit: 5 })).toMatchObject([{ op: "lock", state: "confirmed", by: "한결", role: "operator" }]);
    // What was offered has been done.
    await vi.waitFor(() => expect(room.responses().find(({ id }) => id === response)?.offered).toEqual([]), patience);
    expect(complaints).toEqual([]);
  });
});
