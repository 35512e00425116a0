import type { Ground } from "../../city/ground.ts";
import type { Device, Site } from "../../model.ts";
import { homes } from "./parameters.ts";

/** Homes with their hubs. Positions are centres of cells, names are numbers: nobody can find a resident by them. */
export function placeHomes(ground: Ground): readonly Site<"ucare">[] {
  const count = Math.max(1, Math.round(homes.count[ground.city] * ground.scale));
  return ground.places("ucare", count).map((place, i) => {
    const number = String(i + 1).padStart(4, "0");
    const id = `uc-${number}`;
    const gateway = `gw-${id}`;
    const { lat, lon } = ground.cell(place);
    const device: Device<"ucare"> = {
      id,
      service: "ucare",
      kind: "home",
      gateway,
      site: id,
      meta: {
        v: 1,
        d: id,
        kind: "home",
        name: { ko: `U-${number}`, en: `U-${number}` },
        gateway,
        district: place.district,
        lat,
        lon,
        model: "home hub",
      },
    };
    return { id, district: place.district, devices: [device], facts: {} };
  });
}
