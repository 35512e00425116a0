import type { Happening } from "./model.ts";

/** What has happened and is told in its turn: in the order of time, gateways and devices. */
export interface PendingHappenings {
  /** None is told in a second that has gone: `now` is the end of this one. */
  add(happenings: readonly Happening[], now: number): void;
  takeDue(now: number): readonly Happening[];
  snapshot(): readonly Happening[];
}

const secondMs = 1000;
const none: readonly Happening[] = [];

/** @param rank place of a device's gateway in the order of the city. */
export function createPending(rank: (device: string) => number, saved: readonly Happening[] = []): PendingHappenings {
  const pending = [...saved];
  const inOrder = (a: Happening, b: Happening): number =>
    a.t - b.t || rank(a.device) - rank(b.device) || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);
  return {
    add(happenings, now) {
      if (happenings.length === 0) return;
      for (const happening of happenings) pending.push({ ...happening, t: Math.max(now - secondMs + 1, Math.floor(happening.t)) });
      pending.sort(inOrder);
    },
    takeDue(now) {
      if (pending.length === 0) return none;
      const later = pending.findIndex((happening) => happening.t > now);
      return later === 0 ? none : pending.splice(0, later < 0 ? pending.length : later);
    },
    snapshot: () => pending,
  };
}
