import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import { type Answer, useAnswer } from "../../../trend/use-answer.ts";

/** What is injected; looked at every other second, because what ends by itself tells nobody. */
export const useInjections = (wanted: boolean): Answer<{ injections: readonly InjectionState[] }> =>
  useAnswer(wanted ? "/api/v1/injections" : undefined, 2000);
