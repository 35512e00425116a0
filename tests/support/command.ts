import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../../start.mjs", import.meta.url));
/** The small city on free ports, with a short history. */
export const env = (dataDir: string, over: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  GWANJE_DATA_DIR: dataDir,
  GWANJE_CITY: "small",
  GWANJE_HTTP_PORT: "0",
  GWANJE_MQTT_PORT: "0",
  GWANJE_BACKFILL_HOURS: "0.2",
  ...over,
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
/** Starts the product as a person would. */
export function begin(args: readonly string[], environment: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { out: "", err: "" };
  let look = (): void => undefined;
  child.stdout?.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
    look();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  return {
    child,
    line: (start: string): Promise<string> =>
      new Promise((resolve, reject) => {
        look = () => {
          const found = said.out.split("\n").find((line) => line.startsWith(start));
          if (found !== undefined) resolve(found);
        };
        child.once("close", () => reject(new Error(`it ended without "${start}": ${said.out}${said.err}`)));
        look();
      }),
    async end(): Promise<Ran> {
      const [code] = child.exitCode === null ? await once(child, "close") : [child.exitCode];
      return { code: Number(code), ...said };
    },
  };
}
export const run = async (args: readonly string[], dataDir: string, over?: Record<string, string>): Promise<Ran> =>
  begin(args, env(dataDir, over)).end();
