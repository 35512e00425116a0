import type { LinkId } from "../../shared/links.ts";
import type { Outcome } from "./post-event.ts";

/** How much is under way to each link, and how it went lately. */
export interface LinkTraffic {
  /** One more may go now. */
  free(to: LinkId): boolean;
  /** Why it is of no use to wait for the link now; undefined = it answers. */
  trouble(to: LinkId): string | undefined;
  begins(to: LinkId): void;
  ends(to: LinkId): void;
  heard(to: LinkId, outcome: Outcome): void;
}

/** A receiver that comes back after an hour is not buried. */
const atOnce = 4;
/** So many in a row, and one at a time goes as a probe. */
const severalFailures = 3;

export function createLinkTraffic(): LinkTraffic {
  const load = new Map<LinkId, number>();
  const failing = new Map<LinkId, { readonly inARow: number; readonly trouble: string }>();
  function trouble(to: LinkId): string | undefined {
    const known = failing.get(to);
    return known !== undefined && known.inARow >= severalFailures ? known.trouble : undefined;
  }
  return {
    free: (to) => (load.get(to) ?? 0) < (trouble(to) === undefined ? atOnce : 1),
    trouble,
    begins: (to) => void load.set(to, (load.get(to) ?? 0) + 1),
    ends: (to) => void load.set(to, (load.get(to) ?? 1) - 1),
    heard(to, outcome) {
      // a refusal is an answer: somebody is there
      if (outcome.ok || outcome.final) failing.delete(to);
      else failing.set(to, { inARow: (failing.get(to)?.inARow ?? 0) + 1, trouble: outcome.trouble });
    },
  };
}
