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
  /** Earliest that waits; nobody looks at the rest before. */
  let earliest = Number.POSITIVE_INFINITY;
  const before = (a: Observed, b: Observed): number => a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);
  const earliestOf = (all: readonly Observed[]): number => all.reduce((least, { t }) => Math.min(least, t), Number.POSITIVE_INFINITY);

  return {
    add(observed) {
      waiting.push(observed);
      if (observed.t < earliest) earliest = observed.t;
    },
    upTo(mark) {
      if (earliest > mark) return [];
      const due: Observed[] = [];
      const later: Observed[] = [];
      for (const one of waiting) (one.t <= mark ? due : later).push(one);
      waiting = later;
      earliest = earliestOf(later);
      // stable (ECMAScript 2019): what a device said at one instant stays in the order of arrival
      return due.sort(before);
    },
    state: () => waiting,
    restore(given) {
      waiting = [...given];
      earliest = earliestOf(waiting);
    },
  };
}
