import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { SignalAdvice, SignalTiming } from "../../shared/signal-advice.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { adviceOf } from "./advice-of.ts";
import { adviseCorridor, type Proposal } from "./advise-corridor.ts";
import { type Corridor, corridorsOf } from "./corridors.ts";
import { type Counts, countReading, demandOf, spanMs } from "./counts.ts";
import { type Crossing, crossingsOf } from "./crossings.ts";
import { type DayPlans, designOf, learnPlan, noDayPlans, type Running, runningOf, wordAt } from "./running.ts";

export interface AdviserParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  /** Sends the timing as a command of the system's, or `null`: back to the plan by time of day; a reason when it cannot. */
  order(signal: string, timing: SignalTiming | null, moment: Moment): string | undefined;
}
/** Plain data. */
export interface AdviserState {
  modes: Record<string, "auto" | "manual">;
  counts: Record<string, Counts>;
  /** What controllers say they run. */
  running: Record<string, Running>;
  plans: DayPlans;
  advice: Record<string, SignalAdvice>;
  /** What is driven when nobody waits, km/h, by approach: the best single minutes. */
  free: Record<string, number>;
  quarter: Record<Timeline, number>;
  /** Names of people whose timing is on its way, by signal. */
  asked: Record<string, string>;
  /** The city's clock is live: of its history nothing is advised. */
  live: boolean;
  /** Wall clock of the newest round. */
  advisedAt: number;
}

/** Wall time between two rounds: a city that runs fast is advised less often in its own time. */
const restMs = 2000;
/** A better timing is worth its commands from this share of saved delay on; less is within what counting can know. */
const worthwhile = 0.03;
/** km/h, until an approach has shown what it can do: "Safe Speed 5030". */
const usualSpeed = 45;

/**
 * Proposes cycle, splits and offsets of each crossing every quarter of an hour from measured counts only, and, where it is switched to auto, applies them.
 * Webster (1958) and HCM 6th; promises are held against what is measured after.
 */
export interface Adviser extends RoomPart<SignalAdvice, AdviserState> {
  /** What this device says is counted here. */
  watches(device: string): boolean;
  all(): readonly SignalAdvice[];
  devicesChanged(): void;
  opened(): void;
  restore(state: AdviserState, only?: Timeline): void;
}

const isSame = (a: SignalTiming, b: SignalTiming): boolean =>
  a.cycle === b.cycle && a.main === b.main && a.cross === b.cross && a.offset === b.offset;
/** At these hours nobody coordinates. */
const alone = new Set(["night", "flash"]);
const lasting = ["modes", "counts", "running", "plans", "advice", "free"] as const;
/** What an image knows of its timeline, beside what is known of the other. */
function joined(now: AdviserState, image: AdviserState, only: Timeline): AdviserState {
  for (const part of lasting) Object.assign(now[part], image[part]);
  return only === "city" ? { ...now, live: image.live } : now;
}
const nothing = (): AdviserState => ({
  modes: {},
  counts: {},
  running: {},
  plans: noDayPlans(),
  advice: {},
  free: {},
  quarter: { city: 0, field: 0 },
  asked: {},
  live: false,
  advisedAt: 0,
});

export function createAdviser({ devices, device, order }: AdviserParts): Adviser {
  let now = nothing();
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

  function adviseOne(corridor: Corridor, moment: Moment): void {
    const word = wordAt(now.plans, moment.t);
    if (word === undefined) {
      giveBack(corridor, moment);
      return;
    }
    const demands = new Map(
      corridor.crossings.flatMap(({ approaches }) =>
        approaches.map(({ device: id }) => [id, now.counts[id] && demandOf(now.counts[id], moment.t)] as const),
      ),
    );
    const proposals = adviseCorridor(corridor, {
      running: (signal) => now.running[signal]?.timing,
      design: (signal) => (alone.has(word) ? undefined : designOf(now.plans, signal, word)),
      demand: (id) => demands.get(id),
      freeSpeed: (id) => now.free[id] ?? usualSpeed,
    });
    const sum = (of: (one: Proposal) => number): number => proposals.reduce((all, one) => all + of(one), 0);
    const saves = sum(({ flow, delayPresent, delayProposed }) => flow * (delayPresent - delayProposed));
    // by day a cycle of another hour is left at once: neighbours go by the hour
    const stale = !alone.has(word) && proposals.some(({ present, proposed }) => present.cycle !== proposed.cycle);
    const worth = stale || saves >= worthwhile * sum(({ flow, delayPresent }) => flow * delayPresent);
    for (const one of proposals) {
      const made = adviceOf(one, {
        demands,
        free: now.free,
        mode: now.modes[one.crossing.signal] ?? "manual",
        before: now.advice[one.crossing.signal],
        t: moment.t,
      });
      put(worth && made.mode === "auto" ? applied(made, moment) : made);
    }
  }
  /** What plan this hour has was never seen: the controllers that the adviser runs go back to it, and show it. */
  function giveBack({ crossings }: Corridor, moment: Moment): void {
    for (const { signal } of crossings) if (now.modes[signal] === "auto" && now.running[signal]?.plan === "manual") order(signal, null, moment);
  }
  /** A person has set what was proposed: the promise is held against what will be measured. */
  function accept(signal: string, { plan, timing }: Running, t: number): void {
    const [by, one] = [now.asked[signal], now.advice[signal]];
    if (by === undefined || plan !== "manual") return;
    delete now.asked[signal];
    if (one !== undefined && isSame(one.proposed, timing)) put({ ...one, applied: { t, by, predicted: one.delayProposed, measured: null } });
  }
  function applied(made: SignalAdvice, moment: Moment): SignalAdvice {
    const { present, proposed } = made;
    if (isSame(present, proposed)) return made;
    const reason = order(made.device, proposed, moment);
    if (reason === undefined) return { ...made, applied: { t: moment.t, by: "system", predicted: made.delayProposed, measured: null } };
    return { ...made, held: { ko: `명령을 보내지 못함: ${reason}`, en: `the command could not be sent: ${reason}` } };
  }
  return {
    watches: (id) => known().watched.has(id),
    act(action: RoomAction, by: Actor): Result<Touched> | undefined {
      if (action.do === "command" && action.op === "timing") now.asked[action.device] = by.name;
      if (action.do !== "adviser-mode") return undefined;
      const signals = known().crossings.filter(({ signal }) => action.device === null || signal === action.device);
      if (signals.length === 0)
        return refuse(action.device === null ? "there is no signal to advise" : `there is no signal "${action.device}" that the adviser knows`);
      for (const { signal } of signals) {
        now.modes[signal] = action.mode;
        const one = now.advice[signal];
        if (one !== undefined) put({ ...one, mode: action.mode });
      }
      return ok({ alarms: [], left: [] });
    },
    seen({ kind, id }: Watched, observed: Observed) {
      if (observed.m === undefined || !known().watched.has(id)) return;
      if (kind !== "signal") return countReading(now, id, device(id)?.every ?? 60, observed);
      const running = runningOf(observed.m);
      if (running === undefined) {
        delete now.running[id];
        return;
      }
      now.running[id] = running;
      accept(id, running, observed.t);
      learnPlan(now.plans, id, running, observed.t);
    },
    opened() {
      now.live = true;
    },
    advance(moment) {
      const quarter = Math.floor(moment.t / spanMs);
      if (quarter <= now.quarter[moment.timeline] || moment.at - now.advisedAt < restMs || (moment.timeline === "city" && !now.live)) return;
      now.quarter[moment.timeline] = quarter;
      now.advisedAt = moment.at;
      for (const corridor of known().corridors)
        if (corridor.crossings[0]?.timeline === moment.timeline) adviseOne(corridor, { ...moment, t: quarter * spanMs });
    },
    all: () => Object.values(now.advice),
    devicesChanged() {
      places = undefined;
    },
    changed() {
      const news = [...fresh].flatMap((id) => now.advice[id] ?? []);
      fresh.clear();
      return news;
    },
    state: () => now,
    restore(state, only) {
      now = only === undefined ? structuredClone(state) : joined(now, structuredClone(state), only);
    },
    forget(timeline) {
      now.quarter[timeline] = 0;
      if (timeline === "city") now.live = false;
      for (const part of ["counts", "running", "advice", "free"] as const)
        for (const id of Object.keys(now[part])) if (device(id)?.timeline === timeline) delete now[part][id];
    },
  };
}
