import type { WorkItem } from "../../shared/alarm.ts";
import type { Result } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { createCommonCause } from "./common-cause.ts";
import { eventFact, valueFact } from "./fact.ts";
import { actOnItems } from "./item-actions.ts";
import { beginOf } from "./law-of.ts";
import { createTraces, type Trace } from "./trace.ts";
import { createWorkBook } from "./work-book.ts";
import { closed, ended, isEstablished, opened, viewOf, type WorkRecord, withFact } from "./work-record.ts";

export interface QueuesState {
  readonly items: readonly WorkRecord[];
  readonly traces: Readonly<Record<string, Trace>>;
}
/** Enforcement and care: what is found there becomes work for a person, not an alarm. One item per occurrence. */
export interface Queues extends RoomPart<WorkItem, QueuesState> {
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  found(finding: Finding, moment: Moment): void;
  seen(device: Watched, observed: Observed, moment: Moment): void;
  advance(moment: Moment): void;
  /** False: neither an item nor what may become one looks at it. */
  watches(device: string, isEvent: boolean): boolean;
  deviceChanged(id: string): void;
  item(id: string): WorkItem | undefined;
  /** All that are in memory: open ones, and closed ones of the last days. In the order in which they were opened. */
  items(): readonly WorkItem[];
  /** `only`: items of the other timeline stay. */
  restore(state: QueuesState, only?: Timeline): void;
}
export interface QueuesParts {
  device(id: string): Watched | undefined;
  readonly journal: Journal;
}

/** An event may come in the same instant as the reading that ends it, and be read a little later. */
const afterwordMs = 10_000;

export function createQueues({ device, journal }: QueuesParts): Queues {
  const book = createWorkBook();
  const traces = createTraces(device);
  const common = createCommonCause({
    book,
    device,
    rule: (item) => {
      const where = device(item.device);
      return where && ruleNamed(where.contract, where.kind, item.rule);
    },
  });

  function write(what: string, item: WorkRecord, before: WorkRecord | undefined, moment: Moment, by: Pick<Actor, "name"> & Partial<Actor>): void {
    journal.write(moment, {
      what,
      by: by.name,
      role: by.role ?? null,
      rule: item.rule,
      service: item.service,
      device: item.device,
      before: before?.state ?? null,
      after: item.state,
      reason: item.result,
      x: { item: item.id, queue: item.queue },
    });
  }
  /** What nobody has taken and is over before it was established closes by itself; the rest waits for a person. */
  function end(record: WorkRecord, finding: Finding, moment: Moment): void {
    const over = ended(record, finding);
    if (record.state === "closed") return void book.put(over);
    common.left(record);
    const after = isEstablished(over) ? (over.exportedAt === null ? over : closed(over, finding.t, "handed-over")) : closed(over, finding.t, "gone");
    book.put(after);
    write(after.state === "closed" ? "item-closed" : "item-ended", after, record, { ...moment, t: finding.t }, { name: "rule" });
  }

  /** What a person or the bound of the list has done. */
  function settle(record: WorkRecord): void {
    book.put(record);
    if (record.state === "closed") common.left(record);
  }

  return {
    watches: traces.watches,
    deviceChanged: traces.deviceChanged,
    item: (id) => book.get(id),
    found(finding, moment) {
      const { rule, service, t } = finding;
      const where = device(finding.device);
      if (where === undefined || (rule.outcome !== "case" && rule.outcome !== "task")) return;
      const going = book.going(`${service}/${rule.id}`, finding.device);
      if (finding.what === "raised" || going === undefined) {
        if (finding.what === "cleared") return;
        const record = opened(finding, where, traces.before(where, rule, t, beginOf(finding)), moment);
        book.put(record);
        write("item-opened", record, undefined, { ...moment, t }, { name: "rule" });
        common.opened(record);
      } else if (finding.what === "cleared") end(going, finding, moment);
      else book.put(withFact(going, { t, text: finding.step ?? rule.title }));
    },
    seen(where, observed) {
      const { contract } = where;
      const { e, t, x = {} } = observed;
      const told = traces.seen(where, observed).flatMap(({ metric, value }) => {
        const known = contract.metrics[metric];
        return known === undefined ? [] : [valueFact(known, value)];
      });
      if (e !== undefined) told.push(eventFact(contract, e, x));
      if (told.length === 0) return;
      for (const record of book.openAt(where.id)) {
        const heard = record.queue === "task" || record.endedAt === null || t <= record.endedAt + afterwordMs;
        if (heard && t > record.openedAt) book.put(told.reduce((grown, text) => withFact(grown, { t, text }), record));
      }
    },
    act: (action, by, moment) => actOnItems({ book: { ...book, put: settle }, write }, action, by, moment),
    advance(moment) {
      for (const lapsed of book.settle(moment)) {
        const after = closed(lapsed, moment.t, "lapsed");
        settle(after);
        write("item-closed", after, lapsed, moment, { name: "system" });
      }
    },
    items: () => book.all().map(viewOf),
    changed: () => book.changed().map(viewOf),
    state: () => ({ items: book.all(), traces: traces.state() }),
    restore(state, only) {
      const stays = only === undefined ? [] : book.all().filter(({ timeline }) => timeline !== only);
      const others = only === undefined ? {} : Object.fromEntries(Object.entries(traces.state()).filter(([id]) => device(id)?.timeline !== only));
      book.restore([...state.items.filter(({ timeline }) => only === undefined || timeline === only), ...stays]);
      const given = Object.entries(state.traces).filter(([id]) => only === undefined || device(id)?.timeline === only);
      traces.restore({ ...Object.fromEntries(given), ...others });
    },
    forget(timeline) {
      book.restore(book.all().filter((item) => item.timeline !== timeline));
      traces.forget((id) => device(id)?.timeline === timeline);
    },
  };
}
