import type { ScenarioPort } from "../../../shared/scenario/scenario-port.ts";
import { type Answer, problem } from "../problem.ts";
import type { Ask, Surface } from "../route.ts";

/** A room over real sensors alone has nothing that could be played or injected. */
const nothing = "there is no simulator here: nothing can be played or injected";

/** A handler that needs the scenarios; without a simulator they are not there. */
export const withScenarios =
  <P, Q, B>(handle: (ask: Ask<P, Q, B>, scenarios: ScenarioPort) => Promise<Answer> | Answer) =>
  (ask: Ask<P, Q, B>, { scenarios }: Surface): Promise<Answer> | Answer =>
    scenarios === undefined ? problem(404, nothing) : handle(ask, scenarios);
