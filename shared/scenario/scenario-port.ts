import type { Result } from "../result.ts";
import type { Actor } from "../roles.ts";
import type { Text } from "../text.ts";
import type { ClearedInjection, InjectionGroup, InjectionKind, InjectionState } from "./injection.ts";
import type { Outcome } from "./outcome.ts";
import type { ScenarioStep } from "./scenario.ts";
import type { ExpectationState, Scorecard } from "./scorecard.ts";
import type { Selector } from "./selector.ts";
import type { Truth } from "./truth.ts";

/** One mistake of a scenario file. Line and column from 1. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  /** Where in the file, e.g. `timeline[3].on.service`. */
  readonly path: string;
  /** What is wrong, what is possible, and the nearest known name. */
  readonly message: string;
}
export interface ScenarioRow {
  readonly id: string;
  readonly title: Text;
  readonly story: Text;
  readonly city: string;
  /** City seconds. */
  readonly lasts: number;
  readonly rate: number;
  readonly tags: readonly string[];
  /** From the product's library, or from the folder of this city. */
  readonly from: "library" | "own";
  readonly mistakes: readonly Mistake[];
  /** What it needs and the city that runs here does not have: then it cannot be started. Empty while there are mistakes. */
  readonly lacks: readonly string[];
}

/** One step as it will happen: resolved, in plain words. */
export interface PlannedStep {
  readonly id: string;
  /** City time; null = it follows a step whose time is not known yet. */
  readonly t: number | null;
  readonly what: "inject" | "clear" | "command" | "act" | "cue";
  readonly step: ScenarioStep;
  readonly words: Text;
  readonly devices: readonly string[];
  readonly ends: number | null;
  readonly state: "to-come" | "done" | "failed";
  readonly reason: string | null;
}
export const runStates = ["preparing", "running", "paused", "finished", "stopped", "failed"] as const;
/** It has not ended, one way or another. */
export const runGoesOn = (state: (typeof runStates)[number]): boolean => state === "preparing" || state === "running" || state === "paused";

/** A run of a scenario, or of single injections (`scenario` = null), in this city. */
export interface ScenarioRun {
  readonly id: string;
  readonly scenario: ScenarioRow | null;
  readonly cityRun: string;
  readonly seed: number;
  readonly by: string;
  readonly startedAt: number;
  /** City times. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly state: (typeof runStates)[number];
  /** Truth and scorecard are hidden until the end, from everybody. */
  readonly drill: boolean;
  readonly steps: readonly PlannedStep[];
  readonly expectations: readonly ExpectationState[];
  /** Empty in a drill until it ends. */
  readonly truths: readonly Truth[];
  readonly passed: boolean | null;
  readonly reason: string | null;
  /** The one command that repeats it. */
  readonly repeat: string;
  /** Why it cannot be lived again without the room; null: it can. */
  readonly noTwin: Text | null;
}
/** A single injection asked for by a person. */
export interface InjectRequest {
  readonly kind: string;
  readonly on: Selector;
  /** City seconds; absent: as the kind says. */
  readonly lasts?: number;
  readonly with?: Readonly<Record<string, number | string>>;
}
export interface Preview {
  readonly words: Text;
  readonly devices: readonly string[];
  /** Rules that should find it, as `service/rule`; all of a service by its name alone, one of every service by a star and the rule. */
  readonly expected: readonly string[];
}
export interface InjectionKindRow extends InjectionKind {
  readonly id: string;
  readonly group: InjectionGroup;
  /** Of incidents. */
  readonly service: string | null;
}
export interface Comparison {
  readonly run: string;
  readonly asItWas: Outcome;
  readonly without: Outcome;
}

/** What testers and demonstrators can ask. Part of the city only where a simulator is; the room's views never see any of it but that an exercise is on. */
export interface ScenarioPort {
  kinds(): readonly InjectionKindRow[];
  scenarios(): Promise<readonly ScenarioRow[]>;
  /** Text of a scenario file. */
  source(id: string): Promise<string | undefined>;
  check(text: string): Promise<readonly Mistake[]>;
  /** Keeps it in the city's own folder. */
  save(id: string, text: string, by: Actor): Promise<Result<ScenarioRow, readonly Mistake[] | string>>;
  preview(request: InjectRequest): Result<Preview>;
  /** `reset`: from its own beginning, else from now on. */
  plan(id: string, reset?: boolean): Promise<Result<readonly PlannedStep[]>>;
  start(asked: { readonly scenario: string; readonly drill: boolean; readonly reset: boolean }, by: Actor): Promise<Result<ScenarioRun>>;
  runs(): readonly ScenarioRun[];
  run(id: string): ScenarioRun | undefined;
  /** undefined while it is hidden, or the run unknown; nothing is known of one that a restart has cut off, either. */
  scorecard(id: string): Scorecard | undefined;
  /** Ends its injections. */
  stop(id: string, by: Actor): Promise<Result<ScenarioRun>>;
  /** Forward to the next cue at the highest rate, or to where a countdown begins before it: there the city stands still. */
  nextCue(id: string, by: Actor): Promise<Result<ScenarioRun>>;
  inject(request: InjectRequest, by: Actor): Promise<Result<readonly InjectionState[]>>;
  clear(ids: readonly string[], by: Actor): Promise<Result<readonly ClearedInjection[]>>;
  injections(): readonly InjectionState[];
  /** The same time without the room's commands; only of what has ended, in the city in which it was played. */
  compare(id: string): Promise<Result<Comparison>>;
  /** What happened in this span, as a scenario file. */
  asScenario(span: { readonly from: number; readonly to: number; readonly id: string; readonly run?: string | undefined }): Promise<Result<string>>;
  report(id: string, format: "html" | "junit"): Promise<string | undefined>;
  /** Something is injected or a scenario runs. */
  exercise(): boolean;
  /** The city is being taken on to a cue; it stands still and is stepped meanwhile. */
  seeks(): boolean;
  onChange(listener: () => void): () => void;
}
