import { secondsOf } from "../../shared/scenario/duration.ts";
import type { Scenario, ScenarioExpectation } from "../../shared/scenario/scenario.ts";
import type { ExpectationState } from "../../shared/scenario/scorecard.ts";
import { select } from "../../shared/scenario/selector.ts";
import { text } from "../../shared/text.ts";
import { behindGateways } from "../plan/behind-gateways.ts";
import type { Planned } from "../plan/plan.ts";
import { stepId } from "../plan/unfold.ts";
import type { Stage } from "../stage.ts";
import type { Evidence } from "./evidence.ts";
import { cameLate, judge, type Verdict, type Window } from "./expectations.ts";
import { sayOf } from "./hope-words.ts";

/** A scenario's expectations through a run: what is decided stays decided. Of what failed for want of time it is still told when it came. */
export interface Hopes {
  judge(evidence: Evidence, mark: number): void;
  states(): readonly ExpectationState[];
}

interface Parts {
  readonly scenario: Scenario;
  readonly planned: readonly Planned[];
  readonly stage: Stage;
  readonly from: number;
  readonly to: number;
  /** City time of a step's first coming; null: not known yet. */
  timeOf(step: string): number | null;
  /** When an injection was really over: somebody may have cleared it, and an incident is over by itself; null: not yet. */
  endOf(injection: string): number | null;
}

export function createHopes({ scenario, planned, stage, from, to, timeOf, endOf }: Parts): Hopes {
  const first = new Map<string, Planned>();
  for (const one of planned) if (one.coming.n === 0) first.set(stepId(one.coming.step, one.coming.index), one);
  const verdicts = new Map<number, Verdict>();
  // known once: a saved night has hundreds of them, and each is looked at whenever the clock speaks
  const aims = scenario.expect.map(devicesOf);

  function windowOf(expectation: ScenarioExpectation, devices: Window["devices"]): Window {
    const begin = expectation.follows === undefined ? from : timeOf(expectation.follows);
    const until = expectation.within === undefined || begin === null ? to : Math.min(to, begin + secondsOf(expectation.within) * 1000);
    const cause = first.get(expectation.follows ?? expectation.onStep ?? "");
    const injectedUntil = expectation.clears === undefined || cause === undefined ? null : endsAt(cause);
    return { from: begin, until, to, devices, injectedUntil };
  }
  function endsAt({ coming, injection }: Planned): number | null {
    if (injection === null) return null;
    const t = timeOf(stepId(coming.step, coming.index));
    return endOf(injection.id) ?? (t === null || injection.lasts === null ? null : t + injection.lasts * 1000);
  }
  function devicesOf({ on, onStep }: ScenarioExpectation): ReadonlySet<string> | null {
    if (on !== undefined) return new Set(select(stage.devices, on, scenario.seed).map(({ id }) => id));
    if (onStep === undefined) return null;
    const step = first.get(onStep);
    if (step === undefined) return new Set();
    const struck = step.devices;
    const whole = stage.kinds.find(({ id }) => id === step.injection?.kind)?.on === "gateway";
    return new Set((whole ? behindGateways(struck, stage.devices) : struck).map(({ id }) => id));
  }

  return {
    judge(evidence, mark) {
      scenario.expect.forEach((expectation, index) => {
        const known = verdicts.get(index);
        if (known?.state === "held") return;
        const window = windowOf(expectation, aims[index] ?? null);
        const verdict = known?.state === "failed" ? known : judge(expectation, window, evidence, mark);
        const late = verdict.state === "failed" ? cameLate(expectation, window, evidence) : undefined;
        verdicts.set(index, late === undefined ? verdict : { ...verdict, seen: late });
      });
    },
    states: () =>
      scenario.expect.map((expectation, index) => ({
        id: expectation.id ?? `expect-${index + 1}`,
        say: expectation.say ?? sayOf(expectation),
        ...(verdicts.get(index) ?? { state: "to-come" as const, seen: text("", ""), t: null }),
      })),
  };
}
