import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { backlogLimitBytes } from "../../console/server/live/backlog.ts";
import { type LiveBrowser, openBrowser } from "../support/live-browser.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, type StillRoom } from "../support/still-room.ts";

const gauge = "stream-gauge-001";
const megabyte = 1024 * 1024;
const shows = ({ city }: StillRoom, browser: LiveBrowser, t: number) => {
  const { cell } = city.port.devices().find(({ id }) => id === gauge)!;
  return browser.until(() => browser.cells.value(cell) === t);
};
/** Lines that must arrive, so they wait for whoever does not read; too old to stand in a snapshot. */
function burden({ city }: StillRoom, bytes: number): void {
  const pad = "x".repeat(64 * 1024);
  for (let n = 0; n < bytes / pad.length; n++)
    city.happen({ t: stillNow - 48 * 3_600_000, service: "stream", device: gauge, what: "back", x: { pad } });
}
const cutsOf = async ({ ask }: StillRoom) => Number(/gwanje_console_cut_total (\d+)/.exec(await (await ask("/metrics")).text())?.[1]);

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe("a frozen browser", () => {
  it("costs no memory beyond a bound, and the others miss nothing", async () => {
    const room = await openRoom({ perKind: 400 });
    const [healthy, frozen] = [
      await openBrowser(room.url, { forget: ["tick", "snapshot"] }),
      await openBrowser(room.url, { forget: ["tick", "snapshot"] }),
    ];
    let ticks = 0;
    let bytes = 0;
    healthy.socket.on("tick", (tick) => {
      ticks++;
      bytes += JSON.stringify(tick).length;
      room.city.stir();
    });
    const heard = (count: number) => healthy.until(() => ticks >= count);
    room.city.stir();
    await heard(3);
    frozen.freeze();
    await heard(10);
    const [before, bytesBefore] = [memory(), bytes];
    await heard(50);
    const [grown, flown] = [memory() - before, bytes - bytesBefore];
    expect(flown).toBeGreaterThan(6 * megabyte);
    expect(grown).toBeLessThan(flown / 3);
    expect(healthy.holes()).toBe(0);
    frozen.thaw();
    await frozen.until(() => frozen.cells.version("public") === healthy.cells.version("public"));
    expect(await cutsOf(room)).toBe(0);
  });

  it("that is thawed sees the last change, although nothing changes any more", async () => {
    const room = await openRoom();
    const [healthy, frozen] = [await openBrowser(room.url), await openBrowser(room.url)];
    frozen.freeze();
    burden(room, 7 * megabyte);
    await healthy.next("chronicle");
    room.city.say(gauge, stillNow, { level: 3 });
    await shows(room, healthy, stillNow);
    await healthy.next("status");
    expect(healthy.heard("tick")).toHaveLength(1);
    frozen.thaw();
    await shows(room, frozen, stillNow);
    expect(frozen.heard("snapshot")).toHaveLength(1);
    await healthy.next("status");
    expect(healthy.heard("tick")).toHaveLength(1);
    expect(await cutsOf(room)).toBe(0);
  }, 15_000);

  it("has every point of its trend once it is thawed, in order", async () => {
    const room = await openRoom();
    const [healthy, frozen] = [await openBrowser(room.url), await openBrowser(room.url)];
    const { points } = await frozen.watch(gauge, "level", stillNow);
    frozen.freeze();
    burden(room, 6 * megabyte);
    await healthy.next("chronicle");
    for (let n = 1; n <= 15; n++) {
      room.city.say(gauge, stillNow + n, { level: n });
      await shows(room, healthy, stillNow + n);
    }
    expect(points).toEqual([]);
    frozen.thaw();
    await frozen.until(() => points.length >= 15);
    expect(points.map(({ v }) => v)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    await shows(room, frozen, stillNow + 15);
  });

  it("is cut when too much waits for it, and begins anew by a snapshot when it wakes", async () => {
    const room = await openRoom();
    const healthy = await openBrowser(room.url);
    const frozen = await openBrowser(room.url, { over: { reconnection: true } });
    const { points } = await frozen.watch(gauge, "level", stillNow);
    frozen.freeze();
    for (let sent = 0; sent < backlogLimitBytes + 8 * megabyte; sent += 2 * megabyte) {
      burden(room, 2 * megabyte);
      await healthy.next("chronicle");
    }
    await vi.waitFor(async () => expect(await cutsOf(room)).toBe(1), { timeout: 10_000 });
    expect(room.logged.join()).toContain("a browser does not read; cut");
    expect(room.city.listeners()).toBe(0);
    room.city.say(gauge, stillNow, { level: 3 });
    await shows(room, healthy, stillNow);
    frozen.thaw();
    await frozen.until(() => frozen.heard("snapshot").length === 2);
    await shows(room, frozen, stillNow);
    expect(points).toEqual([]);
    expect(healthy.socket.connected).toBe(true);
    expect(await cutsOf(room)).toBe(1);
  });
});
