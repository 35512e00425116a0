import type { Reading } from "../shared/reading.ts";
import type { Truth } from "../shared/scenario/truth.ts";
import { buildCity } from "./city/build-city.ts";
import { cityOfOne } from "./city/city-of-one.ts";
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
  /** Hears what is true beside what is measured. */
  readonly onTruth?: (truth: Truth) => void;
}
/** What stands on the wire, without a wire, and the device that says it. */
export interface Generated {
  readonly reading: Reading & { readonly t: number };
  readonly device: Device;
}

const minuteMs = 60_000;

/** Readings of the simulated city without a broker: a batch per city minute, in order of sending. */
export function* generate(options: GenerateOptions): Generator<readonly Generated[], void, void> {
  const { seed, profile, service, onTruth } = options;
  const whole = buildCity(options.city, options.scale, models);
  // what is true of the city (power, storms) is told of all its devices
  const city = service === undefined || onTruth !== undefined ? whole : cityOfOne(whole, service);
  const start = Math.floor(options.from / minuteMs) * minuteMs;
  const end = start + Math.round(options.hours * 3600) * 1000;
  const engine = createEngine({ city, models, environment, catchments, seed, start, profile, transcript: false });
  const devices = new Map(city.gateways.flatMap((gateway) => gateway.devices.map((device) => [device.id, device] as const)));
  let batch: Generated[] = [];
  const take = ({ gateway, payload, retain }: Outgoing): void => {
    if (retain || (service !== undefined && city.gateways[gateway]?.service !== service)) return;
    const said: unknown = JSON.parse(payload);
    for (const reading of Array.isArray(said) ? said : [said]) {
      const device = devices.get(reading.d);
      if (device !== undefined && "m" in reading) batch.push({ reading, device });
    }
  };
  for (let to = start; to < end; ) {
    to = Math.min(end, to + minuteMs);
    engine.advance(to, take, onTruth === undefined ? {} : { truth: onTruth });
    yield batch;
    batch = [];
  }
}
