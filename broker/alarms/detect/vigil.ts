/**
 * Who is to be heard again by when. Devices of one limit stand in the order in which they were heard, so that only the first can be overdue: a reading
 * costs a move to the end of a list, and nobody needs a timer.
 */
export interface Vigil {
  /** Heard at t; `limit` in ms. */
  heard(device: string, t: number, limit: number): void;
  /** First instant at which somebody has been silent for longer than its limit; infinite = nobody waits. */
  next(): number;
  /** Takes that one off the list, until it is heard again. */
  take(): { readonly device: string; readonly t: number } | undefined;
  clear(): void;
}

interface Waiter {
  readonly device: string;
  readonly limit: number;
  t: number;
  before: Waiter;
  after: Waiter;
  listed: boolean;
}

function newRing(limit: number): Waiter {
  const ring = { device: "", limit, t: 0, listed: false } as Waiter;
  ring.before = ring;
  ring.after = ring;
  return ring;
}

export function createVigil(): Vigil {
  const waiters = new Map<string, Waiter>();
  const rings = new Map<number, Waiter>();
  let all: readonly Waiter[] = [];
  let known = Number.POSITIVE_INFINITY;
  /** Of the two that became overdue at the same instant the one with the smaller name goes first. */
  const isBehind = (one: Waiter, t: number, device: string): boolean => one.t < t || (one.t === t && one.device < device);

  function leave(one: Waiter): void {
    one.before.after = one.after;
    one.after.before = one.before;
  }
  /** Almost always at the end: readings are judged in the order of event time. */
  function enter(ring: Waiter, one: Waiter): void {
    let last = ring.before;
    while (last !== ring && !isBehind(last, one.t, one.device)) last = last.before;
    one.before = last;
    one.after = last.after;
    last.after.before = one;
    last.after = one;
  }
  function ringOf(limit: number): Waiter {
    const ring = rings.get(limit);
    if (ring !== undefined) return ring;
    const made = newRing(limit);
    rings.set(limit, made);
    all = [...rings.values()];
    return made;
  }
  function first(): Waiter | undefined {
    let best: Waiter | undefined;
    for (const ring of all) {
      const one = ring.after;
      if (one === ring) continue;
      const due = one.t + one.limit;
      const least = best === undefined ? Number.POSITIVE_INFINITY : best.t + best.limit;
      if (due < least || (due === least && best !== undefined && one.device < best.device)) best = one;
    }
    return best;
  }
  return {
    heard(device, t, limit) {
      let one = waiters.get(device);
      if (one === undefined || one.limit !== limit) {
        if (one?.listed) leave(one);
        one = { device, limit, t } as Waiter;
        waiters.set(device, one);
      } else if (one.listed) leave(one);
      one.t = t;
      one.listed = true;
      enter(ringOf(limit), one);
      known = Number.NEGATIVE_INFINITY;
    },
    next() {
      if (known === Number.NEGATIVE_INFINITY) {
        const one = first();
        known = one === undefined ? Number.POSITIVE_INFINITY : one.t + one.limit + 1;
      }
      return known;
    },
    take() {
      const one = first();
      if (one === undefined) return undefined;
      leave(one);
      one.listed = false;
      known = Number.NEGATIVE_INFINITY;
      return { device: one.device, t: one.t + one.limit + 1 };
    },
    clear() {
      waiters.clear();
      rings.clear();
      all = [];
      known = Number.POSITIVE_INFINITY;
    },
  };
}
