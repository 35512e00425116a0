import type { CommandField } from "../../shared/command.ts";
import type { InjectionField } from "../../shared/scenario/injection.ts";
import { type ServiceId, serviceOf } from "../../shared/services/index.ts";
import type { Obeyed, Struck } from "../../simulator/model.ts";
import type { World } from "./service-world.ts";

/** The usual value of each. */
const usualOf = (field: InjectionField | CommandField): number | string => ("usual" in field ? field.usual : "");
export const usualArgs = (fields: Readonly<Record<string, InjectionField | CommandField>>): Record<string, number | string> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, usualOf(field)]));

export interface Strike<Id extends ServiceId> {
  readonly begun: Obeyed<Id>;
  felt(t: number): boolean;
  over(t: number): boolean;
  end(t: number): void;
}
/** One of the contract's incidents at a device of a service's world, at `t`, between two steps; arguments that are not named are the usual ones. */
export function strike<Id extends ServiceId, State>(
  place: World<Id, State>,
  device: string,
  {
    kind,
    args = {},
    t,
    id = `i-${kind}`,
    seed = 1,
  }: { readonly kind: string; readonly args?: Struck["args"]; readonly t: number; readonly id?: string; readonly seed?: number },
): Strike<Id> {
  const { model, sites } = place;
  const at = sites.sites.flatMap((site) => site.devices).find((one) => one.id === device);
  if (at === undefined) throw new Error(`no device ${device}`);
  const service = serviceOf(at.service)!;
  const struck: Struck = { id, kind, args: { ...usualArgs(service.incidents[kind]?.fields ?? {}), ...args }, seed };
  const begun = model.incite(place.state, sites, at, struck, place.env, t);
  if (begun.ok) place.happenings.push(...begun.happenings);
  return {
    begun,
    felt: (now) => model.felt(place.state, sites, at, struck, place.env, now),
    over: (now) => model.over(place.state, sites, at, struck, place.env, now),
    end: (now) => void place.happenings.push(...model.relent(place.state, sites, at, struck, place.env, now)),
  };
}
