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
  /** The file does not end with a whole line: what is appended would join a half one, and be lost with it. */
  let torn = false;
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other, also after one that failed. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  };
  const textOf = (some: readonly Line[]): string => some.map((line) => `${JSON.stringify(line)}\n`).join("");
  async function rewrite(): Promise<void> {
    const part = `${file}.part`;
    await writeFile(part, textOf(lines));
    await rename(part, file);
    written = lines.length;
    torn = false;
  }
  return {
    load: (run) =>
      inTurn(async () => {
        const text = await readFile(file, "utf8").catch(() => "");
        const all = linesIn(text);
        written = all.length;
        lines = all.filter((line) => line.run === run);
        torn = text !== "" && (!text.endsWith("\n") || text.split("\n").length - 1 > all.length);
        return lines;
      }),
    append: (run, inputs) =>
      inTurn(async () => {
        const added = inputs.map((one) => ({ run, ...one }));
        await mkdir(directory, { recursive: true });
        if (torn) await rewrite();
        // a full disk may take a part of it
        torn = true;
        await appendFile(file, textOf(added));
        torn = false;
        lines.push(...added);
        written += added.length;
      }),
    saved: (n) =>
      inTurn(async () => {
        lines = lines.filter((line) => line.n >= n);
        if (written - lines.length < lineLimit) return;
        await rewrite();
      }),
    clear: () =>
      inTurn(async () => {
        lines = [];
        written = 0;
        torn = false;
        await rm(file, { force: true });
      }),
  };
}

/** A line that a killed process has left half written ends the file: nothing stands behind it, because it is cut off before anything is appended. */
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
