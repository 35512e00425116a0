import type { Right } from "./roles.ts";
import type { RoomAction } from "./room-action.ts";

/** A shift; shelving beyond it is a supervisor's. */
const shiftMs = 12 * 3_600_000;

/** The right that an action needs. `now`: event time of the timeline that it is of, epoch ms. */
export function rightFor(action: RoomAction, now: number): Right {
  if (action.do === "out-of-service" || action.do === "in-service") return "supervise";
  return action.do === "shelve" && action.until - now > shiftMs ? "supervise" : "act";
}
