import { spawn } from "node:child_process";
import { once } from "node:events";
import { endWithRun } from "../child.ts";

/**
 * Starts somebody else's program as a process group of its own, because npx leaves the program to a child: the group ends with the run, whichever way that
 * ends. @throws Error with `advice` when it is not there.
 */
export async function startProgram(
  command: string,
  args: readonly string[],
  advice: string,
): Promise<{ readonly pid: number; end(): Promise<void> }> {
  const process_ = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "ignore", 2],
    env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin` },
  });
  const exit = new Promise<void>((resolve) => process_.once("exit", () => resolve()));
  await once(process_, "spawn").catch((cause) => {
    throw new Error(advice, { cause });
  });
  const pid = process_.pid ?? Number.NaN;
  const kill = (): void => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  };
  process.once("exit", kill);
  const program = {
    pid,
    async end(): Promise<void> {
      process.off("exit", kill);
      kill();
      await exit;
    },
  };
  endWithRun(program);
  return program;
}
