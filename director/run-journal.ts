import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runSchema } from "../shared/scenario/scenario-api.ts";
import type { ScenarioRun } from "../shared/scenario/scenario-port.ts";
import { text } from "../shared/text.ts";
import type { RunView } from "./run.ts";

/** Runs that have begun and not ended, a file each: so that it can be said what became of them when the process that played them is gone. */
export interface RunJournal {
  /** What directors before this one were playing when they were killed, newest first; told until one of them ends in order. */
  readonly lost: readonly ScenarioRun[];
  begun(run: RunView): void;
  ended(id: string): void;
  /** It ends in order: what was lost has been told. Resolves when everything up to now is on the disk, or could not be written. */
  close(): Promise<void>;
}

const unknown = text("감독이 다시 시작되어 어디까지 왔는지 알 수 없습니다", "the director was restarted, and nobody knows how far it came");
const restarted = { state: "stopped", passed: null, reason: "the director was restarted", noTwin: unknown } as const;
const viewSchema = runSchema.omit({ noTwin: true });
const ending = ".json";
/** Runs that stay to be looked at. */
const kept = 30;

export async function openRunJournal(directory: string, onTrouble: (cause: unknown) => void): Promise<RunJournal> {
  await mkdir(directory, { recursive: true });
  const fileOf = (id: string): string => join(directory, id + ending);
  const remove = (id: string): Promise<void> => rm(fileOf(id), { force: true });
  const found: ScenarioRun[] = [];
  for (const name of await readdir(directory)) {
    const run = name.endsWith(ending) ? await load(join(directory, name)) : undefined;
    if (run === undefined) await rm(join(directory, name), { force: true });
    else found.push({ ...run, ...restarted });
  }
  found.sort((a, b) => b.startedAt - a.startedAt);
  const lost = found.slice(0, kept);
  // the others stay: whoever is killed while the room opens has told nobody
  for (const { id } of found.slice(kept)) await remove(id);
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch(onTrouble);
  };
  return {
    lost,
    begun(run) {
      inTurn(async () => {
        await writeFile(`${fileOf(run.id)}.part`, JSON.stringify(run));
        await rename(`${fileOf(run.id)}.part`, fileOf(run.id));
      });
    },
    ended: (id) => inTurn(() => remove(id)),
    close() {
      for (const { id } of lost) inTurn(() => remove(id));
      return turn;
    },
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
