import type { JournalLine } from "../../shared/alarm.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";
import type { Scenario, ScenarioStep } from "../../shared/scenario/scenario.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Service } from "../../shared/service.ts";

/** What happened in a city between two instants: everything that a scenario file is made of. City times, epoch ms. */
export interface Happened {
  /** Name of the scenario. */
  readonly id: string;
  readonly city: Scenario["city"];
  readonly run: string;
  readonly seed: number;
  readonly runStart: number;
  readonly from: number;
  readonly to: number;
  /** As they are now. */
  readonly responses: "auto" | "manual";
  readonly injections: readonly InjectionState[];
  /** When an injection was really over, by its id. */
  readonly ends: ReadonlyMap<string, number>;
  /** Lines of the run, oldest first; those outside the span are read over. */
  readonly lines: readonly JournalLine[];
  readonly devices: readonly Selectable[];
  readonly kinds: readonly InjectionKindRow[];
  readonly services: readonly Service[];
}

/** Words for an instant of the span. */
export type Offset = (t: number) => string;
/** Where and how long a step's injection struck. */
export interface StruckStep {
  readonly id: string;
  readonly t: number;
  /** When it was injected: before the span, of what still lasted. What shows after an hour of it shows after an hour of the step. */
  readonly since: number;
  /** null: it was not over when the span ended, or is over by itself. */
  readonly ends: number | null;
  /** null: the whole city. */
  readonly devices: ReadonlySet<string> | null;
  /** What is about it where the whole city is struck, in the words of its kind. */
  readonly shows: readonly string[];
}

/** A step of the file and its instant. */
export interface Told {
  readonly t: number;
  readonly step: ScenarioStep;
}
