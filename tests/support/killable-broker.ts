import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Question, Told } from "./broker-process.ts";

const program = fileURLToPath(new URL("./broker-process.ts", import.meta.url));

/** A broker in a process of its own. */
export interface KillableBroker {
  readonly port: number;
  ask<T>(question: Question): Promise<T>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

export async function startKillable(dataDir: string, port: number): Promise<KillableBroker> {
  const child: ChildProcess = fork(program, [dataDir, String(port)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const waiting = new Map<number, (answer: unknown) => void>();
  let lastId = 0;
  const heard = new Promise<number>((resolve) => waiting.set(0, (answer) => resolve(Number(answer))));
  child.on("message", ({ id, answer }: Told) => waiting.get(id)?.(answer));
  return {
    port: await heard,
    ask: (question) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, (answer) => resolve(answer as never));
        child.send({ id: lastId, question });
      }),
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
