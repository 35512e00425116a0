import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startBuiltInReceiver } from "../../broker/handoff/built-in-receiver.ts";
import { type Destination, type Patience, startCourier } from "../../broker/handoff/courier.ts";
import type { HandoffRecord } from "../../broker/handoff/handoff-record.ts";
import { linkEventOf, receiptPath } from "../../broker/handoff/link-event.ts";
import { checkSignature, signed } from "../../broker/handoff/signature.ts";
import type { Handoff, LinkId } from "../../shared/links.ts";
import { handoffWorld, nine, quick, secret } from "../support/handoff-world.ts";
import { otherSide, status } from "../support/other-side.ts";

const log = pino({ level: "silent" });

/** A courier over one hand-over whose receipts go straight into the record, as the log would bring them. */
function carrying(url: string, { patience = quick, destination }: { patience?: Patience; destination?: (link: LinkId) => Destination } = {}) {
  const world = handoffWorld();
  const courier = startCourier({
    city: "gaon",
    unanswered: world.handoffs().unanswered,
    destination: destination ?? (() => ({ receiver: "outside", url, secret })),
    note: async (receipt) => void world.hear(receipt),
    patience,
    log,
    now: () => nine,
  });
  onTestFinished(courier.close);
  return {
    world,
    courier,
    until: (state: Handoff["state"]) => vi.waitFor(() => expect(world.newest()?.state).toBe(state), { timeout: 5000, interval: 5 }),
  };
}
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

describe("the courier", () => {
  it("brings a signed CloudEvent, once, and takes a 2xx for received", async () => {
    const side = await otherSide(status(202));
    const { world, courier, until } = carrying(side.url);
    world.raise(nine);
    courier.look();
    courier.look();
    await until("received");
    expect(side.heard).toHaveLength(1);
    const { headers, body } = side.heard[0]!;
    expect(headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    expect(checkSignature(secret, headers, body)).toMatchObject({ ok: true });
    expect(headers["webhook-id"]).toBe(JSON.parse(body).id);
    expect(JSON.parse(body)).toMatchObject({ specversion: "1.0", exercise: true, data: { title: { ko: "[훈련] 화재 감지" } } });
    expect(world.newest()).toMatchObject({ tries: 1, receiver: "outside" });
  });

  it.each([500, 503, 429, 408])("tries again after %i, with the same id and the same words", async (code) => {
    const side = await otherSide(status(code, "지금은 안 됩니다"));
    const { world, courier, until } = carrying(side.url, { patience: { ...quick, tries: 1000 } });
    world.raise(nine);
    courier.look();
    await side.came(2);
    side.answerWith(status(200));
    await until("received");
    expect(new Set(side.heard.map(({ body }) => body)).size).toBe(1);
    expect(side.heard.length).toBeGreaterThanOrEqual(3);
    expect(world.newest()?.trouble).toBeUndefined();
  });

  it.each([400, 401, 404, 410, 422, 302])("does not press on after %i: a person sees at once that it failed, and why", async (code) => {
    const elsewhere = await otherSide(status(200));
    const side = await otherSide(status(code, "아니오", { location: elsewhere.url }));
    const { world, courier, until } = carrying(side.url);
    world.raise(nine);
    courier.look();
    await until("failed");
    expect(side.heard).toHaveLength(1);
    expect(elsewhere.heard).toEqual([]);
    expect(world.newest()?.trouble).toContain(`it answered ${code}: 아니오`);
  });

  it("gives a dead receiver up after its tries, and says so", async () => {
    const { world, courier, until } = carrying(await deadUrl());
    world.raise(nine);
    courier.look();
    await until("failed");
    expect(world.newest()).toMatchObject({ tries: quick.tries, trouble: expect.stringContaining("ECONNREFUSED") });
  });

  it("does not wait for ever for one that is silent, and reaches it when it wakes", async () => {
    const side = await otherSide(() => undefined);
    const { world, courier, until } = carrying(side.url, { patience: { ...quick, timeout: 200, tries: 1000 } });
    world.raise(nine);
    courier.look();
    await vi.waitFor(() => expect(world.newest()?.trouble).toBe("no answer within 0.2 s"), { timeout: 5000 });
    side.answerWith(status(204));
    await until("received");
    expect(new Set(side.ids()).size).toBe(1);
  });

  it("waits for one that is slow but in time", async () => {
    const side = await otherSide((_heard, response) => void setTimeout(() => response.writeHead(200).end(), 60));
    const { world, courier, until } = carrying(side.url);
    world.raise(nine);
    courier.look();
    await until("received");
    expect(side.heard).toHaveLength(1);
  });

  it("keeps the reason short, however much the other side has to say", async () => {
    const side = await otherSide(status(400, "길".repeat(100_000)));
    const { world, courier, until } = carrying(side.url);
    world.raise(nine);
    courier.look();
    await until("failed");
    expect(world.newest()?.trouble?.length).toBeLessThan(400);
  });

  it("carries at most four at once to a receiver, and all of them in the end", async () => {
    let at = 0;
    let most = 0;
    const side = await otherSide((_heard, response) => {
      at += 1;
      most = Math.max(most, at);
      setTimeout(() => {
        at -= 1;
        response.writeHead(200).end();
      }, 5);
    });
    const { world, courier } = carrying(side.url);
    for (let n = 0; n < 30; n++) world.raise(nine + n * 3_600_000);
    courier.look();
    await vi.waitFor(() => expect(world.handoffs().unanswered()).toEqual([]), { timeout: 5000 });
    expect(new Set(side.ids()).size).toBe(30);
    expect(side.heard).toHaveLength(30);
    expect(most).toBe(4);
  });

  it("does not let a dead link hold up another", async () => {
    const side = await otherSide(status(200));
    const dead = await deadUrl();
    const { world, courier } = carrying("", {
      destination: (link) => ({ receiver: "outside", url: link === "vulnerable" ? side.url : dead, secret }),
      patience: { ...quick, first: 60_000, longest: 60_000 },
    });
    world.raise(nine);
    courier.look();
    world.act({ do: "hand-over", alarm: "ucare-blaze-home-1", to: "vulnerable" }, nine);
    courier.look();
    await vi.waitFor(() => expect(world.newest()).toMatchObject({ to: "vulnerable", state: "received" }));
  });

  it("says of a link that is off that it leads nowhere", async () => {
    const { world, courier, until } = carrying("", { destination: () => ({ receiver: "off" }) });
    world.raise(nine);
    courier.look();
    await until("failed");
    expect(world.newest()).toMatchObject({ tries: 0, trouble: expect.stringContaining("off") });
  });
});

describe("the built-in receiver (demonstration)", () => {
  const eventOf = (timeline: "city" | "field"): string => {
    const world = handoffWorld({ timeline });
    world.raise(nine);
    return JSON.stringify(linkEventOf(world.handoffs().state().handoffs[0] as HandoffRecord, "gaon"));
  };
  async function open(pace = 0.001) {
    const receiver = await startBuiltInReceiver({ secret, log, pace });
    onTestFinished(receiver.close);
    const room = await otherSide(status(200, "{}"));
    const send = (body: string, key = secret, url = receiver.url("dispatch-119")) =>
      fetch(url, { method: "POST", headers: { "content-type": "application/cloudevents+json", ...signed(key, "x", body, Date.now()) }, body });
    return { receiver, room, send };
  }

  it("takes an exercise, says what it is, and tells the room of dispatch and end, signed", async () => {
    const { receiver, room, send } = await open();
    receiver.answerTo(room.url);
    const answer = await send(eventOf("city"));
    expect(answer.status).toBe(202);
    expect(answer.headers.get("server")).toContain("not a real service");
    expect(await answer.json()).toEqual({ receiver: "내장 수신기(시연용) · built-in receiver (demonstration)", real: false });
    await room.came(2);
    expect(room.heard.map(({ path }) => path)).toEqual([receiptPath("dispatch-119"), receiptPath("dispatch-119")]);
    expect(room.heard.map(({ body }) => JSON.parse(body).state)).toEqual(["dispatched", "closed"]);
    for (const { headers, body } of room.heard) {
      expect(checkSignature(secret, headers, body)).toMatchObject({ ok: true });
      expect(JSON.parse(body).note).toContain("built-in receiver (demonstration)");
    }
  });

  it("counts what the room has forgotten with its run, and warns of nothing; warns of any other refusal", async () => {
    for (const [code, warned, counted] of [
      [404, 0, 2],
      [403, 2, 0],
    ] as const) {
      const told: { readonly level: number; readonly receipts?: number }[] = [];
      const heard = pino({ level: "info" }, { write: (line: string) => void told.push(JSON.parse(line)) });
      const receiver = await startBuiltInReceiver({ secret, log: heard, pace: 0.001 });
      const room = await otherSide(status(code, "{}"));
      receiver.answerTo(room.url);
      const body = eventOf("city");
      const headers = { "content-type": "application/cloudevents+json", ...signed(secret, "x", body, Date.now()) };
      await fetch(receiver.url("dispatch-119"), { method: "POST", headers, body });
      await room.came(2);
      await vi.waitFor(() => expect(told.filter(({ level }) => level === 40)).toHaveLength(warned));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await receiver.close();
      expect(told.flatMap(({ receipts }) => receipts ?? [])).toEqual(counted === 0 ? [] : [counted]);
      expect(told.filter(({ level }) => level === 40)).toHaveLength(warned);
    }
  });

  it("takes the same one again without a second crew", async () => {
    const { receiver, room, send } = await open();
    receiver.answerTo(room.url);
    const event = eventOf("city");
    expect([(await send(event)).status, (await send(event)).status]).toEqual([202, 202]);
    await send(event.replace(/"id":"[^"]+"/, '"id":"another"'));
    await room.came(4);
    expect(room.ids().filter((id) => id !== "another")).toHaveLength(2);
  });

  it("lets no real alarm end with it", async () => {
    const { send } = await open();
    const answer = await send(eventOf("field"));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/only exercises.*전화/);
    // one mark alone is not enough
    const exercise = eventOf("city");
    expect((await send(exercise.replace('"exercise":true,', ""))).status).toBe(422);
    expect((await send(exercise.replace("handed-over.exercise", "handed-over"))).status).toBe(422);
  });

  it.each([
    ["another's signature", "city", "somebody-elses-secret", undefined, 401],
    ["a link that is none", "city", secret, "/links/police", 404],
    ["what is no event", "{", secret, undefined, 422],
  ] as const)("refuses %s", async (_, what, key, path, code) => {
    const { receiver, send } = await open();
    const url = path === undefined ? undefined : new URL(path, receiver.url("disaster")).href;
    expect((await send(what === "city" ? eventOf("city") : what, key, url)).status).toBe(code);
  });

  it("waits for the console to open, and goes on after a restart with what had been taken", async () => {
    const { receiver, room } = await open();
    receiver.resume([
      { id: "a", to: "dispatch-119", state: "received" },
      { id: "b", to: "disaster", state: "dispatched" },
    ]);
    receiver.answerTo(room.url);
    await room.came(3);
    const said = room.heard.map(({ body }) => JSON.parse(body) as { id: string; state: string });
    expect(said.filter(({ id }) => id === "a").map(({ state }) => state)).toEqual(["dispatched", "closed"]);
    expect(said.filter(({ id }) => id === "b").map(({ state }) => state)).toEqual(["closed"]);
  });
});
