import { describe, expect, it } from "vitest";
import * as api from "../../shared/api.ts";
import { services } from "../../shared/services/index.ts";
import { stillClock, stillNow } from "../support/still-city.ts";
import { openRoom } from "../support/still-room.ts";

const minute = 60_000;
const gauge = "stream-gauge-001";
const iso = (t: number) => new Date(t).toISOString();

/** A gauge that has spoken three times within the last hour. */
async function openSpokenRoom() {
  const room = await openRoom();
  for (const [ago, level] of [[30, 1.5] as const, [20, 2.5] as const, [10, 3.5] as const]) room.city.say(gauge, stillNow - ago * minute, { level });
  return room;
}

describe("the console tells over HTTP", () => {
  it("how its parts are, to everybody, and 503 only when the city is down", async () => {
    const { city, ask, answer } = await openRoom();
    expect(await answer("/healthz", api.healthSchema, { as: null })).toEqual({
      status: "ok",
      parts: { store: { status: "ok", text: "in memory" }, alarms: { status: "ok", text: "no flood, 0 within 10 minutes" } },
    });
    city.health = "degraded";
    expect((await ask("/healthz", { as: null })).status).toBe(200);
    city.health = "down";
    const down = await ask("/healthz", { as: null });
    expect([down.status, api.healthSchema.parse(await down.json()).status]).toEqual([503, "down"]);
  });

  it("its counters in Prometheus text", async () => {
    const { city, ask } = await openSpokenRoom();
    city.refuse({ topic: "t", client: "c", device: undefined, code: "range", reason: "r", payload: "p" });
    const response = await ask("/metrics");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=/);
    const text = await response.text();
    for (const line of [
      "gwanje_readings_accepted_total 3",
      "gwanje_readings_pending 0",
      'gwanje_quarantine_total{code="range"} 1',
      "gwanje_console_sockets 0",
    ])
      expect(text).toContain(`\n${line}\n`);
    expect(await (await ask("/metrics")).text()).toContain("\ngwanje_readings_accepted_total 3\n");
  });

  it("the city and its clock, also when there is no simulator", async () => {
    const { city, answer } = await openRoom();
    expect(await answer("/api/v1/city", api.citySchema)).toMatchObject({
      city: "small",
      seed: 1,
      run: "r1",
      time: stillNow,
      phase: "live",
      simulated: true,
    });
    city.setClock(undefined);
    expect(await answer("/api/v1/city", api.citySchema)).toMatchObject({
      city: "small",
      seed: null,
      run: null,
      rate: 1,
      phase: null,
      simulated: false,
    });
  });

  it("the plan and the catalogue, without formulas", async () => {
    const { answer } = await openRoom();
    const plan = await answer("/api/v1/plan", api.planSchema);
    expect(plan.districts.map(({ id }) => id)).toEqual(["north", "south"]);
    const catalogue = await answer("/api/v1/services", api.servicesSchema);
    expect(catalogue.services.map(({ id }) => id)).toEqual(services.map(({ id }) => id));
    expect(catalogue.services.find(({ id }) => id === "stream")).toMatchObject({ metrics: { level: { unit: "m", label: { ko: "수위" } } } });
    expect(JSON.stringify(catalogue)).not.toContain("=>");
  });

  it("devices page by page, each once, sorted, while others come and go", async () => {
    const { answer, city } = await openRoom({ perKind: 5 });
    const publicIds = city.port
      .devices()
      .filter(({ service }) => service !== "ucare")
      .map(({ id }) => id)
      .sort();
    const ids: string[] = [];
    let next: string | null = null;
    do {
      const page: { devices: readonly { id: string }[]; next: string | null } = await answer(
        `/api/v1/devices?limit=7${next === null ? "" : `&cursor=${next}`}`,
        api.devicesSchema,
      );
      expect(page.devices.length).toBeLessThanOrEqual(7);
      ids.push(...page.devices.map(({ id }) => id));
      next = page.next;
    } while (next !== null);
    expect(ids).toEqual(publicIds);
    const some = await answer("/api/v1/devices?service=stream&district=south", api.devicesSchema);
    expect(some.devices.map(({ id }) => id)).toEqual(publicIds.filter((id) => /^stream-.*-00[24]$/.test(id)));
    expect((await answer(`/api/v1/devices?limit=${publicIds.length}`, api.devicesSchema)).next).toBeNull();
  });

  it("one device with the contract of its metrics, last values and counters", async () => {
    const { answer } = await openSpokenRoom();
    const device = await answer(`/api/v1/devices/${gauge}`, api.deviceDetailSchema);
    expect(device).toMatchObject({ id: gauge, kind: "gauge", lastSeen: stillNow - 10 * minute, counters: { accepted: 3, stored: 3, refused: 0 } });
    expect(device.last.level).toEqual({ t: stillNow - 10 * minute, value: 3.5, quality: "good" });
    expect(Object.keys(device.metrics)).toEqual(services.find(({ id }) => id === "stream")!.kinds.gauge!.metrics);
    expect(device).not.toHaveProperty("cell");
  });

  it("the newest values of every device that has spoken, with their quality", async () => {
    const { answer, city } = await openSpokenRoom();
    city.say("traffic-signal-001", stillNow, { cycle: 120 }, { cycle: "est" });
    const { readings } = await answer("/api/v1/latest", api.latestSchema);
    expect(readings).toEqual([
      { d: "traffic-signal-001", t: stillNow, m: { cycle: 120 }, q: { cycle: "est" } },
      { d: gauge, t: stillNow - 10 * minute, m: { level: 3.5 }, q: {} },
    ]);
    expect((await answer("/api/v1/latest?service=stream", api.latestSchema)).readings.map(({ d }) => d)).toEqual([gauge]);
  });

  it("a series by any way of writing its times", async () => {
    const { answer } = await openSpokenRoom();
    const path = `/api/v1/devices/${gauge}/series?metric=level`;
    const levels = async (query: string) => (await answer(`${path}${query}`, api.seriesSchema)).points.map(({ mean }) => mean);
    expect(await levels("")).toEqual([1.5, 2.5, 3.5]);
    const from = stillNow - 25 * minute;
    const seoul = iso(from + 9 * 60 * minute).replace("Z", "+09:00");
    for (const written of [`${from}`, iso(from), encodeURIComponent(seoul), seoul]) expect(await levels(`&from=${written}`)).toEqual([2.5, 3.5]);
    expect(await levels(`&from=${iso(from).slice(0, 10)}&to=${stillNow - 15 * minute}`)).toEqual(
      iso(from).slice(0, 10) === iso(stillNow).slice(0, 10) ? [1.5, 2.5] : [],
    );
  });

  it("a series as CSV that a spreadsheet opens, by address or by Accept", async () => {
    const { ask } = await openSpokenRoom();
    const path = `/api/v1/devices/${gauge}/series?metric=level`;
    const byAddress = await ask(`${path}&format=csv`);
    expect(byAddress.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(byAddress.headers.get("content-disposition")).toBe(`attachment; filename=${gauge}-level.csv`);
    const bytes = Buffer.from(await byAddress.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString("utf8").slice(1).split("\r\n");
    expect(lines).toEqual([
      "t,min,mean,max,n,quality",
      `${iso(stillNow - 30 * minute)},1.5,1.5,1.5,1,good`,
      expect.any(String),
      expect.any(String),
      "",
    ]);
    const byAccept = await ask(path, { headers: { accept: "text/csv" } });
    expect(byAccept.headers.get("vary")).toMatch(/Accept/i);
    expect(await byAccept.arrayBuffer()).toEqual(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    expect((await ask(path, { headers: { accept: "text/html,text/csv" } })).headers.get("content-type")).toMatch(/^application\/json/);
    expect((await ask(`${path}&format=json`, { headers: { accept: "text/csv" } })).headers.get("content-type")).toMatch(/^application\/json/);
  });

  it("how long a state held, and the hours of a district", async () => {
    const { answer, city } = await openSpokenRoom();
    city.say("stream-gate-001", stillNow - 40 * minute, {
      gate: services.find(({ id }) => id === "stream")!.metrics.gate!.kind === "state" ? "open" : "",
    });
    const { spans } = await answer("/api/v1/devices/stream-gate-001/spans?metric=gate", api.spansSchema);
    expect(spans).toEqual([{ from: stillNow - 40 * minute, to: stillNow, value: "open" }]);
    const { rows } = await answer(`/api/v1/aggregate?service=stream&metric=level&by=hour&from=${stillNow - 60 * minute}`, api.aggregateSchema);
    expect(rows).toEqual([expect.objectContaining({ district: "north", min: 1.5, mean: 2.5, max: 3.5, sum: 7.5, n: 3 })]);
  });

  it("the figures of a tile, the hour before now when no time is given", async () => {
    const { answer } = await openRoom();
    const { figures } = await answer("/api/v1/figures?service=stream", api.figuresSchema);
    expect(figures).toHaveLength(3);
    expect(figures[0]).toMatchObject({ t: [stillNow - 60 * minute, stillNow], v: [1, null] });
  });

  it("the newest lines of the chronicle, oldest first; those of one device although others talk more", async () => {
    const { answer, city } = await openRoom();
    city.happen({ t: stillNow - 9 * minute, service: "traffic", device: "traffic-signal-001", what: "silent", x: {} });
    for (let n = 0; n < 30; n++) city.happen({ t: stillNow - 8 * minute + n, service: "stream", device: gauge, what: "back", x: { n } });
    const { lines } = await answer("/api/v1/chronicle?limit=3", api.chronicleSchema);
    expect(lines.map(({ x }) => x.n)).toEqual([27, 28, 29]);
    const own = await answer("/api/v1/chronicle?limit=3&device=traffic-signal-001", api.chronicleSchema);
    expect(own.lines.map(({ what }) => what)).toEqual(["silent"]);
    expect((await answer(`/api/v1/chronicle?service=stream&to=${stillNow - 8 * minute}`, api.chronicleSchema)).lines).toHaveLength(1);
  });

  it("the newest raw messages of a device and of its gateway", async () => {
    const { answer } = await openSpokenRoom();
    for (const speaker of [gauge, "gw-stream"]) {
      const { messages } = await answer(`/api/v1/devices/${speaker}/messages?limit=2`, api.messagesSchema);
      expect(messages.map(({ payload }) => payload)).toEqual(['{"level":3.5}', '{"level":2.5}']);
    }
  });

  it("what was refused and why, newest first", async () => {
    const { answer, city } = await openRoom();
    for (const reason of ["first", "second", "third"]) city.refuse({ topic: "t", client: "c", device: gauge, code: "range", reason, payload: "{}" });
    city.refuse({ topic: "t", client: "c", device: undefined, code: "json", reason: "fourth", payload: "{" });
    const page = await answer("/api/v1/quarantine?limit=2", api.quarantineSchema);
    expect(page.items.map(({ reason, device }) => [reason, device])).toEqual([
      ["fourth", null],
      ["third", gauge],
    ]);
    expect(page).toMatchObject({ total: 4, byCode: { range: 3, json: 1 } });
    expect((await answer(`/api/v1/quarantine?device=${gauge}`, api.quarantineSchema)).items.map(({ reason }) => reason)).toEqual([
      "third",
      "second",
      "first",
    ]);
  });

  it("the ledger in total and per device", async () => {
    const { answer, city } = await openSpokenRoom();
    const ledger = await answer("/api/v1/ledger", api.ledgerSchema);
    expect(ledger).toMatchObject({ received: 3, accepted: 3, stored: 3, messages: 3 });
    expect(ledger.devices).toHaveLength(city.port.devices().filter(({ service }) => service !== "ucare").length);
    const one = await answer(`/api/v1/ledger?device=${gauge}`, api.ledgerSchema);
    expect(one.devices).toEqual([expect.objectContaining({ id: gauge, accepted: 3 })]);
  });
});

describe("the console takes over HTTP", () => {
  it("asks of the clock, in the name of whoever asks, and answers the city as it is then", async () => {
    const { answer, city } = await openRoom();
    const asked = { as: "demonstrator", headers: { "x-actor": encodeURIComponent("김하늘") } } as const;
    expect(await answer("/api/v1/clock", api.citySchema, { ...asked, body: { rate: 60 } })).toMatchObject({ rate: 60, asked: 60 });
    expect(await answer("/api/v1/clock", api.citySchema, { ...asked, body: { paused: true } })).toMatchObject({ paused: true });
    expect(await answer("/api/v1/clock", api.citySchema, { ...asked, body: { step: 60 } })).toMatchObject({ paused: true });
    expect(await answer("/api/v1/clock", api.citySchema, { ...asked, body: { jumpTo: stillNow + 1000 } })).toMatchObject({ time: stillNow + 1000 });
    await answer("/api/v1/clock", api.citySchema, { as: "tester", body: { reset: {} } });
    expect(city.acts.map(({ action }) => Object.keys(action)[0])).toEqual(["rate", "paused", "step", "jumpTo", "reset"]);
    expect(city.acts[0]?.by).toEqual({ name: "김하늘", role: "demonstrator" });
    expect(city.acts[4]?.by).toEqual({ name: "tester", role: "tester" });
  });

  it("no jump back, no step while it runs, nothing without a simulator: 409 with the reason", async () => {
    const { problem, city } = await openRoom();
    const ask = (body: object) => ({ as: "demonstrator", body }) as const;
    expect((await problem("/api/v1/clock", 409, ask({ jumpTo: stillClock.head }))).detail).toMatch(/already at .*reset/);
    expect((await problem("/api/v1/clock", 409, ask({ jumpTo: -5 }))).detail).toMatch(/reset/);
    expect((await problem("/api/v1/clock", 409, ask({ step: 5 }))).detail).toMatch(/paused/);
    city.setClock(undefined);
    expect((await problem("/api/v1/clock", 409, ask({ rate: 5 }))).detail).toMatch(/no simulator/);
    expect(city.acts).toHaveLength(1);
  });

  it("a real device, once, and says how it signs in", async () => {
    const { answer, ask, problem, city } = await openRoom();
    const body = { service: "stream", device: "ws-real", name: { ko: "진짜 수위계", en: "Real gauge" }, lat: 37.5, lon: 127 };
    const access = await answer("/api/v1/devices", api.deviceAccessSchema, { as: "admin", body });
    expect(access).toMatchObject({ username: "ws-real", clientId: "ws-real" });
    expect(city.registered).toEqual([{ device: "ws-real", by: { name: "admin", role: "admin" } }]);
    expect((await ask("/api/v1/devices", { as: "admin", body })).status).toBe(201);
    await problem("/api/v1/devices", 409, { as: "admin", body: { service: "stream", device: gauge } });
  });

  it("another screen's wish for a link, under the address by which it was asked", async () => {
    const { answer, url } = await openRoom();
    const { link, qr } = await answer("/api/v1/screens", api.screenSchema, { as: "admin", body: { role: "viewer" } });
    expect(link.startsWith(`${url}/sign-in/`)).toBe(true);
    expect(qr).toMatch(/^<svg/);
    expect(await (await fetch(link)).text()).toContain("열람");
  });
});
