import type { Database, RootDatabase } from "lmdb";
import type { ChronicleLine } from "../../shared/city-port.ts";
import { writeBeside } from "../log/write-beside.ts";

/**
 * What happened, in the order of event time: lines wait until their timeline's mark has passed them and are then told in (t, device) order, so
 * that the order is the same at every rate. Durable beside the log; bounded.
 */
export type Waiting = Omit<ChronicleLine, "n"> & { readonly timeline: "city" | "field" };

export interface Chronicle {
  add(line: Waiting): void;
  /** Tells what lies at or before the mark; returns the new lines. */
  advance(timeline: "city" | "field", mark: number): readonly ChronicleLine[];
  lines(): readonly ChronicleLine[];
  state(): { n: number; waiting: Waiting[] };
  /** Another life of the timeline begins: what waited of it is never told, and of what was told only those lines stay that are not of it. */
  forget(timeline: "city" | "field", stays: (line: ChronicleLine) => boolean): void;
  /** What an image holds of the life that goes on from it, with numbers of now. */
  retell(lines: readonly ChronicleLine[]): void;
  restore(state: { n: number; waiting: Waiting[] }): void;
}

/** About a day and a half of the default city. */
const kept = 30_000;

export function openChronicle(root: RootDatabase): Chronicle {
  const db: Database<ChronicleLine, number> = root.openDB("chronicle", { encoding: "msgpack" });
  let told: ChronicleLine[] = [...db.getRange().map(({ value }) => value)];
  let waiting: Waiting[] = [];
  let n = told.at(-1)?.n ?? 0;

  const tell = (lines: readonly Omit<ChronicleLine, "n">[]): readonly ChronicleLine[] => {
    const numbered = lines.map(({ t, service, device, what, x }) => ({ n: ++n, t, service, device, what, x }));
    for (const line of numbered) writeBeside(db.put(line.n, line));
    told.push(...numbered);
    if (told.length > kept + 1000) drop(told.slice(0, -kept));
    return numbered;
  };
  function drop(lines: readonly ChronicleLine[]): void {
    const gone = new Set(lines);
    for (const line of gone) writeBeside(db.remove(line.n));
    told = told.filter((line) => !gone.has(line));
  }
  const before = (a: Waiting, b: Waiting): number => a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);

  return {
    add: (line) => void waiting.push(line),
    advance(timeline, mark) {
      if (waiting.length === 0) return [];
      const due = waiting.filter((line) => line.timeline === timeline && line.t <= mark).sort(before);
      if (due.length === 0) return [];
      waiting = waiting.filter((line) => line.timeline !== timeline || line.t > mark);
      return tell(due);
    },
    lines: () => told,
    state: () => ({ n, waiting }),
    forget(timeline, stays) {
      waiting = waiting.filter((line) => line.timeline !== timeline);
      drop(told.filter((line) => !stays(line)));
    },
    retell: (lines) => void tell(lines),
    restore(state) {
      n = state.n;
      waiting = state.waiting;
      drop(told.filter((line) => line.n > n));
    },
  };
}
