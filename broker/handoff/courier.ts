import type { Logger } from "pino";
import type { LinkId } from "../../shared/links.ts";
import type { HandoffRecord } from "./handoff-record.ts";
import type { LinkReceipt } from "./link-receipt.ts";
import { createLinkTraffic } from "./link-traffic.ts";
import { postEvent } from "./post-event.ts";

/** Where a link's hand-overs go now. */
export type Destination = { readonly receiver: "built-in" | "outside"; readonly url: string; readonly secret: string } | { readonly receiver: "off" };

/** Wall-clock ms. */
export interface Patience {
  readonly timeout: number;
  /** After the first failed try; doubles with each, up to `longest`. */
  readonly first: number;
  readonly longest: number;
  /** Then it has failed, and a person calls. */
  readonly tries: number;
}
/** Some four minutes in all: longer would be a hand-over that nobody waits for any more. */
const usualPatience: Patience = { timeout: 10_000, first: 2000, longest: 60_000, tries: 8 };

export interface CourierParts {
  readonly city: string;
  readonly unanswered: () => readonly HandoffRecord[];
  readonly destination: (link: LinkId) => Destination;
  /** Into the log; resolves when it is durable and has been taken. */
  readonly note: (receipt: LinkReceipt) => Promise<void>;
  readonly log: Logger;
  readonly patience?: Patience;
  /** Spreads what would otherwise come in step; 0 to 1. */
  readonly chance?: () => number;
  /** Wall clock, ms. */
  readonly now?: () => number;
}
export interface Courier {
  /** Something may have to be carried; cheap when nothing has. */
  look(): void;
  close(): void;
}

/** All tries and the pauses between them: who waits longer waits for a receiver that does not come back in time. */
const wholeOf = ({ timeout, first, longest, tries }: Patience): number =>
  [...Array(tries - 1).keys()].reduce((sum, n) => sum + Math.min(longest, first * 2 ** n), tries * timeout);
/** When it was asked for, this time: asked again, it has its patience anew. */
const askedAt = ({ receipts }: HandoffRecord): number => (receipts.findLast(({ state }) => state === "waiting") ?? receipts[0])?.at ?? 0;

/** Carries hand-overs to the other side: each again with the same id and the same words until it is answered, has failed for good, or the tries or the patience are used up. */
export function startCourier(parts: CourierParts): Courier {
  const { city, unanswered, destination, note, log, patience = usualPatience, chance = Math.random, now = Date.now } = parts;
  const end = new AbortController();
  /** Under way, or waiting for its next try. */
  const busy = new Map<string, NodeJS.Timeout | "under way">();
  const traffic = createLinkTraffic();
  const whole = wholeOf(patience);
  const opened = now();
  const isLate = (record: HandoffRecord): boolean => now() - askedAt(record) > whole;

  async function attempt(record: HandoffRecord): Promise<void> {
    const to = destination(record.to);
    const { id } = record;
    if (to.receiver === "off") return note({ id, state: "failed", trouble: "this link is off: it leads nowhere" });
    const number = record.tries + 1;
    // before it goes out: after a crash the tries that were made are counted
    await note({ id, state: "sent", try: number, receiver: to.receiver });
    const outcome = await postEvent(record, city, to, { timeout: patience.timeout, end: end.signal });
    if (end.signal.aborted) return;
    traffic.heard(record.to, outcome);
    if (outcome.ok) return note({ id, state: "received" });
    if (outcome.final || number >= patience.tries || isLate(record)) return note({ id, state: "failed", trouble: outcome.trouble });
    await note({ id, state: "waiting", trouble: outcome.trouble });
    if (end.signal.aborted) return;
    const wait = Math.min(patience.longest, patience.first * 2 ** (number - 1)) * (0.5 + chance());
    busy.set(
      id,
      setTimeout(() => {
        busy.delete(id);
        look();
      }, wait),
    );
  }

  /** Nobody else takes it up until the work is done. */
  function occupy({ id }: HandoffRecord, work: Promise<void>): Promise<void> {
    busy.set(id, "under way");
    return work
      .catch((cause: unknown) => log.error({ err: cause, handoff: id }, "a hand-over could not be carried"))
      .finally(() => {
        if (busy.get(id) === "under way") busy.delete(id);
      });
  }
  function carry(record: HandoffRecord): void {
    traffic.begins(record.to);
    void occupy(record, attempt(record)).then(() => {
      traffic.ends(record.to);
      look();
    });
  }
  /** Why it is given up without another try. What waited while the room was down has one more, unless the link is known to fail. */
  function overOf(record: HandoffRecord): string | undefined {
    const trouble = traffic.trouble(record.to);
    if (record.tries >= patience.tries) return record.trouble ?? "nothing was heard of the last try";
    if (!isLate(record) || (trouble === undefined && now() - opened <= whole)) return undefined;
    return trouble ?? record.trouble ?? "its turn did not come in time";
  }
  /** What is open to be tried; what is over is told so on the way. */
  function stillOpen(record: HandoffRecord): boolean {
    const how = busy.get(record.id);
    if (how === "under way") return false;
    const over = overOf(record);
    if (over === undefined) return how === undefined;
    clearTimeout(how);
    void occupy(record, note({ id: record.id, state: "failed", trouble: over }));
    return false;
  }
  function look(): void {
    if (end.signal.aborted) return;
    // what was never tried is not held up by what is tried again; the sort keeps the older one first
    for (const record of unanswered()
      .filter(stillOpen)
      .sort((a, b) => a.tries - b.tries)) {
      const trouble = traffic.trouble(record.to);
      if (traffic.free(record.to)) carry(record);
      else if (trouble !== undefined && record.trouble === undefined) void occupy(record, note({ id: record.id, state: "waiting", trouble }));
    }
  }

  return {
    look,
    close() {
      end.abort();
      for (const timer of busy.values()) if (timer !== "under way") clearTimeout(timer);
      busy.clear();
    },
  };
}
