import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { SignalAdvice, SignalTiming } from "../../shared/signal-advice.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { adviceFor } from "./advice-for.ts";
import { type Counts, count, noCounts, spanMs } from "./counts.ts";
import { type Crossing, crossingsOf } from "./crossings.ts";

export interface AdviserParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  /** Sends the timing as a command of the system's; a reason when it cannot. */
  order(signal: string, timing: SignalTiming, moment: Moment): string | undefined;
}
export interface AdviserState {
  readonly modes: Readonly<Record<string, "auto" | "manual">>;
  readonly counts: Readonly<Record<string, Counts>>;
  /** What controllers say they run. */
  readonly timings: Readonly<Record<string, SignalTiming>>;
  readonly advice: Readonly<Record<string, SignalAdvice>>;
  /** Highest speed of a quarter of an hour, km/h, by approach: what is driven when nobody waits. */
  readonly free: Readonly<Record<string, number>>;
  readonly quarter: Readonly<Record<Timeline, number>>;
}

/** A better timing is worth a command from this share of saved delay on; less is within what counting can know. */
const worthwhile = 0.03;

/**
 * Proposes cycle, splits and offsets of each crossing every quarter of an hour from measured counts only, and, where it is switched to auto, applies them.
 * Webster (1958) and HCM 6th; promises are held against what is measured after.
 */
export interface Adviser extends RoomPart<SignalAdvice, AdviserState> {
  all(): readonly SignalAdvice[];
  devicesChanged(): void;
}

export function createAdviser({ devices, device, order }: AdviserParts): Adviser {
  let modes: Record<string, "auto" | "manual"> = {};
  let counts: Record<string, Counts> = {};
  let timings: Record<string, SignalTiming> = {};
  let advice: Record<string, SignalAdvice> = {};
  let free: Record<string, number> = {};
  let quarter: Record<Timeline, number> = { city: 0, field: 0 };
  let crossings: readonly Crossing[] | undefined;
  const fresh = new Set<string>();
  const known = (): readonly Crossing[] => {
    crossings ??= crossingsOf(devices());
    return crossings;
  };

  function put(one: SignalAdvice): void {
    advice[one.device] = one;
    fresh.add(one.device);
  }
  function adviseOne(crossing: Crossing, moment: Moment): void {
    const present = timings[crossing.signal];
    if (present === undefined || present.cycle <= 0) return;
    const made = adviceFor(crossing, {
      t: moment.t,
      present,
      counts,
      free,
      mode: modes[crossing.signal] ?? "manual",
      before: advice[crossing.signal],
      timingOf: (signal) => timings[signal],
    });
    if (made === undefined) return;
    const saves = made.delayPresent - made.delayProposed;
    put(made.mode === "auto" && made.held === null && saves >= worthwhile * made.delayPresent ? applied(made, moment) : made);
  }
  function applied(made: SignalAdvice, moment: Moment): SignalAdvice {
    const reason = order(made.device, made.proposed, moment);
    if (reason === undefined) return { ...made, applied: { t: moment.t, by: "system", predicted: made.delayProposed, measured: null } };
    return { ...made, held: { ko: `명령을 보내지 못함: ${reason}`, en: `the command could not be sent: ${reason}` } };
  }

  return {
    act(action: RoomAction, by: Actor): Result<Touched> | undefined {
      if (action.do !== "adviser-mode") return undefined;
      const signals = known()
        .map(({ signal }) => signal)
        .filter((signal) => action.device === null || signal === action.device);
      if (signals.length === 0) return refuse(`there is no signal "${action.device}" that the adviser knows`);
      for (const signal of signals) {
        modes[signal] = action.mode;
        const one = advice[signal];
        if (one !== undefined) put({ ...one, mode: action.mode });
      }
      void by;
      return ok({ alarms: [], left: [] });
    },
    seen({ kind, service, id }: Watched, { t, m }: Observed) {
      if (service !== "traffic" || m === undefined) return;
      if (kind === "signal") {
        const { cycle, green_main: main, green_cross: cross, offset } = m;
        if (typeof cycle === "number" && typeof main === "number" && typeof cross === "number")
          timings[id] = { cycle, main, cross, offset: typeof offset === "number" ? offset : 0 };
        else if ("plan" in m) delete timings[id];
        return;
      }
      if (typeof m.volume !== "number") return;
      counts[id] ??= noCounts();
      const { volume, hv, queue, speed } = m;
      const every = device(id)?.every ?? 60;
      const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
      count(counts[id], { t, seconds: every, volume, heavy: numberOf(hv), queue: numberOf(queue), speed: numberOf(speed) });
    },
    advance(moment) {
      const now = Math.floor(moment.t / spanMs);
      if (now <= quarter[moment.timeline]) return;
      quarter[moment.timeline] = now;
      for (const crossing of known()) if (crossing.timeline === moment.timeline) adviseOne(crossing, { ...moment, t: now * spanMs });
    },
    all: () => Object.values(advice),
    devicesChanged() {
      crossings = undefined;
    },
    changed() {
      const news = [...fresh].flatMap((id) => advice[id] ?? []);
      fresh.clear();
      return news;
    },
    state: () => ({ modes, counts, timings, advice, free, quarter }),
    restore(state) {
      ({ modes, counts, timings, advice, free, quarter } = structuredClone(state) as {
        -readonly [K in keyof AdviserState]: AdviserState[K] extends Readonly<Record<infer Key extends string, infer V>> ? Record<Key, V> : never;
      });
    },
    forget(timeline) {
      quarter[timeline] = 0;
      const gone = (id: string): boolean => device(id)?.timeline === timeline;
      const kept = <V>(all: Record<string, V>): Record<string, V> => Object.fromEntries(Object.entries(all).filter(([id]) => !gone(id)));
      counts = kept(counts);
      timings = kept(timings);
      advice = kept(advice);
      free = kept(free);
    },
  };
}
