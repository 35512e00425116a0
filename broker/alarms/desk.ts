import { type Alarm, type AlarmDetail, letterOf } from "../../shared/alarm.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { type AlarmRecord, alarmId } from "./alarm-record.ts";
import type { Finding } from "./detect/evaluator.ts";
import type { Journal } from "./journal.ts";
import { acknowledged, cleared, newAlarm, raised } from "./lifecycle.ts";
import type { Moment } from "./moment.ts";
import type { Watched } from "./observed.ts";

export interface DeskParts {
  device(id: string): Watched | undefined;
  readonly journal: Journal;
}
export interface DeskState {
  readonly alarms: readonly AlarmRecord[];
}
/** Alarms and what people do with them. */
export interface Desk extends RoomPart<Alarm, DeskState> {
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  found(finding: Finding, moment: Moment): void;
  alarms(): readonly Alarm[];
  alarm(id: string): AlarmDetail | undefined;
}

export function createDesk({ device, journal }: DeskParts): Desk {
  const records = new Map<string, AlarmRecord>();
  const fresh = new Set<string>();
  const ruleOf = ({ rule, device: id }: AlarmRecord) => {
    const where = device(id);
    return where && ruleNamed(where.contract, where.kind, rule);
  };

  function put(alarm: AlarmRecord): void {
    records.set(alarm.id, alarm);
    fresh.add(alarm.id);
  }
  function viewOf(alarm: AlarmRecord): Alarm | undefined {
    const rule = ruleOf(alarm);
    const where = device(alarm.device);
    if (rule === undefined || where === undefined) return undefined;
    const { notes, evidence, step, ...facts } = alarm;
    return {
      ...facts,
      state: letterOf(alarm),
      class: rule.class,
      service: where.service,
      kind: where.kind,
      gateway: where.meta.gateway,
      district: where.district,
      text: step === null ? rule.title : { ko: `${rule.title.ko}: ${step.ko}`, en: `${rule.title.en}: ${step.en}` },
      group: null,
      cause: null,
      first: false,
      consequences: 0,
      count: alarm.occurrence,
      chattering: false,
      comments: notes.length,
      silencedUntil: null,
    };
  }
  const views = (all: Iterable<AlarmRecord>): Alarm[] => [...all].flatMap((alarm) => viewOf(alarm) ?? []);

  function note(moment: Moment, before: AlarmRecord, after: AlarmRecord, what: string, by: { name: string; role?: string }): void {
    journal.write(moment, {
      what,
      by: by.name,
      role: by.role ?? null,
      alarm: after.id,
      occurrence: after.occurrence,
      rule: after.rule,
      service: after.rule.split("/")[0] ?? null,
      device: after.device,
      before: letterOf(before),
      after: letterOf(after),
    });
  }

  return {
    found(finding, moment) {
      const id = alarmId(finding.service, finding.rule, finding.device);
      const before = records.get(id) ?? newAlarm(id, `${finding.service}/${finding.rule.id}`, finding.device, moment.timeline);
      const after =
        finding.what === "raised"
          ? raised(before, finding)
          : finding.what === "cleared"
            ? cleared(before, finding.t)
            : { ...before, priority: finding.priority, step: finding.step, value: finding.value, limit: finding.limit, changedAt: finding.t };
      put(after);
      note({ ...moment, t: finding.t }, before, after, finding.what, { name: "rule" });
    },
    act(action, by, moment) {
      if (action.do !== "acknowledge") return undefined;
      const touched: string[] = [];
      const left: { id: string; reason: string }[] = [];
      for (const { id, occurrence } of action.alarms) {
        const before = records.get(id);
        if (before === undefined || before.occurrence !== occurrence || before.acked) {
          left.push({ id, reason: before === undefined ? "there is no such alarm" : "it is no longer that occurrence" });
          continue;
        }
        const after = acknowledged(before, by.name, moment.t);
        put(after);
        note(moment, before, after, "acknowledged", by);
        touched.push(id);
      }
      return touched.length > 0 ? ok({ alarms: touched, left }) : refuse(left[0]?.reason ?? "nothing to acknowledge");
    },
    alarms: () => views([...records.values()].filter((alarm) => letterOf(alarm) !== "A")),
    alarm(id) {
      const record = records.get(id);
      const view = record && viewOf(record);
      const rule = record && ruleOf(record);
      if (record === undefined || view === undefined || rule === undefined) return undefined;
      const { title, cause, consequence, response, minutes } = rule;
      return {
        ...view,
        title,
        why: { cause, consequence, response, minutes },
        evidence: record.evidence,
        notes: record.notes,
        journal: journal.lines({ alarm: id, limit: 200 }),
      };
    },
    changed() {
      const news = views([...fresh].flatMap((id) => records.get(id) ?? []));
      fresh.clear();
      return news;
    },
    state: () => ({ alarms: [...records.values()] }),
    restore(state) {
      records.clear();
      for (const alarm of state.alarms) records.set(alarm.id, alarm);
    },
    forget(timeline) {
      for (const [id, alarm] of records) if (alarm.timeline === timeline) records.delete(id);
    },
  };
}
