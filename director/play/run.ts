import type { CityPort } from "../../shared/city-port.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import { secondsOf } from "../../shared/scenario/duration.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import { type PlannedStep, runGoesOn, type ScenarioRow, type ScenarioRun } from "../../shared/scenario/scenario-port.ts";
import type { Scorecard } from "../../shared/scenario/scorecard.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { Evidence } from "../judge/evidence.ts";
import { createHopes } from "../judge/hopes.ts";
import { score } from "../judge/score.ts";
import { createWitness } from "../judge/witness.ts";
import { behindGateways } from "../plan/behind-gateways.ts";
import { planOf } from "../plan/plan.ts";
import type { SimLine } from "../sim-line.ts";
import type { Stage } from "../stage.ts";
import { createPerformer } from "./performer.ts";

export interface RunParts {
  readonly id: string;
  readonly scenario: Scenario;
  readonly row: ScenarioRow;
  readonly stage: Stage;
  readonly port: CityPort;
  readonly sim: Pick<SimLine, "ask">;
  readonly by: Actor;
  readonly drill: boolean;
  /** Ids of its injections begin with it. */
  readonly prefix: string;
  readonly seed: number;
  /** The city's run, and the instant at which the scenario begins in it. */
  readonly cityRun: string;
  readonly from: number;
  /** The one command that repeats it. */
  readonly repeat: string;
  readonly truths: () => readonly Truth[];
  readonly onChange: () => void;
}
/** A run as it knows itself: whether it can be lived again is known where its city is kept. */
export type RunView = Omit<ScenarioRun, "noTwin">;
/** One run of one scenario in one city, from mark to mark. */
export interface Run {
  readonly parts: RunParts;
  readonly to: number;
  view(): RunView;
  /** What all know who may know everything: nothing hidden. */
  scorecard(): Scorecard;
  evidence(): Evidence;
  plan(): readonly PlannedStep[];
  /** Sends ahead everything whose time is known. */
  begin(): Promise<Result<true>>;
  /** The city has come to this mark: steps that are due, what was seen, what is to be said of it; ends itself at its end. */
  turn(mark: number): Promise<void>;
  /** Ends its injections; nothing more is done or judged. */
  end(state: "stopped" | "failed", reason: string): Promise<void>;
  paused(is: boolean): void;
  running(): boolean;
  /** It has ended, one way or another. */
  over(): boolean;
  /** It is over and what it injected has ended: nothing of it changes any more. */
  settled(): boolean;
}

export function createRun(parts: RunParts): Run {
  const { scenario, stage, port, sim, from, onChange } = parts;
  const to = from + secondsOf(scenario.lasts) * 1000;
  const planned = planOf(scenario, stage, from, parts.prefix);
  const witness = createWitness(port, stage.services, parts.cityRun, from);
  const performer = createPerformer({ planned, stage, port, sim });
  const endOf = (injection: string): number | null => parts.truths().find(({ id }) => id === injection)?.end ?? null;
  const hopes = createHopes({ scenario, planned, stage, from, to, timeOf: performer.book.timeOf, endOf });
  const startedAt = Date.now();
  let now = from;
  let state: ScenarioRun["state"] = "preparing";
  let reason: string | null = null;
  let evidence = witness.look(from);
  /** As it is known when it is settled: what is injected later is no matter of this run. */
  let last: { readonly view: RunView; readonly score: Scorecard } | undefined;
  let card: { readonly mark: number; readonly truths: number; readonly score: Scorecard } | undefined;
  const running = (): boolean => state === "running" || state === "paused";
  const over = (): boolean => !runGoesOn(state);

  function finish(as: ScenarioRun["state"], why: string | null): void {
    state = as;
    reason = why;
    witness.close();
    onChange();
  }
  async function end(as: "stopped" | "failed", why: string): Promise<void> {
    if (over()) return;
    finish(as, why);
    await performer.clearAll();
    settle();
  }
  function settle(): void {
    last = { view: view(), score: scorecard() };
    onChange();
  }
  function passed(): boolean | null {
    if (state !== "finished") return state === "failed" ? false : null;
    return performer.book.failures().length === 0 && hopes.states().every((one) => one.state === "held");
  }
  function scorecard(): Scorecard {
    const truths = parts.truths();
    const saidOf = truths.reduce((sum, truth) => sum + truth.onset + (truth.observable ?? 0) + (truth.end ?? 0), truths.length);
    if (card?.mark !== now || card.truths !== saidOf)
      card = {
        mark: now,
        truths: saidOf,
        score: score({ truths, evidence, devices: stage.devices, kinds: stage.kinds, from, to: Math.max(from, now) }),
      };
    return card.score;
  }

  const view = (): RunView => ({
    ...{ id: parts.id, scenario: parts.row, cityRun: parts.cityRun, seed: parts.seed, by: parts.by.name, startedAt, from, to, now, state },
    ...{ drill: parts.drill, steps: performer.book.steps(), expectations: hopes.states(), truths: parts.truths() },
    ...{ passed: passed(), reason, repeat: parts.repeat },
  });

  return {
    parts,
    to,
    running,
    over,
    settled: () => last !== undefined,
    scorecard: () => last?.score ?? scorecard(),
    evidence: () => evidence,
    plan: () => performer.book.steps(),
    view: () => last?.view ?? view(),
    async begin() {
      // a transport fault takes all that speak through the same gateway
      const struck = planned.flatMap(({ injection, devices }) => (injection === null ? [] : behindGateways(devices, stage.devices)));
      witness.watch(struck.map(({ id }) => id));
      const sent = await performer.sendAhead(from);
      // somebody has stopped it meanwhile: what was sent ahead after that is taken back
      if (over()) {
        await performer.clearAll();
        return refuse("it was stopped before it began");
      }
      if (!sent.ok) {
        // nobody knows how much of it was heard
        await end("failed", sent.reason);
        return refuse(sent.reason);
      }
      state = "running";
      onChange();
      return ok(true);
    },
    async turn(mark) {
      if (!running() || mark < now) return;
      now = Math.min(mark, to);
      await performer.perform(now);
      if (!running()) return performer.clearAll();
      evidence = witness.look(now);
      card = undefined;
      const atEnd = now === to;
      // the answer comes behind every truth up to now: the last word rests on all of them
      if (atEnd) await performer.clearAll();
      if (!running()) return;
      hopes.judge(evidence, now);
      if (!atEnd) return onChange();
      performer.book.close();
      finish("finished", performer.book.failures()[0] ?? null);
      settle();
    },
    end,
    paused(is) {
      if (!running() || (state === "paused") === is) return;
      state = is ? "paused" : "running";
      onChange();
    },
  };
}
