import { buildCity } from "./city/build-city.ts";
import type { City } from "./city/city.ts";
import { environment } from "./environment/model.ts";
import { runCity } from "./run-city.ts";
import { models } from "./services/index.ts";
import { catchments } from "./services/stream/parameters.ts";
import type { MqttAddress, Simulator, SimulatorOptions } from "./simulator-options.ts";

export interface PreparedSimulator {
  readonly city: City;
  /** Resolves when all gateways have connected and the clock runs; the history is generated after. */
  begin(mqtt: MqttAddress): Promise<Simulator>;
}

/** The city is there at once, so that its gateways can be made known to the broker before they connect. */
export function prepareSimulator(options: SimulatorOptions): PreparedSimulator {
  const city = buildCity(options.city, options.scale, models);
  return { city, begin: (mqtt) => runCity(options, { city, models, environment, catchments }, mqtt) };
}
