import { secondsOf } from "../shared/scenario/duration.ts";
import type { Scenario, ScenarioStep } from "../shared/scenario/scenario.ts";

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

/** Every coming of every step, in the order of the file. Steps in a ring of `after` have no time. @param timeline checked: each step does exactly one thing. */
export function unfold({ timeline, lasts }: Pick<Scenario, "timeline" | "lasts">): readonly Coming[] {
  const end = secondsOf(lasts);
  const times = new Map<string, number | null>();
  const timeOf = (index: number, seen: ReadonlySet<number>): number | null => {
    const step = timeline[index];
    if (step === undefined || seen.has(index)) return null;
    if (step.at !== undefined) return secondsOf(step.at);
    const follows = followed(step);
    if (follows === null) return 0;
    const cause = timeline.findIndex((other, at) => stepId(other, at) === follows.step);
    if (cause < 0 || waits(timeline[cause] as ScenarioStep)) return null;
    const before = timeOf(cause, new Set([...seen, index]));
    return before === null ? null : before + follows.by;
  };
  return timeline.flatMap((step, index) => {
    const id = stepId(step, index);
    const what = doingsOf(step)[0];
    if (what === undefined) return [];
    const first = times.get(id) ?? timeOf(index, new Set());
    times.set(id, first);
    const follows = followed(step);
    const every = step.every === undefined ? 0 : secondsOf(step.every);
    // what comes at a time that nobody knows yet does not come again and again
    const count = every === 0 || first === null ? 1 : (step.times ?? Math.max(1, Math.floor((end - first) / every) + 1));
    return Array.from({ length: count }, (_, n) => ({
      id: n === 0 ? id : `${id}.${n + 1}`,
      ...{ index, n, step, what, follows },
      at: first === null ? null : first + n * every,
    }));
  });
}

/** Steps that wait for each other in a ring, as indices. */
export function rings(timeline: readonly ScenarioStep[]): readonly number[] {
  const causeOf = (index: number): number => {
    const step = timeline[index];
    const follows = step === undefined ? null : followed(step);
    return follows === null ? -1 : timeline.findIndex((other, at) => stepId(other, at) === follows.step);
  };
  return timeline.flatMap((_, index) => {
    let at = causeOf(index);
    for (let walked = 0; at >= 0 && walked < timeline.length; walked++) {
      if (at === index) return [index];
      at = causeOf(at);
    }
    return [];
  });
}
