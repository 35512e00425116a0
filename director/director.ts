import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { CityPort } from "../shared/city-port.ts";
import { ok, type Result } from "../shared/result.ts";
import type { Actor } from "../shared/roles.ts";
import type { ScenarioPort } from "../shared/scenario/scenario-port.ts";
import type { Truth } from "../shared/scenario/truth.ts";
import { createComparer } from "./comparer.ts";
import { recallTruths } from "./keep/recall-truths.ts";
import { openRunRecords } from "./keep/run-records.ts";
import { openTruthStore } from "./keep/truth-store.ts";
import { createLibrary, type Library } from "./library.ts";
import { createNextCue } from "./next-cue.ts";
import { createOrphans } from "./orphans.ts";
import { startOf } from "./plan/city-start.ts";
import { planOf } from "./plan/plan.ts";
import type { Run } from "./play/run.ts";
import { hidden, seen } from "./play/shown.ts";
import { type Booking, createPlays, type Plays } from "./plays.ts";
import { openSimLine, type SimLine } from "./sim-line.ts";
import { createSingles } from "./singles.ts";
import { createSaveSpan } from "./span/save-span.ts";
import type { Stage } from "./stage.ts";
import { createStart } from "./start.ts";
import { createTold, toldRuns } from "./told-runs.ts";

export interface DirectorOptions {
  readonly port: CityPort;
  readonly mqtt: { readonly host: string; readonly port: number };
  readonly account: { readonly username: string; readonly password: string };
  readonly dataDir: string;
  /** Folder of the product's scenarios. */
  readonly library: string;
  /** What there is in a city, running or not. */
  readonly stageOf: (city: string) => Stage;
  /** The name under which scenarios speak of the city that runs here. */
  readonly city: string;
  readonly log: Logger;
  /** Wall time for which a city that does not move is waited for. */
  readonly patienceMs?: number;
}
export interface Director extends ScenarioPort {
  /** A run as a test, in a city that stands still for it. */
  readonly rehearse: Plays["rehearse"];
  /** A run from the city's next second on, as its clock goes. */
  play(booking: Booking, by: Actor): Promise<Result<Run>>;
  close(): Promise<void>;
}

/** Wall time for the simulator to hear that what is injected ends. */
const farewellMs = 2000;

/** Plays scenarios in one city, and scores the room. Knows the city port and the simulator's line, and nothing else. */
export async function startDirector(options: DirectorOptions): Promise<Director> {
  const { port, log } = options;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const truths = await openTruthStore(join(options.dataDir, "truth"), (cause) => log.error({ err: cause }, "a truth could not be kept"));
  const records = await openRunRecords(join(options.dataDir, "played"), (cause) => log.error({ err: cause }, "a run could not be kept"));
  const onTruth = (run: string, truth: Truth): void => {
    truths.take(run, truth);
    changed();
  };
  const sim: SimLine = openSimLine({
    ...{ ...options.mqtt, city: port.plan().id, account: options.account, log },
    onTruth,
    onAgain: () => void recallTruths(sim, onTruth),
  });
  const stage = (): Stage => options.stageOf(options.city);
  const library = createLibrary({ library: options.library, own: join(options.dataDir, "scenarios") }, options.stageOf);
  const plays = createPlays({ port, sim, stage, truths, records, changed, log });
  const comparer = createComparer(sim, () => port.clock()?.run);
  const told = createTold(comparer);
  const singles = createSingles({ sim, port, stage, changed, active: plays.busy });
  const orphans = createOrphans({ sim, log, mine: () => new Set(plays.all().map(({ parts }) => parts.prefix)) });
  let cityRun = port.clock()?.run;
  const stop = port.feed.onClock((clock) => {
    singles.onClock(clock);
    orphans(clock);
    if (clock === undefined || clock.run === cityRun) return;
    cityRun = clock.run;
    // runs of the city before it can be lived again no more
    changed();
  });

  return {
    kinds: () => stage().kinds,
    scenarios: () => library.rows(options.city),
    source: library.source,
    check: async (text) => library.check(text),
    save: async (id, text) => library.save(id, text),
    plan: (id, reset = false) => planned(id, reset, library, options),
    ...toldRuns(plays, records, comparer, told),
    start: createStart(options, library, plays, comparer.keep, told),
    ...createNextCue(port, plays, told, changed),
    preview: singles.preview,
    inject: singles.inject,
    clear: singles.clear,
    injections: () => seen(singles.list(), plays.all()),
    asScenario: createSaveSpan({ port, sim, truths, stage, city: options.city, drillFrom: () => plays.all().find(hidden)?.parts.from }),
    exercise: () => plays.busy() || singles.active(),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    rehearse: plays.rehearse,
    async play(booking, by) {
      const opened = plays.open(booking, by, false);
      if (!opened.ok) return opened;
      const begun = await opened.value.begin();
      return begun.ok ? opened : begun;
    },
    async close() {
      stop();
      // a line that is down answers nobody
      const ended = plays.close();
      await Promise.race([ended, delay(farewellMs, undefined, { ref: false })]);
      await sim.close();
      await ended;
      await Promise.all([truths.written(), records.written()]);
    },
  };
}

async function planned(id: string, reset: boolean, library: Library, { port, city, stageOf }: DirectorOptions): ReturnType<ScenarioPort["plan"]> {
  const read = await library.read(id, city);
  if (!read.ok) return read;
  const { scenario } = read.value;
  const now = port.clock()?.head ?? 0;
  const steps = planOf(scenario, stageOf(city), reset ? (startOf(scenario.start) ?? now) : now, id.slice(0, 20));
  return ok(
    steps.map(({ coming, t, devices, injection, words }) => ({
      ...{
        id: coming.id,
        t,
        what: coming.what,
        step: coming.step,
        words,
        devices: devices.map((device) => device.id),
        state: "to-come",
        reason: null,
      },
      ends: t === null || injection === null || injection.lasts === null ? null : t + injection.lasts * 1000,
    })),
  );
}
