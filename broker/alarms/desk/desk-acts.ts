import { ok, type Result, refuse } from "../../../shared/result.ts";
import { type Actor, may, type Right } from "../../../shared/roles.ts";
import type { RoomAction } from "../../../shared/room-action.ts";
import type { Service } from "../../../shared/service.ts";
import type { Moment } from "../moment.ts";
import type { AlarmRecord, Note } from "./alarm-record.ts";
import { inService, outOfService, reset, shelved, unshelved } from "./lifecycle.ts";

/** What a person does to one alarm; acknowledging is for several at once. */
export type OneAlarmAct = Extract<RoomAction, { do: "shelve" | "unshelve" | "comment" | "assign" | "out-of-service" | "in-service" | "reset" }>;
const acts: ReadonlySet<string> = new Set(["shelve", "unshelve", "comment", "assign", "out-of-service", "in-service", "reset"]);
export const isOneAlarmAct = (action: RoomAction): action is OneAlarmAct => acts.has(action.do);

/** What came of it: the alarm, and what the journal says of it. */
export interface ActedOn {
  readonly alarm: AlarmRecord;
  readonly what: string;
  readonly reason: string | null;
  /** Other words than the letters before and after. */
  readonly words?: { readonly before: string | null; readonly after: string | null };
  readonly x?: Readonly<Record<string, string | number>>;
}

/** An operator shelves for at most a shift; EEMUA 191: a longer one is reviewed by a supervisor. */
const shiftMs = 12 * 3_600_000;
/** What shall be quiet for longer is out of service, under a work order. */
const longestShelfMs = 30 * 86_400_000;
const notesKept = 50;

export const newerOccurrence = "it is no longer that occurrence";
export const otherRun = "the city was reset: it is an alarm of another run";
export const noSuchAlarm = "there is no such alarm";

export const noted = (alarm: AlarmRecord, text: string | undefined, by: Actor, { t, at }: Moment): AlarmRecord => {
  if (text === undefined || text.trim() === "") return alarm;
  const note: Note = { t, at, by: by.name, text };
  return { ...alarm, notes: [...alarm.notes, note].slice(-notesKept), changedAt: t };
};

/** The console's server checks the same before it asks: what reaches the desk by another way meets the same bar. */
export function allowed(action: RoomAction, by: Actor, service: Service): Result<null> {
  // nobody without the right can tell whether there is one
  if (service.sensitive && !may(by.role, "care")) return refuse(noSuchAlarm);
  const right: Right = action.do === "out-of-service" || action.do === "in-service" ? "supervise" : "act";
  return may(by.role, right) ? ok(null) : refuse(`that needs the right "${right}", which ${by.role} has not`);
}

export function actOn(alarm: AlarmRecord, action: OneAlarmAct, by: Actor, moment: Moment): Result<ActedOn> {
  const { t } = moment;
  if ("occurrence" in action && action.occurrence !== undefined && action.occurrence !== alarm.occurrence) return refuse(newerOccurrence);
  switch (action.do) {
    case "shelve":
      return shelve(alarm, action, by, t);
    case "unshelve":
      return told(unshelved(alarm, t), "unshelved", action.reason);
    case "out-of-service":
      return told(outOfService(alarm, by.name, action.order, t), "out-of-service", action.reason, { order: action.order });
    case "in-service":
      return told(inService(alarm, t), "in-service", action.reason);
    case "reset":
      return told(reset(alarm, t), "reset");
    case "comment":
      return ok({ alarm: noted(alarm, action.note, by, moment), what: "comment", reason: action.note });
    case "assign": {
      const owner = action.to === "" ? null : action.to;
      const words = { before: alarm.owner, after: owner };
      return ok({ alarm: { ...alarm, owner, changedAt: t }, what: "assigned", reason: null, words });
    }
  }
}

function shelve(alarm: AlarmRecord, action: Extract<OneAlarmAct, { do: "shelve" }>, by: Actor, t: number): Result<ActedOn> {
  const { until, reason, once } = action;
  const span = until - t;
  if (span > shiftMs && !may(by.role, "supervise"))
    return refuse(`an operator shelves for at most 12 hours; longer needs the right "supervise", which ${by.role} has not`);
  if (span > longestShelfMs) return refuse("nothing is shelved for longer than 30 days: take it out of service, under a work order");
  return told(shelved(alarm, { until, by: by.name, reason, once }, t), "shelved", reason, { until, once: once ? 1 : 0 });
}

function told(done: Result<AlarmRecord>, what: string, reason?: string, x?: ActedOn["x"]): Result<ActedOn> {
  return done.ok ? ok({ alarm: done.value, what, reason: reason ?? null, ...(x && { x }) }) : done;
}
