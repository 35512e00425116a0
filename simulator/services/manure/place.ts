import type { Ground, Place } from "../../city/ground.ts";
import { distance, type Point, toPoint } from "../../city/plane.ts";
import type { Device, Site } from "../../model.ts";
import { createRng, uniform } from "../../random.ts";
import { places, truck } from "./parameters.ts";

type Kind = Device<"manure">["kind"];
interface Put {
  readonly id: string;
  readonly kind: Kind;
  readonly name: { readonly ko: string; readonly en: string };
  readonly at: Place;
  readonly constants: Readonly<Record<string, number>>;
  readonly landmark?: boolean;
}

const site = ({ id, kind, name, at, constants, landmark = false }: Put): Site<"manure"> => {
  const gateway = `gw-${id}`;
  const device: Device<"manure"> = {
    ...{ id, service: "manure", kind, gateway, site: id },
    meta: { v: 1, d: id, kind, name, gateway, ...at, constants },
  };
  const { lat, lon } = at;
  return { id, district: at.district, devices: [device], facts: { lat, lon, ...constants }, ...(landmark ? { landmark: name } : {}) };
};
const numbered = (i: number): string => String(i + 1).padStart(3, "0");

/** Plant, field tanks and farms at the rim of the town, and the trucks, which are at home at the plant. */
export function placeManure(ground: Ground): readonly Site<"manure">[] {
  const many = (count: number): number => Math.max(1, Math.round(count * ground.scale));
  const [farms, fields, trucks] = [places.farms, places.fields, places.trucks].map((count) => many(count[ground.city])) as [number, number, number];
  const wanted = farms + fields + 1;
  const [plant, ...others] = rimOf(ground, wanted);
  if (plant === undefined) return [];
  const isField = (i: number): boolean => i % Math.ceil(others.length / fields) === 0;
  const rng = createRng(0, "manure places");
  const pit = (): number => Math.round(places.pit[0] + (places.pit[1] - places.pit[0]) * uniform(rng));
  const field = others.filter((_, i) => isField(i)).slice(0, fields);
  const farm = others.filter((at) => !field.includes(at));
  return [
    site({
      ...{ id: "mp-001", kind: "plant", at: plant, landmark: true },
      name: { ko: "공동자원화시설", en: "Manure plant" },
      constants: { tank: places.plantPerTruck * trucks, radius: places.radius.plant },
    }),
    ...field.map((at, i) =>
      site({
        ...{ id: `ml-${numbered(i)}`, kind: "field", at },
        name: { ko: `액비 저장조 ${numbered(i)}`, en: `Field tank ${numbered(i)}` },
        constants: { tank: places.field, radius: places.radius.field },
      }),
    ),
    ...farm.map((at, i) =>
      site({
        ...{ id: `mf-${numbered(i)}`, kind: "farm", at },
        name: { ko: `농가 저장조 ${numbered(i)}`, en: `Farm pit ${numbered(i)}` },
        constants: { tank: pit(), radius: places.radius.farm },
      }),
    ),
    ...Array.from({ length: trucks }, (_, i) =>
      site({
        ...{ id: `mt-${numbered(i)}`, kind: "truck", at: plant },
        name: { ko: `분뇨 운반차 ${numbered(i)}`, en: `Manure truck ${numbered(i)}` },
        constants: { capacity: truck.capacity },
      }),
    ),
  ];
}

/** The outermost places of the town, spread along its rim; closer together where it has no more. */
function rimOf(ground: Ground, wanted: number): readonly Place[] {
  const middle = middleOf(ground);
  const outermost = ground
    .places("manure", places.choice * wanted)
    .map((at) => ({ at, spot: toPoint(at), far: distance(toPoint(at), middle) }))
    .sort((a, b) => b.far - a.far);
  const round = 2 * Math.PI * (outermost[0]?.far ?? 0);
  for (let apart = (places.apart * round) / wanted; ; apart = apart < 1 ? 0 : apart * 0.8) {
    const taken: typeof outermost = [];
    for (const one of outermost) if (taken.length < wanted && taken.every(({ spot }) => distance(spot, one.spot) >= apart)) taken.push(one);
    if (taken.length === wanted || apart === 0) return taken.map(({ at }) => at);
  }
}

function middleOf({ plan: { bounds } }: Ground): Point {
  const [west, south, east, north] = bounds;
  return toPoint({ lat: (south + north) / 2, lon: (west + east) / 2 });
}
