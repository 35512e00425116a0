import type { Logger } from "pino";
import type { CityPort } from "../shared/city-port.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Actor } from "../shared/roles.ts";
import { secondsOf } from "../shared/scenario/duration.ts";
import type { Scenario } from "../shared/scenario/scenario.ts";
import type { ScenarioPort, ScenarioRow, ScenarioRun } from "../shared/scenario/scenario-port.ts";
import type { Library } from "./library.ts";
import { startOf } from "./plan/city-start.ts";
import type { Run } from "./play/run.ts";
import { settled, usualPatienceMs } from "./play/settled.ts";
import { type Plays, playable } from "./plays.ts";

/** Seconds: no city begins with less. */
const leastHistory = 60;

export interface StartParts {
  readonly port: CityPort;
  readonly city: string;
  readonly log: Logger;
  /** Wall time for which a city that does not move is waited for; what it was to play can then be asked for again. */
  readonly patienceMs?: number;
}

/**
 * A story in the city that runs: from now on, or from its own beginning. The city stands still while it is prepared: at a high rate its first steps would be
 * over before the simulator has heard of them.
 */
export function createStart(
  { port, city, log, patienceMs = usualPatienceMs }: StartParts,
  library: Library,
  plays: Plays,
  keep: (run: string) => Promise<Result<unknown>>,
  told: (run: Run) => ScenarioRun,
): ScenarioPort["start"] {
  let starting = false;
  const onTrouble = (cause: unknown): void => log.error({ err: cause }, "a city could not be let go on");

  async function prepared(scenario: Scenario, row: ScenarioRow, by: Actor, drill: boolean): Promise<Result<Run>> {
    const seed = port.clock()?.seed ?? scenario.seed;
    const opened = plays.open({ scenario, row, seed, repeat: `gwanje scenario run ${row.id} --seed ${seed}` }, by, drill);
    if (!opened.ok) return opened;
    const was = await keep(opened.value.parts.id);
    if (!was.ok) log.warn({ reason: was.reason }, "this run cannot be compared with the same night without the room");
    const begun = await opened.value.begin();
    return begun.ok ? opened : begun;
  }

  async function fromStill(scenario: Scenario, reset: boolean, by: Actor, prepare: () => Promise<Result<Run>>): Promise<Result<Run>> {
    let goesOn = port.clock()?.paused === false;
    const answer = port.act(reset ? itsBeginning(scenario) : { paused: true }, by);
    const still = await settled(port, answer, patienceMs);
    if (!still.ok) {
      // what it was told may come to pass after all, and then it would stand still for a story that nobody waits for any more
      void answer.then((late) => (late.ok && goesOn && !starting ? port.act({ paused: false }, by) : undefined)).catch(onTrouble);
      return still;
    }
    try {
      const run = await prepare();
      if (!run.ok || !reset) return run;
      // from its beginning it goes at its own pace, whatever the city did before
      goesOn = true;
      await settled(port, port.act({ rate: scenario.rate }, by), patienceMs);
      return run;
    } finally {
      if (goesOn) await settled(port, port.act({ paused: false }, by), patienceMs);
    }
  }

  const start: ScenarioPort["start"] = async ({ scenario: id, drill, reset }, by) => {
    const read = await library.read(id, city);
    if (!read.ok) return read;
    const { scenario, row } = read.value;
    if (plays.busy()) return refuse(`"${plays.live()?.parts.row.id ?? "a scenario"}" is running: stop it first`);
    const here = playable(port.clock());
    if (!reset && !here.ok) return here;
    const run = await fromStill(scenario, reset, by, () => prepared(scenario, row, by, drill));
    return run.ok ? ok(told(run.value)) : run;
  };
  return async (ask, by) => {
    if (starting) return refuse("a scenario is being started");
    starting = true;
    try {
      return await start(ask, by);
    } finally {
      starting = false;
    }
  };
}

/** The city as the story wants it: its seed, its evening, and as much history as it asks for. */
function itsBeginning({ seed, start, baseline }: Scenario) {
  const at = startOf(start);
  return { reset: { seed, paused: true, history: Math.max(leastHistory, secondsOf(baseline)), ...(at === undefined ? {} : { at }) } };
}
