import { appendFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Input } from "./inputs.ts";

/** An input with the number of its arrival in the run, from 0. */
interface NumberedInput {
  readonly n: number;
  readonly input: Input;
}
/**
 * The inputs that no saved state holds yet, a line each. Written before they take effect, so that a city that is killed in between goes on from an older
 * state to the very same night.
 */
export interface InputLog {
  /** Those of this run, in the order of arrival; those of another are of no use any more. */
  load(run: string): Promise<readonly NumberedInput[]>;
  /** Resolves when a killed process would find them. */
  append(run: string, inputs: readonly NumberedInput[]): Promise<void>;
  /** A saved state holds all before number `n`. */
  saved(n: number): Promise<void>;
  clear(): Promise<void>;
}
interface Line extends NumberedInput {
  readonly run: string;
}

/** The file is written anew when so many of its lines are of no use any more. */
const lineLimit = 1000;

export function createInputLog(directory: string): InputLog {
  const file = join(directory, "simulator-inputs.jsonl");
  let lines: Line[] = [];
  let written = 0;
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other, also after one that failed. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  };
  const textOf = (some: readonly Line[]): string => some.map((line) => `${JSON.stringify(line)}\n`).join("");
  return {
    load: (run) =>
      inTurn(async () => {
        const all = linesIn(await readFile(file, "utf8").catch(() => ""));
        written = all.length;
        lines = all.filter((line) => line.run === run);
        return lines;
      }),
    append: (run, inputs) =>
      inTurn(async () => {
        const added = inputs.map((one) => ({ run, ...one }));
        await mkdir(directory, { recursive: true });
        await appendFile(file, textOf(added));
        lines.push(...added);
        written += added.length;
      }),
    saved: (n) =>
      inTurn(async () => {
        lines = lines.filter((line) => line.n >= n);
        if (written - lines.length < lineLimit) return;
        const part = `${file}.part`;
        await writeFile(part, textOf(lines));
        await rename(part, file);
        written = lines.length;
      }),
    clear: () =>
      inTurn(async () => {
        lines = [];
        written = 0;
        await rm(file, { force: true });
      }),
  };
}

/** A line that a killed process has left half written ends the file: nothing can stand behind it. */
function linesIn(text: string): Line[] {
  const lines: Line[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    try {
      lines.push(JSON.parse(line) as Line);
    } catch {
      break;
    }
  }
  return lines;
}
