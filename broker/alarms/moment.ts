import type { Timeline } from "../../shared/timeline.ts";

/** When something happens in the room: event time of its timeline, and the wall clock of the record that brought it. Both epoch ms; a replay gives the same. */
export interface Moment {
  readonly timeline: Timeline;
  readonly t: number;
  readonly at: number;
}
