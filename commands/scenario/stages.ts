import { type Stage, stageOf } from "../../director/stage.ts";
import { injectionKinds } from "../../shared/scenario/kinds.ts";
import { services } from "../../shared/services/index.ts";
import { buildCity } from "../../simulator/city/build-city.ts";
import type { City } from "../../simulator/city/city.ts";
import { cityNames } from "../../simulator/city/ground.ts";
import { models } from "../../simulator/services/index.ts";

/** What there is in a built city, whether it runs or not. */
const stageOfCity = ({ plan, gateways }: City): Stage =>
  stageOf(
    plan,
    gateways.flatMap(({ service, devices }) =>
      devices.map(({ id, kind, gateway, meta: { district, lat, lon } }) => ({
        ...{ id, service, kind, gateway, district: district ?? "", lat: lat ?? 0, lon: lon ?? 0, timeline: "city" as const },
      })),
    ),
    injectionKinds,
    services,
  );

/** Stages by name of the city, each built when it is first asked for: a second for the default city. */
export function createStages(own?: { readonly name: string; readonly city: City }): (name: string) => Stage {
  const built = new Map<string, Stage>();
  return (name) => {
    const known = built.get(name);
    if (known !== undefined) return known;
    const city = cityNames.find((one) => one === name) ?? "small";
    const stage = stageOfCity(own !== undefined && own.name === name ? own.city : buildCity(city, 1, models));
    built.set(name, stage);
    return stage;
  };
}
