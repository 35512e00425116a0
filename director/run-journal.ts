import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runSchema } from "../shared/scenario/scenario-api.ts";
import type { ScenarioRun } from "../shared/scenario/scenario-port.ts";
import { text } from "../shared/text.ts";
import type { RunView } from "./run.ts";

/** Runs that have begun and not ended, a file each: so that it can be said what became of them when the process that played them is gone. */
export interface RunJournal {
  /** What the director before this one was playing when it was killed, newest first. */
  readonly lost: readonly ScenarioRun[];
  begun(run: RunView): void;
  ended(id: string): void;
  /** Resolves when everything up to now is on the disk, or could not be written. */
  written(): Promise<void>;
}

const unknown = text("감독이 다시 시작되어 어디까지 왔는지 알 수 없습니다", "the director was restarted, and nobody knows how far it came");
const restarted = { state: "stopped", passed: null, reason: "the director was restarted", noTwin: unknown } as const;
const viewSchema = runSchema.omit({ noTwin: true });
const ending = ".json";

export async function openRunJournal(directory: string, onTrouble: (cause: unknown) => void): Promise<RunJournal> {
  await mkdir(directory, { recursive: true });
  const fileOf = (id: string): string => join(directory, id + ending);
  const lost: ScenarioRun[] = [];
  for (const name of await readdir(directory)) {
    const run = name.endsWith(ending) ? await load(join(directory, name)) : undefined;
    if (run !== undefined) lost.push({ ...run, ...restarted });
    // it is told until the next restart, as every run
    await rm(join(directory, name), { force: true });
  }
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch(onTrouble);
  };
  return {
    lost: lost.sort((a, b) => b.startedAt - a.startedAt),
    begun(run) {
      inTurn(async () => {
        await writeFile(`${fileOf(run.id)}.part`, JSON.stringify(run));
        await rename(`${fileOf(run.id)}.part`, fileOf(run.id));
      });
    },
    ended: (id) => inTurn(() => rm(fileOf(id), { force: true })),
    written: () => turn,
  };
}

/** What another version has written is not understood, and nobody waits for it. */
async function load(file: string): Promise<RunView | undefined> {
  try {
    const run = viewSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
    return run.success ? run.data : undefined;
  } catch {
    return undefined;
  }
}
