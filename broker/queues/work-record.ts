import type { WorkItem } from "../../shared/alarm.ts";
import { type Text, text } from "../../shared/text.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Watched } from "../alarms/observed.ts";
import { clearedFact, eventFact, foundFact, valueFact } from "./fact.ts";
import { lawOf } from "./law-of.ts";
import type { Trace } from "./trace.ts";

/** What a queue keeps of one item; plain data. */
export interface WorkRecord extends WorkItem {
  /** Event time of the end of what caused it; null = it goes on. */
  readonly endedAt: number | null;
}
type Fact = WorkItem["facts"][number];

/** The first ones say how it began, the newest how it is; a door that swings all day does not push out the entry. */
const firstFacts = 20;
const newestFacts = 40;

export function withFact<R extends Pick<WorkRecord, "facts">>(record: R, fact: Fact): R {
  const at = record.facts.findLastIndex(({ t }) => t <= fact.t) + 1;
  const facts = [...record.facts.slice(0, at), fact, ...record.facts.slice(at)];
  return { ...record, facts: facts.length <= firstFacts + newestFacts ? facts : [...facts.slice(0, firstFacts), ...facts.slice(-newestFacts)] };
}

/** Stable and speaking: one rule at one device can begin once at an instant. */
const itemId = (service: string, rule: string, device: string, t: number): string => `${service}-${rule}-${device}-${t}`;

export function opened(
  finding: Finding,
  { id: device, district, contract }: Watched,
  trace: Trace & { begin: number },
  { timeline }: Moment,
): WorkRecord {
  const { service, rule, t } = finding;
  const law = lawOf(rule, trace.begin);
  const fresh: WorkRecord = {
    id: itemId(service, rule.id, device, t),
    queue: rule.outcome === "case" ? "case" : "task",
    rule: `${service}/${rule.id}`,
    service,
    device,
    district,
    timeline,
    title: rule.title,
    openedAt: t,
    closedAt: null,
    state: "open",
    owner: null,
    facts: [],
    law,
    active: true,
    cause: null,
    endedAt: null,
    result: null,
    note: null,
    exportedAt: null,
  };
  const changes = trace.changes.flatMap(({ t: at, metric, value }) => {
    const known = contract.metrics[metric];
    return known === undefined ? [] : [{ t: at, text: valueFact(known, value) }];
  });
  const events = trace.events.map(({ t: at, e, x }) => ({ t: at, text: eventFact(contract, e, x) }));
  return [...changes, ...events, { t, text: foundFact(finding) }].reduce<WorkRecord>(withFact, fresh);
}

export const ended = (record: WorkRecord, { rule, t }: Finding): WorkRecord =>
  withFact({ ...record, active: false, endedAt: t }, { t, text: clearedFact(rule) });

/** Established: a law that held was broken when it was found, whatever came after; a task becomes somebody's when he takes it. */
export const isEstablished = ({ law, state }: WorkRecord): boolean => law !== null || state !== "open";

export const closed = (record: WorkRecord, t: number, result: string, note: string | null = record.note): WorkRecord => ({
  ...record,
  state: "closed",
  closedAt: t,
  result,
  note,
});

/** Results after which there is nothing to fine. */
const unfounded = new Set(["not-a-violation", "gone", "lapsed"]);
/** Why it cannot go to the fining office; undefined = it can. */
export function notForFining({ queue, law, result, exportedAt }: WorkRecord): string | undefined {
  if (queue !== "case") return "a task is nothing for the fining office";
  if (law === null) return "it names no law that held";
  if (law.amount === 0) return "the law had no fine yet";
  if (exportedAt !== null) return "it was handed over before";
  return result !== null && unfounded.has(result) ? `it was closed as "${result}"` : undefined;
}

/** What a person did, among the facts: without the name, which the journal has. */
export const takenFact: Text = text("담당자가 맡음", "Taken by a person");
export const exportedFact: Text = text("과태료 부과 부서로 이관", "Handed to the fining office");

export function viewOf({ endedAt: _ended, ...item }: WorkRecord): WorkItem {
  // written before there were common causes
  return { ...item, cause: item.cause ?? null };
}
