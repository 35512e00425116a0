import type { CityPlan, Position } from "../../shared/city-plan.ts";
import { type ServiceId, services } from "../../shared/services/index.ts";
import { idPattern } from "../../shared/topics.ts";
import type { Device, Model, Site } from "../model.ts";
import { buildGround } from "./build-ground.ts";
import type { City, Gateway } from "./city.ts";
import type { CityName } from "./ground.ts";

type Placing = { readonly [Id in ServiceId]: Pick<Model<Id, unknown>, "place"> };

/** Groups devices by their gateway, and refuses what the wire could not tell apart: gateways and devices share one name space. */
function gatewaysOf(sites: readonly Site[]): Gateway[] {
  const gateways = new Map<string, { service: ServiceId; district: string; devices: Device[] }>();
  const devices = new Set<string>();
  const check = (id: string, what: string): void => {
    if (!idPattern.test(id)) throw new Error(`the ${what} "${id}" has no valid id: a-z, 0-9 and -, at most 64`);
  };
  for (const site of sites) {
    for (const device of site.devices) {
      check(device.id, "device");
      if (devices.has(device.id)) throw new Error(`the device "${device.id}" exists twice`);
      devices.add(device.id);
      const gateway = gateways.get(device.gateway);
      if (gateway === undefined) {
        check(device.gateway, "gateway");
        gateways.set(device.gateway, { service: device.service, district: site.district, devices: [device] });
      } else {
        if (gateway.service !== device.service)
          throw new Error(`the gateway "${device.gateway}" serves both ${gateway.service} and ${device.service} ("${device.id}")`);
        gateway.devices.push(device);
      }
    }
  }
  for (const id of gateways.keys()) if (devices.has(id)) throw new Error(`"${id}" is both a gateway and a device`);
  return [...gateways].map(([id, rest]) => ({ id, ...rest })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every birth document says which devices stand at one place. */
const sited = (site: Site): Site => ({
  ...site,
  devices: site.devices.map((device) => ({ ...device, meta: { ...device.meta, site: device.site } })),
});

/** Places of services that everybody knows, each where its first device stands. */
function withLandmarks(plan: CityPlan, sites: readonly Site[]): CityPlan {
  const known = sites.flatMap(({ id, landmark, devices: [first] }) =>
    landmark === undefined || first === undefined ? [] : [{ id, name: landmark, at: [first.meta.lon, first.meta.lat] as Position }],
  );
  return known.length === 0 ? plan : { ...plan, landmarks: [...plan.landmarks, ...known] };
}

export function buildCity(city: CityName, scale: number, models: Placing): City {
  const ground = buildGround(city, scale);
  const ids = services.map(({ id }) => id as ServiceId);
  const sites = Object.fromEntries(ids.map((id) => [id, (models[id].place(ground) as readonly Site[]).map(sited)])) as unknown as City["sites"];
  const all = ids.flatMap((id) => sites[id] as readonly Site[]);
  return { plan: withLandmarks(ground.plan, all), streets: ground.streets, gateways: gatewaysOf(all), sites };
}
