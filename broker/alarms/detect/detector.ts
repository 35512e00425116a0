import TinyQueue from "tinyqueue";
import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Service } from "../../../shared/service.ts";
import { createInOrder } from "../in-order.ts";
import type { Observed, Watched } from "../observed.ts";
import type { Ask, Finding, Found } from "./evaluator.ts";
import { type Mind, newMind } from "./mind.ts";
import { createSeats, type Seat } from "./seats.ts";
import { createWorld } from "./world.ts";

/**
 * Judges one timeline's readings in the order of event time. A reading of t is taken when everything due at or before t has been: timers first, then
 * whole minutes, then the reading. Nothing in here looks at a clock, so that the same readings give the same findings at every rate.
 */
export interface Detector {
  take(observed: Observed): void;
  /** Everything up to the mark is known: judges it, and answers what was found, in the order of event time. */
  advance(mark: number): readonly Finding[];
  /** Devices came, went, or were described anew. */
  changed(): void;
  state(): DetectorState;
  restore(state: DetectorState): void;
  /** Another life of the timeline begins here. */
  forget(start: number): void;
}
export interface DetectorState {
  readonly mark: number;
  readonly minute: number;
  readonly minds: Readonly<Record<string, Mind>>;
  readonly waiting: readonly Observed[];
}
export interface DetectorParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  rulesOf(service: Service, kind: string): readonly Rule[];
}
interface Timer {
  readonly t: number;
  readonly device: string;
  readonly rule: string;
}

const minuteMs = 60_000;
/** After a longer sleep of a timeline minutes begin anew: nobody waits for a year of them. */
const longestGapMs = 86_400_000;
const noQuality = {};

export function createDetector({ devices, device: lookup, rulesOf }: DetectorParts): Detector {
  const seatsOf = createSeats(rulesOf);
  const inOrder = createInOrder();
  const minds = new Map<string, Mind>();
  const { world, changed } = createWorld(devices, lookup, minds);
  let timers = new TinyQueue<Timer>([], inTurn);
  let found: Finding[] = [];
  let mark = 0;
  let minute = 0;

  const mindOf = (id: string): Mind => {
    const known = minds.get(id);
    if (known !== undefined) return known;
    const made = newMind();
    minds.set(id, made);
    return made;
  };

  /** One object for all judgements: a reading is judged by several rules, a hundred thousand times a second. */
  const now = { t: 0, device: undefined as unknown as Watched, seat: undefined as unknown as Seat, mind: undefined as unknown as Mind };
  const tell = (what: Finding["what"], given: Partial<Found>): void => {
    const { rule } = now.seat;
    const evidence = given.evidence?.();
    found.push({
      t: Math.max(now.t, mark),
      what,
      service: now.device.service,
      device: now.device.id,
      rule,
      priority: given.priority ?? rule.priority,
      metric: given.metric ?? null,
      value: given.value ?? null,
      limit: given.limit ?? null,
      step: given.step ?? null,
      respondBy: given.respondBy ?? (rule.minutes > 0 ? now.t + rule.minutes * minuteMs : null),
      evidence: evidence === undefined ? null : { t: now.t, rule: now.seat.name, version: rule.version, ...evidence },
    });
  };
  const ask: Ask = {
    get t() {
      return now.t;
    },
    get device() {
      return now.device;
    },
    get rule() {
      return now.seat.rule;
    },
    world,
    trusted: (metric) => (now.mind.doubts[metric] ?? 0) === 0,
    doubt(metric, on) {
      now.mind.doubts[metric] = Math.max(0, (now.mind.doubts[metric] ?? 0) + (on ? 1 : -1));
    },
    raise(given) {
      const { id, priority } = now.seat.rule;
      const before = now.mind.raised[id];
      now.mind.raised[id] = given.priority ?? priority;
      if (before === undefined) tell("raised", given);
      else if (before !== now.mind.raised[id]) tell("priority", given);
    },
    clear(value) {
      const { id } = now.seat.rule;
      if (now.mind.raised[id] === undefined) return;
      delete now.mind.raised[id];
      tell("cleared", value === undefined ? {} : { value });
    },
    wake(t) {
      now.mind.wakes[now.seat.rule.id] = t;
      timers.push({ t, device: now.device.id, rule: now.seat.rule.id });
    },
  };

  const stateOf = (): unknown => {
    const { rules } = now.mind;
    const { rule, evaluator } = now.seat;
    rules[rule.id] ??= evaluator.begin();
    return rules[rule.id];
  };
  const judgeAt = (t: number, device: Watched, mind: Mind): void => {
    now.t = t;
    now.device = device;
    now.mind = mind;
  };

  function takeOne({ t, device: id, m, q, e, x }: Observed): void {
    const device = lookup(id);
    if (device === undefined) return;
    const mind = mindOf(id);
    const seats = seatsOf(device.contract, device.kind);
    judgeAt(t, device, mind);
    if (e !== undefined) {
      for (const seat of seats.events) {
        now.seat = seat;
        seat.evaluator.event?.(stateOf(), ask, e, x ?? noQuality);
      }
      return;
    }
    // what is older than what was judged never changes it
    if (m === undefined || t <= mind.t) return;
    mind.t = t;
    for (const name in m) {
      const value = m[name];
      if (value === undefined) continue;
      mind.values[name] = value;
      mind.times[name] = t;
    }
    for (const seat of seats.readings) {
      now.seat = seat;
      seat.evaluator.reading?.(stateOf(), ask, m, q ?? noQuality);
    }
  }

  function fire({ t, device: id, rule }: Timer): void {
    const device = lookup(id);
    const mind = minds.get(id);
    if (device === undefined || mind === undefined || mind.wakes[rule] !== t) return;
    delete mind.wakes[rule];
    const seat = seatsOf(device.contract, device.kind).all.find((one) => one.rule.id === rule);
    if (seat === undefined) return;
    judgeAt(t, device, mind);
    now.seat = seat;
    seat.evaluator.wake?.(stateOf(), ask);
  }
  function passMinute(t: number): void {
    for (const device of devices()) {
      const { minutes } = seatsOf(device.contract, device.kind);
      if (minutes.length === 0) continue;
      judgeAt(t, device, mindOf(device.id));
      for (const seat of minutes) {
        now.seat = seat;
        seat.evaluator.minute?.(stateOf(), ask);
      }
    }
  }
  /** Timers up to and including `t`, whole minutes up to but not including `before`. */
  function passTo(t: number, before: number): void {
    for (;;) {
      const timer = timers.peek();
      const next = minute + minuteMs;
      if (timer !== undefined && timer.t <= t && timer.t <= next) {
        timers.pop();
        fire(timer);
      } else if (next < before) {
        minute = next;
        passMinute(minute);
      } else if (timer !== undefined && timer.t <= t) {
        timers.pop();
        fire(timer);
      } else return;
    }
  }

  return {
    take: inOrder.add,
    changed,
    advance(to) {
      if (to <= mark) return [];
      if (minute === 0 || to - minute > longestGapMs) minute = Math.floor((minute === 0 ? to : to - longestGapMs) / minuteMs) * minuteMs;
      for (const observed of inOrder.upTo(to)) {
        passTo(observed.t, observed.t);
        takeOne(observed);
      }
      passTo(to, to + 1);
      mark = to;
      const told = found;
      found = [];
      return told;
    },
    state: () => ({ mark, minute, minds: Object.fromEntries(minds), waiting: inOrder.state() }),
    restore(state) {
      mark = state.mark;
      minute = state.minute;
      minds.clear();
      for (const [id, mind] of Object.entries(state.minds)) minds.set(id, mind);
      const wakes = [...minds].flatMap(([device, mind]) => Object.entries(mind.wakes).map(([rule, t]) => ({ t, device, rule })));
      timers = new TinyQueue<Timer>(wakes, inTurn);
      inOrder.restore(state.waiting);
      changed();
    },
    forget(start) {
      this.restore({ mark: start, minute: Math.floor(start / minuteMs) * minuteMs, minds: {}, waiting: [] });
    },
  };
}

function inTurn(a: Timer, b: Timer): number {
  return a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
