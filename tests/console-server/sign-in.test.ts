import { describe, expect, it, onTestFinished, vi } from "vitest";
import { citySchema, screenSchema } from "../../shared/api.ts";
import { type Role, roles } from "../../shared/roles.ts";
import { openBrowser } from "../support/live-browser.ts";
import { openRoom, problemIn } from "../support/still-room.ts";

const hour = 3_600_000;

const enter = (link: string, name: string, more: { form?: Record<string, string>; headers?: Record<string, string> } = {}) =>
  fetch(link, { method: "POST", body: new URLSearchParams({ name, ...more.form }), redirect: "manual", headers: more.headers ?? {} });
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]!.split(";")[0]!;

/** The wall clock as a test sets it; timers go on. */
function ownWallClock(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const start = Date.now();
  return (ms) => void vi.setSystemTime(start + ms);
}

describe("a sign-in link", () => {
  it("asks a name, opens the room and sets a cookie that no script can read and no other site sends", async () => {
    const { console: room, url } = await openRoom();
    const page = await fetch(room.signInLink("operator"), { headers: { "accept-language": "en" } });
    expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await page.text()).toMatch(/Operator[\s\S]*<input id="name"/);
    const entered = await enter(room.signInLink("operator"), "  이  순신 ");
    expect([entered.status, entered.headers.get("location")]).toEqual([303, "/"]);
    const [cookie, ...flags] = entered.headers.getSetCookie()[0]!.split("; ");
    expect(flags.filter((flag) => !flag.startsWith("Expires")).sort()).toEqual(["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Strict"]);
    const browser = await openBrowser(url, { over: { auth: {}, extraHeaders: { cookie: cookie!, origin: url } } });
    expect(browser.heard("snapshot")[0]?.me).toEqual({ name: "이 순신", role: "operator", rights: ["read", "act"] });
  });

  it("works once, also when two come at the same instant", async () => {
    const { console: room } = await openRoom();
    const link = room.signInLink("admin");
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => enter(link, `n${n}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410]);
    expect((await fetch(link)).status).toBe(410);
  });

  it("stays used up when the console begins again, while sessions go on", async () => {
    const first = await openRoom();
    const [used, unused] = [first.console.signInLink("admin"), first.console.signInLink("admin")];
    const cookie = cookieOf(await enter(used, "Kim"));
    const second = await openRoom();
    const there = (link: string) => link.replace(first.url, second.url);
    expect((await fetch(`${second.url}/api/v1/city`, { headers: { cookie } })).status).toBe(200);
    expect((await enter(there(used), "Kim")).status).toBe(410);
    expect((await fetch(there(unused))).status).toBe(410);
  });

  it("expires after a day; the session it opened after a month", async () => {
    const setClock = ownWallClock();
    const { console: room, url } = await openRoom();
    const [late, kept] = [room.signInLink("viewer"), room.signInLink("viewer")];
    setClock(23 * hour);
    const cookie = cookieOf(await enter(kept, "Kim"));
    const city = () => fetch(`${url}/api/v1/city`, { headers: { cookie } });
    setClock(25 * hour);
    expect((await fetch(late)).status).toBe(410);
    expect((await enter(late, "Kim")).status).toBe(410);
    setClock(23 * hour + 29 * 24 * hour);
    expect((await city()).status).toBe(200);
    setClock(24 * hour + 30 * 24 * hour);
    await problemIn(await city(), 401);
  });

  it.each(["", "   ", "a".repeat(61), "a\u0000b", "a\u202Eb"])("is not used up by the name %j", async (name) => {
    const { console: room } = await openRoom();
    const link = room.signInLink("viewer");
    const refused = await enter(link, name);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([400, []]);
    expect(await refused.text()).toContain('role="alert"');
    expect((await fetch(link, { method: "POST" })).status).toBe(400);
    expect((await enter(link, "가".repeat(60))).status).toBe(303);
  });

  it.each(roles)("gives the role %s and no other, whatever the form says", async (role) => {
    const { console: room, url, answer } = await openRoom();
    const { link } = await answer("/api/v1/screens", screenSchema, { as: "admin", body: { role } });
    const cookie = cookieOf(await enter(link, "Kim", { form: { role: "admin" } }));
    const browser = await openBrowser(url, { over: { auth: {}, extraHeaders: { cookie } } });
    expect(browser.heard("snapshot")[0]?.me.role).toBe(role);
    expect(room.signInLink(role)).not.toBe(link);
  });

  it.each(["http://elsewhere.example", "null"])("cannot be used from a page of %s", async (origin) => {
    const { console: room } = await openRoom();
    const link = room.signInLink("viewer");
    expect((await enter(link, "Kim", { headers: { origin } })).headers.getSetCookie()).toEqual([]);
    expect((await enter(link, "Kim")).status).toBe(303);
  });

  it("that is forged, cut off, a session's token or of another secret is none", async () => {
    const { console: room, url } = await openRoom();
    const other = await openRoom({ secret: "another secret, also of more than thirty-two characters" });
    const link = room.signInLink("viewer");
    const [head = "", body = "", signature = ""] = link.split("/sign-in/")[1]!.split(".");
    const admin = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, "base64url").toString()), role: "admin" })).toString("base64url");
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const session = cookieOf(await enter(room.signInLink("viewer"), "Kim")).split("=")[1]!;
    const foreign = other.console.signInLink("viewer").split("/sign-in/")[1]!;
    for (const token of [`${head}.${admin}.${signature}`, `${unsigned}.${admin}.`, `${head}.${body}`, session, foreign, "x", "%00"])
      expect([token, (await fetch(`${url}/sign-in/${token}`)).status]).toEqual([token, 410]);
    expect((await fetch(link)).status).toBe(200);
  });

  it("can be guessed twenty times a minute and no more; whoever is inside stays inside", async () => {
    const { console: room, url, ask } = await openRoom();
    const cookie = cookieOf(await enter(room.signInLink("viewer"), "Kim"));
    const guesses = await Promise.all(Array.from({ length: 25 }, (_, n) => fetch(`${url}/sign-in/guess-${n}`).then(({ status }) => status)));
    expect(guesses.filter((status) => status === 410)).toHaveLength(20);
    expect(guesses.filter((status) => status === 429)).toHaveLength(5);
    const blocked = await fetch(room.signInLink("viewer"));
    expect([blocked.status, blocked.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await fetch(`${url}/api/v1/city`, { headers: { cookie } })).status).toBe(200);
    expect((await ask("/api/v1/city")).status).toBe(200);
  });

  it("is told of in the language of the browser when it does not work", async () => {
    const { url } = await openRoom();
    const text = async (language: string) => (await fetch(`${url}/sign-in`, { headers: { "accept-language": language } })).text();
    expect(await text("ko-KR,ko;q=0.9,en;q=0.8")).toMatch(/<html lang="ko">[\s\S]*접속 링크/);
    expect(await text("en-US,en;q=0.9")).toMatch(/<html lang="en">[\s\S]*sign-in link is needed/);
  });

  it("does not take a form of any size", async () => {
    const { console: room } = await openRoom();
    const large = await enter(room.signInLink("viewer"), "Kim", { form: { more: "x".repeat(10_000) } });
    expect((await problemIn(large, 413)).detail).toContain("4 kB");
  });
});

describe("whoever holds", () => {
  it("a session acts only from a page of this site", async () => {
    const { console: room, url, city } = await openRoom();
    const cookie = cookieOf(await enter(room.signInLink("demonstrator"), "김하늘"));
    const act = (headers: Record<string, string>) =>
      fetch(`${url}/api/v1/clock`, {
        method: "POST",
        body: JSON.stringify({ paused: true }),
        headers: { cookie, "content-type": "application/json", ...headers },
      });
    for (const headers of [{}, { origin: "http://elsewhere.example" }, { origin: "null" }] as Record<string, string>[])
      expect((await problemIn(await act(headers), 403)).detail).toMatch(/^Origin: /);
    expect(city.acts).toEqual([]);
    expect(citySchema.parse(await (await act({ origin: url })).json()).paused).toBe(true);
    expect(city.acts.map(({ by }) => by)).toEqual([{ name: "김하늘", role: "demonstrator" }]);
  });

  it("a session of this site is not let onto the live feed by another site's page", async () => {
    const { console: room, url } = await openRoom();
    const cookie = cookieOf(await enter(room.signInLink("viewer"), "Kim"));
    const come = (origin: string) => openBrowser(url, { over: { auth: {}, extraHeaders: { cookie, origin }, reconnection: false } });
    await expect(come("http://elsewhere.example")).rejects.toThrow();
    await come(url);
  });

  it("a wrong token is nobody, whatever the cookie says, on HTTP and on the live feed", async () => {
    const { console: room, url } = await openRoom();
    const cookie = cookieOf(await enter(room.signInLink("admin"), "Kim"));
    await problemIn(await fetch(`${url}/api/v1/city`, { headers: { cookie, authorization: "Bearer wrong" } }), 401);
    for (const auth of [{ token: "wrong" }, { token: "" }, {}, { token: 5 }])
      await expect(openBrowser(url, { over: { auth, reconnection: false } }), JSON.stringify(auth)).rejects.toThrow("not signed in");
  });

  it("no right to the clock cannot reset it, neither over HTTP nor by socket", async () => {
    const { url, ask, city } = await openRoom();
    const mayReset: Role[] = ["demonstrator", "tester", "admin"];
    for (const role of roles) {
      const allowed = mayReset.includes(role);
      expect([role, (await ask("/api/v1/clock", { as: role, body: { reset: {} } })).status]).toEqual([role, allowed ? 200 : 403]);
      const browser = await openBrowser(url, { as: role });
      const answer = await browser.socket.emitWithAck("clock", { reset: {} });
      expect([role, answer.ok, answer.ok ? "" : answer.reason]).toEqual([
        role,
        allowed,
        allowed ? "" : `the role ${role} lacks the right "clock"; ${mayReset.join(", ")} have it`,
      ]);
    }
    expect(city.acts.map(({ by }) => by.role)).toEqual(mayReset.flatMap((role) => [role, role]));
  });
});
