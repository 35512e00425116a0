import type { Result } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";

/** What a person's action did: ids that it touched, and what it left, with the reason. */
export interface Touched {
  readonly alarms: readonly string[];
  readonly command?: string;
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * One concern of the room: the desk, the queues, commands, automatic responses, hand-overs, the adviser. A fold: everything that it knows follows from
 * what it was told, in order; its state is plain data. It looks at no clock but the moment that it is given.
 */
export interface RoomPart<Changed, State> {
  /** undefined: not its action. */
  act?(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  /** In the order of event time. */
  found?(finding: Finding, moment: Moment): void;
  /** Each accepted reading and event, in the order of event time. */
  seen?(device: Watched, observed: Observed, moment: Moment): void;
  /** Event time has come to here; everything before has been told. */
  advance?(moment: Moment): void;
  /** What changed since the last call. */
  changed(): readonly Changed[];
  state(): State;
  restore(state: State): void;
  /** Another life of the timeline begins: what was known of its devices is gone. */
  forget(timeline: Timeline): void;
}
