import { earliestMs, latestMs } from "../../shared/clock.ts";
import { secondsOf } from "../../shared/scenario/duration.ts";
import type { Scenario, ScenarioStep } from "../../shared/scenario/scenario.ts";
import { select } from "../../shared/scenario/selector.ts";
import { startOf } from "../plan/city-start.ts";
import { type Comings, comingsOf, doingsOf, rings, stepId } from "../plan/unfold.ts";
import type { Stage } from "../stage.ts";
import { checkExpectation } from "./check-expectation.ts";
import { checkStep } from "./check-step.ts";
import { type Finding, told } from "./finding.ts";

/** Comings of all steps together: each is a line of the run, which every view of it carries. */
const most = 10_000;
/** Comings times the devices of each: every view of the run names them all. */
const mostNamed = 200_000;

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
 * @param bySchema what the schema has found; steps and expectations in which it has found something are not blamed for what is missing.
 */
export function checkScenario(scenario: Partial<Scenario>, stage: Stage, file: string | undefined, bySchema: readonly Finding[]): readonly Finding[] {
  const { timeline = [], expect = [], seed = 1 } = scenario;
  const lasts = scenario.lasts === undefined ? undefined : secondsOf(scenario.lasts);
  const steps = new Map(timeline.map((step, index) => [stepId(step, index), step]));
  const around: Around = { stage, seed, lasts, timeline, steps };
  const blamed = (list: string, index: number): boolean => bySchema.some(({ path }) => path[0] === list && path[1] === index);
  return [
    ...head(scenario, file),
    ...twice(
      timeline.map((step, index) => stepId(step, index)),
      "timeline",
    ),
    ...twice(
      expect.map(({ id }) => id),
      "expect",
    ),
    ...each(timeline, (step, index) => checkStep(step, index, around, !blamed("timeline", index))),
    ...rings(timeline).map((index) => ({
      path: ["timeline", index, "after"],
      message: "these steps wait for each other in a ring, so none of them ever comes",
    })),
    ...timed(scenario, lasts, stage),
    ...each(expect, (one, index) => checkExpectation(one, ["expect", index], around, !blamed("expect", index))),
  ];
}

/** Stops when there is more than is told: the nearest of thousands of names are looked for again and again. */
function each<T>(list: readonly T[], check: (one: T, index: number) => readonly Finding[]): readonly Finding[] {
  const found: Finding[] = [];
  for (const [index, one] of list.entries()) {
    found.push(...check(one, index));
    if (found.length > told) break;
  }
  return found;
}

function head({ scenario: name, start, lasts, baseline }: Partial<Scenario>, file: string | undefined): Finding[] {
  const found: Finding[] = [];
  if (name !== undefined && file !== undefined && name !== file)
    found.push({ path: ["scenario"], message: `a scenario has the name of its file: write "scenario: ${file}", or call the file ${name}.yaml` });
  const at = start === undefined ? undefined : startOf(start);
  if (start !== undefined && at === undefined) found.push({ path: ["start"], message: `"${start}" is no day and hour of the calendar` });
  if (at !== undefined && (at < earliestMs || at > latestMs))
    found.push({ path: ["start"], message: `a city lives from ${yearOf(earliestMs)} to ${yearOf(latestMs) - 1}` });
  if (lasts !== undefined && secondsOf(lasts) < 60) found.push({ path: ["lasts"], message: "a scenario lasts a minute at least" });
  if (lasts !== undefined && secondsOf(lasts) > 31 * 86_400) found.push({ path: ["lasts"], message: "a scenario lasts 31 days at most" });
  if (baseline !== undefined && secondsOf(baseline) > 28 * 86_400) found.push({ path: ["baseline"], message: "a baseline is 28 days at most" });
  return found;
}

const yearOf = (t: number): number => new Date(t).getUTCFullYear();

/** @param ids a step without a name has one as well, by its number. */
function twice(ids: readonly (string | undefined)[], where: string): Finding[] {
  const first = new Map<string, number>();
  return ids.flatMap((id, index) => {
    if (id === undefined) return [];
    const before = first.get(id);
    if (before !== undefined) return [{ path: [where, index, "id"], message: `"${id}" is the id of number ${before + 1} already` }];
    first.set(id, index);
    return [];
  });
}

/** Steps whose time is known and lies behind the end, and those that come too often. */
function timed({ timeline = [], lasts: text, seed = 1 }: Partial<Scenario>, lasts: number | undefined, { devices }: Stage): Finding[] {
  if (lasts === undefined || text === undefined) return [];
  const comings = comingsOf({ timeline, lasts: text });
  const all = comings.reduce((sum, { count }) => sum + count, 0);
  const many = all > most ? often(comings, all) : named(comings, ({ on }) => (on === undefined ? 0 : select(devices, on, seed).length));
  return [...many, ...comings.flatMap((one) => late(one, lasts, text))];
}
/** Blames the step that comes most often. */
function often(comings: readonly Comings[], all: number): Finding[] {
  const worst = comings.reduce((a, b) => (b.count > a.count ? b : a));
  return [
    {
      path: ["timeline", worst.index, "every"],
      message: `this step comes ${worst.count} times, and all of them ${all} times: a scenario's steps come ${most} times together at most`,
    },
  ];
}
function named(comings: readonly Comings[], devicesOf: (step: ScenarioStep) => number): Finding[] {
  const loads = comings.map((one) => ({ ...one, devices: devicesOf(one.step) })).sort((a, b) => b.count * b.devices - a.count * a.devices);
  const all = loads.reduce((sum, { count, devices }) => sum + count * devices, 0);
  const [worst] = loads;
  if (worst === undefined || all <= mostNamed) return [];
  return [
    {
      path: ["timeline", worst.index, worst.count > 1 ? "every" : "on"],
      message: `this step comes ${worst.count} times at ${worst.devices} devices, and all together come ${all} times: ${mostNamed} is the most that a run can tell of`,
    },
  ];
}
function late({ index, step, first, every, count }: Comings, lasts: number, text: string): Finding[] {
  const at = first === null ? 0 : first + (count - 1) * every;
  if (at <= lasts || doingsOf(step).length === 0) return [];
  const name = step.times !== undefined ? "times" : step.at !== undefined ? "at" : "after";
  return [{ path: ["timeline", index, name], message: `this step would come ${at - lasts} s after the end: the scenario lasts ${text}` }];
}
