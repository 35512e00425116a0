import type { CityClock } from "../../../../shared/clock.ts";
import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { inTime } from "./step-order.ts";

export const isOpen = ({ state }: Pick<ScenarioRun, "state">): boolean => state === "preparing" || state === "running" || state === "paused";
/** What is true is kept from everybody until a drill ends. */
export const hidesTruth = (run: Pick<ScenarioRun, "drill" | "state">): boolean => run.drill && isOpen(run);

/** The city's hand within the run; of one that is over, its end. */
export function runNow(run: Pick<ScenarioRun, "from" | "to" | "now" | "state">, city: number): number {
  return isOpen(run) ? Math.max(run.from, Math.min(run.to, Math.max(run.now, city))) : Math.min(run.to, Math.max(run.from, run.now));
}

export interface RunProgress {
  /** 0..1. */
  readonly done: number;
  /** City seconds. */
  readonly elapsed: number;
  readonly whole: number;
  /** Wall seconds at the present rate; undefined while time stands. */
  readonly wallLeft: number | undefined;
  /** 0..1 along the run, and whether it has been. */
  readonly cues: readonly { readonly at: number; readonly isPast: boolean }[];
}
export function runProgress(run: ScenarioRun, now: number, clock: Pick<CityClock, "rate" | "paused"> | undefined): RunProgress {
  const whole = Math.max(1, run.to - run.from);
  const moves = clock !== undefined && !clock.paused && clock.rate > 0 && isOpen(run);
  return {
    done: Math.max(0, Math.min(1, (now - run.from) / whole)),
    elapsed: (now - run.from) / 1000,
    whole: whole / 1000,
    wallLeft: moves ? (run.to - now) / 1000 / clock.rate : undefined,
    cues: run.steps.flatMap((step) =>
      step.what === "cue" && step.t !== null ? [{ at: (step.t - run.from) / whole, isPast: step.state !== "to-come" }] : [],
    ),
  };
}

/** The cue that was said last, and the one that is to come; of a run that is over, none is. */
export function presentCues(run: Pick<ScenarioRun, "steps" | "state">): {
  readonly last: ScenarioRun["steps"][number] | undefined;
  readonly next: ScenarioRun["steps"][number] | undefined;
} {
  const cues = inTime(run.steps).filter(({ what }) => what === "cue");
  return { last: cues.findLast(({ state }) => state === "done"), next: isOpen(run) ? cues.find(({ state }) => state === "to-come") : undefined };
}
