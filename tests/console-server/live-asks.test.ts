import { describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { watchLimit } from "../../console/server/live/watches.ts";
import { openBrowser } from "../support/live-browser.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, type StillRoom, tokenOf } from "../support/still-room.ts";

const gauge = "stream-gauge-001";

describe("a watched trend", () => {
  it("is its history, then every point in order, late ones flagged", async () => {
    const room = await openRoom();
    for (const ago of [300, 200, 100]) room.city.say(gauge, stillNow - ago, { level: ago });
    const browser = await openBrowser(room.url);
    const { start, points } = await browser.watch(gauge, "level", stillNow - 250);
    expect(start).toMatchObject({ ok: true, value: { points: [{ mean: 200 }, { mean: 100 }], gaps: [] } });
    room.city.say(gauge, stillNow, { level: 1 });
    room.city.say(gauge, stillNow - 50, { level: 2 }, { level: "est" });
    room.city.say(gauge, stillNow + 1, { flow: 9 });
    room.city.say(gauge, stillNow + 2, { level: 3 });
    await browser.until(() => points.length >= 3);
    expect(points).toEqual([
      { t: stillNow, v: 1 },
      { t: stillNow - 50, v: 2, q: "est", late: true },
      { t: stillNow + 2, v: 3 },
    ]);
  });

  it("has no hole and no double where history ends and points begin, however long history takes", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    room.city.say(gauge, stillNow, { level: 0 });
    const release = room.city.holdHistory();
    const watching = browser.watch(gauge, "level", stillNow - 1000);
    await vi.waitFor(() => expect(room.city.listeners()).toBe(1));
    for (let n = 1; n <= 10; n++) room.city.say(gauge, stillNow + n, { level: n });
    await browser.next("tick");
    expect(browser.heard("points")).toEqual([]);
    release();
    const { start, points } = await watching;
    room.city.say(gauge, stillNow + 11, { level: 11 });
    await browser.until(() => points.some(({ v }) => v === 11));
    const history = start.ok ? start.value.points.map(({ mean }) => mean) : [];
    expect([...history, ...points.map(({ v }) => v)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("is thinned above 20 points a second, keeps the newest, and says how many were left out", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    const { points } = await browser.watch(gauge, "level", stillNow);
    const began = Date.now();
    let said = 0;
    const pump = setInterval(() => {
      for (let n = 0; n < 5; n++) room.city.say(gauge, stillNow + ++said, { level: said % 20 });
    }, 10);
    await browser.until(() => browser.heard("points").reduce((sum, { skipped }) => sum + skipped, 0) > 300);
    clearInterval(pump);
    await browser.until(() => points.at(-1)?.t === stillNow + said);
    const skipped = browser.heard("points").reduce((sum, batch) => sum + batch.skipped, 0);
    const seconds = (Date.now() - began) / 1000;
    expect(points.length + skipped).toBe(said);
    expect(points.length).toBeLessThanOrEqual(20 + 20 * seconds + 1);
    expect(points.map(({ t }) => t)).toEqual(points.map(({ t }) => t).sort((a, b) => a - b));
    expect(await (await room.ask("/metrics")).text()).toContain(`\ngwanje_console_points_skipped_total ${skipped}\n`);
  });

  it("of a flag is 0 and 1; of a state or a position there is none", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    const { points } = await browser.watch("stream-gate-001", "person", stillNow);
    room.city.say("stream-gate-001", stillNow, { person: true });
    room.city.say("stream-gate-001", stillNow + 1, { person: false });
    await browser.until(() => points.length === 2);
    expect(points.map(({ v }) => v)).toEqual([1, 0]);
    expect((await browser.watch("stream-gate-001", "gate", stillNow)).start).toMatchObject({ ok: false, reason: expect.stringContaining("spans") });
    expect(room.city.listeners()).toBe(1);
  });

  it("ends when it is let go, and with the browser", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    const one = await browser.watch(gauge, "level", stillNow);
    const two = await browser.watch(gauge, "flow", stillNow);
    expect(room.city.listeners()).toBe(2);
    browser.socket.emit("unwatch", one.start.ok ? one.start.value.id : -1);
    await vi.waitFor(() => expect(room.city.listeners()).toBe(1));
    room.city.say(gauge, stillNow, { level: 1, flow: 2 });
    await browser.until(() => two.points.length === 1);
    expect(one.points).toEqual([]);
    browser.socket.disconnect();
    await vi.waitFor(() => expect(room.city.listeners()).toBe(0));
  });

  it("of a browser that leaves while history is under way leaves nothing behind", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    const release = room.city.holdHistory();
    browser.socket.emit("watch", { device: gauge, metric: "level", from: 0, points: 100 }, () => undefined);
    await vi.waitFor(() => expect(room.city.listeners()).toBe(1));
    browser.socket.disconnect();
    await vi.waitFor(() => expect(room.city.listeners()).toBe(0));
    release();
    expect((await room.ask("/healthz")).status).toBe(200);
    expect(room.city.listeners()).toBe(0);
  });

  it("is refused with a reason: unknown device, unknown metric, too many, store away", async () => {
    const room = await openRoom();
    const { socket } = await openBrowser(room.url);
    const watch = async (device: string, metric: string) => {
      const answer = await socket.emitWithAck("watch", { device, metric, from: 0, points: 10 });
      return answer.ok ? "" : answer.reason;
    };
    expect(await watch("nobody", "level")).toBe('there is no device "nobody" that you can see');
    expect(await watch(gauge, "colour")).toBe(`${gauge} has no metric "colour"`);
    const away = vi.spyOn(room.city.port, "series").mockRejectedValue(new Error("a password"));
    room.city.health = "degraded";
    expect(await watch(gauge, "level")).toBe("not now: store: in memory");
    expect(room.logged.join()).toContain("a password");
    expect(room.logged.join()).not.toContain("stack");
    expect(room.city.listeners()).toBe(0);
    away.mockRestore();
    const answers = await Promise.all(Array.from({ length: watchLimit + 5 }, () => watch(gauge, "level")));
    expect(answers.filter((reason) => reason === "")).toHaveLength(watchLimit);
    expect(new Set(answers.filter((reason) => reason !== ""))).toEqual(new Set([expect.stringContaining(`at most ${watchLimit}`)]));
  });
});

describe("the clock by socket", () => {
  it("obeys whoever has the right, in his name, and tells everybody", async () => {
    const room = await openRoom();
    const other = await openBrowser(room.url);
    const { socket } = await openBrowser(room.url, { as: "demonstrator" });
    const heard = other.next("clock");
    expect(await socket.emitWithAck("clock", { rate: 60 })).toMatchObject({ ok: true, value: { rate: 60 } });
    expect(await heard).toMatchObject({ rate: 60 });
    expect(room.city.acts).toEqual([{ action: { rate: 60 }, by: { name: "demonstrator", role: "demonstrator" } }]);
    expect(await socket.emitWithAck("clock", { jumpTo: stillNow - 1 })).toMatchObject({ ok: false, reason: expect.stringContaining("reset") });
    expect(await socket.emitWithAck("clock", { rate: 1e9 })).toMatchObject({ ok: false });
    expect(room.city.acts).toHaveLength(1);
  });
});

describe("a malformed event", () => {
  const nonsense: readonly unknown[] = [
    undefined,
    null,
    5,
    "x",
    [],
    {},
    { room: "public" },
    { room: "attic", n: 1 },
    { device: 1 },
    { rate: Number.NaN },
    { __proto__: 1 },
  ];

  it("is refused with a reason and never ends the connection", async () => {
    const room = await openRoom();
    const { socket } = await openBrowser(room.url, { as: "admin" });
    const raw = socket as unknown as { emit(...parts: unknown[]): void; emitWithAck(...parts: unknown[]): Promise<unknown> };
    for (const one of nonsense) {
      for (const event of ["watch", "clock"])
        expect(await raw.emitWithAck(event, one)).toMatchObject({ ok: false, reason: expect.stringMatching(/\S/) });
      expect(await raw.emitWithAck("catchup", one)).toBeNull();
      for (const event of ["watch", "clock", "catchup", "unwatch"]) raw.emit(event, one);
    }
    for (const event of ["watch", "clock"]) {
      expect(await raw.emitWithAck(event)).toMatchObject({ ok: false });
      expect(await raw.emitWithAck(event, { rate: 1 }, "more", "and more")).toMatchObject({ ok: event === "clock" });
    }
    expect(await raw.emitWithAck("nonsense", 1)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("known are catchup, watch, unwatch, clock"),
    });
    raw.emit("nonsense");
    expect(socket.connected).toBe(true);
    expect(room.city.acts).toHaveLength(1);
    expect(room.logged.join()).not.toContain("failed");
  });

  /** A socket that speaks below the library. */
  async function openRaw(room: StillRoom): Promise<{ ws: WebSocket; closed: Promise<unknown> }> {
    const ws = new WebSocket(`${room.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
    const closed = new Promise((resolve) => ws.once("close", resolve));
    ws.on("error", () => undefined);
    await new Promise((resolve) => ws.once("open", resolve));
    return { ws, closed };
  }

  it.each([
    ["before signing in", ['42["clock",{"reset":{}}]']],
    ["with a payload that is no object", ["40null"]],
    ["in an unknown namespace", ["40/attic,{}"]],
    ["of a broken packet", [`40{"token":"${tokenOf("viewer")}"}`, "42[broken"]],
    ["named like the library's own", [`40{"token":"${tokenOf("admin")}"}`, '42["error",{}]', '42["disconnect"]', '42["connect"]', "9"]],
    ["with binary parts that never come", [`40{"token":"${tokenOf("viewer")}"}`, '459999999-["watch",{"_placeholder":true,"num":5}]', "41"]],
    ["of a megabyte", [`40{"token":"${tokenOf("viewer")}"}`, `42["watch","${"x".repeat(1_000_000)}"]`]],
  ])("%s ends its own connection at most", async (_name, packets) => {
    const room = await openRoom();
    const other = await openBrowser(room.url);
    const { ws, closed } = await openRaw(room);
    for (const packet of packets) ws.send(packet);
    ws.send("4garbage");
    await closed;
    room.city.say(gauge, stillNow, { level: 3 });
    await other.next("tick");
    expect(room.city.acts).toEqual([]);
  });
});
