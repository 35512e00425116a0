import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { CityPort } from "../shared/city-port.ts";
import type { CityClock } from "../shared/clock.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Actor } from "../shared/roles.ts";
import type { Scenario } from "../shared/scenario/scenario.ts";
import type { Comparison, ScenarioRow } from "../shared/scenario/scenario-port.ts";
import { recordOf } from "./keep/record-of.ts";
import { keptRuns, type RunRecords } from "./keep/run-records.ts";
import type { TruthStore } from "./keep/truth-store.ts";
import { createCountdownWatch } from "./play/countdowns.ts";
import { rehearse } from "./play/rehearsal.ts";
import { createRun, type Run } from "./play/run.ts";
import { stageManager } from "./play/scripted-actor.ts";
import { stepOn } from "./play/stepping.ts";
import type { SimLine } from "./sim-line.ts";
import type { Stage } from "./stage.ts";

/** What is to be played, and how it can be repeated. */
export interface Booking {
  readonly scenario: Scenario;
  readonly row: ScenarioRow;
  readonly seed: number;
  readonly repeat: string;
}
interface Rehearsal extends Booking {
  onMark(mark: number, from: number, to: number): void;
}
interface Rehearsed {
  readonly run: Run;
  readonly digest: { readonly sha256: string; readonly messages: number };
}
/** The runs of one city: one plays at a time, those that are over can be looked at. */
export interface Plays {
  /** The one that plays. */
  live(): Run | undefined;
  busy(): boolean;
  one(id: string): Run | undefined;
  /** Newest first. */
  all(): readonly Run[];
  /** From the city's next second on, which has not begun to play yet. */
  open(booking: Booking, by: Actor, drill: boolean): Result<Run>;
  rehearse(rehearsal: Rehearsal): Promise<Result<Rehearsed>>;
  /**
   * The run that plays goes to an instant as fast as the room can follow, then on as it did before. Where a countdown begins on the way the city stands
   * still: at a story's pace it would be over before anybody could stop it.
   */
  forward(run: Run, to: number, by: Actor): Promise<Result<true>>;
  /** The same time without the room is known of it now, and stays with it. */
  compared(run: Run, comparison: Comparison): void;
  close(): Promise<void>;
}

interface Parts {
  readonly port: CityPort;
  readonly sim: SimLine;
  readonly stage: () => Stage;
  readonly truths: Pick<TruthStore, "of">;
  readonly records: Pick<RunRecords, "begun" | "keep">;
  readonly changed: () => void;
  readonly log: Logger;
}

/** The clock by which something can be played, or why nothing can be in the city as it is now. */
export function playable(clock: CityClock | undefined): Result<CityClock> {
  if (clock === undefined || clock.phase === "gone") return refuse("no simulator is connected: nothing can be played");
  return clock.phase === "live" ? ok(clock) : refuse("the city is not there yet: its history is still being generated");
}

const digestOf = (data: unknown): Rehearsed["digest"] => data as Rehearsed["digest"];

export function createPlays({ port, sim, stage, truths, records, changed, log }: Parts): Plays {
  const runs = new Map<string, Run>();
  const live = (): Run | undefined => [...runs.values()].find((run) => run.running());
  const comparisons = new WeakMap<Run, Comparison>();
  const record = (run: Run): void => records.keep(recordOf(run, comparisons.get(run) ?? null));
  let rehearsing = false;
  let forwarding = false;
  /** Responses whose countdown somebody was stopped at, by run. */
  const counted = new WeakMap<Run, Set<string>>();
  /** City time at which it was left standing for a countdown. */
  let stoodAt: number | undefined;
  let turning: Promise<void> = Promise.resolve();
  let waiting = false;

  /** Marks may come faster than they can be judged: then only the newest counts. */
  function onClock(clock: CityClock | undefined): void {
    const run = live();
    if (run === undefined || rehearsing || clock === undefined || clock.phase === "gone") return;
    if (clock.run !== run.parts.cityRun) return void run.end("stopped", "the city was reset");
    if (forwarding) return;
    run.paused(clock.paused);
    if (waiting) return;
    waiting = true;
    turning = turning
      .then(() => {
        waiting = false;
        return run.turn(port.clock()?.mark ?? 0);
      })
      .catch((cause: unknown) => {
        log.error({ err: cause }, "a scenario failed");
        return run.end("failed", String(cause));
      });
  }
  const stop = port.feed.onClock(onClock);

  /** Nothing of chance may be in the ids of a rehearsal, which is to repeat to the byte. */
  function rehearsalPrefix({ row }: Booking, cityRun: string): string {
    const before = [...runs.values()].filter(({ parts }) => parts.cityRun === cityRun && parts.row.id === row.id).length;
    const name = row.id.slice(0, 20);
    return before === 0 ? name : `${name}-${before + 1}`;
  }
  function create(booking: Booking, by: Actor, drill: boolean, prefixOf: (id: string, cityRun: string) => string): Result<Run> {
    const { scenario, row, seed, repeat } = booking;
    const played = playable(port.clock());
    if (!played.ok) return played;
    const clock = played.value;
    const id = randomUUID().slice(0, 8);
    const from = clock.paused ? clock.head : clock.head + 1000;
    let noted = false;
    const onChange = (): void => {
      if (!noted && run.running()) records.begun(run.view());
      noted ||= run.running();
      if (run.settled()) record(run);
      changed();
    };
    const run = createRun({
      ...{ id, scenario, row, stage: stage(), port, sim, by, drill, seed, repeat, from, cityRun: clock.run, onChange },
      prefix: prefixOf(id, clock.run),
      // what was over before it began belongs to another story
      truths: () => truths.of(clock.run).filter(({ end }) => end === null || end >= from),
    });
    runs.set(id, run);
    for (const old of [...runs.keys()].slice(0, Math.max(0, runs.size - keptRuns))) runs.delete(old);
    return ok(run);
  }

  return {
    live,
    busy: () => rehearsing || live() !== undefined,
    one: (id) => runs.get(id),
    all: () => [...runs.values()].reverse(),
    // what a run before this one left in the city, also before a restart, is never taken for its own
    open: (booking, by, drill) => create(booking, by, drill, (id) => `${booking.row.id.slice(0, 12)}-${id}`),
    async rehearse({ onMark, ...booking }) {
      const opened = create(booking, stageManager, false, (_id, cityRun) => rehearsalPrefix(booking, cityRun));
      if (!opened.ok) return opened;
      rehearsing = true;
      const run = opened.value;
      try {
        const played = await rehearse(run, port, sim, (mark) => onMark(mark, run.parts.from, run.to));
        if (!played.ok) return played;
        const digest = await sim.ask({ digest: "transcript" });
        return digest.ok ? ok({ run, digest: digestOf(digest.value) }) : digest;
      } finally {
        rehearsing = false;
      }
    },
    async forward(run, to, by) {
      if (forwarding) return refuse("it is on its way to a cue already");
      const clock = port.clock();
      // where it stood still for a countdown, it goes on from the cue as it did before that
      const ran = clock !== undefined && (!clock.paused || clock.head === stoodAt);
      forwarding = true;
      let stopped = false;
      try {
        const paused = await port.act({ paused: true }, by);
        if (!paused.ok) return paused;
        await turning;
        const shown = counted.get(run) ?? new Set();
        counted.set(run, shown);
        const stepped = await stepOn(run, paused.value.head, to, { port, sim, by, onMark: changed, stops: createCountdownWatch(port, shown) });
        if (!stepped.ok) return stepped;
        stopped = !stepped.value;
        stoodAt = stopped && ran ? port.clock()?.head : undefined;
        return ok(true);
      } finally {
        forwarding = false;
        if (ran && !stopped) await port.act({ paused: false }, by);
      }
    },
    compared(run, comparison) {
      if (comparisons.get(run) === comparison) return;
      comparisons.set(run, comparison);
      if (run.settled()) record(run);
    },
    async close() {
      stop();
      await turning;
      for (const run of runs.values()) await run.end("stopped", "the program was ended");
    },
  };
}
