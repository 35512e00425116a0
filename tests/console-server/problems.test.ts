import { describe, expect, it, vi } from "vitest";
import { routes } from "../../console/server/routes/table.ts";
import { may, roles } from "../../shared/roles.ts";
import { describedPath, pathOf } from "../support/route-asks.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, problemIn, rawGet } from "../support/still-room.ts";

const gauge = "stream-gauge-001";
const parametersOf = (problem: { errors?: readonly { parameter: string }[] | undefined }) => problem.errors?.map(({ parameter }) => parameter);

describe("a wrong question", () => {
  it.each([
    ["/api/v1/city?x=1&y=2", ["x", "y"]],
    ["/api/v1/devices?limit=0&cursor=%21&shop=1", ["limit", "shop"]],
    ["/api/v1/devices?limit=5001", ["limit"]],
    ["/api/v1/devices?limit=1&limit=2", ["limit"]],
    ["/api/v1/devices?limit=", ["limit"]],
    ["/api/v1/devices?service=nope&district=nowhere&cursor=zzz", ["service", "district", "cursor"]],
    [`/api/v1/devices/${gauge}/series`, ["metric"]],
    [`/api/v1/devices/${gauge}/series?metric=level&points=9&from=yesterday&to=2026-11-24T09:00:00&format=xls`, ["from", "to", "points", "format"]],
    [`/api/v1/devices/${gauge}/series?metric=colour`, ["metric"]],
    ["/api/v1/devices/stream-gate-001/series?metric=gate", ["metric"]],
    [`/api/v1/devices/${gauge}/series?metric=level&from=${stillNow}&to=${stillNow}`, ["from"]],
    [`/api/v1/devices/${gauge}/spans?metric=level`, ["metric"]],
    [`/api/v1/devices/${gauge}/messages?limit=501`, ["limit"]],
    [`/api/v1/devices/${"x".repeat(65)}/messages?limit=0`, ["id", "limit"]],
    ["/api/v1/latest?service=nope", ["service"]],
    ["/api/v1/aggregate", ["service", "metric"]],
    ["/api/v1/aggregate?service=stream&metric=level&by=day", ["by"]],
    ["/api/v1/aggregate?service=stream&metric=colour", ["metric"]],
    ["/api/v1/last-above?service=stream&metric=colour", ["metric"]],
    ["/api/v1/last-above?service=stream&metric=gate", ["metric"]],
    ["/api/v1/last-above?service=nope&metric=level&above=high", ["above"]],
    ["/api/v1/figures?service=nope", ["service"]],
    ["/api/v1/chronicle?from=9999999999999999", ["from"]],
    ["/api/v1/quarantine?limit=1.5", ["limit"]],
    ["/api/v1/ledger?__proto__=1", ["__proto__"]],
  ])("%s is refused by naming %j", async (path, names) => {
    const { problem } = await openRoom();
    const refusal = await problem(path, 400);
    expect(parametersOf(refusal)).toEqual(names);
    for (const name of names) expect(refusal.detail).toContain(`${name}: `);
  });

  it.each([
    ["/api/v1/clock", { rate: 0 }, ["rate"]],
    ["/api/v1/clock", { rate: "fast" }, ["rate"]],
    ["/api/v1/clock", { step: 90_000 }, ["step"]],
    ["/api/v1/clock", { reset: { seed: -1 } }, ["reset.seed"]],
    ["/api/v1/clock", { reset: { sead: 1 } }, ["reset"]],
    ["/api/v1/clock", { rate: 1, paused: true }, ["body"]],
    ["/api/v1/clock", {}, ["body"]],
    ["/api/v1/clock", [], ["body"]],
    ["/api/v1/screens", { role: "king", colour: 1 }, ["role", "colour"]],
    ["/api/v1/screens", [], ["body"]],
    ["/api/v1/devices", { service: 1, device: "Upper", lat: 91, name: { ko: "" } }, ["service", "device", "name.ko", "name.en", "lat"]],
    ["/api/v1/devices", { service: "nope", device: "a" }, ["service"]],
    ["/api/v1/devices", { service: "stream", device: "a", kind: "boat", district: "nowhere" }, ["district", "kind"]],
    ["/api/v1/devices", { service: "nope", device: "a", kind: "boat", district: "nowhere" }, ["service", "district"]],
    ["/api/v1/injections", {}, ["kind"]],
    ["/api/v1/injections", { kind: "stuck", fault: "spike", device: "a" }, ["fault"]],
    ["/api/v1/injections", { fault: "stuck", incident: "debris", device: "a" }, ["incident"]],
    ["/api/v1/injections", { kind: "stuck", on: {}, device: "a" }, ["device"]],
    ["/api/v1/injections/preview", { kind: "stuck", device: "a", lasts: 60, duration: 90 }, ["duration"]],
  ])("%s with the body %j is refused by naming %j", async (path, body, names) => {
    const { problem } = await openRoom();
    expect(parametersOf(await problem(path, 400, { as: "admin", body }))).toEqual(names);
  });

  it("names wrong parameters of path, query and body at once", async () => {
    const { problem, city } = await openRoom();
    const refusal = await problem("/api/v1/screens?shop=1", 400, { as: "admin", body: { role: "king" } });
    expect(parametersOf(refusal)).toEqual(["shop", "role"]);
    expect(city.acts).toEqual([]);
  });

  it("tells how an ask of the clock looks", async () => {
    const { problem } = await openRoom();
    expect((await problem("/api/v1/clock", 400, { as: "tester", body: { speed: 3 } })).detail).toMatch(
      /\{"rate": number 0\.1\.\.3600\}, .*"paused": boolean/,
    );
  });

  it.each([
    ["{broken", 400],
    ['"a word"', 400],
    ["", 400],
    [`{"rate": ${"1".repeat(70_000)}}`, 413],
  ])("a body that is %.20j is answered %d", async (body, status) => {
    const { problem } = await openRoom();
    const { detail } = await problem("/api/v1/clock", status, {
      as: "tester",
      body,
      headers: { "content-type": "application/json" },
      method: "POST",
    });
    expect(detail).toMatch(/body|read/);
  });

  it("says that a body of another kind is none", async () => {
    const { problem } = await openRoom();
    expect((await problem("/api/v1/clock", 400, { as: "tester", body: "rate=5", headers: { "content-type": "text/plain" } })).detail).toMatch(
      /application\/json/,
    );
  });
});

describe("the text of a scenario", () => {
  const ask = (text: string, body = JSON.stringify({ text })) => ({ as: "tester" as const, method: "POST", headers: json, body });
  const json = { "content-type": "application/json" };
  it.each([
    ["60,000 syllables of Hangul", "가".repeat(60_000)],
    ["as many bytes of Latin, in lines", "x\n".repeat(90_000)],
  ])("may have %s, however the request writes them", async (_what, text) => {
    const { ask: send } = await openRoom();
    const escaped = JSON.stringify({ text }).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
    for (const one of [ask(text), ask(text, escaped)]) expect((await send("/api/v1/scenarios/check", one)).status).toBe(200);
  });
  it.each(["/api/v1/scenarios/check", "/api/v1/scenarios"])("is too long for %s by its bytes, which are told", async (path) => {
    const { problem } = await openRoom();
    const body = JSON.stringify({ ...(path.endsWith("check") ? {} : { id: "own" }), text: "가".repeat(60_001) });
    const refusal = await problem(path, 400, ask("", body));
    expect(refusal.detail).toBe("text: has 180,003 bytes as UTF-8, which is too many. Give: text of a scenario file, 180,000 bytes of UTF-8 at most");
  });
});

describe("an address that is not there", () => {
  it.each(["/api/v1/nothing", "/api", "/api/v2/city", "/api/v1/devices/a/b/c"])("%s is a 404 problem for everybody", async (path) => {
    const { problem } = await openRoom();
    expect((await problem(path, 404)).detail).toContain(path);
    await problem(path, 404, { as: null });
  });

  it.each(["", "/series?metric=level", "/spans?metric=level", "/messages"])("an unknown device%s is a 404 problem", async (rest) => {
    const { problem } = await openRoom();
    expect((await problem(`/api/v1/devices/nobody${rest}`, 404)).detail).toMatch(/^id: there is no device "nobody"/);
  });

  it("an unknown device of the ledger too", async () => {
    expect((await (await openRoom()).problem("/api/v1/ledger?device=nobody", 404)).detail).toMatch(/^device: /);
  });

  it.each(["/api/v1/devices/%E0%A4%A", "/api/v1/devices/%"])("%s cannot be read", async (path) => {
    const { url } = await openRoom();
    const { status, body } = await rawGet(url, path, { authorization: "Bearer a-token-of-the-role-viewer" });
    expect([status, body.includes("node_modules")]).toEqual([400, false]);
  });
});

describe("methods", () => {
  it("HEAD answers as GET does, without a body, also for the holder of a session", async () => {
    const { ask, console: room, url } = await openRoom();
    const head = await ask("/api/v1/city", { method: "HEAD" });
    expect([head.status, await head.text(), head.headers.get("content-type")]).toEqual([200, "", "application/json; charset=utf-8"]);
    const cookie = (await fetch(room.signInLink("viewer"), { method: "POST", body: new URLSearchParams({ name: "A" }), redirect: "manual" })).headers
      .getSetCookie()[0]!
      .split(";")[0]!;
    expect((await fetch(`${url}/api/v1/city`, { method: "HEAD", headers: { cookie } })).status).toBe(200);
  });

  it.each([...new Set(routes.map(({ path }) => path))])("%s says which methods it has", async (path) => {
    const { ask } = await openRoom();
    const known = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    const allowed = [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
    const listOf = (response: Response) => response.headers.get("allow")?.split(", ").sort();
    const options = await ask(path, { method: "OPTIONS", as: null });
    expect([options.status, listOf(options), await options.text()]).toEqual([204, allowed, ""]);
    const wrong = await ask(path, { method: "PATCH" });
    expect(listOf(wrong)).toEqual(allowed);
    await problemIn(wrong, 405);
  });
});

describe("who asks", () => {
  it.each(routes.filter(({ right }) => right !== undefined))("$method $path answers 401 to nobody and to a wrong token", async ({ method, path }) => {
    const { ask } = await openRoom();
    const at = pathOf(describedPath({ path }));
    const bodyOf = method === "post" ? { body: {} } : { method: method.toUpperCase() };
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: "Basic dTpw" }, { authorization: "Bearer" }]) {
      const response = await ask(at, { as: null, headers, ...bodyOf });
      expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
      await problemIn(response, 401);
    }
  });

  it.each(routes.filter(({ right }) => right !== "read" && right !== undefined))(
    "$method $path is closed to roles without the right",
    async (route) => {
      const { ask, city, played } = await openRoom();
      const holders = roles.filter((role) => may(role, route.right!));
      for (const role of roles) {
        const at = pathOf(describedPath(route));
        const response =
          route.method === "post" && route.path !== "/api/v1/runs/:id/next-cue"
            ? await ask(at, { as: role, body: { nonsense: 1 } })
            : await ask(`${at}?nonsense=1`, { as: role, method: route.method.toUpperCase() });
        if (may(role, route.right!)) {
          expect([role, response.status]).toEqual([role, 400]);
          continue;
        }
        const { detail } = await problemIn(response, 403);
        expect(detail).toContain(`the role ${role} lacks the right "${route.right}"`);
        for (const holder of holders) expect(detail).toContain(holder);
      }
      expect([city.acts, city.registered, city.desk.done, played]).toEqual([[], [], [], []]);
    },
  );
});

describe("when the city cannot answer", () => {
  const history = [
    ["series", `/api/v1/devices/${gauge}/series?metric=level`],
    ["spans", "/api/v1/devices/stream-gate-001/spans?metric=gate"],
    ["aggregate", "/api/v1/aggregate?service=stream&metric=level"],
    ["lastAbove", "/api/v1/last-above?service=stream&metric=level"],
  ] as const;

  it.each(history)("%s says 503 and what is away", async (method, path) => {
    const room = await openRoom();
    vi.spyOn(room.city.port, method).mockRejectedValue(new Error("connect ECONNREFUSED to a store with a password"));
    room.city.health = "degraded";
    const refusal = await room.problem(path, 503);
    expect(refusal.detail).toBe("not now: store: in memory");
    // a word in the log, and no trace of the code: it will be back
    expect(room.logged.join()).toContain("ECONNREFUSED");
    expect(room.logged.join()).not.toContain("stack");
  });

  it.each(history)("%s says 503 also before the city itself has noticed", async (method, path) => {
    const room = await openRoom();
    vi.spyOn(room.city.port, method).mockRejectedValue(new Error("connect ECONNREFUSED to a store with a password"));
    expect((await room.problem(path, 503)).detail).toMatch(/^not now: /);
    expect((await room.problem(path, 503)).detail).not.toContain("password");
  });

  it("actions say so too, and everything else goes on", async () => {
    const room = await openRoom();
    vi.spyOn(room.city.port, "act").mockRejectedValue(new Error("gone"));
    vi.spyOn(room.city.port, "register").mockRejectedValue(new Error("gone"));
    await room.problem("/api/v1/clock", 503, { as: "admin", body: { rate: 2 } });
    await room.problem("/api/v1/devices", 503, { as: "admin", body: { service: "stream", device: "ws-real" } });
    expect((await room.ask("/api/v1/city")).status).toBe(200);
  });

  it("a mistake of our own is a 500 that is logged, not told", async () => {
    const room = await openRoom();
    vi.spyOn(room.city.port, "figures").mockImplementation(() => {
      throw new TypeError("undefined is not a function");
    });
    expect((await room.problem("/api/v1/figures?service=stream", 500)).detail).not.toContain("undefined");
    expect(room.logged.join()).toContain("undefined is not a function");
  });
});
