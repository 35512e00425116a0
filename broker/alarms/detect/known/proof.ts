import type { Delays } from "../../../../shared/alarm-rule.ts";
import type { Watched } from "../../observed.ts";

/**
 * A condition over time as far as readings prove it. What nobody saw does not count: after a silence longer than the device's stale limit it holds only
 * from the first reading on, and a delay that runs out while the next reading is overdue waits for it. So a lost sensor neither raises nor clears an alarm.
 * Plain data, epoch ms; 0 = never.
 */
export interface Proof {
  /** It was told. */
  on: boolean;
  holds: boolean;
  /** Since when it holds, or has gone, as seen without a gap. */
  since: number;
  /** Newest reading that spoke of it. */
  seen: number;
}
export const unproven = (): Proof => ({ on: false, holds: false, since: 0, seen: 0 });

/** A reading says that the condition holds, or does not. */
export function witness(proof: Proof, t: number, holds: boolean, stale: number): void {
  if (holds !== proof.holds || t - proof.seen > stale * 1000) {
    proof.holds = holds;
    proof.since = t;
  }
  proof.seen = t;
}

/** When what is told is to change if nothing else happens; 0 = it agrees with what holds. `more`: seconds beside the on-delay. */
export function dueOf({ on: told, holds, since }: Proof, { on = 0, off = 0 }: Delays, more = 0): number {
  if (holds === told) return 0;
  return since + (holds ? on + more : off) * 1000;
}

/** The device should have spoken by now: half an interval is left for what is on its way. Nothing is concluded from what it said last. */
export const isOverdue = (t: number, seen: number, { every }: Pick<Watched, "every">): boolean => t - seen > 1500 * every;

/** The delay is over at `t`, and readings say so to the end. */
export const isDue = (due: number, t: number, { seen }: Proof, device: Pick<Watched, "every">): boolean =>
  due > 0 && t >= due && !isOverdue(t, seen, device);

/**
 * The instant at which to look again. Timers run before readings of the same instant, but a reading of that very instant may say that it is over:
 * so one looks just after it.
 */
export const justAfter = (due: number): number => due + 1;
