import { secondsOf } from "../../shared/scenario/duration.ts";
import type { Scenario, ScenarioStep } from "../../shared/scenario/scenario.ts";

/** What a step does: exactly one of these. */
export const doings = ["inject", "clear", "command", "act", "cue"] as const;
export type Doing = (typeof doings)[number];
export const doingsOf = (step: ScenarioStep): readonly Doing[] => doings.filter((name) => step[name] !== undefined);

/** One coming of a step. Times in city seconds since the scenario's start. */
export interface Coming {
  readonly id: string;
  /** Index in the file's timeline. */
  readonly index: number;
  /** 0 = the first time; a step with `every` comes again. */
  readonly n: number;
  readonly step: ScenarioStep;
  readonly what: Doing;
  /** null: it follows a step whose time is not known beforehand. */
  readonly at: number | null;
  /** The step that it follows, and so many seconds after it. */
  readonly follows: { readonly step: string; readonly by: number } | null;
}

export const stepId = (step: Pick<ScenarioStep, "id">, index: number): string => step.id ?? `step-${index + 1}`;

/** A scripted act waits for what it acts on, so nobody knows beforehand when it will have been done. */
const waits = (step: ScenarioStep): boolean => step.act !== undefined;

export function followed({ after }: Pick<ScenarioStep, "after">): { readonly step: string; readonly by: number } | null {
  if (after === undefined) return null;
  return typeof after === "string" ? { step: after, by: 0 } : { step: after.step, by: secondsOf(after.by) };
}

/** Index of the step that each one follows; undefined: it follows none, or none that there is. */
function causesOf(timeline: readonly ScenarioStep[]): readonly (number | undefined)[] {
  const places = new Map<string, number>();
  for (const [index, step] of timeline.entries()) {
    const id = stepId(step, index);
    if (!places.has(id)) places.set(id, index);
  }
  return timeline.map((step) => {
    const follows = followed(step);
    return follows === null ? undefined : places.get(follows.step);
  });
}

/** When each step comes for the first time; null: nobody knows beforehand. */
function firstTimes(timeline: readonly ScenarioStep[]): readonly (number | null)[] {
  const causes = causesOf(timeline);
  const times = new Map<number, number | null>();
  const asked = (step: ScenarioStep, index: number): number | null => {
    if (step.at !== undefined) return secondsOf(step.at);
    const follows = followed(step);
    if (follows === null) return 0;
    const cause = causes[index];
    if (cause === undefined || waits(timeline[cause] as ScenarioStep)) return null;
    const before = timeOf(cause);
    return before === null ? null : before + follows.by;
  };
  const timeOf = (index: number): number | null => {
    const known = times.get(index);
    if (known !== undefined) return known;
    // in a ring none comes first
    times.set(index, null);
    const time = asked(timeline[index] as ScenarioStep, index);
    times.set(index, time);
    return time;
  };
  return timeline.map((_, index) => timeOf(index));
}

/** How often a step comes, and when: what a check can know without making every one of its comings. */
export interface Comings {
  readonly index: number;
  readonly step: ScenarioStep;
  readonly first: number | null;
  readonly every: number;
  readonly count: number;
}
export function comingsOf({ timeline, lasts }: Pick<Scenario, "timeline" | "lasts">): readonly Comings[] {
  const end = secondsOf(lasts);
  const times = firstTimes(timeline);
  return timeline.map((step, index) => {
    const first = times[index] ?? null;
    const every = step.every === undefined ? 0 : secondsOf(step.every);
    // what comes at a time that nobody knows yet does not come again and again
    const count = every === 0 || first === null ? 1 : (step.times ?? Math.max(1, Math.floor((end - first) / every) + 1));
    return { index, step, first, every, count };
  });
}

/** Every coming of every step, in the order of the file. Steps in a ring of `after` have no time. @param scenario checked: each step does exactly one thing. */
export function unfold(scenario: Pick<Scenario, "timeline" | "lasts">): readonly Coming[] {
  return comingsOf(scenario).flatMap(({ index, step, first, every, count }) => {
    const id = stepId(step, index);
    const what = doingsOf(step)[0];
    if (what === undefined) return [];
    const follows = followed(step);
    return Array.from({ length: count }, (_, n) => ({
      id: n === 0 ? id : `${id}.${n + 1}`,
      ...{ index, n, step, what, follows },
      at: first === null ? null : first + n * every,
    }));
  });
}

/** Steps that wait for each other in a ring, as indices. */
export function rings(timeline: readonly ScenarioStep[]): readonly number[] {
  const causes = causesOf(timeline);
  const seen = new Set<number>();
  const found: number[] = [];
  for (let start = 0; start < timeline.length; start++) {
    const walked: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      walked.push(at);
      at = causes[at];
    }
    // a walk that comes upon an earlier one ends where that one did
    const met = at === undefined ? -1 : walked.indexOf(at);
    if (met >= 0) found.push(...walked.slice(met));
  }
  return found.sort((a, b) => a - b);
}
