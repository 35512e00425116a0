import type { Service } from "../../shared/service.ts";
import { type ServiceId, serviceOf } from "../../shared/services/index.ts";
import type { Environment } from "../../simulator/environment/environment.ts";
import { environment } from "../../simulator/environment/model.ts";
import type { Device, Happening, Model, Obeyed, Sites, Struck, Truth } from "../../simulator/model.ts";
import { models } from "../../simulator/services/index.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";
import { smallCity } from "./small-city.ts";
import { usualArgs } from "./strike.ts";

const minute = 60_000;
/** Midnight of a Monday in Seoul, 2027-01-11: cold enough for whatever needs winter. */
export const winter = Date.UTC(2027, 0, 10, 15);

const weathers: Environment[] = [];
const weather = environment.init({ seed: 1, start: winter, districts: smallCity.plan.districts.map(({ id }) => id), catchments });
/** The weather of the minute in which `t` lies; each minute is made once. */
export function weatherOf(t: number): Environment {
  const at = Math.floor((t - winter) / minute);
  while (weathers.length <= at) weathers.push(environment.step(weather, winter + weathers.length * minute));
  return weathers[at]!;
}

/** One service of the small city, lived by its model alone. State through JSON whenever it is copied, as a snapshot is. */
export interface Lived {
  readonly service: Service;
  readonly model: Model<ServiceId, unknown>;
  readonly sites: Sites;
  readonly devices: readonly Device[];
  state: unknown;
  t: number;
  readonly happenings: Happening[];
}
export function lived(id: ServiceId, from?: Pick<Lived, "state" | "t">): Lived {
  const model = models[id] as unknown as Model<ServiceId, unknown>;
  const sites = { sites: smallCity.sites[id], streets: smallCity.streets } as unknown as Sites;
  const devices = sites.sites.flatMap((site) => site.devices);
  const state = from === undefined ? model.init(sites, 1, winter) : JSON.parse(JSON.stringify(from.state));
  return { service: serviceOf(id)!, model, sites, devices, state, t: from?.t ?? winter, happenings: [] };
}
export function liveOn(place: Lived, to: number, look?: (t: number) => boolean): void {
  const stepMs = place.model.stepSeconds * 1000;
  for (let t = place.t + stepMs; t <= to; t += stepMs) {
    place.happenings.push(...place.model.step(place.state, place.sites, weatherOf(t), t));
    place.t = t;
    if (look?.(t) === true) return;
  }
}
export const truths = (place: Lived): Map<string, Truth<ServiceId>> =>
  new Map(place.devices.map((device) => [device.id, place.model.observe(place.state, place.sites, device, weatherOf(place.t), place.t)]));

export const struck = (place: Lived, kind: string, change: Partial<Struck> = {}): Struck => ({
  id: `i-${kind}`,
  kind,
  args: usualArgs(place.service.incidents[kind]?.fields ?? {}),
  seed: 1,
  ...change,
});
export function incite(place: Lived, device: Device, one: Struck): Obeyed {
  const begun = place.model.incite(place.state, place.sites, device, one, weatherOf(place.t), place.t);
  if (begun.ok) place.happenings.push(...begun.happenings);
  return begun;
}
export const relent = (place: Lived, device: Device, one: Struck): void =>
  void place.happenings.push(...place.model.relent(place.state, place.sites, device, one, weatherOf(place.t), place.t));
export const isFelt = (place: Lived, device: Device, one: Struck): boolean =>
  place.model.felt(place.state, place.sites, device, one, weatherOf(place.t), place.t);
export const isOver = (place: Lived, device: Device, one: Struck): boolean =>
  place.model.over(place.state, place.sites, device, one, weatherOf(place.t), place.t);
