import type { RootDatabase } from "lmdb";
import { createDesk, type Desk, type DeskState } from "../../broker/alarms/desk/desk.ts";
import type { Finding } from "../../broker/alarms/detect/evaluator.ts";
import { openJournal } from "../../broker/alarms/journal.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import type { Touched } from "../../broker/room/room-part.ts";
import type { AlarmDetail } from "../../shared/alarm.ts";
import type { Priority, Rule } from "../../shared/alarm-rule.ts";
import type { Result } from "../../shared/result.ts";
import type { Actor, Role } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { defineService, number, type Service, text } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { birth, minute, start } from "./ingest-world.ts";

export const second = 1000;
const empty = { unit: "", precision: 0, kind: "post", metric: "level", reduce: "mean", scale: [0, 1] } as const;

/** A rule of the yard's posts: only what matters is said. */
export const postRule = (id: string, change: Partial<Rule> = {}): Rule => ({
  id,
  version: 1,
  kind: "post",
  outcome: "alarm",
  class: "operations",
  priority: 3,
  title: text(id, id),
  cause: text("까닭", "cause"),
  consequence: text("결과", "consequence"),
  response: [],
  minutes: 5,
  when: { kind: "limit", metric: "level", side: "above", steps: [{ limit: 1, priority: 3 }], deadband: 0.1 },
  ...change,
});
export const yardWith = (rules: readonly Rule[], sensitive = false): Service =>
  defineService({
    id: sensitive ? "ward" : "yard",
    title: text("마당", "Yard"),
    mark: "M4 4h16",
    sensitive,
    metrics: { level: number("수위", "Level", { unit: "m", min: 0, max: 10, precision: 2, aggregate: "mean" }) },
    kinds: { post: { label: text("기둥", "Post"), metrics: ["level"], every: 60, stale: 180, constants: ["chainage"] } },
    events: {},
    derived: [],
    commands: {},
    rules: rules as readonly Rule<"level", never, never, "post", never>[],
    responses: [],
    incidents: {},
    outcomes: {},
    panel: {
      figures: [{ id: "level", label: text("수위", "Level"), ...empty, usual: { weekday: [], weekend: [], spread: 0 } }],
      trend: "level",
      main: { post: "level" },
    },
  }) as Service;

export interface DeskPost {
  readonly id: string;
  readonly gateway?: string;
  readonly district?: string;
  readonly chainage?: number;
  readonly timeline?: Timeline;
  readonly service?: Service;
}
export const operator: Actor = { name: "박준호", role: "operator" };
export const as = (role: Role): Actor => ({ name: role, role });

export interface DeskWorldOptions {
  readonly rules: readonly Rule[];
  readonly posts: readonly DeskPost[];
  /** Absent: the journal is in memory. */
  readonly root?: RootDatabase;
  /** Default: the room has opened at `start`. */
  readonly closed?: true;
}

/** The real desk over its real journal: a test says what detection found, what people did, and how far event time has come. Seconds after `start`. */
export function deskWorld({ rules, posts, root, closed }: DeskWorldOptions) {
  const yard = yardWith(rules);
  const watched = new Map<string, Watched>();
  const put = ({ id, gateway = id, district = "north", chainage, timeline = "city", service = yard }: DeskPost): void => {
    const meta = birth(id, "post", { gateway, district, ...(chainage === undefined ? {} : { constants: { chainage } }) });
    watched.set(id, { id, service: service.id, kind: "post", district, timeline, stale: 180, every: 60, meta, contract: service });
  };
  for (const post of posts) put(post);
  const device = (id: string) => watched.get(id);
  const journal = openJournal(root);
  journal.begin("r1");
  let desk: Desk = createDesk({ device, journal });
  const at = (s: number, timeline: Timeline = "city") => ({ timeline, t: start + s * second, at: start + s * second });
  desk.advance(at(0));
  if (closed === undefined) desk.open(at(0));

  function find(s: number, what: Finding["what"], name: string, id: string, change: Partial<Finding> = {}): void {
    const where = device(id);
    const rule = where?.contract.rules.find((one) => one.id === name);
    if (where === undefined || rule === undefined) throw new Error(`no rule ${name} at ${id}`);
    const moment = at(s, where.timeline);
    const base = { metric: "level", value: 2, limit: 1, step: null, respondBy: moment.t + 5 * minute, evidence: null };
    const { priority } = rule as { priority: Priority };
    desk.found({ t: moment.t, what, service: where.service, device: id, rule: rule as Rule, priority, ...base, ...change }, moment);
  }
  let last = 0;
  const world = {
    journal,
    get desk() {
      return desk;
    },
    at,
    put(post: DeskPost) {
      put(post);
      desk.deviceChanged(post.id);
    },
    remove(id: string) {
      watched.delete(id);
      desk.deviceChanged(id);
    },
    raise: (s: number, rule: string, id: string, change?: Partial<Finding>) => find(s, "raised", rule, id, change),
    step: (s: number, rule: string, id: string, priority: Priority, change?: Partial<Finding>) =>
      find(s, "priority", rule, id, { priority, ...change }),
    clear: (s: number, rule: string, id: string) => find(s, "cleared", rule, id),
    until(s: number, timeline?: Timeline): void {
      last = s;
      desk.advance(at(s, timeline));
    },
    /** At the wall clock to which event time has come. */
    act(action: RoomAction, by: Actor = operator): Result<Touched> {
      const done = desk.act(action, by, at(last));
      if (done === undefined) throw new Error(`${action.do} is not the desk's`);
      return done;
    },
    acknowledge: (id: string, occurrence = 1) => world.act({ do: "acknowledge", alarms: [{ id, occurrence }] }),
    alarm(id: string): AlarmDetail {
      const found = desk.alarm(id);
      if (found === undefined) throw new Error(`no alarm ${id}`);
      return found;
    },
    letter: (id: string) => desk.alarm(id)?.state,
    /** What the journal says: seconds, what, alarm, letters. */
    told: () => journal.lines({ limit: 1e6 }).map(({ t, what, alarm, before, after }) => [(t - start) / second, what, alarm, `${before}${after}`]),
    /** As after a restart: everything goes through the checkpoint's serialisation. */
    restart(): void {
      const state: DeskState = structuredClone(desk.state());
      desk = createDesk({ device, journal });
      desk.restore(state);
    },
  };
  return world;
}
