import { ok, type Result, refuse } from "../../shared/result.ts";
import { type Actor, may } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { SignalAdvice } from "../../shared/signal-advice.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { type AdviserState, nothingKnown, withImage, withoutDevices } from "./adviser-state.ts";
import { type Corridor, corridorsOf } from "./corridors.ts";
import { countReading, spanMs } from "./counts.ts";
import { type Crossing, crossingsOf } from "./crossings.ts";
import { adviseRound, type RoundParts } from "./round.ts";
import { learnPlan, runningOf } from "./running.ts";

export interface AdviserParts extends Omit<RoundParts, "put"> {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  readonly journal: Pick<Journal, "write">;
}

/**
 * Proposes splits and offsets of each crossing every quarter of an hour from measured counts only, and, where it is switched to auto, applies them.
 * Webster (1958) and HCM 6th; promises are held against what is measured after.
 */
export interface Adviser extends RoomPart<SignalAdvice, AdviserState> {
  /** What this device says is counted here. */
  watches(device: string): boolean;
  all(): readonly SignalAdvice[];
  deviceChanged(id: string): void;
  opened(): void;
  restore(state: AdviserState, only?: Timeline): void;
}

/** Wall time between two rounds: a city that runs fast is advised less often in its own time. */
const restMs = 2000;

export function createAdviser(parts: AdviserParts): Adviser {
  const { devices, device, journal, order } = parts;
  let now = nothingKnown();
  let places: { readonly crossings: readonly Crossing[]; readonly corridors: readonly Corridor[]; readonly watched: ReadonlySet<string> } | undefined;
  const fresh = new Set<string>();
  function known() {
    if (places !== undefined) return places;
    const crossings = crossingsOf(devices());
    const watched = new Set(crossings.flatMap(({ signal, approaches }) => [signal, ...approaches.map((one) => one.device)]));
    places = { crossings, corridors: corridorsOf(crossings), watched };
    return places;
  }
  function put(one: SignalAdvice): void {
    now.advice[one.device] = one;
    fresh.add(one.device);
  }
  /** The quarter that ended before `until` is judged by what was counted in it, before anything later is. */
  function pass(until: number, moment: Moment): void {
    const { timeline } = moment;
    const quarter = Math.floor(until / spanMs);
    if (quarter <= now.quarter[timeline]) return;
    now.quarter[timeline] = quarter;
    if (moment.at - now.advisedAt < restMs || (timeline === "city" && !now.live)) return;
    now.advisedAt = moment.at;
    for (const corridor of known().corridors)
      if (corridor.crossings[0]?.timeline === timeline) adviseRound(corridor, now, quarter * spanMs, moment, { ...parts, put });
  }
  function setMode(signal: string, mode: "auto" | "manual", moment: Moment): void {
    // switched off, it lets go of what it runs
    if (now.modes[signal] === "auto" && mode === "manual" && now.running[signal]?.plan === "manual") order(signal, null, moment);
    now.modes[signal] = mode;
    const one = now.advice[signal];
    if (one !== undefined) put({ ...one, mode });
  }
  const isOf =
    (timeline: Timeline) =>
    (id: string): boolean =>
      device(id)?.timeline === timeline;

  return {
    watches: (id) => known().watched.has(id),
    act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined {
      if (action.do !== "adviser-mode") return undefined;
      if (!may(by.role, "act")) return refuse(`a ${by.role} may not switch the signal adviser`);
      const signals = known().crossings.filter(({ signal }) => action.device === null || signal === action.device);
      if (signals.length === 0)
        return refuse(action.device === null ? "there is no signal to advise" : `there is no signal "${action.device}" that the adviser knows`);
      const before = [...new Set(signals.map(({ signal }) => now.modes[signal] ?? "manual"))].sort().join(", ");
      for (const { signal } of signals) setMode(signal, action.mode, moment);
      const entered = { what: "adviser-mode", by: by.name, role: by.role, service: "traffic", device: action.device, before, after: action.mode };
      journal.write(moment, { ...entered, x: { signals: signals.length } });
      return ok({ alarms: [], left: [] });
    },
    seen({ kind, id, timeline }: Watched, observed: Observed, moment: Moment) {
      if (observed.m === undefined || !known().watched.has(id)) return;
      // a window that ends at the quarter belongs to it
      pass(observed.t - 1, moment);
      if (kind !== "signal") return countReading(now, id, device(id)?.every ?? 60, observed);
      const running = runningOf(observed.m);
      if (running === undefined) {
        delete now.running[id];
        return;
      }
      now.running[id] = running;
      learnPlan(now.plans[timeline], id, running, observed.t);
    },
    opened() {
      now.live = true;
    },
    advance: (moment) => pass(moment.t, moment),
    all: () => Object.values(now.advice),
    deviceChanged() {
      places = undefined;
    },
    changed() {
      const news = [...fresh].flatMap((id) => now.advice[id] ?? []);
      fresh.clear();
      return news;
    },
    state: () => now,
    restore(state, only) {
      now = only === undefined ? structuredClone(state) : withImage(now, structuredClone(state), only, isOf(only));
    },
    forget(timeline) {
      now.quarter[timeline] = 0;
      if (timeline === "city") now.live = false;
      withoutDevices(now, isOf(timeline));
    },
  };
}
