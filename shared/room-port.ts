import type { Alarm, AlarmDetail, AlarmScore, FloodState, JournalLine, ResponseState, RuleKnowledge, WorkItem } from "./alarm.ts";
import type { Command } from "./command.ts";
import type { Handoff, LinkId } from "./links.ts";
import type { ReceiptRefusal, SignedReceipt } from "./receipt.ts";
import type { Result } from "./result.ts";
import type { Actor } from "./roles.ts";
import type { Acted, RoomAction } from "./room-action.ts";
import type { SignalAdvice } from "./signal-advice.ts";

/** What people of the room judge by and do: alarms, queues, commands, hand-overs. Part of the city port; rights are the asker's business. */
export interface RoomPort {
  /** All that are in a list: every alarm that is not normal, and what is shelved, suppressed or out of service. */
  alarms(): readonly Alarm[];
  alarm(id: string): AlarmDetail | undefined;
  /** Oldest first; the newest `limit` of what fits. */
  journal(query: JournalQuery): readonly JournalLine[];
  /** Of the last `hours` of event time; default: all that is known of the run. */
  score(hours?: number): AlarmScore;
  flood(): FloodState;
  /** What rules that learn know of a device; rules that need not learn are left out. */
  learned(device: string): readonly RuleKnowledge[];
  items(): readonly WorkItem[];
  /** Newest first. */
  commands(query: { readonly device?: string; readonly alarm?: string; readonly limit: number }): readonly Command[];
  command(id: string): Command | undefined;
  responses(): readonly ResponseState[];
  handoffs(query: { readonly alarm?: string; readonly limit: number }): readonly Handoff[];
  /** The other side of a link answers: checks whose it is, resolves when it is durable and has been taken. The same one again changes nothing. */
  receipt(link: LinkId, receipt: SignedReceipt): Promise<Result<Handoff, ReceiptRefusal>>;
  /** Of every signal that has been measured for long enough. */
  advice(): readonly SignalAdvice[];
  /** Alarms marked public, as CAP 1.2: an Atom feed, or one message of it. */
  cap(id?: string): string | undefined;
  /** Resolves when it is durable and has taken effect (a command: when it is pending). */
  act(action: RoomAction, by: Actor): Promise<Result<Acted>>;
  onNews(listener: (news: RoomNews) => void): () => void;
}

export interface JournalQuery {
  readonly from?: number;
  readonly to?: number;
  /** Lines with a greater number. */
  readonly after?: number;
  /** Lines with a smaller number. Numbers have no hole: between two of them there are no more lines than numbers. */
  readonly before?: number;
  readonly alarm?: string;
  readonly device?: string;
  /** Absent: of every run. What concerns real devices belongs to the run `field`. */
  readonly run?: string;
  readonly limit: number;
}

/** What changed since the last news; `n` = newest journal number. Alarms that became normal are told once, with state A. */
export interface RoomNews {
  readonly n: number;
  readonly alarms: readonly Alarm[];
  readonly lines: readonly JournalLine[];
  readonly items: readonly WorkItem[];
  readonly commands: readonly Command[];
  readonly responses: readonly ResponseState[];
  readonly handoffs: readonly Handoff[];
  readonly advice: readonly SignalAdvice[];
  readonly flood: FloodState;
}
