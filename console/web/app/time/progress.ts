import { computed } from "@preact/signals";
import type { CityClock } from "../../../../shared/clock.ts";
import { clock } from "../../live/state.ts";

/** How far a backfill or a jump is. Times of the city in ms; `leftMs` is of the wall, undefined while no rate is known. */
export interface Progress {
  readonly phase: "backfill" | "jump";
  readonly whole: number;
  readonly done: number;
  readonly leftMs: number | undefined;
}

/** A jump begins where it was first heard of; a backfill where the run begins. */
let begun: { readonly key: string; readonly from: number } | undefined;

export function progressOf(now: CityClock | undefined, from: number): Progress | undefined {
  if (now === undefined || (now.phase !== "backfill" && now.phase !== "jump")) return undefined;
  const until = now.until ?? now.head;
  const whole = Math.max(1, until - from);
  const done = Math.max(0, Math.min(whole, now.mark - from));
  return { phase: now.phase, whole, done, leftMs: now.rate > 0 ? (whole - done) / now.rate : undefined };
}

export const progress = computed<Progress | undefined>(() => {
  const now = clock.value;
  if (now?.phase !== "backfill" && now?.phase !== "jump") return undefined;
  const key = `${now.run} ${now.phase} ${now.until ?? ""}`;
  if (begun?.key !== key) begun = { key, from: now.phase === "jump" ? now.mark : now.start };
  return progressOf(now, begun.from);
});
