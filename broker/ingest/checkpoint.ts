import { readFile, rename, writeFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import type { FoldState } from "./fold.ts";

/**
 * The fold's state on disk. It is saved only when every store has everything up to its position: a start replays the log from here, and rows
 * that a store already has are not written twice.
 */
export interface Checkpoint {
  load(): Promise<FoldState | undefined>;
  /** Holds the state until `settle` says that the stores have caught up with it. */
  offer(state: FoldState): void;
  /** Saves what was offered if it lies at or below the position; answers the position saved. */
  settle(position: number): Promise<number | undefined>;
}

export function openCheckpoint(file: string): Checkpoint {
  let offered: FoldState | undefined;
  let saving = false;
  return {
    async load() {
      try {
        return deserialize(await readFile(file)) as FoldState;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw new Error(`the checkpoint ${file} cannot be read; remove it to replay the whole log`, { cause });
      }
    },
    offer(state) {
      offered ??= state;
    },
    async settle(position) {
      if (saving || offered === undefined || offered.position > position) return undefined;
      saving = true;
      const state = offered;
      offered = undefined;
      await writeFile(`${file}.part`, serialize(state));
      await rename(`${file}.part`, file);
      saving = false;
      return state.position;
    },
  };
}
