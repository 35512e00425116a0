import { describe, expect, it, vi } from "vitest";
import { createColumns } from "../../console/server/live/columns.ts";
import { services } from "../../shared/services/index.ts";
import { type LiveBrowser, openBrowser } from "../support/live-browser.ts";
import { createStillCity, stillClock, stillNow } from "../support/still-city.ts";
import { openRoom, type StillRoom } from "../support/still-room.ts";

const gauge = "stream-gauge-001";
const cellOf = ({ city }: StillRoom, device = gauge) => city.port.devices().find(({ id }) => id === device)!.cell;
/** Resolves when the browser shows the time of the newest reading of a device. */
const shows = (room: StillRoom, browser: LiveBrowser, t: number, device = gauge) =>
  browser.until(() => browser.cells.value(cellOf(room, device)) === t);
const ticksOf = (browser: LiveBrowser) => browser.heard("tick");

describe("a browser on the live feed", () => {
  it("begins with a snapshot of everything: who it is, clock, devices, figures, cells and the last day's lines", async () => {
    const room = await openRoom();
    room.city.say(gauge, stillNow - 1000, { level: 2.5 });
    room.city.happen({ t: stillNow - 25 * 3_600_000, service: "stream", device: gauge, what: "silent", x: {} });
    room.city.happen({ t: stillNow - 1000, service: "stream", device: gauge, what: "back", x: {} });
    const browser = await openBrowser(room.url, { as: "supervisor" });
    const [snapshot] = browser.heard("snapshot");
    expect(snapshot).toMatchObject({
      epoch: "e1",
      me: { name: "supervisor", role: "supervisor", rights: ["read", "act", "supervise"] },
      clock: stillClock,
    });
    expect(snapshot!.devices.map(({ id }) => id)).toContain(gauge);
    expect(snapshot!.figureCells).toEqual(room.city.port.feed.figureCells());
    expect(Object.keys(snapshot!.figures)).toEqual(services.map(({ id }) => id));
    expect(snapshot!.chronicle.map(({ what }) => what)).toEqual(["back"]);
    expect(browser.cells.value(cellOf(room))).toBe(stillNow - 1000);
    expect(browser.cells.value(cellOf(room) + 1)).toBe(2.5);
  });

  it("hears a change within a tick or two, and nothing while nothing changes", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    await browser.next("status");
    expect(ticksOf(browser)).toEqual([]);
    room.city.say(gauge, stillNow, { level: 3 });
    await shows(room, browser, stillNow);
    expect(ticksOf(browser)).toHaveLength(1);
    expect(ticksOf(browser)[0]).toMatchObject({ room: "public", epoch: "e1", i: [cellOf(room), cellOf(room) + 1], v: [stillNow, 3] });
    await browser.next("status");
    expect(ticksOf(browser)).toHaveLength(1);
  });

  it("hears 20 ticks a second at most, each cell once in a tick, however much changes", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    let t = stillNow;
    const pump = setInterval(() => room.city.say(gauge, ++t, { level: t % 7 }), 3);
    await browser.until(() => ticksOf(browser).length >= 21);
    clearInterval(pump);
    const ticks = ticksOf(browser).slice(0, 21);
    expect(ticks[20]!.at - ticks[0]!.at).toBeGreaterThanOrEqual(20 * 50 - 60);
    for (const { i } of ticks) expect(new Set(i).size).toBe(i.length);
    for (const [at, tick] of ticks.slice(1).entries()) expect(tick.prev).toBe(ticks[at]!.n);
    await shows(room, browser, t);
  });

  it("hears clock, device rows and lines as they come", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    room.city.setClock({ ...stillClock, paused: true });
    expect(await browser.next("clock")).toMatchObject({ paused: true });
    room.city.setClock(undefined);
    expect(await browser.next("clock")).toBeNull();
    room.city.announce(gauge, "traffic-signal-001");
    expect((await browser.next("devices")).map(({ id }) => id)).toEqual([gauge, "traffic-signal-001"]);
    for (let n = 0; n < 3; n++) room.city.happen({ t: stillNow, service: "stream", device: gauge, what: "back", x: { n } });
    expect((await browser.next("chronicle")).map(({ x }) => x.n)).toEqual([0, 1, 2]);
    expect(await browser.next("status")).toMatchObject({ hops: { gateways: { connected: 5 } }, quarantine: 0 });
  });

  it("mends a hole by asking what it missed", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    const before = browser.cells.version("public");
    room.city.say(gauge, stillNow, { level: 3 });
    await shows(room, browser, stillNow);
    room.city.say("stream-gauge-002", stillNow, { level: 4 });
    await shows(room, browser, stillNow, "stream-gauge-002");
    const missed = await browser.socket.emitWithAck("catchup", { room: "public", n: before });
    expect(missed).toMatchObject({ room: "public", epoch: "e1", prev: before, n: browser.cells.version("public") });
    expect(missed!.i).toEqual([cellOf(room), cellOf(room) + 1, cellOf(room, "stream-gauge-002"), cellOf(room, "stream-gauge-002") + 1]);
    const nothing = await browser.socket.emitWithAck("catchup", { room: "public", n: browser.cells.version("public") });
    expect(nothing).toMatchObject({ i: [], v: [] });
  });

  it("that asks for what was never sent gets a snapshot instead", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    const snapshot = browser.next("snapshot");
    expect(await browser.socket.emitWithAck("catchup", { room: "public", n: 999 })).toBeNull();
    expect((await snapshot).epoch).toBe("e1");
  });

  it("gets a new snapshot when cells are numbered anew, and no news of the old numbering after it", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url);
    room.city.say(gauge, stillNow, { level: 3 });
    await shows(room, browser, stillNow);
    const snapshot = browser.next("snapshot");
    room.city.announce(gauge);
    room.city.renumber();
    const newcomer = await openBrowser(room.url);
    expect((await snapshot).epoch).toBe("e2");
    expect(newcomer.heard("snapshot")[0]!.epoch).toBe("e2");
    expect(browser.cells.value(cellOf(room))).toBeNaN();
    room.city.say(gauge, stillNow + 1, { level: 4 });
    for (const one of [browser, newcomer]) {
      await shows(room, one, stillNow + 1);
      expect(one.heard("devices")).toEqual([]);
      expect(ticksOf(one).at(-1)).toMatchObject({ epoch: "e2" });
      expect(one.holes()).toBe(0);
    }
  });

  it("sees no hole because it came between two ticks", async () => {
    const room = await openRoom();
    const browsers: LiveBrowser[] = [];
    let t = stillNow;
    const pump = setInterval(() => room.city.say(gauge, ++t, { level: 1 }), 7);
    for (let n = 0; n < 8; n++) browsers.push(await openBrowser(room.url, { as: n % 2 === 0 ? "viewer" : "care" }));
    await browsers[7]!.until(() => ticksOf(browsers[7]!).length > 5);
    clearInterval(pump);
    for (const browser of browsers) await shows(room, browser, t);
    expect(browsers.map(({ holes }) => holes())).toEqual(Array(8).fill(0));
  });

  it("comes back by itself when the console ends and begins again, with a snapshot", async () => {
    const room = await openRoom();
    const browser = await openBrowser(room.url, { over: { reconnection: true } });
    room.city.say(gauge, stillNow, { level: 3 });
    await shows(room, browser, stillNow);
    await room.console.close();
    await openRoom({ httpPort: room.console.port, port: room.city.port });
    expect((await browser.next("snapshot")).epoch).toBe("e1");
    expect(browser.cells.value(cellOf(room))).toBe(stillNow);
  });

  it("cannot end the process by what goes wrong while it comes", async () => {
    const room = await openRoom();
    const broken = vi.spyOn(room.city.port, "figures").mockImplementation(() => {
      throw new Error("a mistake of ours");
    });
    const early = openBrowser(room.url, { over: { reconnection: true } });
    await vi.waitFor(() => expect(room.logged.join()).toContain("a mistake of ours"));
    broken.mockRestore();
    await early;
    expect((await room.ask("/healthz")).status).toBe(200);
  });
});

describe("fifty browsers", () => {
  it("get the same ticks, and the same cells in the end", async () => {
    const room = await openRoom();
    const browsers = await Promise.all(Array.from({ length: 50 }, () => openBrowser(room.url)));
    for (let round = 1; round <= 10; round++) {
      for (let n = 1; n <= 3; n++) room.city.say(`stream-gauge-00${n}`, stillNow + round, { level: round });
      await shows(room, browsers[round]!, stillNow + round);
    }
    await Promise.all(browsers.map((browser) => shows(room, browser, stillNow + 10, "stream-gauge-003")));
    const [first, ...others] = browsers.map((browser) => ticksOf(browser).map(({ n, prev, i, v }) => ({ n, prev, i, v })));
    expect(first).toHaveLength(10);
    for (const ticks of others) expect(ticks).toEqual(first);
    const metrics = await (await room.ask("/metrics")).text();
    expect(metrics).toContain("\ngwanje_console_sockets 50\n");
    for (const browser of browsers) browser.socket.disconnect();
    await vi.waitFor(async () => expect(await (await room.ask("/metrics")).text()).toContain("\ngwanje_console_sockets 0\n"));
  });
});

describe("columns", () => {
  it("say nothing between the end of one numbering and the beginning of the next", () => {
    const city = createStillCity(services);
    const columns = createColumns(city.port.feed);
    city.say(gauge, 1, { level: 1 });
    expect(columns.next("public")).toMatchObject({ epoch: "e1", n: 1 });
    city.renumber();
    city.say(gauge, 2, { level: 1 });
    city.say(gauge, 3, { level: 1 });
    expect(columns.next("public")).toBeUndefined();
    expect(columns.since("public", 1)).toBeUndefined();
    expect([columns.renumbered(), columns.renumbered()]).toEqual([true, false]);
    expect(columns.whole("public")).toMatchObject({ epoch: "e2", n: 2 });
  });
});
