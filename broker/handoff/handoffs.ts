import { stateLetters } from "../../shared/alarm.ts";
import { type Handoff, type LinkId, links } from "../../shared/links.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { alarmId } from "../alarms/desk/alarm-record.ts";
import type { AlarmCard } from "../alarms/desk/alarm-view.ts";
import { otherRun } from "../alarms/desk/desk-acts.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Watched } from "../alarms/observed.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { createHandoffBook } from "./handoff-book.ts";
import { afterReceipt, again, type HandoffRecord, handedOver, handoffId, viewOf } from "./handoff-record.ts";
import type { LinkReceipt } from "./link-receipt.ts";

export interface HandoffsState {
  readonly handoffs: readonly HandoffRecord[];
}
/** To whom the room hands over, and what came of it: one hand-over per occurrence and link. */
export interface Handoffs extends RoomPart<Handoff, HandoffsState> {
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  /** After the desk has taken it. */
  found(finding: Finding, moment: Moment): void;
  /** undefined: no such hand-over. */
  receipt(receipt: LinkReceipt, moment: Moment): Handoff | undefined;
  /** Newest first. */
  handoffs(query: { readonly alarm?: string; readonly limit: number }): readonly Handoff[];
  handoff(id: string): HandoffRecord | undefined;
  /** Not answered yet, oldest first: what the courier has to carry. */
  unanswered(): readonly HandoffRecord[];
  restore(state: HandoffsState, only?: Timeline): void;
}
export interface HandoffsParts {
  device(id: string): Watched | undefined;
  alarm(id: string): AlarmCard | undefined;
  readonly journal: Journal;
  /** False in a history that is being generated: the previous shift has handed over what there was. */
  live(timeline: Timeline): boolean;
}

/** In the list and heard: a shelved, suppressed or withdrawn sensor calls nobody. */
const annunciated = new Set<string>(stateLetters.filter((letter) => letter === "B" || letter === "C"));

export function createHandoffs({ device, alarm: alarmOf, journal, live }: HandoffsParts): Handoffs {
  const book = createHandoffBook();

  function write(moment: Moment, what: string, record: HandoffRecord, before: HandoffRecord | undefined, by: { name: string; role?: string }): void {
    const { alarm, occurrence, rule, service, device: where, to, id, state, trouble, content } = record;
    journal.write(moment, {
      what,
      by: by.name,
      role: by.role ?? null,
      alarm,
      occurrence,
      rule,
      service,
      device: where,
      before: before?.state ?? null,
      after: state,
      reason: trouble ?? (before === undefined ? content.note : (record.receipts.at(-1)?.note ?? null)),
      x: { handoff: id, to },
    });
  }
  const scopeOf = (timeline: Timeline): string => (timeline === "field" ? "field" : journal.state().run);

  function begin(alarm: AlarmCard, where: Watched, to: LinkId, moment: Moment, by: { name: string; role?: string; note?: string | undefined }): void {
    const id = handoffId(scopeOf(where.timeline), alarm, to);
    const record = handedOver(id, to, alarm, where, { ...moment, timeline: where.timeline }, { by: by.name, note: by.note ?? null });
    book.put(record);
    write(moment, "handed-over", record, undefined, by);
  }
  function handOver(alarm: AlarmCard, to: LinkId, note: string | undefined, by: Actor, moment: Moment): Result<Touched> {
    const where = device(alarm.device);
    const rule = where && ruleNamed(where.contract, where.kind, alarm.rule);
    const offered = rule?.links?.map((link) => link.to) ?? [];
    if (where === undefined || !offered.includes(to))
      return refuse(`${alarm.rule} is not handed to ${to}${offered.length === 0 ? "; it has no link" : `; it is to ${offered.join(", ")}`}`);
    if (alarm.state === "A") return refuse("the alarm is over and was acknowledged");
    const known = book.get(handoffId(scopeOf(where.timeline), alarm, to));
    if (known !== undefined && known.state !== "failed") return refuse(`it was handed to ${links[to].en} before; it is ${known.state}`);
    if (known === undefined) begin(alarm, where, to, moment, { ...by, note });
    else {
      const after = again(known, by.name, moment.at);
      book.put(after);
      write(moment, "handed-over", after, known, by);
    }
    return ok({ alarms: [alarm.id], left: [] });
  }

  return {
    found({ what, rule, service, device: id }, moment) {
      if (what !== "raised" || rule.outcome !== "alarm" || rule.links === undefined || !live(moment.timeline)) return;
      const where = device(id);
      const alarm = alarmOf(alarmId(service, rule, id));
      if (where === undefined || alarm === undefined || !annunciated.has(alarm.state)) return;
      for (const { to, when } of rule.links)
        if (when === "raised" && !book.isUnderWay(alarm.id, to, moment.t)) begin(alarm, where, to, moment, { name: "system" });
    },
    act(action, by, moment) {
      if (action.do !== "hand-over") return undefined;
      const alarm = alarmOf(action.alarm);
      if (alarm !== undefined && action.run !== undefined && action.run !== alarm.run) return refuse(otherRun);
      return alarm === undefined ? refuse(`there is no alarm "${action.alarm}"`) : handOver(alarm, action.to, action.note, by, moment);
    },
    receipt(receipt, moment) {
      const before = book.get(receipt.id);
      if (before === undefined) return undefined;
      const after = afterReceipt(before, receipt, moment.at);
      if (after === undefined) return viewOf(before);
      book.put(after);
      const own = receipt.state === "sent" || receipt.state === "waiting" || receipt.state === "failed";
      if (after.state !== before.state && after.state !== "waiting" && !(after.state === "sent" && after.tries > 1))
        write({ ...moment, timeline: after.timeline }, "receipt", after, before, { name: own ? "system" : after.to });
      return viewOf(after);
    },
    handoffs: ({ alarm, limit }) =>
      book
        .all()
        .filter((one) => alarm === undefined || one.alarm === alarm)
        .reverse()
        .slice(0, limit)
        .map(viewOf),
    handoff: book.get,
    unanswered: book.unanswered,
    changed: () => book.changed().map(viewOf),
    state: () => ({ handoffs: book.all() }),
    /** An image holds no hand-over that still concerns anybody: what was sent belongs to the run in which it was. */
    restore(state, only) {
      if (only !== "city") book.restore(state.handoffs);
    },
    forget: book.forget,
  };
}
