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
  /** Saves what was offered if it lies at or below the position; answers the position saved. One call at a time. */
  settle(position: number): Promise<number | undefined>;
}

export function openCheckpoint(file: string): Checkpoint {
  let offered: FoldState | undefined;
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
      if (offered === undefined || offered.position > position) return undefined;
      const state = offered;
      offered = undefined;
      // on disk before it takes the old one's place: the log is trimmed by it
      await writeFile(`${file}.part`, serialize(state), { flush: true });
      await rename(`${file}.part`, file);
      return state.position;
    },
  };
}
