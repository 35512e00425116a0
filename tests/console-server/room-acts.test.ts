import { describe, expect, it, vi } from "vitest";
import { alarmDetailRowSchema } from "../../shared/alarm-answers.ts";
import { type Role, roles } from "../../shared/roles.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import { actedSchema, commandRowSchema } from "../../shared/room-answers.ts";
import { rightFor } from "../../shared/room-rights.ts";
import { alarmOf, responseOf } from "../support/desk-rows.ts";
import { fillDesk, openAlarm, openItem, openResponse } from "../support/filled-desk.ts";
import { openBrowser } from "../support/live-browser.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, problemIn, type StillRoom } from "../support/still-room.ts";

const hourMs = 3_600_000;
const acting: readonly Role[] = ["operator", "care", "supervisor", "admin"];
const supervising: readonly Role[] = ["supervisor", "admin"];
const at = `/api/v1/alarms/${openAlarm}`;

async function openDesk(): Promise<StillRoom> {
  const room = await openRoom();
  fillDesk(room.city.desk);
  return room;
}

interface Act {
  readonly path: string;
  readonly body: object;
  readonly action: RoomAction;
  readonly holders: readonly Role[];
}
const until = stillNow + 12 * hourMs;
const shelve = { occurrence: 1, reason: "roadworks" };
const acts: readonly Act[] = [
  {
    path: `${at}/acknowledge`,
    body: { occurrence: 1, note: "seen" },
    action: { do: "acknowledge", alarms: [{ id: openAlarm, occurrence: 1 }], note: "seen" },
    holders: acting,
  },
  {
    path: "/api/v1/alarms/acknowledge",
    body: { alarms: [{ id: openAlarm, occurrence: 1 }] },
    action: { do: "acknowledge", alarms: [{ id: openAlarm, occurrence: 1 }] },
    holders: acting,
  },
  { path: `${at}/shelve`, body: { ...shelve, until }, action: { do: "shelve", alarm: openAlarm, ...shelve, until, once: false }, holders: acting },
  {
    path: `${at}/shelve`,
    body: { ...shelve, until: until + 1, once: true },
    action: { do: "shelve", alarm: openAlarm, ...shelve, until: until + 1, once: true },
    holders: supervising,
  },
  { path: `${at}/unshelve`, body: { reason: "over" }, action: { do: "unshelve", alarm: openAlarm, reason: "over" }, holders: acting },
  { path: `${at}/comment`, body: { note: "look" }, action: { do: "comment", alarm: openAlarm, note: "look" }, holders: acting },
  { path: `${at}/assign`, body: { to: null }, action: { do: "assign", alarm: openAlarm, to: null }, holders: acting },
  { path: `${at}/out-of-service`, body: { order: "W-17" }, action: { do: "out-of-service", alarm: openAlarm, order: "W-17" }, holders: supervising },
  { path: `${at}/in-service`, body: {}, action: { do: "in-service", alarm: openAlarm }, holders: supervising },
  { path: `${at}/reset`, body: { occurrence: 1 }, action: { do: "reset", alarm: openAlarm, occurrence: 1 }, holders: acting },
  { path: `${at}/hand-over`, body: { to: "disaster" }, action: { do: "hand-over", alarm: openAlarm, to: "disaster" }, holders: acting },
  {
    path: "/api/v1/commands",
    body: { device: "stream-gate-001", op: "close" },
    action: { do: "command", device: "stream-gate-001", op: "close", args: {} },
    holders: acting,
  },
  {
    path: "/api/v1/commands",
    body: { device: "traffic-signal-001", op: "timing", args: { cycle: 110, main: 52, cross: 42, offset: 37 } },
    action: { do: "command", device: "traffic-signal-001", op: "timing", args: { cycle: 110, main: 52, cross: 42, offset: 37 } },
    holders: acting,
  },
  {
    path: `/api/v1/responses/${encodeURIComponent(openResponse)}/mode`,
    body: { mode: "manual" },
    action: { do: "response-mode", response: openResponse, mode: "manual" },
    holders: acting,
  },
  {
    path: `/api/v1/responses/${encodeURIComponent(openResponse)}/abort`,
    body: { key: "k1" },
    action: { do: "abort", response: openResponse, key: "k1" },
    holders: acting,
  },
  { path: `/api/v1/items/${openItem}/take`, body: {}, action: { do: "take-item", item: openItem }, holders: acting },
  {
    path: `/api/v1/items/${openItem}/close`,
    body: { result: "warned" },
    action: { do: "close-item", item: openItem, result: "warned" },
    holders: acting,
  },
  { path: "/api/v1/items/export", body: { items: [openItem] }, action: { do: "export-items", items: [openItem] }, holders: acting },
  {
    path: "/api/v1/advice/mode",
    body: { device: "traffic-signal-001", mode: "auto" },
    action: { do: "adviser-mode", device: "traffic-signal-001", mode: "auto" },
    holders: acting,
  },
];

describe("acting in the room", () => {
  it.each(acts)("$action.do over HTTP ($path) is done for $holders and for nobody else", async ({ path, body, action, holders }) => {
    for (const as of roles) {
      const { ask, city } = await openDesk();
      const response = await ask(path, { as, body });
      if (holders.includes(as)) {
        expect([as, response.status < 300]).toEqual([as, true]);
        expect(city.desk.done).toEqual([{ action, by: { name: as, role: as } }]);
        continue;
      }
      const { detail } = await problemIn(response, 403);
      const right = holders === supervising && acting.includes(as) ? "supervise" : /"(\w+)"/.exec(detail)?.[1];
      const why = right === "supervise" && action.do === "shelve" ? ". Without it one shelves for at most 12 hours" : "";
      expect(detail).toBe(`the role ${as} lacks the right "${right}"; ${(right === "act" ? acting : supervising).join(", ")} have it${why}`);
      expect(city.desk.done).toEqual([]);
    }
  });

  it.each(acts)("$action.do over the socket is done for $holders and for nobody else", async ({ action, holders }) => {
    for (const as of roles) {
      const { url, city } = await openDesk();
      const { socket } = await openBrowser(url, { as });
      const answer = await socket.emitWithAck("act", action);
      expect([as, answer.ok]).toEqual([as, holders.includes(as)]);
      if (!answer.ok) expect(answer.reason).toMatch(new RegExp(`the role ${as} lacks the right "(act|supervise)"; .*supervisor, admin have it`));
      expect(city.desk.done.map(({ by }) => by)).toEqual(holders.includes(as) ? [{ name: as, role: as }] : []);
      socket.disconnect();
    }
  });

  it("is in the table above in all its kinds", () => {
    const known: Record<RoomAction["do"], true> = Object.fromEntries(acts.map(({ action }) => [action.do, true])) as Record<RoomAction["do"], true>;
    const all: Record<RoomAction["do"], true> = {
      ...{ acknowledge: true, shelve: true, unshelve: true, comment: true, assign: true, "out-of-service": true, "in-service": true, reset: true },
      ...{ "hand-over": true, command: true, "response-mode": true, abort: true, "take-item": true, "close-item": true, "export-items": true },
      "adviser-mode": true,
    };
    expect(known).toEqual(all);
    for (const { action, holders } of acts) expect(rightFor(action, stillNow)).toBe(holders === supervising ? "supervise" : "act");
  });

  it("is in the name that the person gave", async () => {
    const { ask, city } = await openDesk();
    await ask(`${at}/comment`, { as: "operator", body: { note: "look" }, headers: { "x-actor": encodeURIComponent("박준호") } });
    expect(city.desk.done[0]?.by).toEqual({ name: "박준호", role: "operator" });
  });

  it("changes what everybody then sees", async () => {
    const { ask, answer } = await openDesk();
    const acted = await answer(`${at}/shelve`, actedSchema, { as: "operator", body: { ...shelve, until } });
    expect(acted).toMatchObject({ alarms: [openAlarm], left: [] });
    await ask(`${at}/comment`, { as: "operator", body: { note: "look" } });
    expect(await answer(at, alarmDetailRowSchema)).toMatchObject({
      state: "E",
      shelvedUntil: until,
      comments: 1,
      notes: [{ text: "look", by: "operator" }],
    });
  });

  it("needs no body where nothing need be said", async () => {
    const { ask, city, problem } = await openDesk();
    for (const path of [`${at}/unshelve`, `/api/v1/items/${openItem}/take`])
      expect((await ask(path, { as: "operator", method: "POST" })).status).toBe(200);
    expect(city.desk.done).toHaveLength(2);
    expect((await problem(`${at}/comment`, 400, { as: "operator", method: "POST" })).detail).toContain("body: is missing");
  });
});

describe("an occurrence that is over", () => {
  const verbs: Readonly<Record<string, object>> = {
    acknowledge: {},
    shelve: { until, reason: "r" },
    unshelve: {},
    comment: { note: "n" },
    assign: { to: null },
    "out-of-service": { order: "W" },
    "in-service": {},
    reset: {},
    "hand-over": { to: "disaster" },
  };
  it.each(Object.entries(verbs))("%s of it is a 409 that says which one there is now, and does nothing", async (verb, body) => {
    const { city, problem } = await openDesk();
    city.desk.put({ alarms: [alarmOf("stream-gauge-001", { occurrence: 3 })] });
    expect((await problem(`${at}/${verb}`, 409, { as: "admin", body: { ...body, occurrence: 2 } })).detail).toContain(
      "at occurrence 3 now, not at 2",
    );
    expect(city.desk.done).toEqual([]);
  });

  it.each(Object.entries(verbs))("%s of it in another run is a 409 that says so, and does nothing", async (verb, body) => {
    const { city, problem } = await openDesk();
    city.desk.put({ alarms: [alarmOf("stream-gauge-001", { run: "r2" })] });
    const asked = { ...body, occurrence: 1, run: "r1" };
    expect((await problem(`${at}/${verb}`, 409, { as: "admin", body: asked })).detail).toContain("of run r2 now, not of r1");
    expect(city.desk.done).toEqual([]);
  });

  it("among several is left, with the reason; the others are acknowledged", async () => {
    const { city, answer } = await openDesk();
    city.desk.put({ alarms: [alarmOf("stream-gauge-002", { occurrence: 5 })] });
    const second = "stream-level-stream-gauge-002";
    const alarms = [
      { id: openAlarm, occurrence: 1 },
      { id: second, occurrence: 4 },
      { id: "nobody", occurrence: 1 },
    ];
    const acted: Acted = await answer("/api/v1/alarms/acknowledge", actedSchema, { as: "operator", body: { alarms } });
    expect(acted.alarms).toEqual([openAlarm]);
    expect(acted.left.map(({ id }) => id).sort()).toEqual(["nobody", second]);
  });

  it("that was acknowledged by somebody else meanwhile is a 409 in the room's own words", async () => {
    const { ask, problem } = await openDesk();
    await ask(`${at}/acknowledge`, { as: "operator", body: { occurrence: 1 } });
    expect((await problem(`${at}/acknowledge`, 409, { as: "care", body: { occurrence: 1 } })).detail).toContain("no longer");
  });
});

describe("a wrong action", () => {
  it.each<[string, object, string[]]>([
    [`${at}/acknowledge`, {}, ["occurrence"]],
    [`${at}/acknowledge`, { occurrence: 0 }, ["occurrence"]],
    [`${at}/shelve`, { until, reason: " " }, ["reason"]],
    [`${at}/shelve`, { until: stillNow, reason: "r" }, ["until"]],
    [`${at}/shelve`, { until: 9e15, reason: "r", forever: true }, ["until", "forever"]],
    [`${at}/comment`, { note: "x".repeat(2001) }, ["note"]],
    [`${at}/assign`, { to: 5 }, ["to"]],
    [`${at}/out-of-service`, { occurrence: 1 }, ["order"]],
    [`${at}/hand-over`, { to: "mayor" }, ["to"]],
    ["/api/v1/alarms/acknowledge", { alarms: [] }, ["alarms"]],
    ["/api/v1/commands", { device: "stream-gate-001" }, ["op"]],
    ["/api/v1/commands", { device: "stream-gate-001", op: "fly" }, ["op"]],
    ["/api/v1/commands", { device: "stream-gauge-001", op: "close" }, ["op"]],
    ["/api/v1/commands", { device: "stream-gate-001", op: "constructor" }, ["op"]],
    ["/api/v1/commands", { device: "stream-gate-001", op: "close", args: { speed: 3 } }, ["args.speed"]],
    [
      "/api/v1/commands",
      { device: "traffic-signal-001", op: "timing", args: { main: 9999, cross: 50.5, offset: 0, toString: 1 } },
      ["args.toString", "args.cycle", "args.main", "args.cross"],
    ],
    ["/api/v1/commands", { device: "traffic-signal-001", op: "plan", args: { plan: "valueOf" } }, ["args.plan"]],
    ["/api/v1/items/export", { items: [] }, ["items"]],
    [`/api/v1/items/${openItem}/close`, { result: "" }, ["result"]],
    [`/api/v1/responses/${encodeURIComponent(openResponse)}/mode`, { mode: "off" }, ["mode"]],
    ["/api/v1/advice/mode", { mode: "auto" }, ["device"]],
  ])("%s with %j is refused by naming %j, and does nothing", async (path, body, names) => {
    const { problem, city } = await openDesk();
    const { errors } = await problem(path, 400, { as: "admin", body });
    expect(errors?.map(({ parameter }) => parameter)).toEqual(names);
    expect(city.desk.done).toEqual([]);
  });

  it.each<[string, object]>([
    ["/api/v1/alarms/nobody/comment", { note: "n" }],
    ["/api/v1/alarms/acknowledge", { alarms: [{ id: "nobody", occurrence: 1 }] }],
    ["/api/v1/commands", { device: "nobody", op: "close" }],
    ["/api/v1/commands", { device: "stream-gate-001", op: "close", alarm: "nobody" }],
    ["/api/v1/items/nobody/take", {}],
    ["/api/v1/items/export", { items: ["nobody"] }],
    ["/api/v1/responses/nobody/mode", { mode: "auto" }],
    ["/api/v1/advice/mode", { device: "nobody", mode: "auto" }],
  ])("%s with %j names what is not there: 404, and does nothing", async (path, body) => {
    const { problem, city } = await openDesk();
    expect((await problem(path, 404, { as: "admin", body })).detail).toContain("nobody");
    expect(city.desk.done).toEqual([]);
  });

  it("over the socket is refused with a reason and never ends the connection", async () => {
    const { url, city, logged } = await openDesk();
    const { socket } = await openBrowser(url, { as: "admin" });
    const raw = socket as unknown as { emitWithAck(...parts: unknown[]): Promise<unknown> };
    const nonsense = [
      undefined,
      null,
      5,
      {},
      { do: "nothing" },
      { do: "acknowledge", alarms: "all" },
      { do: "command", device: "nobody", op: "close" },
    ];
    for (const one of nonsense) expect(await raw.emitWithAck("act", one)).toMatchObject({ ok: false, reason: expect.stringMatching(/\S/) });
    expect(socket.connected).toBe(true);
    expect(city.desk.done).toEqual([]);
    expect(logged.join()).not.toContain("failed");
  });

  it("is a 503 with the reason while the log takes nothing", async () => {
    const { city, problem } = await openDesk();
    vi.spyOn(city.desk.port, "act").mockRejectedValue(new Error("a password"));
    city.health = "degraded";
    expect((await problem(`${at}/comment`, 503, { as: "operator", body: { note: "n" } })).detail).toBe("not now: store: in memory");
  });
});

it("a command answers as it stands, with what was commanded and what the device says", async () => {
  const { answer, city } = await openDesk();
  city.desk.put({ responses: [responseOf("stream/other")] });
  const sent = await answer("/api/v1/commands", commandRowSchema, { as: "operator", body: { device: "stream-gate-002", op: "close" } });
  expect(sent).toMatchObject({ state: "pending", by: "operator", device: "stream-gate-002", op: "close" });
  expect(await answer(`/api/v1/commands/${sent.id}`, commandRowSchema)).toEqual(sent);
});
