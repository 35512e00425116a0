import type { Handoff, LinkId, ReceiptState } from "../../shared/links.ts";
import type { Text } from "../../shared/text.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { AlarmCard } from "../alarms/desk/alarm-view.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Watched } from "../alarms/observed.ts";
import type { LinkReceipt } from "./link-receipt.ts";

/** What the other side is told; fixed when it is handed over, so that every try says the same under the same id. */
interface HandoffContent {
  readonly title: Text;
  readonly priority: number;
  readonly raisedAt: number;
  readonly respondBy: number | null;
  readonly metric: string | null;
  readonly value: AlarmCard["value"];
  readonly limit: AlarmCard["limit"];
  readonly cause: Text;
  readonly consequence: Text;
  readonly response: readonly Text[];
  /** A home's is the centre of its cell: the wire knows no houses. */
  readonly place: { readonly name: Text; readonly lat: number; readonly lon: number };
  readonly note: string | null;
}
/** What the room keeps of a hand-over; plain data. */
export interface HandoffRecord extends Handoff {
  readonly timeline: Timeline;
  readonly content: HandoffContent;
}

/** Unique over runs, lives of the data folder and links: the other side tells repetitions by it. */
export const handoffId = (scope: string, { id, occurrence, raisedAt }: AlarmCard, to: LinkId): string =>
  [scope.replace(/[^\w-]/g, "-"), id, occurrence, raisedAt, to].join(":");

export function handedOver(
  id: string,
  to: LinkId,
  alarm: AlarmCard,
  { meta }: Watched,
  { timeline, t, at }: Moment,
  { by, note }: { by: string; note: string | null },
): HandoffRecord {
  const { title: _title, text, priority, raisedAt, respondBy, metric, value, limit, why } = alarm;
  return {
    id,
    to,
    alarm: alarm.id,
    occurrence: alarm.occurrence,
    rule: alarm.rule,
    service: alarm.service,
    device: alarm.device,
    district: alarm.district,
    timeline,
    t,
    by,
    state: "waiting",
    tries: 0,
    receipts: [{ state: "waiting", at }],
    content: {
      title: text,
      priority,
      raisedAt,
      respondBy,
      metric,
      value,
      limit,
      cause: why.cause,
      consequence: why.consequence,
      response: why.response,
      place: { name: meta.name, lat: meta.lat, lon: meta.lon },
      note,
    },
  };
}

const rank: Readonly<Record<ReceiptState, number>> = { failed: 0, waiting: 0, sent: 1, received: 2, dispatched: 3, closed: 4 };
export const isUnanswered = ({ state }: Pick<Handoff, "state">): boolean => state === "waiting" || state === "sent";

/** The record after a receipt; undefined = it says nothing new. What the other side says counts also when we had given up; its steps never go back. */
export function afterReceipt(record: HandoffRecord, receipt: LinkReceipt, at: number): HandoffRecord | undefined {
  const { state } = receipt;
  if (state === "waiting" || state === "failed") {
    if (!isUnanswered(record)) return undefined;
    const told = { ...record, state, trouble: receipt.trouble };
    return state === "failed" ? withStep(told, at, receipt.trouble) : told;
  }
  if (state === "sent") {
    if (!isUnanswered(record) || receipt.try <= record.tries) return undefined;
    const told = { ...record, state, tries: receipt.try, receiver: receipt.receiver };
    return record.receipts.at(-1)?.state === "sent" ? told : withStep(told, at);
  }
  if (rank[state] <= rank[record.state]) return undefined;
  const { trouble: _past, ...rest } = record;
  return withStep({ ...rest, state }, at, receipt.note);
}

/** An operator asks once more after it had failed. */
export function again({ trouble: _past, ...record }: HandoffRecord, by: string, at: number): HandoffRecord {
  return withStep({ ...record, state: "waiting", tries: 0, by }, at);
}

/** A hand-over that is asked again and again keeps its newest steps. */
const keptSteps = 40;
const withStep = (record: HandoffRecord, at: number, note?: string): HandoffRecord => ({
  ...record,
  receipts: [...record.receipts, { state: record.state, at, ...(note === undefined ? {} : { note }) }].slice(-keptSteps),
});

export function viewOf({ content: _content, timeline: _timeline, ...handoff }: HandoffRecord): Handoff {
  return handoff;
}
