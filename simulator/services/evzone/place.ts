import type { Ground } from "../../city/ground.ts";
import type { Device, Site } from "../../model.ts";
import { choose, createRng, lognormal, normal, type Rng, uniform } from "../../random.ts";
import { intruders, type ZoneKind, zoneKinds, zones } from "./parameters.ts";

const kindTexts: Readonly<Record<ZoneKind, { ko: string; en: string }>> = {
  apartment: { ko: "아파트", en: "Apartments" },
  public: { ko: "공영주차장", en: "Car park" },
  office: { ko: "업무시설", en: "Offices" },
};
const twoDigits = (n: number): string => String(n).padStart(2, "0");

/** Zones with their bays and chargers; facts: kind (index of `zoneKinds`), fast (number of DC chargers, the first bays), lure (pull on non-EVs). */
export function placeZones(ground: Ground): readonly Site<"evzone">[] {
  const count = Math.max(1, Math.round(zones.count[ground.city] * ground.scale));
  return ground.places("evzone", count).map((place, i) => {
    const zone = `ev-${String(i + 1).padStart(3, "0")}`;
    const rng = createRng(0, `place ${zone}`);
    const kind = zoneKinds[choose(rng, zones.kindShare)] ?? "public";
    const bays = ground.city === "small" ? zones.smallBays : bayCount(rng);
    const fast = fastCount(rng, kind, bays);
    const devices: Device<"evzone">[] = [];
    const households = kind === "apartment" ? householdsOf(zone) : undefined;
    for (let number = 1; number <= bays; number++) {
      const rated = number <= fast ? (zones.fastRated[Math.floor(uniform(rng) * 2)] ?? 50) : zones.slowRated;
      // Bays stand 2.5 m apart (Parking Lot Act enforcement rule: 2.5 x 5.0 m).
      const at = { district: place.district, lat: place.lat, lon: place.lon + (number - 1) * 0.000028 };
      devices.push(...bayAndCharger({ zone, number, rated, fast: number <= fast, kind, households, at }));
    }
    const lure = Math.exp(intruders.lureSigma * normal(rng) - (intruders.lureSigma * intruders.lureSigma) / 2);
    return { id: zone, district: place.district, devices, facts: { kind: zoneKinds.indexOf(kind), fast, lure: Math.round(lure * 1000) / 1000 } };
  });
}

const householdsOf = (zone: string): number =>
  Math.round(lognormal(createRng(0, `households ${zone}`), zones.householdsMedian, zones.householdsSigma));
const bayCount = (rng: Rng): number =>
  zones.baysMin + Math.floor((zones.baysMax - zones.baysMin + 1) * (0.75 * uniform(rng) + 0.25 * uniform(rng)) * 0.83);

function fastCount(rng: Rng, kind: ZoneKind, bays: number): number {
  let fast = 0;
  for (let i = 0; i < bays; i++) if (uniform(rng) < zones.fastShare[kind]) fast += 1;
  return fast;
}

interface BayPlan {
  readonly zone: string;
  readonly number: number;
  readonly rated: number;
  readonly fast: boolean;
  readonly kind: ZoneKind;
  /** Of an apartment complex. */
  readonly households: number | undefined;
  readonly at: { readonly district: string; readonly lat: number; readonly lon: number };
}
function bayAndCharger({ zone, number, rated, fast, kind, households, at }: BayPlan): Device<"evzone">[] {
  const gateway = `gw-${zone}`;
  const label = kindTexts[kind];
  const title = zone.toUpperCase();
  const bay = `${zone}-b${twoDigits(number)}`;
  const charger = `${zone}-c${twoDigits(number)}`;
  const base = { v: 1 as const, gateway, ...at };
  return [
    {
      id: bay,
      service: "evzone",
      kind: "bay",
      gateway,
      site: zone,
      meta: {
        ...base,
        d: bay,
        kind: "bay",
        name: { ko: `${label.ko} ${title} ${number}번 면`, en: `${label.en} ${title} bay ${number}` },
        model: "bay sensor",
        constants: { fast: fast ? 1 : 0, number, ...(households === undefined ? {} : { households }) },
      },
    },
    {
      id: charger,
      service: "evzone",
      kind: "charger",
      gateway,
      site: zone,
      meta: {
        ...base,
        d: charger,
        kind: "charger",
        name: { ko: `${label.ko} ${title} ${number}번 충전기`, en: `${label.en} ${title} charger ${number}` },
        model: fast ? "DC charger" : "AC charger",
        constants: { rated, number },
      },
    },
  ];
}
