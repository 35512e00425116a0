import { describe, expect, it, vi } from "vitest";
import { alarmCountsSchema, alarmsSchema, journalSchema } from "../../shared/alarm-answers.ts";
import { commandsSchema, itemsExportSchema, itemsSchema, receiptSchema } from "../../shared/room-answers.ts";
import { adviceOf, alarmOf, commandOf, itemOf, lineOf } from "../support/desk-rows.ts";
import { fillDesk, homeAlarm, openAlarm, openHandoff, openItem, sayCareOnDesk } from "../support/filled-desk.ts";
import { stillNow } from "../support/still-city.ts";
import { goodSignature } from "../support/still-desk.ts";
import { openRoom } from "../support/still-room.ts";

const hourMs = 3_600_000;
const by = { shelved: { until: stillNow + hourMs, by: "a", reason: "r", once: false } };
const returned = alarmOf("stream-gauge-001", { active: false, priority: 1, raisedAt: 1 });
const acked = alarmOf("stream-gauge-002", { acked: true, priority: 1, raisedAt: 2 });
const urgent = alarmOf("traffic-signal-001", { priority: 1, raisedAt: 4 });
const older = alarmOf("traffic-signal-002", { priority: 2, raisedAt: 3, class: "maintenance" });
const newer = alarmOf("traffic-signal-003", { priority: 2, raisedAt: 5 });
const shelved = alarmOf("stream-gauge-003", { priority: 4, district: "south", ...by });
const alarms = [returned, acked, newer, urgent, shelved, older];
const order = [urgent, older, newer, shelved, acked, returned];

describe("the list of alarms", () => {
  it("is in the order of urgency and says until when each is shelved", async () => {
    const { city, answer } = await openRoom();
    city.desk.put({ alarms: [...alarms, alarmOf("stream-gate-001", { active: false, acked: true })] });
    const list = await answer("/api/v1/alarms", alarmsSchema);
    expect(list.alarms.map(({ id }) => id)).toEqual(order.map(({ id }) => id));
    expect(list.alarms.map(({ shelvedUntil }) => shelvedUntil).filter(Boolean)).toEqual([stillNow + hourMs]);
    expect(list.cursor).toBeNull();
  });

  it.each([
    ["state=B", [urgent, older, newer]],
    ["state=b,D", [urgent, older, newer, returned]],
    ["state=E", [shelved]],
    ["state=A", []],
    ["service=stream", [shelved, acked, returned]],
    ["class=maintenance", [older]],
    ["class=operations&service=traffic", [urgent, newer]],
    ["district=south", [shelved]],
    ["device=stream-gauge-002", [acked]],
  ] as const)("with %s holds what fits", async (query, expected) => {
    const { city, answer } = await openRoom();
    city.desk.put({ alarms });
    expect((await answer(`/api/v1/alarms?${query}`, alarmsSchema)).alarms.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it("comes page by page, each alarm once, also when one goes and one comes meanwhile", async () => {
    const { city, answer } = await openRoom();
    city.desk.put({ alarms });
    const first = await answer("/api/v1/alarms?limit=2", alarmsSchema);
    city.desk.put({ alarms: [{ ...urgent, state: "A" }, alarmOf("evzone-bay-001", { priority: 1, raisedAt: 1 })] });
    const second = await answer(`/api/v1/alarms?limit=2&cursor=${first.cursor}`, alarmsSchema);
    const third = await answer(`/api/v1/alarms?limit=2&cursor=${second.cursor}`, alarmsSchema);
    expect([first, second, third].flatMap((page) => page.alarms.map(({ id }) => id))).toEqual(order.map(({ id }) => id));
    expect(third.cursor).toBeNull();
  });

  it.each([
    ["state=Z", "state"],
    ["state=", "state"],
    ["service=nope", "service"],
    ["class=urgent", "class"],
    ["cursor=zzz", "cursor"],
    [`cursor=${Buffer.from('[0,0,"x"]').toString("base64url")}`, "cursor"],
    ["limit=0", "limit"],
  ])("with %s is refused by naming %s", async (query, name) => {
    const { problem } = await openRoom();
    expect((await problem(`/api/v1/alarms?${query}`, 400)).errors?.map(({ parameter }) => parameter)).toEqual([name]);
  });

  it("is counted by district for everybody; of homes only where enough of them hide each other", async () => {
    for (const [perKind, told] of [
      [3, []],
      [12, ["ucare"]],
    ] as const) {
      const { city, answer } = await openRoom({ perKind });
      city.desk.put({ alarms: [...alarms, homeAlarm] });
      const counts = async (as: "viewer" | "care") => (await answer("/api/v1/alarm-counts", alarmCountsSchema, { as })).counts;
      const seen = await counts("viewer");
      expect(seen.filter(({ service }) => service === "ucare").map(({ service }) => service)).toEqual(told);
      expect(seen.find(({ service, priority }) => service === "stream" && priority === 1)).toMatchObject({ alarms: 2, unacknowledged: 1 });
      expect(seen.some(({ priority }) => priority === 4)).toBe(false);
      expect((await counts("care")).filter(({ service }) => service === "ucare")).toEqual([
        expect.objectContaining({ alarms: 1, unacknowledged: 1 }),
      ]);
    }
  });
});

describe("the journal", () => {
  const lines = Array.from({ length: 10 }, (_, at) =>
    lineOf({ t: stillNow + at * 1000, device: at % 2 === 0 ? "even" : "odd", alarm: `a${at % 5}` }),
  );

  it("is its newest lines, oldest first, by time, alarm and device", async () => {
    const { city, answer } = await openRoom();
    city.desk.put({ lines });
    const numbers = async (query: string) => (await answer(`/api/v1/journal?${query}`, journalSchema)).lines.map(({ n }) => n);
    expect(await numbers("limit=3")).toEqual([8, 9, 10]);
    expect(await numbers(`from=${stillNow + 2000}&to=${stillNow + 4000}`)).toEqual([3, 4, 5]);
    expect(await numbers("alarm=a0")).toEqual([1, 6]);
    expect(await numbers("device=odd&limit=2")).toEqual([8, 10]);
    expect(await numbers("run=r0")).toEqual([]);
    expect(await numbers("run=r1&limit=1")).toEqual([10]);
  });

  it("is read on from a number without a hole or a double, also by whoever may not see all of it", async () => {
    const { city, answer } = await openRoom();
    for (const line of lines) {
      city.desk.put({ lines: [line] });
      sayCareOnDesk(city.desk);
    }
    for (const [as, expected] of [
      ["viewer", 10],
      ["care", 60],
    ] as const) {
      const read: number[] = [];
      for (let next = 0, more = true; more; ) {
        const page = await answer(`/api/v1/journal?after=${next}&limit=7`, journalSchema, { as });
        read.push(...page.lines.map(({ n }) => n));
        more = page.next > next;
        next = page.next;
      }
      expect(read).toHaveLength(expected);
      expect(read).toEqual([...new Set(read)].sort((a, b) => a - b));
    }
  });

  it("is read on in windows, never whole, however rare the lines that are asked for", async () => {
    const { city, answer } = await openRoom();
    city.desk.put({ lines: Array.from({ length: 12_001 }, (_, at) => lineOf({ device: at % 4000 === 0 ? "rare" : "other" })) });
    const journal = vi.spyOn(city.desk.port, "journal");
    const page = await answer("/api/v1/journal?after=0&device=rare&limit=100", journalSchema);
    expect(page).toMatchObject({ next: 12_001, lines: [1, 4001, 8001, 12_001].map((n) => ({ n })) });
    expect((await answer("/api/v1/journal?after=1&device=rare&limit=2", journalSchema)).next).toBe(8001);
    expect((await answer("/api/v1/journal?after=12001", journalSchema)).next).toBe(12_001);
    expect((await answer("/api/v1/journal?after=50000", journalSchema)).next).toBe(50_000);
    expect(Math.max(...journal.mock.calls.map(([{ limit }]) => limit))).toBeLessThanOrEqual(5000);
    expect(journal.mock.calls.filter(([{ after, before }]) => after !== undefined && before! - after > 5001)).toEqual([]);
  });

  it("is CSV for spreadsheets when asked: marked as UTF-8, quoted, and what people wrote is no formula", async () => {
    const { ask, city } = await openRoom();
    fillDesk(city.desk);
    for (const asked of [ask("/api/v1/journal?format=csv"), ask("/api/v1/journal", { headers: { accept: "text/csv" } })]) {
      const response = await asked;
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(response.headers.get("content-disposition")).toContain("journal.csv");
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const [head = "", first = "", second = ""] = bytes.toString().split("\r\n");
      expect(head.slice(1).split(",").slice(0, 7)).toEqual(["n", "run", "timeline", "t", "at", "what", "alarm"]);
      expect(first).toContain(`1,r1,city,2026-11-24T14:55:00.000Z,2026-11-24T14:55:00.001Z,raised,${openAlarm}`);
      expect(first).toContain('"{""step"":""alert"",""limit"":6}"');
      expect(second).toContain("'=박준호,operator");
      expect(second).toContain('"seen, ""twice""\nat the gate"');
    }
    expect((await ask("/api/v1/journal?format=json", { headers: { accept: "text/csv" } })).headers.get("content-type")).toContain("json");
  });

  it("refuses a span that runs backwards", async () => {
    const { problem } = await openRoom();
    expect((await problem(`/api/v1/journal?from=${stillNow}&to=${stillNow - 1}`, 400)).detail).toContain("from: ");
  });
});

describe("the queues", () => {
  it("are told by queue, newest first", async () => {
    const { city, answer } = await openRoom();
    city.desk.put({
      items: [itemOf("evzone-bay-001", { openedAt: 1 }), itemOf("evzone-bay-002", { openedAt: 2 }), itemOf("foodwaste-bin-001", { queue: "task" })],
    });
    const ids = async (query: string) => (await answer(`/api/v1/items${query}`, itemsSchema)).items.map(({ device }) => device);
    expect(await ids("?queue=case")).toEqual(["evzone-bay-002", "evzone-bay-001"]);
    expect(await ids("?limit=1")).toEqual(["foodwaste-bin-001"]);
  });

  it("hand cases to the fining office as rows and as CSV, in the city's own time, and mark them", async () => {
    const { city, ask, answer } = await openRoom();
    fillDesk(city.desk);
    const body = { items: [openItem, "nobody"], language: "en" };
    const exported = await answer("/api/v1/items/export", itemsExportSchema, { as: "operator", body });
    expect(exported.rows).toEqual([
      expect.objectContaining({ id: openItem, clause: "Article 18-8", amount: 100_000, openedAt: "2026-11-24T23:55:00+09:00" }),
    ]);
    expect(exported.left.map(({ id }) => id)).toEqual(["nobody"]);
    expect(city.desk.port.items()[0]?.exportedAt).not.toBeNull();
    const csv = await ask("/api/v1/items/export", { as: "operator", body: { items: [openItem], format: "csv" } });
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [head = "", row = ""] = (await csv.text()).split("\r\n");
    expect(head).toContain("id,device,district,violation,clause,lawFrom,amount");
    expect(row).toContain("Article 18-8 (한),2026-02-05,100000,2026-11-24T23:55:00+09:00");
  });
});

it("commands are told newest first, by device and by alarm", async () => {
  const { city, answer } = await openRoom();
  city.desk.put({ commands: ["c1", "c2", "c3"].map((id) => commandOf("stream-gate-001", { id, alarm: id === "c2" ? openAlarm : null })) });
  city.desk.put({ commands: [commandOf("stream-gate-002", { id: "c4" })], advice: [adviceOf("traffic-signal-001")] });
  const ids = async (query: string) => (await answer(`/api/v1/commands${query}`, commandsSchema)).commands.map(({ id }) => id);
  expect(await ids("")).toEqual(["c4", "c3", "c2", "c1"]);
  expect(await ids("?device=stream-gate-001&limit=2")).toEqual(["c3", "c2"]);
  expect(await ids(`?alarm=${openAlarm}`)).toEqual(["c2"]);
});

describe("a receipt of a link", () => {
  const path = "/api/v1/links/disaster/receipts";
  const body = { id: openHandoff, state: "dispatched" };
  const headers = { "webhook-signature": goodSignature };

  it("is let in by its signature alone and taken over the very bytes that came", async () => {
    const { city, answer } = await openRoom();
    fillDesk(city.desk);
    const heard: string[] = [];
    const { receipt } = city.desk.port;
    Object.assign(city.desk.port, { receipt: (...asked: Parameters<typeof receipt>) => receipt(...asked).finally(() => heard.push(asked[1].body)) });
    const text = `{ "id":"${openHandoff}",\n "state" : "dispatched", "note": "출동"}`;
    for (const type of ["application/json", "application/cloudevents+json"])
      expect(await answer(path, receiptSchema, { as: null, body: text, headers: { ...headers, "content-type": type } })).toEqual({
        id: openHandoff,
        state: "dispatched",
      });
    expect(heard).toEqual([text, text]);
    expect(city.desk.port.handoffs({ limit: 1 })[0]?.state).toBe("dispatched");
  });

  it.each([
    ["without a signature", path, body, {}, 401],
    ["with another's", path, body, { "webhook-signature": "v1,bad" }, 401],
    ["of an unknown hand-over", path, { ...body, id: "nobody" }, headers, 404],
    ["of another link's hand-over", "/api/v1/links/dispatch-119/receipts", body, headers, 404],
    ["of an unknown link", "/api/v1/links/mayor/receipts", body, headers, 400],
    ["with an unknown state", path, { ...body, state: "sent" }, headers, 400],
    ["with a huge note", path, { ...body, note: "x".repeat(2001) }, headers, 400],
    ["of a hundred kilobytes", path, { ...body, note: "x".repeat(100_000) }, headers, 413],
  ] as const)("%s is refused and changes nothing", async (_what, at, asked, given, status) => {
    const { city, problem } = await openRoom();
    fillDesk(city.desk);
    await problem(at, status, { as: null, body: asked, headers: given });
    expect(city.desk.port.handoffs({ limit: 1 })[0]?.state).toBe("sent");
  });
});

describe("the feed of public alarms", () => {
  it("needs a sign-in, unless the console is opened for it", async () => {
    const { city, ask, problem } = await openRoom();
    expect((await problem("/cap/feed.atom", 404)).detail).toContain("no feed");
    city.desk.cap("m1", "<alert/>");
    const feed = await ask("/cap/feed.atom");
    expect([feed.status, feed.headers.get("content-type"), await feed.text()]).toEqual([200, "application/atom+xml; charset=utf-8", "<alert/>"]);
    const message = await ask("/cap/m1.xml");
    expect([message.status, message.headers.get("content-type")]).toEqual([200, "application/cap+xml; charset=utf-8"]);
    await problem("/cap/m2.xml", 404);
    for (const path of ["/cap/feed.atom", "/cap/m1.xml"]) await problem(path, 401, { as: null });
  });

  it("is open to everybody when the console is opened for it, and nothing else is", async () => {
    const { city, ask, problem } = await openRoom({ openFeed: true });
    city.desk.cap("m1", "<alert/>");
    for (const path of ["/cap/feed.atom", "/cap/m1.xml"]) expect((await ask(path, { as: null })).status).toBe(200);
    const document = (await (await ask("/api/v1/openapi.json")).json()) as { paths: Record<string, { get: { security?: object[] } }> };
    expect(document.paths["/cap/feed.atom"]?.get.security).toEqual([]);
    await problem("/api/v1/alarms", 401, { as: null });
  });
});

describe("the figures of the room", () => {
  const metrics = async (ask: Awaited<ReturnType<typeof openRoom>>["ask"]) => (await ask("/metrics")).text();

  it("are counters and gauges by state, priority and class", async () => {
    const { city, ask } = await openRoom();
    city.desk.put({ alarms, lines: [lineOf(), lineOf()] });
    const text = await metrics(ask);
    expect(text).toContain('\ngwanje_alarms{state="B",priority="2",class="operations"} 1\n');
    expect(text).toContain('\ngwanje_alarms{state="B",priority="2",class="maintenance"} 1\n');
    expect(text).toContain('\ngwanje_alarms{state="E",priority="4",class="operations"} 1\n');
    expect(text).toContain("\ngwanje_journal_lines_total 2\n");
    expect(text).toContain("\ngwanje_alarm_flood 0\n");
    city.desk.put({ alarms: [{ ...shelved, state: "A" }] });
    expect(await metrics(ask)).not.toContain('state="E"');
  });

  it("count each command once in each state that it came into", async () => {
    const { city, ask } = await openRoom();
    const counts = async () =>
      [...(await metrics(ask)).matchAll(/^gwanje_commands_total\{state="(\w+)"\} (\d+)$/gm)].map(([, state, n]) => `${state} ${n}`);
    expect(await counts()).toEqual(["pending 0", "confirmed 0", "failed 0"]);
    const sent = commandOf("stream-gate-001");
    for (const command of [
      sent,
      { ...sent, heardAt: 1 },
      { ...sent, state: "confirmed" as const },
      { ...sent, state: "confirmed" as const, actual: "shut" },
    ])
      city.desk.put({ commands: [command] });
    city.desk.put({ commands: [commandOf("stream-gate-002", { state: "failed" })] });
    expect(await counts()).toEqual(["pending 2", "confirmed 1", "failed 1"]);
  });

  it("and its health tell of a flood, which makes nobody ill", async () => {
    const { city, ask } = await openRoom();
    const health = async () => (await (await ask("/healthz", { as: null })).json()) as { status: string; parts: Record<string, { text: string }> };
    expect((await health()).parts.alarms?.text).toBe("no flood, 0 within 10 minutes");
    city.desk.flood(stillNow, 14);
    expect(await health()).toMatchObject({
      status: "ok",
      parts: { alarms: { text: `flood since ${new Date(stillNow).toISOString()}, 14 within 10 minutes` } },
    });
    expect(await metrics(ask)).toContain("\ngwanje_alarms_last_10_minutes 14\n");
  });

  it("stop listening when the console closes", async () => {
    const { city, console: opened } = await openRoom();
    expect(city.desk.listeners()).toBe(2);
    await opened.close();
    expect(city.desk.listeners()).toBe(0);
  });
});
