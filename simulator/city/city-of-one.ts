import type { City } from "./city.ts";

/** The same city with the devices of one service alone. Services touch each other by weather and calendar only: it says what it says in the whole. */
export const cityOfOne = (city: City, service: string): City => ({
  ...city,
  gateways: city.gateways.filter((gateway) => gateway.service === service),
  sites: Object.fromEntries(Object.entries(city.sites).map(([id, sites]) => [id, id === service ? sites : []])) as unknown as City["sites"],
});
