import { type ServiceId, services } from "../shared/services/index.ts";
import type { City } from "./city/city.ts";
import type { Model, Models, Sites } from "./model.ts";

/** One service's model with its part of the city and its state. */
export interface ServiceUnit {
  readonly model: Model<ServiceId, unknown>;
  readonly sites: Sites;
  readonly state: unknown;
  readonly stepMs: number;
}
export interface ServiceOptions {
  readonly city: City;
  readonly models: Models;
  readonly seed: number;
  readonly start: number;
}

/** In the order of the catalogue: it is part of the transcript. */
export function createServices(
  { city, models, seed, start }: ServiceOptions,
  states?: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, ServiceUnit> {
  const units = new Map<string, ServiceUnit>();
  for (const { id } of services) {
    if (!isServiceId(id, models)) throw new Error(`no model for service ${id}`);
    // The pairing of model, sites and state by id is what `Models` and `City` guarantee; a loop over ids cannot carry it.
    const model = models[id] as unknown as Model<ServiceId, unknown>;
    if (60 % model.stepSeconds !== 0) throw new Error(`the step of ${id} must divide 60 s, not ${model.stepSeconds} s`);
    const sites = { sites: city.sites[id], streets: city.streets } as unknown as Sites;
    units.set(id, { model, sites, state: states?.[id] ?? model.init(sites, seed, start), stepMs: model.stepSeconds * 1000 });
  }
  return units;
}
const isServiceId = (id: string, models: Models): id is ServiceId => id in models;
