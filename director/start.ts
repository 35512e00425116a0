import type { Logger } from "pino";
import type { CityPort } from "../shared/city-port.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Actor } from "../shared/roles.ts";
import type { Scenario } from "../shared/scenario/scenario.ts";
import type { ScenarioPort, ScenarioRun } from "../shared/scenario/scenario-port.ts";
import { startOf } from "./city-start.ts";
import type { Library } from "./library.ts";
import type { Plays } from "./plays.ts";
import type { Run } from "./run.ts";

/** A story in the city that runs: from now on, or from its own beginning. */
export function createStart(
  { port, city, log }: { readonly port: CityPort; readonly city: string; readonly log: Logger },
  library: Library,
  plays: Plays,
  keep: (run: string) => Promise<Result<unknown>>,
  told: (run: Run) => ScenarioRun,
): ScenarioPort["start"] {
  let starting = false;
  const start: ScenarioPort["start"] = async ({ scenario: id, drill, reset }, by) => {
    const read = await library.read(id, city);
    if (!read.ok) return read;
    const { scenario, row } = read.value;
    if (plays.busy()) return refuse(`"${plays.live()?.parts.row.id ?? "a scenario"}" is running: stop it first`);
    if (reset) {
      const done = await atItsBeginning(scenario, port, by);
      if (!done.ok) return done;
    }
    const seed = port.clock()?.seed ?? scenario.seed;
    const opened = plays.open({ scenario, row, seed, repeat: `gwanje scenario run ${id} --seed ${seed}` }, by, drill);
    if (!opened.ok) return opened;
    const run = opened.value;
    const was = await keep(run.parts.id);
    if (!was.ok) log.warn({ reason: was.reason }, "this run cannot be compared with the same night without the room");
    const begun = await run.begin();
    return begun.ok ? ok(told(run)) : begun;
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

/** The city as the story wants it: its seed, its evening, its pace. */
async function atItsBeginning({ seed, start, rate }: Scenario, port: CityPort, by: Actor): Promise<Result<unknown>> {
  const at = startOf(start);
  const done = await port.act({ reset: { seed, ...(at === undefined ? {} : { at }) } }, by);
  return done.ok ? port.act({ rate }, by) : done;
}
