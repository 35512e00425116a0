/**
 * Who is to be heard again by when. Devices of one limit stand in the order in which they were last looked at, so that only the first can be overdue; who
 * has spoken since moves back when its turn comes. So a reading of a device on the list costs nothing, and nobody needs a timer.
 */
export interface Vigil {
  /** Puts it on the list: heard at t; `limit` in ms. From then on `newest` says when it was heard. */
  heard(device: string, t: number, limit: number): void;
  /** First instant at which somebody may have been silent for longer than its limit; infinite = nobody waits. */
  next(): number;
  /** Takes that one off the list, until it is put there again; undefined: it has been heard meanwhile, and `next` is later now. */
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

/** `newest`: when a device was heard last, epoch ms; 0 = never. */
export function createVigil(newest: (device: string) => number): Vigil {
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
  /** Almost always near the end: who was listed together is looked at together. */
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
      known = Number.NEGATIVE_INFINITY;
      const heard = newest(one.device);
      if (heard > one.t) {
        one.t = heard;
        enter(ringOf(one.limit), one);
        return undefined;
      }
      one.listed = false;
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
