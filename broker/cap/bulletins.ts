import { ruleNamed } from "../../shared/rules-of.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { alarmId } from "../alarms/desk/alarm-record.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Watched } from "../alarms/observed.ts";
import type { RoomPart } from "../room/room-part.ts";
import { type CapMessage, changeOf, messageOf, type PublicAlarm, withdrawalOf } from "./cap-message.ts";

export interface BulletinsState {
  readonly messages: readonly CapMessage[];
  /** Public alarms that stand, published or held back. */
  readonly standing: readonly string[];
  readonly looked: Readonly<Record<Timeline, number>>;
}
/** What the city tells the public: a chain of messages per occurrence of an alarm whose rule is marked public. Never of a sensitive service. */
export interface Bulletins extends RoomPart<never, BulletinsState> {
  /** After the desk has taken it. */
  found(finding: Finding, moment: Moment): void;
  advance(moment: Moment): void;
  /** Oldest first. */
  messages(): readonly CapMessage[];
  restore(state: BulletinsState, only?: Timeline): void;
}
export interface BulletinsParts {
  device(id: string): Watched | undefined;
  alarm(id: string): PublicAlarm | undefined;
  readonly journal: Journal;
}

const kept = 200;
/** What a person does with an alarm (out of service) reaches the public within a minute of event time. */
const lookEveryMs = 60_000;

export function createBulletins({ device, alarm: alarmOf, journal }: BulletinsParts): Bulletins {
  let messages: CapMessage[] = [];
  /** The same by alarm: one more costs the same among ten messages as among thousands. */
  let byAlarm = new Map<string, CapMessage[]>();
  /** Length at which they are shortened: what stands may be more than is kept of the rest. */
  let longest = kept + kept / 2;
  const standing = new Set<string>();
  let looked: Record<Timeline, number> = { city: 0, field: 0 };

  function tell(alarm: PublicAlarm, moment: Moment): void {
    const where = device(alarm.device);
    const rule = where && ruleNamed(where.contract, where.kind, alarm.rule);
    if (where === undefined || rule?.public === undefined || where.contract.sensitive) return;
    const chain = of(alarm.id).filter((one) => isOfChain(one, alarm));
    // its device went and came back before anybody looked: nobody else ends what the earlier one's alarm said
    if (chain.length === 0) withdraw(alarm.id, moment);
    const change = changeOf(chain.at(-1), alarm);
    if (change === undefined) return;
    const scope = where.timeline === "field" ? "field" : journal.state().run;
    push(messageOf(change, chain, scope, alarm, { rule, where, moment: { ...moment, timeline: where.timeline } }));
  }
  const of = (alarm: string): readonly CapMessage[] => byAlarm.get(alarm) ?? [];
  function index(message: CapMessage): void {
    const own = byAlarm.get(message.alarm);
    if (own === undefined) byAlarm.set(message.alarm, [message]);
    else own.push(message);
  }
  function have(all: CapMessage[]): void {
    messages = all;
    longest = Math.max(kept, all.length) + kept / 2;
    byAlarm = new Map();
    for (const message of all) index(message);
  }
  function push(message: CapMessage): void {
    messages.push(message);
    index(message);
    if (messages.length > longest) have(shortened(messages, (id) => (standing.has(id) ? of(id).at(-1) : undefined)));
  }
  /** Its device or its rule has gone: nobody says any more that it is over, so what was said last is taken back. */
  function withdraw(id: string, { t }: Pick<Moment, "t">): void {
    const last = of(id).at(-1);
    if (last === undefined || last.over || last.type === "Cancel") return;
    const chain = of(id).filter((one) => isOfChain(one, last));
    push(withdrawalOf(last, chain, t));
  }

  function leave(id: string, moment: Moment): void {
    const own = of(id).at(-1)?.timeline ?? moment.timeline;
    // the last real device may have gone, and its event time, which is the wall clock's, with it
    if (own !== moment.timeline && own === "city") return;
    standing.delete(id);
    withdraw(id, { t: own === moment.timeline ? moment.t : moment.at });
  }

  return {
    found({ what, rule, service, device: id, t }, moment) {
      if (rule.public === undefined || rule.outcome !== "alarm") return;
      const alarm = alarmOf(alarmId(service, rule, id));
      if (alarm === undefined) return;
      if (what === "cleared") standing.delete(alarm.id);
      else standing.add(alarm.id);
      tell(alarm, { ...moment, t });
    },
    advance(moment) {
      if (standing.size === 0 || moment.t < looked[moment.timeline] + lookEveryMs) return;
      looked[moment.timeline] = moment.t;
      for (const id of standing) {
        const alarm = alarmOf(id);
        if (alarm === undefined) leave(id, moment);
        else if (device(alarm.device)?.timeline === moment.timeline) tell(alarm, moment);
      }
    },
    messages: () => messages,
    changed: () => [],
    state: () => ({ messages, standing: [...standing], looked }),
    restore(state, only) {
      const others = only === undefined ? [] : messages.filter(({ timeline }) => timeline !== only);
      const stands = only === undefined ? [] : [...standing];
      have([...state.messages.filter(({ timeline }) => only === undefined || timeline === only), ...others].sort((a, b) => a.t - b.t));
      standing.clear();
      for (const id of [...state.standing, ...stands]) standing.add(id);
      looked = only === undefined ? { ...state.looked } : { ...looked, [only]: state.looked[only] };
    },
    forget(timeline) {
      for (const { alarm, timeline: own } of messages) if (own === timeline) standing.delete(alarm);
      have(messages.filter((one) => one.timeline !== timeline));
      looked = { ...looked, [timeline]: 0 };
    },
  };
}

/** Of messages of one alarm. */
const isOfChain = (one: CapMessage, of: Pick<CapMessage, "occurrence" | "raisedAt">): boolean =>
  one.occurrence === of.occurrence && one.raisedAt === of.raisedAt;

/** The newest, and the chain of what stands. */
function shortened(messages: readonly CapMessage[], lastOf: (alarm: string) => CapMessage | undefined): CapMessage[] {
  const from = messages.length - kept;
  const stands = (one: CapMessage): boolean => {
    const last = lastOf(one.alarm);
    return last !== undefined && isOfChain(one, last);
  };
  return messages.filter((one, at) => at >= from || stands(one));
}
