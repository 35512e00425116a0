import type { RoomAction } from "../../shared/room-action.ts";
import { fieldLagMs, type Timeline } from "../../shared/timeline.ts";
import type { Moment } from "../alarms/moment.ts";

/** Now on a timeline. Before its first mark field time is where the mark would be. */
export const nowOf = (marks: Readonly<Record<Timeline, number>>, timeline: Timeline, at: number): Moment => ({
  timeline,
  t: marks[timeline] || (timeline === "field" ? at - fieldLagMs : 0),
  at,
});

/** The device that an action speaks of, itself or by its alarm; undefined = it speaks of none. */
export function deviceNamed(action: RoomAction, deviceOf: (alarm: string) => string | undefined): string | undefined {
  if ("device" in action) return action.device ?? undefined;
  const alarm = "alarm" in action ? action.alarm : "alarms" in action ? action.alarms[0]?.id : undefined;
  return alarm === undefined ? undefined : deviceOf(alarm);
}
