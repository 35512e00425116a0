import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Truth, truthSchema } from "../../shared/scenario/truth.ts";

/** What was true, per run of the city: a file of its own beside the log, a line each time something of it became known. Detection cannot read it. */
export interface TruthStore {
  take(run: string, truth: Truth): void;
  /** The newest word on each, in the order of their onset. */
  of(run: string): readonly Truth[];
  /** Resolves when everything up to now is on the disk, or could not be written. */
  written(): Promise<void>;
}

/** Files that stay, the newest of them. */
const kept = 20;

export async function openTruthStore(directory: string, onTrouble: (cause: unknown) => void): Promise<TruthStore> {
  await mkdir(directory, { recursive: true });
  const fileOf = (run: string): string => join(directory, `${run}.ndjson`);
  const runs = new Map<string, Map<string, Truth>>();
  for (const name of await oldestFirst(directory)) runs.set(name.slice(0, -".ndjson".length), await load(join(directory, name)));
  let turn: Promise<void> = Promise.resolve();
  let lines = new Map<string, string>();

  /** Runs whose files lack something, as after a full disk: they are written anew. */
  const behind = new Set<string>();

  async function keep(run: string, text: string): Promise<void> {
    const known = runs.get(run);
    if (known === undefined) return;
    if (!behind.has(run)) return appendFile(fileOf(run), text);
    const part = `${fileOf(run)}.part`;
    await writeFile(part, [...known.values()].map(lineOf).join(""));
    await rename(part, fileOf(run));
    behind.delete(run);
  }
  /** Many truths of a second are one write. */
  async function write(): Promise<void> {
    const batch = lines;
    lines = new Map();
    for (const run of behind) if (!batch.has(run)) batch.set(run, "");
    for (const [run, text] of batch)
      await keep(run, text).catch((cause: unknown) => {
        behind.add(run);
        onTrouble(cause);
      });
  }
  async function forgetOld(): Promise<void> {
    for (const run of [...runs.keys()].slice(0, Math.max(0, runs.size - kept))) {
      runs.delete(run);
      behind.delete(run);
      await rm(fileOf(run), { force: true });
    }
  }
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch(onTrouble);
  };

  return {
    take(run, truth) {
      if (!/^[\w-]{1,80}$/.test(run)) return;
      const known = runs.get(run);
      if (known === undefined) {
        runs.set(run, new Map([[truth.id, truth]]));
        inTurn(forgetOld);
      } else if (JSON.stringify(known.get(truth.id)) === JSON.stringify(truth)) return;
      else known.set(truth.id, truth);
      if (lines.size === 0) inTurn(write);
      lines.set(run, `${lines.get(run) ?? ""}${lineOf(truth)}`);
    },
    of: (run) => [...(runs.get(run)?.values() ?? [])].sort((a, b) => a.onset - b.onset || (a.id < b.id ? -1 : 1)),
    written() {
      if (behind.size > 0) inTurn(write);
      return turn;
    },
  };
}

const lineOf = (truth: Truth): string => `${JSON.stringify(truth)}\n`;

/** By when they were written last: names of runs are of chance. */
async function oldestFirst(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".ndjson"));
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(directory, name))).mtimeMs })));
  return aged.sort((a, b) => a.at - b.at).map(({ name }) => name);
}

/** A line that a killed process left half written is none. */
async function load(file: string): Promise<Map<string, Truth>> {
  const truths = new Map<string, Truth>();
  for (const line of (await readFile(file, "utf8")).split("\n")) {
    try {
      const truth = truthSchema.parse(JSON.parse(line));
      truths.set(truth.id, truth);
    } catch {
      // said again when it changes
    }
  }
  return truths;
}
