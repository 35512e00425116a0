import type { ServiceId } from "../../../shared/services/index.ts";
import { buildCity } from "../../../simulator/city/build-city.ts";
import type { City } from "../../../simulator/city/city.ts";
import { cityOfOne } from "../../../simulator/city/city-of-one.ts";
import { createEngine } from "../../../simulator/engine.ts";
import { environment } from "../../../simulator/environment/model.ts";
import type { Device, Site } from "../../../simulator/model.ts";
import { models } from "../../../simulator/services/index.ts";
import { catchments } from "../../../simulator/services/stream/parameters.ts";
import { dayMs, type Said, type Span } from "./measured.ts";

export interface Part {
  readonly service: ServiceId;
  readonly scale: number;
  readonly seed: number;
  /** Devices that live; default: all of the service. */
  readonly lives?: (device: Device) => boolean;
}

/** The city with one service alone, or with some of its devices. */
export function cityOf({ service, scale, lives = () => true }: Omit<Part, "seed">): City {
  const city = cityOfOne(buildCity("default", scale, models), service);
  const own = city.sites[service] as readonly Site[];
  const sites = own.map((site) => ({ ...site, devices: site.devices.filter(lives) })).filter((site) => site.devices.length > 0);
  const gateways = city.gateways
    .map((gateway) => ({ ...gateway, devices: gateway.devices.filter(lives) }))
    .filter((gateway) => gateway.devices.length > 0);
  return { ...city, gateways, sites: { ...city.sites, [service]: sites } };
}

interface Heard {
  /** All that a device says, in order of sending. */
  said(said: Said): void;
  /** A day of the city is over. */
  day(days: number): void;
}
/** Reads the service as `gwanje generate --profile field` tells it, events too, and keeps nothing. */
export function hearService(city: City, { start, days }: Span, seed: number, { said, day }: Heard): void {
  const engine = createEngine({ city, models, environment, catchments, seed, start, profile: "field", transcript: false });
  const devices = new Map(city.gateways.flatMap((gateway) => gateway.devices.map((device) => [device.id, device] as const)));
  for (let n = 1; n <= days; n++) {
    engine.advance(start + n * dayMs, ({ payload, retain }) => {
      if (retain) return;
      const parsed: unknown = JSON.parse(payload);
      for (const { d, t, i = 0, m, e, x } of Array.isArray(parsed) ? parsed : [parsed]) {
        const device = devices.get(d);
        if (device !== undefined) said({ device, t, i, m, e, x });
      }
    });
    day(n);
  }
}
