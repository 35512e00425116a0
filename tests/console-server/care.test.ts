import { describe, expect, it } from "vitest";
import { routes } from "../../console/server/routes/table.ts";
import { aggregateSchema, figuresSchema } from "../../shared/api.ts";
import type { Room } from "../../shared/city-port.ts";
import { type Role, roles } from "../../shared/roles.ts";
import { commandOf, lineOf } from "../support/desk-rows.ts";
import { fillDesk, homeAlarm, homeCommand, sayCareOnDesk } from "../support/filled-desk.ts";
import { type LiveBrowser, openBrowser } from "../support/live-browser.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, type StillRoom } from "../support/still-room.ts";

const home = "ucare-home-001";
const gateway = "gw-ucare";
const gauge = "stream-gauge-001";
const withCare: readonly Role[] = ["care", "admin"];
const without = roles.filter((role) => !withCare.includes(role));
/** Words that only care data holds. */
const marks = /ucare-home|gw-ucare|417|caremark/;

/** The homes of a city have said, done and been refused something. */
async function openRoomWithHomes(perKind = 3): Promise<StillRoom> {
  const room = await openRoom({ perKind });
  fillDesk(room.city.desk);
  sayCare(room);
  room.city.say(gauge, stillNow - 3000, { level: 2 });
  return room;
}
function sayCare({ city }: StillRoom): void {
  sayCareOnDesk(city.desk);
  city.say(home, stillNow - 5000, { act: 417, temp: 21.5, away: false });
  city.happen({ t: stillNow - 4000, service: "ucare", device: home, what: "silent", x: { note: "caremark" } });
  const refusals = [
    { topic: `urban/v1/small/ucare/${home}/obs`, client: gateway, device: home, reason: "r", payload: '{"m":{"act":417}}' },
    { topic: `urban/v1/small/ucare/unknown/obs`, client: "x", device: undefined, reason: "r", payload: "caremark" },
    { topic: "urban/v1/small/stream/a/obs", client: gateway, device: undefined, reason: "r", payload: "caremark" },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: `not the owner of ${home}`, payload: "caremark" },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: "r", payload: `{"d":"${home}","note":"caremark"}` },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: "r", payload: `\\xff\\x00${home}\\x01 caremark` },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: "r", payload: `${home.toUpperCase()} caremark` },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: "r", payload: `_${home}- caremark` },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: "r", payload: `{"d":"\\u0075care-home-001"} caremark` },
    { topic: "urban/v1/small/stream/a/obs", client: "x", device: undefined, reason: "r", payload: `of-${home}-copy caremark` },
    { topic: "URBAN/V1/SMALL/UCARE/A/OBS", client: "x", device: undefined, reason: "r", payload: "caremark" },
  ];
  for (const item of refusals) city.refuse({ ...item, code: "rights" });
  city.refuse({ topic: "urban/v1/small/stream/a/obs", client: "x", device: gauge, code: "range", reason: "r", payload: "harmless" });
}

/** Each route that tells something, with every way of asking for care data; `told` = what whoever has the right finds there. */
const asks: readonly { readonly path: string; readonly told: RegExp | undefined }[] = [
  { path: "/healthz", told: undefined },
  { path: "/metrics", told: undefined },
  { path: "/api/v1/openapi.json", told: undefined },
  { path: "/api/v1/city", told: undefined },
  { path: "/api/v1/plan", told: undefined },
  { path: "/api/v1/services", told: undefined },
  { path: "/api/v1/devices", told: /ucare-home-002/ },
  { path: "/api/v1/devices?service=ucare", told: /ucare-home-001/ },
  { path: "/api/v1/devices?district=north", told: /ucare-home-001/ },
  { path: "/api/v1/latest", told: /417/ },
  { path: "/api/v1/latest?service=ucare", told: /417/ },
  { path: "/api/v1/chronicle", told: /caremark/ },
  { path: "/api/v1/chronicle?service=ucare", told: /caremark/ },
  { path: `/api/v1/chronicle?device=${home}`, told: /caremark/ },
  { path: "/api/v1/last-above?service=ucare&metric=temp", told: /ucare-home-001/ },
  { path: "/api/v1/last-above?service=ucare&metric=temp&above=1000&from=0", told: /ucare-home-001/ },
  { path: "/api/v1/quarantine", told: /caremark/ },
  { path: `/api/v1/quarantine?device=${home}`, told: /417/ },
  { path: "/api/v1/quarantine?limit=1000", told: /caremark/ },
  { path: "/api/v1/ledger", told: /ucare-home-001/ },
  { path: "/api/v1/alarms", told: /caremark/ },
  { path: "/api/v1/alarms?service=ucare", told: /caremark/ },
  { path: `/api/v1/alarms?device=${home}`, told: /caremark/ },
  { path: "/api/v1/alarms/stream-level-stream-gauge-002", told: /ucare-silence-ucare-home-001/ },
  { path: "/api/v1/alarm-counts", told: /"service":"ucare"/ },
  { path: "/api/v1/journal", told: /caremark/ },
  { path: "/api/v1/journal?format=csv", told: /caremark/ },
  { path: "/api/v1/journal?after=0", told: /caremark/ },
  { path: `/api/v1/journal?device=${home}`, told: /caremark/ },
  { path: `/api/v1/journal?alarm=${homeAlarm.id}`, told: /caremark/ },
  { path: "/api/v1/score", told: /417/ },
  { path: "/api/v1/items", told: /caremark/ },
  { path: "/api/v1/items?queue=task", told: /caremark/ },
  { path: "/api/v1/commands", told: /caremark/ },
  { path: `/api/v1/commands?device=${home}`, told: /caremark/ },
  { path: `/api/v1/commands?alarm=${homeAlarm.id}`, told: /caremark/ },
  { path: "/api/v1/responses", told: /417/ },
  { path: "/api/v1/handoffs", told: /vulnerable/ },
  { path: `/api/v1/handoffs?alarm=${homeAlarm.id}`, told: /vulnerable/ },
  { path: "/api/v1/advice", told: undefined },
  { path: "/cap/feed.atom", told: undefined },
  { path: "/cap/m1.xml", told: undefined },
];
/** Rows of the room that are a home's own, asked by name. */
const rowsByName = [
  { path: "/api/v1/alarms/ID", id: homeAlarm.id },
  { path: "/api/v1/commands/ID", id: homeCommand.id },
];
/** Asked by name: whoever lacks the right hears what he hears of a device that does not exist. */
const named = [
  `/api/v1/devices/ID`,
  `/api/v1/devices/ID/series?metric=act`,
  `/api/v1/devices/ID/series?metric=act&format=csv`,
  `/api/v1/devices/ID/series?metric=nothing`,
  `/api/v1/devices/ID/spans?metric=away`,
  `/api/v1/devices/ID/messages`,
  `/api/v1/ledger?device=ID`,
];

describe("a home", () => {
  it.each(without)("does not exist over HTTP for the role %s", async (role) => {
    const { ask } = await openRoomWithHomes();
    for (const { path } of asks) {
      const response = await ask(path, { as: role });
      expect([path, response.status, marks.exec(await response.text())?.[0]]).toEqual([path, 200, undefined]);
    }
    for (const path of named) {
      const [hidden, unknown] = await Promise.all(
        [home, "nobody"].map(async (id) => {
          const response = await ask(path.replace("ID", id), { as: role });
          return { status: response.status, text: (await response.text()).replaceAll(id, "ID"), headers: [...response.headers.keys()] };
        }),
      );
      expect([path, hidden]).toEqual([path, unknown]);
      expect(hidden!.status).toBe(404);
    }
    for (const { path, id } of rowsByName) {
      const [hidden, unknown] = await Promise.all(
        [id, "nobody"].map(async (one) => {
          const response = await ask(path.replace("ID", one), { as: role });
          return { status: response.status, text: (await response.text()).replaceAll(one, "ID") };
        }),
      );
      expect([path, hidden]).toEqual([path, unknown]);
      expect(hidden!.status).toBe(404);
    }
    const raw = await ask(`/api/v1/devices/${gateway}/messages`, { as: role });
    expect([raw.status, (await raw.text()).includes("417")]).toEqual([404, false]);
  });

  it.each(withCare)("is told of over HTTP to the role %s", async (role) => {
    const { ask } = await openRoomWithHomes();
    for (const { path, told } of asks) if (told) expect(await (await ask(path, { as: role })).text(), path).toMatch(told);
    for (const path of named.filter((one) => !one.includes("nothing")))
      expect((await ask(path.replace("ID", home), { as: role })).status, path).toBe(200);
    for (const { path, id } of rowsByName) expect((await ask(path.replace("ID", id), { as: role })).status, path).toBe(200);
    expect(await (await ask(`/api/v1/devices/${gateway}/messages`, { as: role })).text()).toContain("417");
  });

  it("leaves no route out: each that can be read is in these tables, or is a district's", async () => {
    const single = { "/cap/m1.xml": "/cap/:id.xml", "/api/v1/alarms/stream-level-stream-gauge-002": "/api/v1/alarms/:id" } as const;
    const all = [...asks, ...rowsByName].map(({ path }) => path);
    const tried = [...all, ...named, "/api/v1/aggregate", "/api/v1/figures"].map((path) => {
      const plain = path.split("?")[0]!.replace("ID", ":id");
      return single[plain as keyof typeof single] ?? plain;
    });
    // what is played and injected is a tester's own doing, not a home's life: those routes ask for other rights
    const ofTheRoom = routes.filter(({ method, right }) => method === "get" && right !== "clock" && right !== "inject");
    expect(new Set(tried)).toEqual(new Set(ofTheRoom.map(({ path }) => path)));
  });

  it("does not use up the limit of whoever may not see it", async () => {
    const room = await openRoom();
    room.city.refuse({ topic: "t", client: "x", device: gauge, code: "range", reason: "own", payload: "p" });
    room.city.happen({ t: stillNow - 9000, service: "stream", device: gauge, what: "back", x: { note: "own" } });
    room.city.desk.put({ lines: [lineOf({ reason: "own" })], commands: [commandOf("stream-gate-001", { commanded: "own" })] });
    for (let n = 0; n < 20; n++) sayCare(room);
    for (let n = 0; n < 20; n++) room.city.desk.put({ commands: [{ ...homeCommand, id: `c${n}` }] });
    for (const path of ["/api/v1/journal?limit=1", "/api/v1/commands?limit=1"]) expect(await (await room.ask(path)).text(), path).toContain("own");
    expect(await (await room.ask("/api/v1/chronicle?limit=1")).text()).toContain("own");
    expect(await (await room.ask("/api/v1/quarantine?limit=21")).text()).toContain("own");
  });

  it.each(roles)("counts in the districts and figures that %s sees", async (role) => {
    const { answer } = await openRoomWithHomes(12);
    const { rows } = await answer("/api/v1/aggregate?service=ucare&metric=temp", aggregateSchema, { as: role });
    expect(rows).toEqual([expect.objectContaining({ district: "north", mean: 21.5 })]);
    expect((await answer("/api/v1/figures?service=ucare", figuresSchema, { as: role })).figures).toHaveLength(3);
  });
});

it("a home is not told of by a district of a few", async () => {
  const { answer } = await openRoomWithHomes();
  const path = "/api/v1/aggregate?service=ucare&metric=temp";
  expect((await answer(path, aggregateSchema, { as: "viewer" })).rows).toEqual([]);
  expect((await answer(path, aggregateSchema, { as: "care" })).rows).toHaveLength(1);
});

/** Whatever of care can come over the socket comes; then something public, behind which no more of it can be. */
async function speakOfEverything(room: StillRoom, browsers: readonly LiveBrowser[]): Promise<void> {
  sayCare(room);
  room.city.announce(home, gauge);
  for (const browser of browsers)
    await browser.until(() =>
      browser
        .heard("devices")
        .flat()
        .some(({ id }) => id === gauge),
    );
  room.city.say(gauge, stillNow - 1000, { level: 3 });
  for (const browser of browsers) await browser.until(() => browser.heard("tick").some(({ i }) => i.includes(cellOf(room, gauge))));
  await Promise.all(browsers.map((browser) => browser.next("status")));
}
const cellOf = ({ city }: StillRoom, device: string) => city.port.devices().find(({ id }) => id === device)!.cell;
const alarmsIn = (browser: LiveBrowser) => browser.heard("desk").flatMap(({ alarms }) => alarms);
const roomsIn = (browser: LiveBrowser): Room[] => browser.heard("snapshot").flatMap(({ rooms }) => rooms.map(({ room }) => room));
const watch = (browser: LiveBrowser, device: string) => browser.socket.emitWithAck("watch", { device, metric: "act", from: 0, points: 100 });

describe("a home on the live feed", () => {
  it(`is silent for ${without.join(", ")}`, async () => {
    const room = await openRoomWithHomes();
    const careCells = new Set(room.city.port.feed.changed("care", -1).i);
    expect(careCells.size).toBeGreaterThan(2);
    const browsers = await Promise.all(without.map((as) => openBrowser(room.url, { as })));
    for (const browser of browsers) {
      const reasons = (await Promise.all([watch(browser, home), watch(browser, "nobody")])).map((answer) => (answer.ok ? "" : answer.reason));
      expect(reasons).toEqual([home, "nobody"].map((id) => `there is no device "${id}" that you can see`));
    }
    expect(room.city.listeners()).toBe(0);
    await speakOfEverything(room, browsers);
    for (const [at, browser] of browsers.entries()) {
      expect(await browser.socket.emitWithAck("catchup", { room: "care", n: -1 })).toBeNull();
      expect([without[at], roomsIn(browser)]).toEqual([without[at], ["public"]]);
      const all = (["snapshot", "tick", "status", "clock", "devices", "chronicle", "points", "desk"] as const).flatMap((event) => [
        ...browser.heard(event),
      ]);
      // The wall clock may hold any digits.
      const told = JSON.stringify(all, (key: string, value: unknown) => (key === "at" ? undefined : value));
      expect([without[at], marks.exec(told)?.[0]]).toEqual([without[at], undefined]);
      const cells = [...browser.heard("tick"), ...browser.heard("snapshot").flatMap(({ rooms }) => rooms)].flatMap(({ i }) => i);
      expect(cells.filter((cell) => careCells.has(cell))).toEqual([]);
      expect(Object.keys(browser.heard("snapshot")[0]!.figures)).toContain("ucare");
      // Public rows of the same news are heard, without their ties to a home.
      expect(alarmsIn(browser).find(({ device }) => device === "stream-gauge-002")).toMatchObject({ cause: null, group: null });
    }
  });

  it(`is heard by ${withCare.join(" and ")}, beside everything else`, async () => {
    const room = await openRoomWithHomes();
    const browsers = await Promise.all(withCare.map((as) => openBrowser(room.url, { as })));
    for (const browser of browsers) expect(await watch(browser, home)).toMatchObject({ ok: true, value: { points: [{ mean: 417 }] } });
    await speakOfEverything(room, browsers);
    for (const browser of browsers) {
      expect(roomsIn(browser)).toEqual(["public", "care"]);
      await browser.until(() => browser.heard("tick").some(({ room: name }) => name === "care") && browser.heard("points").length > 0);
      expect(browser.heard("snapshot")[0]?.devices.some(({ id }) => id === home)).toBe(true);
      const rows = browser.heard("devices").flat();
      expect(rows.map(({ id }) => id)).toContain(home);
      const lines = browser.heard("chronicle").flat();
      expect(lines.map(({ x }) => x.note)).toContain("caremark");
      expect(await browser.socket.emitWithAck("catchup", { room: "care", n: -1 })).toMatchObject({ room: "care" });
      const news = browser.heard("desk");
      expect(news.flatMap((told) => told.lines).filter(({ reason }) => reason === "caremark").length).toBeGreaterThanOrEqual(5);
      for (const rows of ["alarms", "items", "commands", "responses", "handoffs"] as const)
        expect(
          news.flatMap((told) => [...told[rows]]).some(({ service }) => service === "ucare"),
          rows,
        ).toBe(true);
      expect(alarmsIn(browser).findLast(({ device }) => device === "stream-gauge-002")).toMatchObject({ cause: homeAlarm.id });
      const [{ desk } = { desk: undefined }] = browser.heard("snapshot");
      expect(desk?.alarms.some(({ id }) => id === homeAlarm.id)).toBe(true);
    }
  });
});
