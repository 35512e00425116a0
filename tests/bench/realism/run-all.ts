import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Measured } from "./measured.ts";
import { processorSeconds, type Run, spanOf } from "./runs.ts";

export interface RunReport {
  readonly run: Run;
  readonly measured: Measured;
}

/** Each run in a process of its own, so many at a time, the longest first. */
export async function runAll(runs: readonly Run[], jobs: number, tell: (share: number) => void): Promise<readonly RunReport[]> {
  const total = runs.reduce((sum, run) => sum + processorSeconds(run), 0);
  const done = new Map<Run, number>();
  const waiting = [...runs].sort((a, b) => processorSeconds(b) - processorSeconds(a));
  const reports: RunReport[] = [];
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const mine = run;
      const measured = await measureApart(mine, (share) => {
        done.set(mine, share * processorSeconds(mine));
        tell([...done.values()].reduce((sum, seconds) => sum + seconds, 0) / total);
      });
      reports.push({ run: mine, measured });
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return reports;
}

type Told = { readonly days: number } | { readonly measured: Measured };
function measureApart(run: Run, tell: (share: number) => void): Promise<Measured> {
  const child = fork(fileURLToPath(new URL("child.ts", import.meta.url)), [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", 2, 2, "ipc"],
    // NaN has to arrive as one
    serialization: "advanced",
  });
  const { days } = spanOf(run);
  return new Promise((resolve, reject) => {
    child.on("message", (told: Told) => {
      if ("days" in told) tell(told.days / days);
      else resolve(told.measured);
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`${run.topic} of seed ${run.seed} ended before it was done (${signal ?? code})`)));
    child.send(run);
  });
}
