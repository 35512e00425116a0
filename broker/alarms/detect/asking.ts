import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Watched } from "../observed.ts";
import type { Agenda } from "./agenda.ts";
import type { Ask, Finding, Found, World } from "./evaluator.ts";
import type { Mind } from "./mind.ts";
import type { Post } from "./posts.ts";
import type { Seat } from "./seats.ts";

/** The one question that is asked again and again: a reading is judged by several rules, a hundred thousand times a second. */
export interface Asking {
  readonly ask: Ask;
  at(t: number, post: Post): void;
  turn(seat: Seat): void;
  /** Nothing has been found since then. */
  isQuiet(): boolean;
  /** What was found since the last call, in order. */
  found(): readonly Finding[];
}

const none: readonly string[] = [];
const minuteMs = 60_000;
type Open<T> = { -readonly [Key in keyof T]: T[Key] };

export interface AskingParts {
  readonly world: World;
  readonly add: Agenda["add"];
  /** Of a device that is there, whether it has spoken or not. */
  mindAt(device: string): Mind | undefined;
  /** Up to where findings have been told; nothing is told before it. */
  mark(): number;
}

export function createAsking({ world, add, mindAt, mark }: AskingParts): Asking {
  let found: Finding[] = [];
  let mind = undefined as unknown as Mind;
  let seat = undefined as unknown as Seat;

  let seats = undefined as unknown as Post["seats"];
  /** Whoever looks at whether this rule stands. */
  function stirFollowers(): void {
    for (const id of seats.followers.get(seat.rule.id) ?? none) wake(mind, ask.device.id, ask.t, { id });
  }
  const tell = (what: Finding["what"], given: Partial<Found>): void => {
    const { rule, name } = seat;
    const { t, device } = ask;
    const evidence = given.evidence?.();
    found.push({
      t: Math.max(t, mark()),
      what,
      service: device.service,
      device: device.id,
      rule,
      priority: given.priority ?? mind.raised[rule.id] ?? rule.priority,
      metric: given.metric ?? null,
      value: given.value ?? null,
      limit: given.limit ?? null,
      step: given.step ?? null,
      respondBy: what === "cleared" ? null : (given.respondBy ?? (rule.minutes > 0 ? t + rule.minutes * minuteMs : null)),
      evidence: evidence === undefined ? null : { t, rule: name, version: rule.version, ...evidence },
    });
  };
  function wake({ wakes }: Mind, device: string, t: number, { id }: Pick<Rule, "id"> = seat.rule): void {
    // who waits for the same instant already is not queued again
    if (wakes[id] === t) return;
    wakes[id] = t;
    add({ t, device, rule: id });
  }
  const ask: Open<Ask> = {
    t: 0,
    device: undefined as unknown as Watched,
    rule: undefined as unknown as Seat["rule"],
    world,
    trusted: (metric) => mind.doubted === 0 || (mind.doubts[metric] ?? 0) === 0,
    doubt(metric, on) {
      const before = mind.doubts[metric] ?? 0;
      const now = Math.max(0, before + (on ? 1 : -1));
      mind.doubts[metric] = now;
      mind.doubted += now - before;
    },
    raise(given) {
      const { id, priority } = seat.rule;
      const before = mind.raised[id];
      const now = given.priority ?? priority;
      mind.raised[id] = now;
      if (before === undefined) {
        tell("raised", given);
        stirFollowers();
      } else if (before !== now || given.again === true) tell("priority", given);
    },
    clear(value) {
      const { id } = seat.rule;
      if (mind.raised[id] === undefined) return;
      tell("cleared", value === undefined ? {} : { value });
      delete mind.raised[id];
      stirFollowers();
    },
    wake: (t) => wake(mind, ask.device.id, t),
    prompt(device) {
      const other = mindAt(device);
      if (other !== undefined) wake(other, device, ask.t);
    },
  };
  return {
    ask,
    at(t, post) {
      ask.t = t;
      ask.device = post.device;
      mind = post.mind;
      seats = post.seats;
    },
    turn(next) {
      seat = next;
      ask.rule = next.rule;
    },
    isQuiet: () => found.length === 0,
    found() {
      const told = found;
      found = [];
      return told;
    },
  };
}
