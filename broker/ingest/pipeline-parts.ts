import type { LiveReading } from "../../shared/city-port.ts";
import type { Observed } from "../alarms/observed.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import type { RowTarget } from "./column-builder.ts";
import type { Fold } from "./fold.ts";

/** What the data path works on. */
export interface PipelineParts {
  readonly fold: Fold;
  readonly registry: Registry;
  /** Where the reading's row goes; undefined while the store already has it (replay after a start). */
  readonly target: (entry: Entry, late: boolean, position: number) => RowTarget | undefined;
  /** Longest time that history is kept; older readings are refused. */
  readonly retentionMs: number;
  /** Log position that the store of the entry's timeline has. */
  readonly confirmed: (entry: Entry) => number;
  readonly announce: (entry: Entry, reading: LiveReading) => void;
  /** For whoever judges it, in event time. */
  readonly observe: (entry: Entry, observed: Observed) => void;
}
