import type { Logger } from "pino";
import type { LinkId } from "../../shared/links.ts";
import type { HandoffRecord } from "./handoff-record.ts";
import { linkEventOf } from "./link-event.ts";
import type { LinkReceipt } from "./link-receipt.ts";
import { signed } from "./signature.ts";

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
}
export interface Courier {
  /** Something may have to be carried; cheap when nothing has. */
  look(): void;
  close(): void;
}

/** A receiver that comes back after an hour is not buried. */
const atOnce = 4;
const longestReason = 300;
/** Of 4xx only these speak of now; the others would answer the same again (RFC 9110, 15.5). */
const passing = new Set([408, 425, 429]);

type Outcome = { readonly ok: true } | { readonly ok: false; readonly trouble: string; readonly final: boolean };

/** Carries hand-overs to the other side: each again with the same id and the same words until it is answered, has failed for good, or the tries are used up. */
export function startCourier({ city, unanswered, destination, note, log, patience = usualPatience, chance = Math.random }: CourierParts): Courier {
  const end = new AbortController();
  /** Under way, or waiting for its next try. */
  const busy = new Map<string, NodeJS.Timeout | "under way">();
  const load = new Map<LinkId, number>();

  async function post(record: HandoffRecord, { url, secret }: Exclude<Destination, { receiver: "off" }>): Promise<Outcome> {
    const body = JSON.stringify(linkEventOf(record, city));
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/cloudevents+json; charset=utf-8", ...signed(secret, record.id, body, Date.now()) },
        body,
        signal: AbortSignal.any([end.signal, AbortSignal.timeout(patience.timeout)]),
      });
      if (response.ok) {
        await response.body?.cancel();
        return { ok: true };
      }
      const said = await beginOf(response);
      const final = response.status < 500 && !passing.has(response.status);
      return { ok: false, final, trouble: `it answered ${response.status}${said === "" ? "" : `: ${said}`}` };
    } catch (cause) {
      return { ok: false, final: false, trouble: reasonOf(cause, patience.timeout) };
    }
  }

  async function attempt(record: HandoffRecord): Promise<void> {
    const to = destination(record.to);
    const { id } = record;
    if (to.receiver === "off") return note({ id, state: "failed", trouble: "this link is off: it leads nowhere" });
    const number = record.tries + 1;
    // before it goes out: after a crash the tries that were made are counted
    await note({ id, state: "sent", try: number, receiver: to.receiver });
    const outcome = await post(record, to);
    if (end.signal.aborted) return;
    if (outcome.ok) return note({ id, state: "received" });
    if (outcome.final || number >= patience.tries) return note({ id, state: "failed", trouble: outcome.trouble });
    await note({ id, state: "waiting", trouble: outcome.trouble });
    const wait = Math.min(patience.longest, patience.first * 2 ** (number - 1)) * (0.5 + chance());
    busy.set(
      id,
      setTimeout(() => {
        busy.delete(id);
        look();
      }, wait),
    );
  }

  function carry(record: HandoffRecord): void {
    busy.set(record.id, "under way");
    load.set(record.to, (load.get(record.to) ?? 0) + 1);
    attempt(record)
      .catch((cause: unknown) => log.error({ err: cause, handoff: record.id }, "a hand-over could not be carried"))
      .finally(() => {
        if (busy.get(record.id) === "under way") busy.delete(record.id);
        load.set(record.to, (load.get(record.to) ?? 1) - 1);
        look();
      });
  }
  function look(): void {
    if (end.signal.aborted) return;
    for (const record of unanswered()) if (!busy.has(record.id) && (load.get(record.to) ?? 0) < atOnce) carry(record);
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

/** Begin of what it said; what is long is not read to its end. */
async function beginOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let said = "";
  while (reader !== undefined && said.length < longestReason) {
    const { done, value } = await reader.read();
    if (done) break;
    said += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return said.slice(0, longestReason).trim();
}

function reasonOf(cause: unknown, timeout: number): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return `no answer within ${timeout / 1000} s`;
  const inner = cause.cause instanceof Error ? (cause.cause as NodeJS.ErrnoException) : undefined;
  return `it cannot be reached: ${inner?.code ?? inner?.message ?? cause.message}`.slice(0, longestReason);
}
