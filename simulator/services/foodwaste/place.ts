import type { Ground } from "../../city/ground.ts";
import type { Device, Site } from "../../model.ts";
import { createRng, uniform } from "../../random.ts";
import { units } from "./parameters.ts";

const between = (share: number, [low, high]: readonly [number, number]): number => low + (high - low) * share;

/** Units with their gateways; facts: households, capacity (kg), tare (kg), rate (KRW/kg). */
export function placeUnits(ground: Ground): readonly Site<"foodwaste">[] {
  const count = Math.max(1, Math.round(units.count[ground.city] * ground.scale));
  return ground.places("foodwaste", count).map((place, i) => {
    const number = String(i + 1).padStart(4, "0");
    const id = `fw-${number}`;
    const gateway = `gw-${id}`;
    const rng = createRng(0, `place ${id}`);
    const households = Math.round(between(uniform(rng), units.households));
    const tare = Math.round(between(uniform(rng), units.tare) * 20) / 20;
    const rate = units.feeRates[Math.floor(uniform(createRng(0, `fee ${place.district}`)) * units.feeRates.length)] ?? 100;
    const device: Device<"foodwaste"> = {
      id,
      service: "foodwaste",
      kind: "bin",
      gateway,
      site: id,
      meta: {
        v: 1,
        d: id,
        kind: "bin",
        name: { ko: `음식물 수거함 ${number}`, en: `Food-waste unit ${number}` },
        gateway,
        district: place.district,
        lat: place.lat,
        lon: place.lon,
        model: "RFID unit, 120 L",
        constants: { tare, households, capacity: units.capacity },
      },
    };
    return { id, district: place.district, devices: [device], facts: { households, capacity: units.capacity, tare, rate } };
  });
}
