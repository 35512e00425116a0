import type { CityPlan } from "../city-plan.ts";

/** As far as people walk from a stadium's gate to a parked car, in metres. */
const nearMetres = 600;
const metresPerDegree = 111_320;

export const landmarkTag = (landmark: string): string => `near-${landmark}`;

/** Tags of a place: near which of the city's landmarks it lies. Equirectangular, exact to a metre over such distances. */
export function tagsOf({ landmarks }: Pick<CityPlan, "landmarks">, { lat, lon }: { readonly lat: number; readonly lon: number }): string[] {
  return landmarks
    .filter(({ at: [east, north] }) => {
      const y = (north - lat) * metresPerDegree;
      const x = (east - lon) * metresPerDegree * Math.cos((lat * Math.PI) / 180);
      return Math.hypot(x, y) <= nearMetres;
    })
    .map(({ id }) => landmarkTag(id));
}
