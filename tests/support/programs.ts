import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, it, onTestFinished } from "vitest";

/** Where a foreign program is; Debian keeps servers outside an ordinary PATH. */
export function programOf(name: string): string | undefined {
  const found = spawnSync("sh", ["-c", `command -v ${name} || command -v /usr/sbin/${name}`], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Tests with foreign programs; where one is missing they are skipped with the reason, or fail when GWANJE_REQUIRE_PEERS=1. */
export function describeWithPrograms(name: string, programs: readonly string[], body: () => void): void {
  const missing = programs.filter((program) => programOf(program) === undefined);
  if (missing.length === 0) return void describe(name, body);
  const reason = `needs ${missing.join(", ")} (Debian: apt-get install mosquitto mosquitto-clients)`;
  describe(name, () => {
    if (process.env.GWANJE_REQUIRE_PEERS === "1") it(reason, () => Promise.reject(new Error(reason)));
    else it.skip(reason, () => undefined);
  });
}

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
/** Runs a program to its end. */
export async function say(program: string, args: readonly string[], input?: string): Promise<Said> {
  const child = spawn(programOf(program) ?? program, args, { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.end(input ?? "");
  const [code] = await once(child, "close");
  return { code: code as number | null, out, err };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
