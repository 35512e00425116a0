import type { CityPort } from "../../shared/city-port.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import { scenarioSchema } from "../../shared/scenario/scenario.ts";
import type { ScenarioPort } from "../../shared/scenario/scenario-port.ts";
import type { TruthStore } from "../keep/truth-store.ts";
import { localOf } from "../plan/city-start.ts";
import { statesIn } from "../play/performer.ts";
import type { SimLine } from "../sim-line.ts";
import type { Stage } from "../stage.ts";
import { asScenario } from "./as-scenario.ts";

export interface SaveSpanParts {
  readonly port: Pick<CityPort, "clock" | "room">;
  readonly sim: Pick<SimLine, "ask">;
  readonly truths: Pick<TruthStore, "of">;
  readonly stage: () => Stage;
  /** The name under which scenarios speak of the city that runs here. */
  readonly city: string;
  /** Since when a drill is played of which nobody may know yet. */
  readonly drillFrom: () => number | undefined;
}

/** Lines of the journal that are looked through: some days of a busy room. */
const linesRead = 200_000;

/** What just happened here, as a scenario file. */
export function createSaveSpan({ port, sim, truths, stage, city, drillFrom }: SaveSpanParts): ScenarioPort["asScenario"] {
  return async ({ from, to, id, run }): Promise<Result<string>> => {
    const clock = port.clock();
    const named = scenarioSchema.shape.city.safeParse(city);
    if (clock === undefined || !named.success) return refuse("no simulated city runs here that a scenario could speak of");
    if (run !== undefined && run !== clock.run) return refuse("the city has begun anew since then: what happened in that run can be saved no more");
    if (from < clock.start || to > clock.mark || from >= to)
      return refuse(`the span must lie within this run of the city: ${localOf(clock.start)} to ${localOf(clock.mark)}, local time`);
    if (to > (drillFrom() ?? Number.POSITIVE_INFINITY)) return refuse("a drill is played in this span: what happened is told when it is over");
    if (clock.scale !== 1) return refuse(`this city is ${clock.scale} times as large as those of scenarios`);
    const injections = await sim.ask({ list: "injections" });
    if (!injections.ok) return injections;
    const { devices, kinds, services } = stage();
    return ok(
      asScenario({
        ...{ id, from, to, devices, kinds, services, city: named.data, run: clock.run, seed: clock.seed, runStart: clock.start },
        injections: statesIn(injections.value),
        ends: new Map(truths.of(clock.run).flatMap((truth) => (truth.end === null ? [] : [[truth.id, truth.end]]))),
        lines: port.room.journal({ run: clock.run, to, limit: linesRead }),
        responses: port.room.responses().every(({ mode }) => mode === "manual") ? "manual" : "auto",
      }),
    );
  };
}
