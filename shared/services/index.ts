import type { Service } from "../service.ts";
import { evzone } from "./evzone.ts";
import { foodwaste } from "./foodwaste.ts";
import { manure } from "./manure.ts";
import { stream } from "./stream.ts";
import { traffic } from "./traffic.ts";
import { ucare } from "./ucare.ts";

/** The catalogue: one line a service. Every other list is derived from it. */
const catalogue = { traffic, stream, evzone, ucare, foodwaste, manure };

export type ServiceId = keyof typeof catalogue;
export type ContractOf<Id extends ServiceId> = (typeof catalogue)[Id];

export const services: readonly Service[] = Object.values<Service>(catalogue);
export const serviceOf = (id: string): Service | undefined => services.find((service) => service.id === id);
