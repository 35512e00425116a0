import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { comparisonSchema, runSchema, scorecardSchema } from "../../shared/scenario/scenario-api.ts";
import { runGoesOn } from "../../shared/scenario/scenario-port.ts";
import type { RunView } from "../play/run.ts";

const recordSchema = z.object({
  run: runSchema.omit({ noTwin: true }),
  /** What came of it; null: it goes on, or was cut off. */
  told: z.object({ scorecard: scorecardSchema, html: z.string(), junit: z.string() }).nullable(),
  /** The same time without the room, once somebody has asked for it. */
  comparison: comparisonSchema.nullable(),
});
export type RunRecord = z.infer<typeof recordSchema>;

/** The runs of this city on the disk, a file each: what became of them can be looked at when the process that played them is gone. */
export interface RunRecords {
  /** Those of directors before this one, newest first; without a scorecard: it was playing when its director was killed. */
  past(): readonly RunRecord[];
  begun(run: RunView): void;
  /** It is over, or more became known of it. */
  keep(record: RunRecord): void;
  /** Resolves when everything up to now is on the disk, or could not be written. */
  written(): Promise<void>;
}

const cutOff = { state: "stopped", passed: null, reason: "the program was restarted" } as const;
const ending = ".json";
/** A record, or one that a killed process left half written. */
const own = /^[\w-]{1,40}\.json(\.part)?$/;
/** Runs that stay to be looked at. */
export const keptRuns = 30;

export async function openRunRecords(directory: string, onTrouble: (cause: unknown) => void): Promise<RunRecords> {
  await mkdir(directory, { recursive: true });
  const fileOf = (id: string): string => join(directory, id + ending);
  const found: RunRecord[] = [];
  for (const name of await readdir(directory)) {
    // whatever else lies here is somebody else's
    if (!own.test(name)) continue;
    const record = await load(join(directory, name));
    // what cannot be put away stays where it is: the city opens all the same
    if (record === undefined) await rm(join(directory, name), { force: true }).catch(onTrouble);
    else found.push(runGoesOn(record.run.state) ? { ...record, run: { ...record.run, ...cutOff } } : record);
  }
  found.sort((a, b) => b.run.startedAt - a.run.startedAt);
  /** Ids of what is on the disk, oldest first. */
  const ids = new Set(found.map(({ run }) => run.id).reverse());
  let turn: Promise<void> = Promise.resolve();

  async function write(record: RunRecord): Promise<void> {
    const { id } = record.run;
    if (!ids.has(id)) return;
    await writeFile(`${fileOf(id)}.part`, JSON.stringify(record));
    await rename(`${fileOf(id)}.part`, fileOf(id));
  }
  async function forgetOld(): Promise<void> {
    for (const id of [...ids].slice(0, Math.max(0, ids.size - keptRuns))) {
      ids.delete(id);
      await rm(fileOf(id), { force: true });
    }
  }
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch(onTrouble);
  };
  function keep(record: RunRecord): void {
    ids.add(record.run.id);
    inTurn(() => write(record));
    inTurn(forgetOld);
  }
  inTurn(forgetOld);
  return {
    past: () => found.filter(({ run }) => ids.has(run.id)),
    begun: (run) => keep({ run, told: null, comparison: null }),
    keep,
    written: () => turn,
  };
}

/** What another version has written is not understood, and nobody waits for it. */
async function load(file: string): Promise<RunRecord | undefined> {
  try {
    const record = recordSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
    return record.success ? record.data : undefined;
  } catch {
    return undefined;
  }
}
