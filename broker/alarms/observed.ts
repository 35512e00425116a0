import type { Quality, Value } from "../../shared/reading.ts";
import type { Entry } from "../devices/registry.ts";

/** What detection knows of a device apart from its readings. */
export type Watched = Pick<Entry, "id" | "service" | "kind" | "district" | "timeline" | "stale" | "every" | "meta" | "contract">;

/** One accepted reading or event, as detection takes it in; plain data, because it may wait in a checkpoint. Without `m` and `e`: it was refused. */
export interface Observed {
  readonly t: number;
  readonly device: string;
  /** Of a reading; derived values included. */
  readonly m?: Readonly<Record<string, Value>>;
  readonly q?: Readonly<Record<string, Quality>>;
  /** Of an event. */
  readonly e?: string;
  readonly x?: Readonly<Record<string, number | string>>;
  /** By how much its time was ahead of the instant at which it came, ms; absent = it was not. What was refused for that stands at its timeline's time. */
  readonly ahead?: number;
}

/** No value is doubted. Asked for each reading: nothing is made for it. */
export function allAreGood(q: Observed["q"]): q is undefined {
  for (const _name in q) return false;
  return true;
}
