import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { truthSchema } from "../../shared/scenario/truth.ts";
import { services } from "../../shared/services/index.ts";
import { begin, env, run } from "../support/command.ts";
import { temporaryFolder } from "../support/test-chain.ts";

describe("the command line", () => {
  it("shows how each command is used, with two examples", async () => {
    const dir = await temporaryFolder();
    const commands = [["up"], ["access"], ["access", "device"], ["access", "screen"], ["services"], ["explain"], ["generate"], ["digest"]];
    const helps = await Promise.all(commands.map((words) => run([...words, "--help"], dir)));
    for (const help of helps) {
      expect(help.code).toBe(0);
      expect(help.out.match(/^ {2}\$ /gm)?.length).toBeGreaterThanOrEqual(2);
    }
  });

  it("names every rule that a scenario can expect, as a table and as data", async () => {
    const dir = await temporaryFolder();
    const [table, data] = await Promise.all([[], ["--json"]].map((words) => run(["services", "--rules", ...words], dir)));
    expect(table?.out).toMatch(/^manure\/dumping +truck +alarm +operations +2 +Manure dumped on the way$/m);
    expect(JSON.parse(data?.out ?? "")).toContainEqual(expect.objectContaining({ rule: "manure/dumping", kinds: ["truck"], outcome: "alarm" }));
  });

  it("tells without a city what can be injected: all of it, or one kind with its effect", async () => {
    const dir = await temporaryFolder();
    const [all, one, data] = await Promise.all(
      [["kinds"], ["kinds", "storm"], ["kinds", "storm", "--json"]].map((words) => run(["inject", ...words], dir)),
    );
    expect(all?.out).toContain("Depth: 5 to 320 mm, default 90");
    expect(one?.out).toContain("mm of rain over the basin");
    expect(JSON.parse(data?.out ?? "")).toMatchObject({ id: "storm", fields: { depth: { unit: "mm" } } });
  });

  it.each([
    [["nonsense"], {}, 2, /unknown command 'nonsense'/],
    [["up", "--city", "moon"], {}, 2, /Allowed choices are default, small/],
    [["digest"], {}, 2, /required option '--hours <h>'/],
    [["generate", "--hours", "1", "--service", "nope"], {}, 2, /no service "nope"; known: traffic/],
    [["generate", "--hours", "1", "--seed", "x"], {}, 2, /whole number from 0/],
    [["generate", "--hours", "1", "--from", "2026-06-08T21:00"], {}, 2, /ISO 8601 with an offset/],
    [["access", "screen", "king"], {}, 2, /no role "king"; known: viewer/],
    [["access"], {}, 1, /no city runs in the folder/],
    [["inject", "kinds", "strom"], {}, 2, /no kind of injection "strom", did you mean "storm"/],
    [["detect", "none.csv", "--as", "strem/level"], {}, 2, /no service "strem", did you mean "stream"/],
    [["detect", "none.csv", "--as", "stream/levle"], {}, 2, /no number of stream "levle", did you mean "level"/],
    [["explain"], {}, 2, /missing required argument 'alarm'/],
    [["explain", "stream-level-ws-01"], {}, 1, /no city runs in the folder/],
    [["access"], { GWANJE_RAET: "3", GWANJE_HTTP_PORT: "99999" }, 2, /GWANJE_RAET is not a setting[\s\S]*GWANJE_HTTP_PORT=99999/],
    [["access"], { INFLUX_URL: "http://127.0.0.1:1" }, 2, /INFLUX_TOKEN is needed too/],
  ] as const)("says what is wrong with %j %j", async (args, over, code, message) => {
    const ran = await run(args, await temporaryFolder(), over);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/^\s+at /m);
  });

  it("says that a city is still starting to whoever asks it too early", async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, "running.json"), JSON.stringify({ pid: process.pid, http: "(starting)", mqtt: { host: "", port: 0 } }));
    const ran = await run(["access"], dir);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err).toContain("is still starting");
  });

  it("digests a chain of its own, whatever broker the environment names", async () => {
    const ran = await run(["digest", "--hours", "0.02", "--city", "small"], await temporaryFolder(), { MQTT_URL: "mqtt://127.0.0.1:1" });
    expect(ran.err).toBe("");
    expect(ran.out).toMatch(/^[0-9a-f]{64} \d+\n$/);
  });

  it("generates tables, the same for the same seed, with what the room derives", async () => {
    const dir = await temporaryFolder();
    const args = ["generate", "--hours", "0.5", "--city", "small"];
    const one = await run([...args, "--service", "stream"], dir);
    expect(one.code).toBe(0);
    const [head = "", ...rows] = one.out.trim().split("\n");
    expect(head).toBe("t,service,device,district,dist,level,flow,rain,batt,gate,person,display");
    const gauge = rows.find((row) => row.includes(",ws-01,"))?.split(",") ?? [];
    expect(Number(gauge[5])).toBeGreaterThan(0);
    expect((await run([...args, "--service", "stream"], dir)).out).toBe(one.out);
    expect((await run([...args, "--service", "stream", "--seed", "2"], dir)).out).not.toBe(one.out);
    const out = join(dir, "tables");
    await run([...args, "--format", "ndjson", "--out", out], dir);
    expect((await readdir(out)).sort()).toEqual(services.map(({ id }) => `${id}.ndjson`).sort());
    for (const line of (await readFile(join(out, "ucare.ndjson"), "utf8")).trim().split("\n"))
      expect(JSON.parse(line)).toMatchObject({ service: "ucare" });
  });
});

describe("a generated week", () => {
  it("comes with what was true meanwhile, an object a line, when a file is named for it", async () => {
    const dir = await temporaryFolder();
    const file = join(dir, "told", "truth.ndjson");
    // nothing of the tables is looked at: a folder takes them
    const args = ["generate", "--hours", "168", "--city", "small", "--profile", "field", "--seed", "3", "--out", join(dir, "tables")];
    expect((await run([...args, "--truth", file], dir)).code).toBe(0);
    const truths = (await readFile(file, "utf8"))
      .trim()
      .split("\n")
      .map((line) => truthSchema.parse(JSON.parse(line)));
    expect(truths.length).toBeGreaterThan(0);
    for (const { by, kind, onset, end } of truths) {
      expect([by, kind.length > 0]).toEqual(["city", true]);
      if (end !== null) expect(end).toBeGreaterThanOrEqual(onset);
    }
    expect(new Set(truths.map(({ id }) => id)).size).toBe(truths.length);
  });
});

describe("a city started by hand", () => {
  it("opens on a free port when its own is busy, says where, is found by the other commands, refuses a second start, and ends on Ctrl-C", async () => {
    const dir = await temporaryFolder();
    const busy = createServer().listen(0, "127.0.0.1");
    await once(busy, "listening");
    onTestFinished(() => void busy.close());
    const { port } = busy.address() as { port: number };
    const city = begin(["up"], env(dir, { GWANJE_HTTP_PORT: String(port) }));
    const [, http = "", mqtt = ""] = (await city.line("ready ")).split(" ");
    expect(http).not.toContain(`:${port}`);
    expect((await city.line(`port ${port} is busy`)).length).toBeGreaterThan(0);
    expect(await (await fetch(`${http}/healthz`)).json()).toMatchObject({ status: "ok" });

    const access = JSON.parse((await run(["access", "--json"], dir)).out);
    expect(access).toMatchObject({ http, mqtt: { host: "127.0.0.1", port: Number(new URL(mqtt).port), reader: { username: "reader" } } });
    expect(Object.keys(access.tokens).sort()).toEqual(["admin", "care", "demonstrator", "operator", "supervisor", "tester", "viewer"]);
    const device = JSON.parse((await run(["access", "device", "stream", "ws-mine", "--json"], dir)).out);
    expect(device.example).toContain("mosquitto_pub -h 127.0.0.1");
    expect((await run(["access", "screen", "viewer"], dir)).out).toContain(`${http}/sign-in/`);
    expect((await stat(join(dir, "credentials.json"))).mode & 0o777).toBe(0o600);

    const second = await run(["up"], dir);
    expect(second.code).toBe(1);
    expect(second.err).toContain(`as process ${city.child.pid}`);

    city.child.kill("SIGINT");
    const { code, out } = await city.end();
    expect(code).toBe(0);
    expect(out.match(/\/sign-in\//g), "one link, as soon as there is something to see").toHaveLength(1);
    expect(await readdir(dir)).not.toContain("running.json");
  });
});
