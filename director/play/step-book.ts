import type { PlannedStep } from "../../shared/scenario/scenario-port.ts";
import type { Planned } from "../plan/plan.ts";
import { stepId } from "../plan/unfold.ts";

interface Standing {
  state: PlannedStep["state"];
  reason: string | null;
  /** When it came; null: not yet. */
  at: number | null;
}
/** How each step of a plan stands, and when it is due as far as that is known by now. */
export interface StepBook {
  set(one: Planned, state: PlannedStep["state"], at: number, reason?: string | null): void;
  isOpen(one: Planned): boolean;
  due(one: Planned): number | null;
  /** Due at this mark and not done, in the order of time, then of the file. */
  ready(mark: number): readonly Planned[];
  /** By the step's own id: its first coming; null: not known yet. */
  timeOf(step: string): number | null;
  /** The time is over: what has not come has failed. */
  close(): void;
  steps(): readonly PlannedStep[];
  failures(): readonly string[];
}

export function createStepBook(planned: readonly Planned[]): StepBook {
  const standings = new Map<Planned, Standing>(planned.map((one) => [one, { state: "to-come", reason: null, at: null }]));
  const of = (one: Planned): Standing => standings.get(one) ?? { state: "to-come", reason: null, at: null };
  const first = new Map<string, Planned>();
  for (const one of planned) if (one.coming.n === 0) first.set(stepId(one.coming.step, one.coming.index), one);
  /** A scripted act has come only when it is done. */
  const timeOf = (one: Planned): number | null => (one.coming.what === "act" ? of(one).at : due(one));
  function due(one: Planned): number | null {
    const { follows } = one.coming;
    const known = of(one).at ?? one.t;
    if (known !== null) return known;
    const cause = follows === null ? undefined : first.get(follows.step);
    const before = cause === undefined ? null : timeOf(cause);
    return before === null || follows === null ? null : before + follows.by * 1000;
  }
  const isOpen = (one: Planned): boolean => of(one).state === "to-come";
  const set: StepBook["set"] = (one, state, at, reason = null) => void standings.set(one, { state, at, reason });

  return {
    set,
    isOpen,
    due,
    ready: (mark) =>
      planned
        .filter((one) => isOpen(one) && (due(one) ?? Number.POSITIVE_INFINITY) <= mark)
        .sort((a, b) => (due(a) ?? 0) - (due(b) ?? 0) || a.coming.index - b.coming.index),
    timeOf(step) {
      const one = first.get(step);
      return one === undefined ? null : timeOf(one);
    },
    close() {
      for (const one of planned.filter(isOpen)) {
        const reason = one.coming.what === "act" ? "there was never anything to act on" : "it never came";
        standings.set(one, { state: "failed", reason, at: of(one).at });
      }
    },
    steps: () =>
      planned.map((one) => {
        const t = due(one);
        const lasts = one.injection?.lasts ?? null;
        const { state, reason } = of(one);
        return {
          ...{ id: one.coming.id, t, what: one.coming.what, step: one.coming.step, words: one.words, devices: one.devices.map(({ id }) => id) },
          ...{ ends: t === null || lasts === null ? null : t + lasts * 1000, state, reason },
        };
      }),
    failures: () => planned.flatMap((one) => (of(one).state === "failed" ? `step "${one.coming.id}": ${of(one).reason}` : [])),
  };
}
