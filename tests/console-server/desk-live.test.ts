import { describe, expect, it, onTestFinished, vi } from "vitest";
import { alarmOf, commandOf, lineOf } from "../support/desk-rows.ts";
import { fillDesk, homeAlarm, openAlarm, sayCareOnDesk } from "../support/filled-desk.ts";
import { openBrowser } from "../support/live-browser.ts";
import { openRoom } from "../support/still-room.ts";

const device = "stream-gauge-001";
const numbers = (browser: Awaited<ReturnType<typeof openBrowser>>) => browser.heard("desk").flatMap(({ lines }) => lines.map(({ n }) => n));

describe("the desk on the live feed", () => {
  it("begins as it stands, with its newest lines, and never reads the whole journal for it", async () => {
    const room = await openRoom();
    fillDesk(room.city.desk);
    room.city.desk.put({ lines: Array.from({ length: 3000 }, () => lineOf()) });
    const journal = vi.spyOn(room.city.desk.port, "journal");
    const { desk } = (await openBrowser(room.url)).heard("snapshot")[0]!;
    expect(desk.n).toBe(3002);
    expect(desk.lines.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, at) => 2803 + at));
    expect(desk.alarms.map(({ id }) => id)).toEqual([openAlarm]);
    expect([desk.items, desk.commands, desk.responses, desk.handoffs, desk.advice].map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    expect(Math.max(...journal.mock.calls.map(([{ limit }]) => limit))).toBeLessThanOrEqual(200);
  });

  it("shows lines of this run and of real devices, not another run's", async () => {
    const room = await openRoom();
    room.city.desk.put({ lines: ["r0", "r1", "field", "r0"].map((run) => lineOf({ run })) });
    const { desk } = (await openBrowser(room.url)).heard("snapshot")[0]!;
    expect(desk.lines.map(({ n }) => n)).toEqual([2, 3]);
  });

  it("tells every line in order and of every row the newest, however much happens at once", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    for (let n = 1; n <= 500; n++) room.city.desk.put({ alarms: [alarmOf(device, { count: n })], lines: [lineOf({ device })] });
    await browser.until(() => numbers(browser).length === 500);
    expect(numbers(browser)).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
    expect(
      browser
        .heard("desk")
        .flatMap(({ alarms }) => alarms)
        .at(-1),
    ).toMatchObject({ count: 500 });
    expect(browser.heard("desk").length).toBeLessThanOrEqual(5);
    for (const { alarms } of browser.heard("desk")) expect(alarms.length).toBeLessThanOrEqual(1);
  });

  it("tells an alarm that became normal once, and a flood also when nothing else changed", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    room.city.desk.put({ alarms: [alarmOf(device, { active: false, acked: true })] });
    await browser.until(() => browser.heard("desk").some(({ alarms }) => alarms[0]?.state === "A"));
    room.city.desk.flood(5, 12);
    await browser.until(() => browser.heard("desk").some(({ flood }) => flood.since === 5 && flood.lastTenMinutes === 12));
  });

  it("is silent for those who may not hear what happened, and tells them no more than the next thing that they may", async () => {
    const room = await openRoom();
    const [viewer, care] = [await openBrowser(room.url), await openBrowser(room.url, { as: "care" })];
    room.city.desk.put({ alarms: [alarmOf(device)] });
    await Promise.all([viewer, care].map((browser) => browser.until(() => browser.heard("desk").length === 1)));
    sayCareOnDesk(room.city.desk);
    await care.until(() => care.heard("desk").some(({ alarms }) => alarms.some(({ id }) => id === homeAlarm.id)));
    room.city.desk.put({ alarms: [homeAlarm] });
    await care.until(() => care.heard("desk").at(-1)?.alarms.length === 1);
    room.city.desk.put({ commands: [commandOf("stream-gate-001")] });
    await viewer.until(() => viewer.heard("desk").some(({ commands }) => commands.length === 1));
    // One public alarm, the public alarm that was tied to a home's, the command.
    expect(viewer.heard("desk")).toHaveLength(3);
  });

  it("goes on behind the snapshot without a hole or a double, however much waits when a newcomer comes", async () => {
    const room = await openRoom();
    const pump = setInterval(() => room.city.desk.put({ alarms: [alarmOf(device)], lines: [lineOf()] }), 1);
    onTestFinished(() => clearInterval(pump));
    await openBrowser(room.url);
    const newcomers = [];
    for (let n = 0; n < 5; n++) newcomers.push(await openBrowser(room.url));
    for (const newcomer of newcomers) {
      await newcomer.until(() => numbers(newcomer).length > 20);
      const from = newcomer.heard("snapshot")[0]!.desk.n;
      expect(numbers(newcomer)).toEqual(numbers(newcomer).map((_, at) => from + 1 + at));
    }
  });

  it("comes back whole after a connection that broke", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url, { over: { reconnection: true } });
    const again = browser.next("snapshot");
    browser.socket.io.engine.close();
    room.city.desk.put({ alarms: [alarmOf(device, { count: 7 })], lines: [lineOf()] });
    expect((await again).desk).toMatchObject({ n: 1, alarms: [{ count: 7 }] });
  });

  it("is told to the others when one acts", async () => {
    const room = await openRoom();
    fillDesk(room.city.desk);
    const watching = await openBrowser(room.url);
    const { socket } = await openBrowser(room.url, { as: "operator" });
    expect(await socket.emitWithAck("act", { do: "acknowledge", alarms: [{ id: openAlarm, occurrence: 1 }] })).toMatchObject({
      ok: true,
      value: { alarms: [openAlarm], left: [] },
    });
    await watching.until(() => watching.heard("desk").some(({ alarms, lines }) => alarms[0]?.state === "C" && lines[0]?.by === "operator"));
  });

  it("answers an action within 100 ms also while 2,000 alarms stand", async () => {
    const room = await openRoom();
    const alarms = Array.from({ length: 2000 }, (_, at) => alarmOf(device, { id: `stream-level-x${at}` }));
    room.city.desk.put({ alarms });
    const { socket } = await openBrowser(room.url, { as: "operator" });
    const took: number[] = [];
    for (let at = 0; at < 20; at++) {
      const began = performance.now();
      const { ok } = await socket.emitWithAck("act", {
        do: "acknowledge",
        alarms: alarms.slice(at * 100, at * 100 + 100).map(({ id }) => ({ id, occurrence: 1 })),
      });
      took.push(performance.now() - began);
      expect(ok).toBe(true);
    }
    expect(took.sort((a, b) => a - b)[10]).toBeLessThan(100);
  });
});
