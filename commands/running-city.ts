import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ok, type Result, refuse } from "../shared/result.ts";
import { hostInUrl } from "../shared/runtime/reachable.ts";

/** Which process runs the city of a data folder, and where it listens. */
const schema = z.object({ pid: z.number(), http: z.string(), mqtt: z.object({ host: z.string(), port: z.number() }) });
export type RunningCity = z.infer<typeof schema>;

export const mqttUrlOf = ({ host, port }: RunningCity["mqtt"]): string => `mqtt://${hostInUrl(host)}:${port}`;

/** Stands for the address until there is one. */
export const starting = "(starting)";

const fileOf = (dataDir: string): string => join(dataDir, "running.json");

export async function findRunning(dataDir: string): Promise<RunningCity | undefined> {
  try {
    const running = schema.parse(JSON.parse(await readFile(fileOf(dataDir), "utf8")));
    return isAlive(running.pid) ? running : undefined;
  } catch {
    // no file, or one of a start that never finished: nothing runs
    return undefined;
  }
}

/** Takes the data folder; refuses when another process holds it. */
export async function holdFolder(
  dataDir: string,
): Promise<Result<{ announce(city: Omit<RunningCity, "pid">): Promise<void>; release(): Promise<void> }>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const running = await findRunning(dataDir);
  if (running !== undefined && running.pid !== process.pid)
    return refuse(
      `the city in ${dataDir} runs already, as process ${running.pid} at ${running.http}; end it first, or set GWANJE_DATA_DIR to another folder`,
    );
  const file = fileOf(dataDir);
  // whole at every moment: half a file would read as nobody's
  const write = async (city: Omit<RunningCity, "pid">): Promise<void> => {
    await writeFile(`${file}.part`, JSON.stringify({ pid: process.pid, ...city }));
    await rename(`${file}.part`, file);
  };
  try {
    await write({ http: starting, mqtt: { host: "", port: 0 } });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") throw cause;
    return refuse(
      `the disk of ${dataDir} is full, so that nothing could be kept: make room and start again; files under images/ only cost a slower reset`,
    );
  }
  return ok({ announce: write, release: () => rm(file, { force: true }) });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}
