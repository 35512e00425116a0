import { secondsOf } from "../shared/scenario/duration.ts";
import type { Scenario, ScenarioStep } from "../shared/scenario/scenario.ts";
import { checkExpectation } from "./check-expectation.ts";
import { checkStep } from "./check-step.ts";
import { startOf } from "./city-start.ts";
import type { Finding } from "./finding.ts";
import type { Stage } from "./stage.ts";
import { rings, stepId, unfold } from "./unfold.ts";

/** What a check of a step or an expectation needs to know of the rest. */
export interface Around {
  readonly stage: Stage;
  readonly seed: number;
  /** Seconds; undefined while it cannot be read. */
  readonly lasts: number | undefined;
  readonly timeline: readonly ScenarioStep[];
  /** By id. */
  readonly steps: ReadonlyMap<string, ScenarioStep>;
}

/**
 * Whether a scenario means something in its city. What is missing here was wrong by the schema and has been told: then nothing is said of it again.
 * @param told what the schema has found; steps and expectations in which it has found something are not blamed for what is missing.
 */
export function checkScenario(scenario: Partial<Scenario>, stage: Stage, file: string | undefined, told: readonly Finding[]): readonly Finding[] {
  const { timeline = [], expect = [], seed = 1 } = scenario;
  const lasts = scenario.lasts === undefined ? undefined : secondsOf(scenario.lasts);
  const steps = new Map(timeline.map((step, index) => [stepId(step, index), step]));
  const around: Around = { stage, seed, lasts, timeline, steps };
  const blamed = (list: string, index: number): boolean => told.some(({ path }) => path[0] === list && path[1] === index);
  return [
    ...head(scenario, file),
    ...twice(timeline, "timeline"),
    ...twice(expect, "expect"),
    ...timeline.flatMap((step, index) => checkStep(step, index, around, !blamed("timeline", index))),
    ...rings(timeline).map((index) => ({
      path: ["timeline", index, "after"],
      message: "these steps wait for each other in a ring, so none of them ever comes",
    })),
    ...late(scenario, lasts),
    ...expect.flatMap((one, index) => checkExpectation(one, ["expect", index], around, !blamed("expect", index))),
  ];
}

function head({ scenario: name, start, lasts, baseline }: Partial<Scenario>, file: string | undefined): Finding[] {
  const found: Finding[] = [];
  if (name !== undefined && file !== undefined && name !== file)
    found.push({ path: ["scenario"], message: `the file is called ${file}.yaml, so write "scenario: ${file}"` });
  if (start !== undefined && startOf(start) === undefined) found.push({ path: ["start"], message: `"${start}" is no day and hour of the calendar` });
  if (lasts !== undefined && secondsOf(lasts) < 60) found.push({ path: ["lasts"], message: "a scenario lasts a minute at least" });
  if (lasts !== undefined && secondsOf(lasts) > 31 * 86_400) found.push({ path: ["lasts"], message: "a scenario lasts 31 days at most" });
  if (baseline !== undefined && secondsOf(baseline) > 28 * 86_400) found.push({ path: ["baseline"], message: "a baseline is 28 days at most" });
  return found;
}

function twice(list: readonly { readonly id?: string | undefined }[], where: string): Finding[] {
  const first = new Map<string, number>();
  return list.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    const before = first.get(id);
    if (before !== undefined) return [{ path: [where, index, "id"], message: `"${id}" is the id of number ${before + 1} already` }];
    first.set(id, index);
    return [];
  });
}

/** Steps whose time is known and lies behind the end. */
function late({ timeline = [], lasts: text }: Partial<Scenario>, lasts: number | undefined): Finding[] {
  if (lasts === undefined || text === undefined) return [];
  const last = new Map(unfold({ timeline, lasts: text }).map((coming) => [coming.index, coming]));
  return [...last.values()].flatMap(({ index, step, at }) => {
    if (at === null || at <= lasts) return [];
    const name = step.times !== undefined ? "times" : step.at !== undefined ? "at" : "after";
    return [{ path: ["timeline", index, name], message: `this step would come ${at - lasts} s after the end: the scenario lasts ${text}` }];
  });
}
