import type { CityPort } from "../../shared/city-port.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { actionsOf, actsOnSomething, roleFor } from "../language/acts.ts";
import type { Planned } from "../plan/plan.ts";
import type { Stage } from "../stage.ts";
import { scripted } from "./scripted-actor.ts";

/** What came of a deed; undefined: there was nothing to act on yet. */
type Outcome = { readonly state: "done" | "failed"; readonly reason: string | null } | undefined;
const done: Outcome = { state: "done", reason: null };
const because = (reason: string): Outcome => ({ state: "failed", reason });

/** People of the room as a scenario plays them: through the port, as anybody acts. */
export interface Deeds {
  command(one: Planned): Promise<Outcome>;
  act(one: Planned, mark: number): Promise<Outcome>;
}

export function createDeeds({ room }: Pick<CityPort, "room">, { services }: Stage): Deeds {
  const serviceOf = (id: string) => services.find((one) => one.id === id);
  function personFor({ coming }: Planned, action: RoomAction): Actor {
    const ids = "alarms" in action ? action.alarms.map(({ id }) => id) : "alarm" in action ? [action.alarm] : [];
    const touched = "item" in action ? room.items().filter(({ id }) => id === action.item) : room.alarms().filter(({ id }) => ids.includes(id));
    return scripted(coming.step.act === undefined ? "operator" : roleFor(coming.step.act, touched, services));
  }
  return {
    async command({ coming: { step }, devices }) {
      const { command: op = "", with: given = {} } = step;
      const reasons: string[] = [];
      for (const { id: device, service } of devices) {
        const fields = serviceOf(service)?.commands[op]?.fields ?? {};
        const args = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, given[name] ?? field.usual]));
        const role = serviceOf(service)?.sensitive === true ? "care" : "operator";
        const sent = await room.act({ do: "command", device, op, args }, scripted(role));
        if (!sent.ok) reasons.push(`${device}: ${sent.reason}`);
      }
      return reasons[0] === undefined ? done : because(reasons[0]);
    },
    async act(one, mark) {
      const { act: what, on } = one.coming.step;
      if (what === undefined) return done;
      const sight = { alarms: room.alarms(), items: room.items(), services, mark };
      const actions = actionsOf(what, on === undefined ? null : one.devices, sight);
      if (!actions.ok) return because(actions.reason);
      if (actions.value.length === 0 && actsOnSomething(what)) return undefined;
      for (const action of actions.value) {
        const acted = await room.act(action, personFor(one, action));
        if (!acted.ok) return because(acted.reason);
      }
      return done;
    },
  };
}
