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
  /** A new run: what waited of the timeline is never told. */
  forget(timeline: "city" | "field"): void;
  restore(state: { n: number; waiting: Waiting[] }): void;
}

/** About a day and a half of the default city. */
const kept = 30_000;

export function openChronicle(root: RootDatabase): Chronicle {
  const db: Database<ChronicleLine, number> = root.openDB("chronicle", { encoding: "msgpack" });
  let told: ChronicleLine[] = [...db.getRange().map(({ value }) => value)];
  let waiting: Waiting[] = [];
  let n = told.at(-1)?.n ?? 0;

  const before = (a: Waiting, b: Waiting): number => a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);

  return {
    add: (line) => void waiting.push(line),
    advance(timeline, mark) {
      if (waiting.length === 0) return [];
      const due = waiting.filter((line) => line.timeline === timeline && line.t <= mark).sort(before);
      if (due.length === 0) return [];
      waiting = waiting.filter((line) => line.timeline !== timeline || line.t > mark);
      const lines = due.map(({ t, service, device, what, x }) => ({ n: ++n, t, service, device, what, x }));
      for (const line of lines) writeBeside(db.put(line.n, line));
      told.push(...lines);
      if (told.length > kept + 1000) {
        for (const line of told.slice(0, -kept)) writeBeside(db.remove(line.n));
        told = told.slice(-kept);
      }
      return lines;
    },
    lines: () => told,
    state: () => ({ n, waiting }),
    forget(timeline) {
      waiting = waiting.filter((line) => line.timeline !== timeline);
    },
    restore(state) {
      n = state.n;
      waiting = state.waiting;
      for (const line of told) if (line.n > n) writeBeside(db.remove(line.n));
      told = told.filter((line) => line.n <= n);
    },
  };
}
