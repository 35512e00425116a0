import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, it, onTestFinished, vi } from "vitest";
import { startConsole } from "../../console/server/start-console.ts";
import { alarmCountsSchema, alarmDetailRowSchema, alarmsSchema, journalSchema, scoreSchema } from "../../shared/alarm-answers.ts";
import type { Role } from "../../shared/roles.ts";
import { actedSchema, adviceSchema, commandsSchema, handoffsSchema, itemsSchema, responsesSchema } from "../../shared/room-answers.ts";
import { services } from "../../shared/services/index.ts";
import { connectAs, registered, startFieldBroker } from "../support/field-broker.ts";
import { openBrowser } from "../support/live-browser.ts";

const level = "stream-level-ws-real";
const button = "ucare-button-home-real";
const soon = { timeout: 10_000, interval: 50 };

const answers = {
  "/alarms": alarmsSchema,
  "/alarm-counts": alarmCountsSchema,
  "/journal": journalSchema,
  "/score": scoreSchema,
  "/items": itemsSchema,
  "/commands": commandsSchema,
  "/responses": responsesSchema,
  "/handoffs": handoffsSchema,
  "/advice": adviceSchema,
};

/** A broker and a room over its port, as the product wires them, without a simulator. */
async function openField() {
  const { broker, credentials } = await startFieldBroker();
  const { tokens, secret } = credentials;
  const room = await startConsole({
    ...{ port: broker.port, host: "127.0.0.1", httpPort: 0, webDir: join(tmpdir(), "gwanje-no-such-pages"), tokens, secret },
    ...{ catalogue: services, log: pino({ level: "silent" }) },
  });
  onTestFinished(() => room.close());
  const ask = (as: Role, path: string, body?: object) =>
    fetch(`${room.url()}/api/v1${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${tokens[as]}`, "content-type": "application/json", "x-actor": encodeURIComponent("박준호") },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const list = async (as: Role) => alarmsSchema.parse(await (await ask(as, "/alarms")).json()).alarms.map(({ id }) => id);
  return { broker, credentials, url: room.url(), ask, list };
}

it("alarms of a real gauge and a real home are seen, acknowledged and heard by whoever may, and by nobody else", async () => {
  const { broker, credentials, url, ask, list } = await openField();
  const reader = await connectAs(broker, credentials.reader);
  const heard: { topic: string; payload: string }[] = [];
  reader.on("message", (topic, payload) => void heard.push({ topic, payload: payload.toString() }));
  await reader.subscribeAsync("#");
  const gauge = await registered(broker, "stream", "ws-real", { reference: 10, caution: 5, alert: 6, serious: 7 });
  const home = await registered(broker, "ucare", "home-real");
  const browser = await openBrowser(url, { over: { auth: { token: credentials.tokens.operator } } });

  const [gaugeLine, homeLine] = [await connectAs(broker, gauge), await connectAs(broker, home)];
  // 0.2 m a minute, as fast as a stream rises: a leap would be the sensor's trouble.
  const levels = Array.from({ length: 14 }, (_, at) => 4 + at / 5);
  const from = Date.now() - levels.length * 60_000;
  for (const [seq, rising] of levels.entries()) {
    const said = { v: 1, d: "ws-real", t: from + seq * 60_000, b: 1, seq, m: { dist: Math.round(1000 * (10 - rising)) / 1000 } };
    await gaugeLine.publishAsync(gauge.topics.obs!, JSON.stringify(said), { qos: 1 });
  }
  await homeLine.publishAsync(home.topics.event!, JSON.stringify({ v: 1, d: "home-real", t: from, b: 1, seq: 0, e: "button" }), { qos: 1 });

  await vi.waitFor(async () => expect(await list("care")).toEqual(expect.arrayContaining([level, button])), soon);
  expect(await list("operator")).toContain(level);
  expect(await list("operator")).not.toContain(button);
  const { occurrence } = alarmDetailRowSchema.parse(await (await ask("viewer", `/alarms/${level}`)).json());

  expect((await ask("viewer", `/alarms/${level}/acknowledge`, { occurrence })).status).toBe(403);
  expect((await ask("operator", `/alarms/${level}/acknowledge`, { occurrence: occurrence + 1 })).status).toBe(409);
  expect((await ask("supervisor", `/alarms/${button}/acknowledge`, { occurrence: 1 })).status).toBe(404);
  const acted = await ask("operator", `/alarms/${level}/acknowledge`, { occurrence, note: "봤음" });
  expect(actedSchema.parse(await acted.json())).toMatchObject({ alarms: [level], left: [] });
  expect((await ask("care", `/alarms/${button}/acknowledge`, { occurrence: 1 })).status).toBe(200);

  const states = (of: string) => heard.filter(({ topic }) => topic.includes(`_alarm/${of}/`)).map(({ payload }) => JSON.parse(payload).state);
  await vi.waitFor(() => expect(states(level).at(-1)).toBe("C"), soon);
  await browser.until(() => browser.heard("desk").some(({ alarms }) => alarms.some(({ id, state }) => id === level && state === "C")));
  expect(heard.filter(({ topic, payload }) => /ucare|home-real/.test(topic + payload))).toEqual([]);
  expect(
    JSON.stringify([browser.heard("snapshot"), browser.heard("desk")].map((all) => all.map((one) => ("desk" in one ? one.desk : one)))),
  ).not.toMatch(/home-real/);

  // What the room really says is what the documents promise, no field more and none less.
  for (const [path, schema] of Object.entries({
    [`/alarms/${level}`]: alarmDetailRowSchema,
    [`/alarms/${button}`]: alarmDetailRowSchema,
    ...answers,
  })) {
    const body: unknown = await (await ask("admin", path)).json();
    expect({ path, body: schema.parse(body) }).toEqual({ path, body });
  }

  const journal = async (as: Role) => journalSchema.parse(await (await ask(as, "/journal?limit=100")).json()).lines;
  const mine = { what: "acknowledged", by: "박준호", after: "C", timeline: "field" };
  expect(await journal("viewer")).toContainEqual(expect.objectContaining({ ...mine, alarm: level, role: "operator" }));
  expect((await journal("viewer")).some(({ alarm }) => alarm === button)).toBe(false);
  expect(await journal("care")).toContainEqual(expect.objectContaining({ ...mine, alarm: button, role: "care" }));
  expect(await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${credentials.tokens.viewer}` } })).text()).toMatch(
    /^gwanje_alarms\{state="C",priority="1",class="operations"\} 1$/m,
  );
});

it("an alarm that has never been raised can be prepared for planned work; what no rule and device make up is not there, nor a home's without the right", async () => {
  const { broker, url, credentials, ask, list } = await openField();
  await registered(broker, "stream", "ws-real", { reference: 10, caution: 5, alert: 6, serious: 7 });
  await registered(broker, "ucare", "home-real");
  expect(alarmDetailRowSchema.parse(await (await ask("operator", `/alarms/${level}`)).json())).toMatchObject({
    state: "A",
    occurrence: 0,
    journal: [],
  });
  expect(await list("operator")).toEqual([]);

  const reply = await ask("supervisor", `/alarms/${level}/out-of-service`, { order: "W-17" });
  expect([reply.status, actedSchema.parse(await reply.json()).alarms]).toEqual([200, [level]]);
  expect(await list("operator")).toEqual([level]);
  const { socket } = await openBrowser(url, { over: { auth: { token: credentials.tokens.care } } });
  const shelve = { do: "shelve", alarm: button, until: Date.now() + 3_600_000, reason: "visit", once: false } as const;
  expect(await socket.emitWithAck("act", shelve)).toMatchObject({ ok: true });
  expect(await list("care")).toEqual([level, button]);

  for (const [as, id] of [
    ["operator", "stream-level-nowhere"],
    ["operator", "stream-nothing-ws-real"],
    ["operator", button],
  ] as const) {
    expect((await ask(as, `/alarms/${id}`)).status).toBe(404);
    expect((await ask(as, `/alarms/${id}/shelve`, { until: Date.now() + 3_600_000, reason: "r" })).status).toBe(404);
  }
});
