import type { WorkItem } from "../../shared/alarm.ts";
import type { Handoff } from "../../shared/links.ts";
import type { Result } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { AlarmCard } from "../alarms/desk/alarm-view.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import { type Bulletins, type BulletinsState, createBulletins } from "../cap/bulletins.ts";
import { createHandoffs, type Handoffs, type HandoffsState } from "../handoff/handoffs.ts";
import type { LinkReceipt } from "../handoff/link-receipt.ts";
import { createQueues, type Queues, type QueuesState } from "../queues/queues.ts";
import type { RoomPart, Touched } from "./room-part.ts";

export interface FollowUpState {
  readonly queues: QueuesState;
  readonly handoffs: HandoffsState;
  readonly bulletins: BulletinsState;
  /** The city's clock has been live in this run. */
  readonly open: boolean;
}
/** What follows from a finding beyond the desk: work for enforcement and care, hand-overs to others, words to the public. */
export interface FollowUp extends RoomPart<{ readonly items: readonly WorkItem[]; readonly handoffs: readonly Handoff[] }, FollowUpState> {
  /** False: it would not look at it. Asked for each reading. */
  watches(device: string, isEvent: boolean): boolean;
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  /** After the desk has taken it. */
  found(finding: Finding, moment: Moment): void;
  seen(device: Watched, observed: Observed, moment: Moment): void;
  advance(moment: Moment): void;
  /** From here on what is raised is handed over; what a generated history raised, the previous shift has. */
  opened(): void;
  /** Whose time an action about these items is of. */
  timelineOf(action: RoomAction): Timeline | undefined;
  receipt(receipt: LinkReceipt, at: { readonly t: Readonly<Record<Timeline, number>>; readonly at: number }): Handoff | undefined;
  readonly views: Pick<Queues, "items"> & Pick<Handoffs, "handoffs" | "unanswered" | "handoff"> & Pick<Bulletins, "messages">;
  deviceChanged(id: string): void;
  restore(state: FollowUpState, only?: Timeline): void;
}
export interface FollowUpParts {
  device(id: string): Watched | undefined;
  alarm(id: string): AlarmCard | undefined;
  readonly journal: Journal;
}

export function createFollowUp({ device, alarm, journal }: FollowUpParts): FollowUp {
  let open = false;
  const queues = createQueues({ device, journal });
  const handoffs = createHandoffs({ device, alarm, journal, live: (timeline) => timeline === "field" || open });
  const bulletins = createBulletins({ device, alarm, journal });
  return {
    watches: queues.watches,
    act: (action, by, moment) => queues.act(action, by, moment) ?? handoffs.act(action, by, moment),
    found(finding, moment) {
      queues.found(finding, moment);
      handoffs.found(finding, moment);
      bulletins.found(finding, moment);
    },
    seen: queues.seen,
    advance(moment) {
      queues.advance(moment);
      bulletins.advance(moment);
    },
    opened() {
      open = true;
    },
    timelineOf(action) {
      const [first] = "item" in action ? [action.item] : "items" in action ? action.items : [];
      return first === undefined ? undefined : queues.item(first)?.timeline;
    },
    receipt(receipt, { t, at }) {
      const timeline = handoffs.handoff(receipt.id)?.timeline ?? "city";
      return handoffs.receipt(receipt, { timeline, t: t[timeline], at });
    },
    views: {
      items: queues.items,
      handoffs: handoffs.handoffs,
      handoff: handoffs.handoff,
      unanswered: handoffs.unanswered,
      messages: bulletins.messages,
    },
    deviceChanged: queues.deviceChanged,
    changed() {
      const [items, told] = [queues.changed(), handoffs.changed()];
      return items.length + told.length === 0 ? [] : [{ items, handoffs: told }];
    },
    state: () => ({ queues: queues.state(), handoffs: handoffs.state(), bulletins: bulletins.state(), open }),
    restore(state, only) {
      queues.restore(state.queues, only);
      handoffs.restore(state.handoffs, only);
      bulletins.restore(state.bulletins, only);
      open = state.open;
    },
    forget(timeline) {
      queues.forget(timeline);
      handoffs.forget(timeline);
      bulletins.forget(timeline);
      if (timeline === "city") open = false;
    },
  };
}
