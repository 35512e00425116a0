import { readFile, rename, writeFile } from "node:fs/promises";
import { deserialize } from "node:v8";
import { type FoldState, type SavedFold, troubleOf } from "./fold.ts";

/**
 * The fold's state on disk. It is saved only when every store has everything up to its position: a start replays the log from here, and rows
 * that a store already has are not written twice.
 */
export interface Checkpoint {
  load(): Promise<FoldState | undefined>;
  /** Holds it until `settle` says that the stores have caught up with it; something may still be held from before: then that comes first. */
  offer(saved: () => SavedFold): void;
  /** Saves what was offered if it lies at or below the position; answers the position saved. One call at a time. */
  settle(position: number): Promise<number | undefined>;
}

export function openCheckpoint(file: string): Checkpoint {
  let offered: SavedFold | undefined;
  return {
    async load() {
      let state: FoldState;
      try {
        state = deserialize(await readFile(file)) as FoldState;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        const lost = "then what the log still holds is replayed, and what is older is forgotten, except the journal";
        throw new Error(`the checkpoint ${file} cannot be read; take the data folder back from a backup, or remove this file: ${lost}`, { cause });
      }
      const trouble = troubleOf(state);
      if (trouble !== undefined) throw new Error(`the checkpoint ${file} cannot be used: ${trouble}, or take the data folder back from a backup`);
      return state;
    },
    offer(saved) {
      offered ??= saved();
    },
    async settle(position) {
      if (offered === undefined || offered.position > position) return undefined;
      const saved = offered;
      offered = undefined;
      // on disk before it takes the old one's place: the log is trimmed by it
      await writeFile(`${file}.part`, saved.bytes, { flush: true });
      await rename(`${file}.part`, file);
      return saved.position;
    },
  };
}
