import type { DeviceEvent, Reading } from "../shared/reading.ts";
import { buildCity } from "./city/build-city.ts";
import type { City } from "./city/city.ts";
import type { CityName } from "./city/ground.ts";
import type { Profile } from "./devices/outage.ts";
import { createEngine, type Outgoing } from "./engine.ts";
import { environment } from "./environment/model.ts";
import type { Device } from "./model.ts";
import { models } from "./services/index.ts";
import { catchments } from "./services/stream/parameters.ts";

export interface GenerateOptions {
  readonly city: CityName;
  readonly scale: number;
  readonly seed: number;
  /** Epoch ms, floored to the minute. */
  readonly from: number;
  readonly hours: number;
  readonly service?: string;
  readonly profile: Profile;
}
/** A reading with the device it came from; what stands on the wire, without a wire. */
export type OnReading = (reading: Reading & { readonly t: number }, device: Device) => void;
export type OnEvent = (event: DeviceEvent & { readonly t: number }, device: Device) => void;

/** Readings of the simulated city without a broker, in order of sending, as fast as the machine can. The whole city lives also when one service is asked for. */
export function generate(options: GenerateOptions, onReading: OnReading, onEvent: OnEvent = () => undefined): City {
  const { seed, profile, service } = options;
  const city = buildCity(options.city, options.scale, models);
  const start = Math.floor(options.from / 60_000) * 60_000;
  const engine = createEngine({ city, models, environment, catchments, seed, start, profile, transcript: false });
  const devices = new Map(city.gateways.flatMap((gateway) => gateway.devices.map((device) => [device.id, device] as const)));
  engine.advance(start + Math.round(options.hours * 3600) * 1000, ({ gateway, payload, retain }: Outgoing) => {
    if (retain || (service !== undefined && city.gateways[gateway]?.service !== service)) return;
    const said: unknown = JSON.parse(payload);
    for (const one of Array.isArray(said) ? said : [said]) {
      const device = devices.get(one.d);
      if (device === undefined) continue;
      if ("m" in one) onReading(one, device);
      else onEvent(one, device);
    }
  });
  return city;
}
