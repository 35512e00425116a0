import type { Actor } from "../shared/roles.ts";
import type { RoomPort } from "../shared/room-port.ts";

const by: Actor = { name: "gwanje", role: "admin" };

/**
 * Leaves every automatic response to people. A command takes effect at the first second that has not been said yet, which depends on how fast the city
 * runs: two cities that are to be compared must not act by themselves. @throws Error when the room does not take it.
 */
export async function leaveResponsesToPeople(room: RoomPort): Promise<void> {
  for (const { id: response } of room.responses()) {
    const done = await room.act({ do: "response-mode", response, mode: "manual" }, by);
    if (!done.ok) throw new Error(done.reason);
  }
}
