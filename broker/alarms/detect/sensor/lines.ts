import type { Ask } from "../evaluator.ts";

/** Who is missing behind a gateway, from times of readings alone: a last will comes too late or not at all when a line only fails. */
export interface LineState {
  readonly lost: boolean;
  /** When it may be lost next, if nobody speaks; 0 = nobody has ever spoken. */
  readonly due: number;
  /** Newest reading of anybody behind it. */
  readonly heard: number;
  readonly missing: readonly string[];
}

/** A turn is missed when its reading is later than this, ms. */
export const slackMs = 60_000;

/**
 * A gateway is lost when for the shortest of its devices' limits none has spoken, and either two devices are over their limit or all have
 * missed their turn: one gauge that falls silent beside gates that speak every ten minutes proves nothing yet.
 */
export function lineOf({ world, t }: Pick<Ask, "world" | "t">, gateway: string): LineState {
  let heard = 0;
  let limit = Number.POSITIVE_INFINITY;
  let allMissed = 0;
  const overdue: number[] = [];
  const missing: string[] = [];
  for (const { id, stale, every } of world.behind(gateway)) {
    const newest = world.newest(id);
    if (newest === 0) continue;
    const due = newest + stale * 1000;
    heard = Math.max(heard, newest);
    limit = Math.min(limit, stale * 1000);
    allMissed = Math.max(allMissed, Math.min(due, newest + every * 1000 + slackMs));
    overdue.push(due);
    if (due <= t) missing.push(id);
  }
  if (overdue.length < 2) return { lost: false, due: 0, heard, missing };
  const second = overdue.sort((a, b) => a - b)[1] ?? 0;
  const due = Math.max(heard + limit, Math.min(second, allMissed));
  return { lost: t >= due, due, heard, missing };
}

/** Everybody is silent: that is the way to us, not this device. Only where several gateways could speak. */
export const allSilent = ({ world, t }: Pick<Ask, "world" | "t">, limitMs: number): boolean => world.gateways() >= 3 && t - world.heard() >= limitMs;
