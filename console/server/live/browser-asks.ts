import { catchupRequest, unwatchRequest, watchRequest } from "../../../shared/api.ts";
import type { CityPort, Room } from "../../../shared/city-port.ts";
import { clockActionSchema } from "../../../shared/clock.ts";
import { refuse } from "../../../shared/result.ts";
import { type Actor, may } from "../../../shared/roles.ts";
import { roomActionSchema } from "../../../shared/room-action.ts";
import type { Service } from "../../../shared/service.ts";
import type { Tick } from "../../../shared/socket-events.ts";
import { actInRoom } from "../act-in-room.ts";
import { askClock } from "../routes/city.ts";
import type { Visibility } from "../visibility.ts";
import { type LiveSocket, onEvent, refuseOthers } from "./on-event.ts";
import type { Watches } from "./watches.ts";

export const roomsOf = (actor: Actor): readonly Room[] => (may(actor.role, "care") ? ["public", "care"] : ["public"]);

interface Parts {
  readonly port: CityPort;
  readonly catalogue: readonly Service[];
  readonly see: (actor: Actor) => Visibility;
  readonly log: Parameters<typeof onEvent>[3]["log"];
}

/** Everything that a browser may ask over its socket. */
export function listenTo(socket: LiveSocket, watches: Watches, parts: Parts, catchup: (room: Room, n: number) => Tick | null): void {
  const { port, see, catalogue } = parts;
  const { actor } = socket.data;
  const visible = see(actor);
  onEvent(
    socket,
    "catchup",
    {
      schema: catchupRequest,
      right: "read",
      refusal: () => null,
      handle: ({ room, n }, answer) => answer(roomsOf(actor).includes(room) ? catchup(room, n) : null),
    },
    parts,
  );
  onEvent(
    socket,
    "watch",
    { schema: watchRequest, right: "read", refusal: refuse, handle: (request, answer) => watches.start(request, visible, answer) },
    parts,
  );
  onEvent(socket, "unwatch", { schema: unwatchRequest, right: "read", refusal: () => undefined, handle: (id) => watches.stop(id) }, parts);
  refuseOthers(socket, ["catchup", "watch", "unwatch", "clock", "act"]);
  onEvent(
    socket,
    "clock",
    {
      schema: clockActionSchema,
      right: "clock",
      refusal: refuse,
      handle: async (action, answer) => answer(await askClock(port, action, actor)),
    },
    parts,
  );
  onEvent(
    socket,
    "act",
    {
      schema: roomActionSchema,
      // Every action needs it; what else one needs is decided where it is done.
      right: "act",
      refusal: refuse,
      handle: async (action, answer) => {
        const done = await actInRoom(action, { actor, see: visible, port, catalogue });
        answer(done.ok ? done : refuse(done.reason));
      },
    },
    parts,
  );
}
