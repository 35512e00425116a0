import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";

/** Questions that a process answers: name to function of one argument. */
export type Answers = Readonly<Record<string, (given: never) => unknown>>;
type Ask = { readonly id: number; readonly question: string; readonly given: unknown };
type Told = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** In the child: answers its parent, and ends with it. */
export function answerParent(answers: Answers): void {
  const tell = (told: Told): void => void process.send?.(told);
  process.on("message", ({ id, question, given }: Ask) => {
    void (async () => {
      try {
        tell({ id, value: await answers[question]?.(given as never) });
      } catch (cause) {
        tell({ id, error: inspect(cause) });
      }
    })();
  });
  process.on("disconnect", () => process.exit(0));
  tell({ id: 0 });
}

export interface Child<A extends Answers> {
  readonly pid: number | undefined;
  ask<Q extends keyof A & string>(question: Q, given?: Parameters<A[Q]>[0]): Promise<Awaited<ReturnType<A[Q]>>>;
  /** Ends it by its pid; resolves when it is gone. */
  end(): Promise<void>;
}

/** What the program is started with; every contender gets the same. */
const startFlags =
  readFileSync(new URL("../../package.json", import.meta.url), "utf8")
    .match(/(?<="start": "node )(?:--\S+ )+/)?.[0]
    .trim()
    .split(" ") ?? [];

/** No question takes longer. */
const patienceMs = 300_000;
const running = new Set<{ end(): Promise<void> }>();

/** Starts `children/<name>.ts` in a process of its own. */
export async function startChild<A extends Answers>(name: string): Promise<Child<A>> {
  const program = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
  const process_: ChildProcess = fork(program, [], {
    execArgv: [...startFlags, ...profiling(name), "--import", "tsx"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const waiting = new Map<number, (told: Told) => void>();
  let lastId = 0;
  let gone = false;
  process_.on("message", (told: Told) => waiting.get(told.id)?.(told));
  process_.once("exit", (code, signal) => {
    gone = true;
    for (const [id, settle] of waiting) settle({ id, error: `the ${name} process ended (${signal ?? code})` });
  });
  const told = <T>(id: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => waiting.get(id)?.({ id, error: `the ${name} process does not answer` }), patienceMs);
      waiting.set(id, ({ value, error }) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (error === undefined) resolve(value as T);
        else reject(new Error(error));
      });
    });
  const child: Child<A> = {
    pid: process_.pid,
    ask(question, given) {
      if (gone) return Promise.reject(new Error(`the ${name} process has ended`));
      const id = ++lastId;
      const answer = told<never>(id);
      process_.send({ id, question, given } satisfies Ask);
      return answer;
    },
    async end() {
      running.delete(child);
      if (gone) return;
      const exit = once(process_, "exit");
      // with --cpu-prof it has to leave by itself
      if (profiling(name).length > 0) process_.disconnect();
      else process_.kill("SIGKILL");
      await exit;
    },
  };
  running.add(child);
  await told(0);
  return child;
}

/** Not a child of ours, but it goes when the run goes. */
export const endWithRun = (program: { end(): Promise<void> }): void => void running.add(program);

/** Whoever is still there. */
export async function endChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.end()));
}

/** `GWANJE_BENCH_PROFILE=<folder>` writes CPU profiles of the chain's process there. */
function profiling(name: string): string[] {
  const folder = process.env.GWANJE_BENCH_PROFILE;
  return folder === undefined || name !== "chain" ? [] : ["--cpu-prof", `--cpu-prof-dir=${folder}`];
}
