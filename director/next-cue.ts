import type { CityPort } from "../shared/city-port.ts";
import { ok, refuse } from "../shared/result.ts";
import type { ScenarioPort, ScenarioRun } from "../shared/scenario/scenario-port.ts";
import type { Run } from "./play/run.ts";
import type { Plays } from "./plays.ts";

/** A demonstrator does not wait for a night: the city goes on to the next word, or to what somebody in the room may want to stop. */
export function createNextCue(
  port: CityPort,
  plays: Plays,
  told: (run: Run) => ScenarioRun,
  changed: () => void,
): Pick<ScenarioPort, "nextCue" | "seeks"> {
  let underWay = 0;
  const nextCue: ScenarioPort["nextCue"] = async (id, by) => {
    const run = plays.one(id);
    if (run === undefined || !run.running()) return refuse(`the run "${id}" is not running`);
    const { now, steps } = run.view();
    // what lies before that comes by itself
    const promised = Math.max(now, (port.clock()?.head ?? 0) + 1000);
    const times = steps.flatMap(({ what, t }) => (what === "cue" && t !== null && t > promised ? t : []));
    if (times.length === 0) return refuse("there is no further cue");
    underWay++;
    changed();
    try {
      const there = await plays.forward(run, Math.min(...times), by);
      return there.ok ? ok(told(run)) : there;
    } finally {
      underWay--;
      changed();
    }
  };
  return { nextCue, seeks: () => underWay > 0 };
}
