import type { CityPort } from "../../shared/city-port.ts";
import { commandErrors } from "../../shared/command-errors.ts";
import { type Actor, may } from "../../shared/roles.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import { rightFor } from "../../shared/room-rights.ts";
import type { Service } from "../../shared/service.ts";
import type { InputError } from "./problem.ts";
import { lacking } from "./rights.ts";
import { nowOn } from "./time-span.ts";
import type { Visibility } from "./visibility.ts";

/** What came of an action; a refusal has the status that HTTP gives it. */
export type Done =
  | { readonly ok: true; readonly value: Acted }
  | { readonly ok: false; readonly status: 400; readonly reason: string; readonly errors: readonly InputError[] }
  | { readonly ok: false; readonly status: 403 | 404 | 409; readonly reason: string };

export interface Acting {
  readonly actor: Actor;
  readonly see: Visibility;
  readonly port: CityPort;
  readonly catalogue: readonly Service[];
}

const refused = (status: 403 | 404 | 409, reason: string): Done => ({ ok: false, status, reason });
const wrong = (errors: readonly InputError[]): Done => ({
  ok: false,
  status: 400,
  reason: errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join("; "),
  errors,
});
const nothing = (what: string, id: string, where: string) => `there is no ${what} "${id}" that you can see; ${where} lists them`;
export const noAlarm = (id: string): string => nothing("alarm", id, "/api/v1/alarms");

/**
 * The one way from a person to the room, for HTTP and the socket alike: the right, then whether what is named is there for him, then the contract.
 * What he may not see answers as what does not exist.
 */
export async function actInRoom(asked: RoomAction, acting: Acting): Promise<Done> {
  const { actor, port, see } = acting;
  if (!may(actor.role, "act")) return refused(403, lacking(actor.role, "act"));
  const { action, left } = split(asked, acting);
  if (action === undefined) return refused(404, left[0]?.reason ?? "");
  const hidden = missing(action, see);
  if (hidden !== undefined) return refused(404, hidden);
  const now = nowOfAction(action, acting);
  const right = rightFor(action, now);
  if (!may(actor.role, right)) {
    const why = action.do === "shelve" ? ". Without it one shelves for at most 12 hours" : "";
    return refused(403, `${lacking(actor.role, right)}${why}`);
  }
  const errors = contractErrors(action, acting, now);
  if (errors.length > 0) return wrong(errors);
  const done = await port.room.act(action, actor);
  return done.ok ? { ok: true, value: { ...done.value, left: [...left, ...done.value.left] } } : refused(409, done.reason);
}

interface Split {
  /** undefined: nothing is left of it. */
  readonly action: RoomAction | undefined;
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}
/** An action on several things is done to those that are there for him; the others are left, with the reason. */
function split(action: RoomAction, { see }: Acting): Split {
  if (action.do === "acknowledge") {
    const listed = new Set(see.room.alarms().map(({ id }) => id));
    const isThere = ({ id }: { id: string }) => listed.has(id) || see.room.alarm(id) !== undefined;
    const alarms = action.alarms.filter(isThere);
    const left = action.alarms.filter((one) => !alarms.includes(one)).map(({ id }) => ({ id, reason: noAlarm(id) }));
    return { action: alarms.length === 0 ? undefined : { ...action, alarms }, left };
  }
  if (action.do !== "export-items") return { action, left: [] };
  const listed = new Set(see.room.items().map(({ id }) => id));
  const items = action.items.filter((id) => listed.has(id));
  const left = action.items.filter((id) => !listed.has(id)).map((id) => ({ id, reason: nothing("item", id, "/api/v1/items") }));
  return { action: items.length === 0 ? undefined : { ...action, items }, left };
}

/** Why what the action names is not there for him; undefined when all of it is. */
function missing(action: RoomAction, { row, room }: Visibility): string | undefined {
  if ("alarm" in action && action.alarm !== undefined && room.alarm(action.alarm) === undefined) return noAlarm(action.alarm);
  if (action.do === "adviser-mode") {
    const { device } = action;
    return device === null || room.advice().some((one) => one.device === device) ? undefined : nothing("signal", device, "/api/v1/advice");
  }
  if ("device" in action) return row(action.device) ? undefined : nothing("device", action.device, "/api/v1/devices");
  if ("response" in action)
    return room.responses().some(({ id }) => id === action.response) ? undefined : nothing("response", action.response, "/api/v1/responses");
  if ("item" in action) return room.items().some(({ id }) => id === action.item) ? undefined : nothing("item", action.item, "/api/v1/items");
  return undefined;
}

/** Event time of the alarm that the action is of, of the city otherwise. */
function nowOfAction(action: RoomAction, { see, port }: Acting): number {
  const alarm = "alarm" in action && action.alarm !== undefined ? see.room.alarm(action.alarm) : undefined;
  return nowOn(port, alarm?.timeline ?? "city");
}

function contractErrors(action: RoomAction, { see, catalogue }: Acting, now: number): readonly InputError[] {
  if (action.do === "shelve" && action.until <= now)
    return [{ parameter: "until", detail: `lies behind; it is ${new Date(now).toISOString()} (${now})` }];
  const device = action.do === "command" ? see.row(action.device) : undefined;
  const service = device && catalogue.find(({ id }) => id === device.service);
  if (action.do !== "command" || device === undefined || service === undefined) return [];
  return commandErrors(service, device.kind, action.op, action.args);
}
