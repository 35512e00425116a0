import type { Room } from "../../../shared/city-port.ts";
import type { Tick } from "../../../shared/socket-events.ts";
import type { LiveSocket } from "./on-event.ts";

/**
 * Who did not get the last ticks of a room. A browser notices a hole by the tick behind it; when none comes, because the city is paused or quiet,
 * it would show the old values for ever. So the ticks that a busy transport dropped are remembered, and told once there is quiet.
 */
export interface Missed {
  /** The tick after version `prev` was dropped. */
  note(socket: LiveSocket, room: Room, prev: number): void;
  /** It has been told everything, of this room or of all. */
  forget(socket: LiveSocket, room?: Room): void;
  /** Tells what was missed to everybody who can take it now. */
  mend(room: Room, since: (n: number) => Tick | undefined): void;
}

/** Exactly what socket.io asks before it drops a volatile packet. */
export const takes = (socket: LiveSocket): boolean => socket.conn.transport.writable;

export function createMissed(): Missed {
  const missed: Record<Room, Map<LiveSocket, number>> = { public: new Map(), care: new Map() };
  return {
    note(socket, room, prev) {
      if (!missed[room].has(socket)) missed[room].set(socket, prev);
    },
    forget(socket, room) {
      if (room !== "care") missed.public.delete(socket);
      if (room !== "public") missed.care.delete(socket);
    },
    mend(room, since) {
      for (const [socket, n] of missed[room]) {
        if (!takes(socket)) continue;
        missed[room].delete(socket);
        const tick = since(n);
        if (tick) socket.volatile.emit("tick", tick);
      }
    },
  };
}
