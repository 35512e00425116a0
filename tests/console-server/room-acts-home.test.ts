import { describe, expect, it } from "vitest";
import type { RoomAction } from "../../shared/room-action.ts";
import { actedSchema } from "../../shared/room-answers.ts";
import { fillDesk, homeAlarm, homeItem, homeResponse, openAlarm, sayCareOnDesk } from "../support/filled-desk.ts";
import { openBrowser } from "../support/live-browser.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, type StillRoom } from "../support/still-room.ts";

const hourMs = 3_600_000;

async function openHomes(): Promise<StillRoom> {
  const room = await openRoom();
  fillDesk(room.city.desk);
  sayCareOnDesk(room.city.desk);
  return room;
}

describe("a home", () => {
  const home = encodeURIComponent(homeAlarm.id);
  const response = encodeURIComponent(homeResponse.id);
  const careActs: readonly [string, object, string][] = [
    [`/api/v1/alarms/${home}/acknowledge`, { occurrence: 1 }, homeAlarm.id],
    [`/api/v1/alarms/${home}/comment`, { note: "n" }, homeAlarm.id],
    [`/api/v1/alarms/${home}/shelve`, { until: stillNow + 13 * hourMs, reason: "r" }, homeAlarm.id],
    [`/api/v1/alarms/${home}/hand-over`, { to: "vulnerable" }, homeAlarm.id],
    ["/api/v1/alarms/acknowledge", { alarms: [{ id: homeAlarm.id, occurrence: 1 }] }, homeAlarm.id],
    ["/api/v1/commands", { device: homeAlarm.device, op: "call" }, homeAlarm.device],
    ["/api/v1/commands", { device: "stream-gate-001", op: "close", alarm: homeAlarm.id }, homeAlarm.id],
    [`/api/v1/items/${homeItem.id}/take`, {}, homeItem.id],
    ["/api/v1/items/export", { items: [homeItem.id] }, homeItem.id],
    [`/api/v1/responses/${response}/mode`, { mode: "manual" }, homeResponse.id],
    [`/api/v1/responses/${response}/abort`, { key: "k" }, homeResponse.id],
  ];

  it.each(careActs)("does not exist for operator and supervisor: %s with %j answers what an unknown one does", async (path, body, id) => {
    for (const as of ["operator", "supervisor"] as const) {
      const { ask, city } = await openHomes();
      const of = (one: string) =>
        [
          path.replace(encodeURIComponent(id), one),
          JSON.parse(JSON.stringify(body).replace(JSON.stringify(id), JSON.stringify(one))) as object,
        ] as const;
      const [hidden, unknown] = await Promise.all(
        [id, "nobody"].map(async (one) => {
          const [at, asked] = one === id ? ([path, body] as const) : of(one);
          const answer = await ask(at, { as, body: asked });
          return { status: answer.status, text: (await answer.text()).replaceAll(one, "ID") };
        }),
      );
      expect(hidden).toEqual(unknown);
      expect(hidden!.status).toBe(404);
      expect(city.desk.done).toEqual([]);
    }
  });

  it.each(careActs.filter(([path]) => !path.endsWith("/shelve")))("is acted on by whoever has the right: %s", async (path, body) => {
    const { ask, city } = await openHomes();
    expect((await ask(path, { as: "care", body })).status).toBeLessThan(300);
    expect(city.desk.done).toHaveLength(1);
  });

  it("among several alarms is left as if it were not there", async () => {
    const { answer } = await openHomes();
    const alarms = [openAlarm, homeAlarm.id, "nobody"].map((id) => ({ id, occurrence: 1 }));
    const { alarms: touched, left } = await answer("/api/v1/alarms/acknowledge", actedSchema, { as: "operator", body: { alarms } });
    expect(touched).toEqual([openAlarm]);
    expect(left.map(({ id, reason }) => reason.replace(id, "ID"))).toEqual(
      Array(2).fill('there is no alarm "ID" that you can see; /api/v1/alarms lists them'),
    );
  });

  it("cannot be reached over the socket without the right", async () => {
    const { url, city } = await openHomes();
    const { socket } = await openBrowser(url, { as: "supervisor" });
    const actions: RoomAction[] = [
      { do: "acknowledge", alarms: [{ id: homeAlarm.id, occurrence: 1 }] },
      { do: "out-of-service", alarm: homeAlarm.id, order: "W" },
      { do: "command", device: homeAlarm.device, op: "call", args: {} },
      { do: "take-item", item: homeItem.id },
      { do: "response-mode", response: homeResponse.id, mode: "auto" },
    ];
    for (const action of actions)
      expect(await socket.emitWithAck("act", action)).toMatchObject({ ok: false, reason: expect.stringContaining("that you can see") });
    expect(city.desk.done).toEqual([]);
  });
});
