import TinyQueue from "tinyqueue";

export interface Timer {
  readonly t: number;
  readonly device: string;
  readonly rule: string;
}
/** What is due by event time alone: timers, and whole minutes. */
export interface Agenda {
  add(timer: Timer): void;
  /** Timers up to and including `t`, whole minutes up to and including `minutes`, each in its turn. */
  passTo(t: number, minutes: number): void;
  /** A reading of t is about to be judged: minutes begin with the first, and begin anew after a long silence of everybody. */
  hear(t: number): void;
  /** Newest instant at which anybody was heard. */
  heard(): number;
  state(): AgendaState;
  restore(state: AgendaState, timers: readonly Timer[]): void;
}
export interface AgendaState {
  /** Newest whole minute that has passed; 0 = none. */
  readonly minute: number;
  readonly heard: number;
}

const minuteMs = 60_000;
/** After a longer silence of a whole timeline its minutes rest: nobody waits for a year of them. */
const restMs = 86_400_000;
const floor = (t: number): number => Math.floor(t / minuteMs) * minuteMs;

/** What else comes due by itself: at one instant before the timers. */
export interface Dues {
  next(): number;
  fire(): void;
}

export function createAgenda(fire: (timer: Timer) => void, passMinute: (t: number) => void, dues: Dues): Agenda {
  const timers = createTimers();
  let minute = 0;
  let heard = 0;
  function passTimers(t: number): void {
    for (;;) {
      const next = dues.next();
      const timer = next <= t && next <= timers.first() ? undefined : timers.due(t);
      if (timer !== undefined) fire(timer);
      else if (next <= t) dues.fire();
      else return;
    }
  }
  return {
    add: timers.add,
    passTo(t, minutes) {
      const last = Math.min(minutes, heard + restMs);
      while (minute > 0 && minute + minuteMs <= last) {
        minute += minuteMs;
        passTimers(minute);
        passMinute(minute);
      }
      passTimers(t);
    },
    hear(t) {
      if (minute === 0 || t > heard + restMs) minute = Math.max(minute, floor(t - 1));
      if (t > heard) heard = t;
    },
    heard: () => heard,
    state: () => ({ minute, heard }),
    restore(state, due) {
      minute = state.minute;
      heard = state.heard;
      timers.clear();
      for (const timer of due) timers.add(timer);
    },
  };
}

/** Timers by the second: thousands wait, some are due, so that only those of one second are put in order. */
function createTimers() {
  const seconds = new Map<number, TinyQueue<Timer>>();
  const order = new TinyQueue<number>();
  /** When the first is due; nobody looks before. */
  let first = Number.POSITIVE_INFINITY;
  return {
    add(timer: Timer): void {
      const second = Math.floor(timer.t / 1000);
      const queue = seconds.get(second);
      if (queue !== undefined) queue.push(timer);
      else {
        seconds.set(second, new TinyQueue([timer], inTurn));
        order.push(second);
      }
      if (timer.t < first) first = timer.t;
    },
    first: () => first,
    /** Takes the next one that is due. */
    due(t: number): Timer | undefined {
      if (first > t) return undefined;
      const second = order.peek() ?? 0;
      const queue = seconds.get(second);
      const timer = queue?.pop();
      if (queue !== undefined && queue.length === 0) {
        seconds.delete(second);
        order.pop();
      }
      const next = order.peek();
      first = next === undefined ? Number.POSITIVE_INFINITY : (seconds.get(next)?.peek()?.t ?? 0);
      return timer;
    },
    clear(): void {
      seconds.clear();
      while (order.length > 0) order.pop();
      first = Number.POSITIVE_INFINITY;
    },
  };
}

function inTurn(a: Timer, b: Timer): number {
  return a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
