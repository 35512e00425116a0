import type { Observed } from "./observed.ts";

/**
 * What was accepted waits until the mark has passed it, and is then taken in the order of event time: so nothing that detection concludes depends on
 * how fast the city ran or in which order gateways came through.
 */
export interface InOrder {
  add(observed: Observed): void;
  /** Everything at or before the mark, by time, then device, then arrival. */
  upTo(mark: number): readonly Observed[];
  state(): readonly Observed[];
  restore(waiting: readonly Observed[]): void;
}

export function createInOrder(): InOrder {
  let waiting: Observed[] = [];
  /** Earliest that waits, and latest; nobody looks at the rest before the one, and all are due from the other on. */
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  const before = (a: Observed, b: Observed): number => a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);
  function wait(all: Observed[]): void {
    waiting = all;
    earliest = all.reduce((least, { t }) => Math.min(least, t), Number.POSITIVE_INFINITY);
    latest = all.reduce((most, { t }) => Math.max(most, t), Number.NEGATIVE_INFINITY);
  }
  function takeDue(mark: number): Observed[] {
    const all = waiting;
    if (latest <= mark) {
      wait([]);
      return all;
    }
    wait(all.filter(({ t }) => t > mark));
    return all.filter(({ t }) => t <= mark);
  }
  const isInOrder = (all: readonly Observed[]): boolean => all.every((one, k) => k === 0 || before(all[k - 1] ?? one, one) <= 0);

  return {
    add(observed) {
      waiting.push(observed);
      const { t } = observed;
      if (t < earliest) earliest = t;
      if (t > latest) latest = t;
    },
    upTo(mark) {
      if (earliest > mark) return [];
      const due = takeDue(mark);
      // stable (ECMAScript 2019): what a device said at one instant stays in the order of arrival
      return isInOrder(due) ? due : due.sort(before);
    },
    state: () => waiting,
    restore(given) {
      wait([...given]);
    },
  };
}
