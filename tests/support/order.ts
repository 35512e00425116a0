import type { CommandArgs } from "../../shared/command.ts";
import type { ServiceId } from "../../shared/services/index.ts";
import type { Obeyed } from "../../simulator/model.ts";
import type { World } from "./service-world.ts";

/** Tells a device of a service's world something at `t`, between two steps; what happens at once joins the world's happenings. */
export function tell<Id extends ServiceId, State>(
  place: World<Id, State>,
  id: string,
  { op, args = {}, t }: { readonly op: string; readonly args?: CommandArgs; readonly t: number },
): Obeyed<Id> {
  const device = place.sites.sites.flatMap((site) => site.devices).find((one) => one.id === id);
  if (device === undefined) throw new Error(`no device ${id}`);
  const obeyed = place.model.obey(place.state, place.sites, device, { op, args }, place.env, t);
  if (obeyed.ok) place.happenings.push(...obeyed.happenings);
  return obeyed;
}
