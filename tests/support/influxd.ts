import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, it } from "vitest";

/** A real InfluxDB 2, with a token that may do everything and a bucket for one test file. */
export interface Influx {
  readonly url: string;
  readonly token: string;
  readonly org: string;
  readonly bucket: string;
}
/** One that belongs to the test file, which may do to it what happens to servers. */
export interface OwnInflux extends Influx {
  /** SIGKILL: nothing is written down any more. */
  kill(): Promise<void>;
  /** Same port, same folder. */
  start(): Promise<void>;
  /** Takes connections, answers nothing. */
  freeze(): void;
  thaw(): void;
}
type Source =
  | { readonly kind: "given"; readonly url: string; readonly token: string; readonly org: string }
  | { readonly kind: "binary"; readonly file: string }
  | { readonly kind: "engine"; readonly command: string }
  | { readonly kind: "build" };

const setUp = { username: "tests", password: "only-for-tests", org: "gwanje", bucket: "tests", token: "only-for-tests" };
const installer = fileURLToPath(new URL("install-influxd.sh", import.meta.url));
const help = `Set INFLUX_URL, INFLUX_TOKEN and INFLUX_ORG, or put influxd 2.7 on the PATH (or name it in GWANJE_INFLUXD), or start Docker, or build it: ${installer} (the tests do that themselves with GWANJE_BUILD_INFLUXD=1)`;

/** The tests of `body` against a real server; without one they are skipped with the reason, or fail when GWANJE_REQUIRE_PEERS=1. */
export const describeWithInflux = (name: string, body: (influx: () => Influx) => void): void => describeWith(name, sources(), body);
/** The same with a server of the file's own, never one that somebody else uses. */
export const describeWithOwnInflux = (name: string, body: (influx: () => OwnInflux) => void): void =>
  describeWith(
    name,
    sources().filter(({ kind }) => kind !== "given"),
    body,
  );

function describeWith(name: string, [source]: readonly Source[], body: (influx: () => OwnInflux) => void): void {
  describe(name, () => {
    if (source === undefined) return without(name);
    let server: (OwnInflux & { end(): Promise<void> }) | undefined;
    beforeAll(
      async () => {
        server = await provide(source);
      },
      source.kind === "build" ? 3_600_000 : 120_000,
    );
    afterAll(() => server?.end());
    body(() => {
      if (server === undefined) throw new Error("the server is started before the tests, not while they are gathered");
      return server;
    });
  });
}

function without(name: string): void {
  const reason = `needs a real InfluxDB 2, and there is none. ${help}`;
  const required = process.env.GWANJE_REQUIRE_PEERS === "1";
  if (!required) process.stderr.write(`Skipped: ${name} ${reason}\n`);
  it("runs against a real server", (context) => {
    if (required) throw new Error(`GWANJE_REQUIRE_PEERS=1: ${name} ${reason}`);
    context.skip(reason);
  });
}

/** What can serve, best first. */
function sources(): readonly Source[] {
  const { INFLUX_URL: url, INFLUX_TOKEN: token = "", INFLUX_ORG: org = "gwanje", PATH = "", GWANJE_INFLUXD: named } = process.env;
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "influxd");
  const cached = existsSync(cache) ? readdirSync(cache).map((version) => join(cache, version, "influxd")) : [];
  const files = named ? [named] : [...PATH.split(delimiter).map((folder) => join(folder, "influxd")), ...cached].filter(isProgram);
  const runs = (...[command = "", ...args]: string[]): boolean => spawnSync(command, args, { stdio: "ignore", timeout: 10_000 }).status === 0;
  const found: Source[] = [
    ...(url ? [{ kind: "given", url, token, org } as const] : []),
    ...files.map((file) => ({ kind: "binary", file }) as const),
  ];
  if (found.some(({ kind }) => kind === "binary")) return found;
  const engines = ["docker", "podman"].filter((command) => runs(command, "info")).map((command) => ({ kind: "engine", command }) as const);
  const builds = process.env.GWANJE_BUILD_INFLUXD === "1" && runs("go", "version") && runs("cargo", "--version");
  return [...found, ...engines, ...(builds ? [{ kind: "build" } as const] : [])];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function provide(source: Source): Promise<OwnInflux & { end(): Promise<void> }> {
  if (source.kind === "given") return borrow(source);
  if (source.kind === "engine") return started(await container(source.command));
  return started(await program(source.kind === "build" ? built() : source.file));
}

function built(): string {
  const { stdout, status } = spawnSync(installer, { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
  const file = stdout?.trim().split("\n").at(-1);
  if (status !== 0 || !file) throw new Error(`${installer} has not built influxd`);
  return file;
}

/** Somebody's server: a bucket of our own in it, removed afterwards. */
async function borrow({ url, token, org }: { url: string; token: string; org: string }): Promise<OwnInflux & { end(): Promise<void> }> {
  const headers = { authorization: `Token ${token}`, "content-type": "application/json" };
  const orgs = (await answer(`${url}/api/v2/orgs?${new URLSearchParams({ org })}`, { headers })) as { orgs: { id: string }[] };
  const bucket = `gwanje-tests-${process.pid}-${Date.now()}`;
  const body = JSON.stringify({ orgID: orgs.orgs[0]?.id, name: bucket, retentionRules: [] });
  const { id } = (await answer(`${url}/api/v2/buckets`, { method: "POST", headers, body })) as { id: string };
  const never = (): never => {
    throw new Error("this server is not ours to stop");
  };
  const end = async () => void (await fetch(`${url}/api/v2/buckets/${id}`, { method: "DELETE", headers }));
  return { url, token, org, bucket, kill: never, start: never, freeze: never, thaw: never, end };
}

interface Machine {
  readonly url: string;
  /** Answers how to learn that it has failed. */
  start(): Promise<() => string | undefined>;
  kill(): Promise<void>;
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  remove(): Promise<void>;
}

async function started(machine: Machine): Promise<OwnInflux & { end(): Promise<void> }> {
  const { url } = machine;
  const start = async () => ready(url, await machine.start());
  const end = async () => {
    await machine.kill();
    await machine.remove();
  };
  try {
    await start();
    await answer(`${url}/api/v2/setup`, { method: "POST", body: JSON.stringify({ ...setUp, retentionPeriodSeconds: 0 }) });
  } catch (error) {
    await end();
    throw error;
  }
  const { org, bucket, token } = setUp;
  return { url, token, org, bucket, start, kill: machine.kill, freeze: () => machine.signal("SIGSTOP"), thaw: () => machine.signal("SIGCONT"), end };
}

async function program(file: string): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), "gwanje-influxd-"));
  const port = await freePort();
  const places = ["--bolt-path", "influxd.bolt", "--engine-path", "engine", "--sqlite-path", "influxd.sqlite"];
  const args = [...places, "--http-bind-address", `127.0.0.1:${port}`, "--reporting-disabled"];
  let child: ReturnType<typeof spawn> | undefined;
  const endWithUs = () => void child?.kill("SIGKILL");
  process.once("exit", endWithUs);
  const kill = async () => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    async start() {
      let said = "";
      const running = spawn(file, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      child = running;
      for (const pipe of [running.stdout, running.stderr])
        pipe?.on("data", (text) => {
          said = `${said}${text}`.slice(-2_000);
        });
      running.on("error", (error) => {
        said += error.message;
      });
      return () => (running.exitCode !== null || running.pid === undefined ? `${file} has ended: ${said}` : undefined);
    },
    kill,
    signal: (name) => void child?.kill(name),
    async remove() {
      process.off("exit", endWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function container(command: string): Promise<Machine> {
  const port = await freePort();
  const name = `gwanje-tests-${process.pid}-${port}`;
  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", timeout: 110_000 });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  };
  let made = false;
  return {
    url: `http://127.0.0.1:${port}`,
    async start() {
      if (made) run("start", name);
      else run("run", "-d", "--name", name, "-p", `127.0.0.1:${port}:8086`, "influxdb:2.7", "influxd", "--reporting-disabled");
      made = true;
      return () => (run("inspect", "-f", "{{.State.Running}}", name) === "true" ? undefined : run("logs", "--tail", "20", name));
    },
    kill: async () => void (made && run("kill", name)),
    signal: (signal) => void run(signal === "SIGSTOP" ? "pause" : "unpause", name),
    remove: async () => void (made && run("rm", "-f", "-v", name)),
  };
}

/** An InfluxDB that has just been started reads its journal first, and answers then. */
async function ready(url: string, failure: () => string | undefined): Promise<void> {
  for (const until = performance.now() + 60_000; ; await after(50)) {
    const health = await fetch(`${url}/health`).catch(() => undefined);
    if (health?.ok) return;
    const failed = failure();
    if (failed !== undefined) throw new Error(failed);
    if (performance.now() > until) throw new Error(`InfluxDB at ${url} is not ready after a minute`);
  }
}

async function answer(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? "GET"} ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
