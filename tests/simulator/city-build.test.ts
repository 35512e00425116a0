import { describe, expect, it } from "vitest";
import { services } from "../../shared/services/index.ts";
import { buildCity } from "../../simulator/city/build-city.ts";
import type { Ground } from "../../simulator/city/ground.ts";

type Placing = Parameters<typeof buildCity>[2];
type Spot = { readonly id: string; readonly gateway: string };

/** A city in which the food-waste service stands at the given spots and the others stand nowhere. */
function cityWith(spots: readonly Spot[]) {
  const place = (ground: Ground) =>
    ground.places("units", spots.length).map(({ district, lat, lon }, k) => ({
      id: `site-${k}`,
      district,
      facts: {},
      devices: [{ ...spots[k]!, service: "foodwaste", kind: "unit", site: `site-${k}`, meta: { lat, lon } }],
    }));
  const nowhere = { place: () => [] };
  const placing = Object.fromEntries(services.map(({ id }) => [id, id === "foodwaste" ? { place } : nowhere]));
  return buildCity("small", 1, placing as unknown as Placing);
}

describe("a city made of its services' sites", () => {
  it("groups devices by gateway and sorts gateways by id", () => {
    const { gateways, sites, plan } = cityWith([
      { id: "fw-3", gateway: "gw-b" },
      { id: "fw-1", gateway: "gw-a" },
      { id: "fw-2", gateway: "gw-b" },
    ]);
    expect(gateways.map(({ id, service, devices }) => [id, service, devices.map((one) => one.id)])).toEqual([
      ["gw-a", "foodwaste", ["fw-1"]],
      ["gw-b", "foodwaste", ["fw-3", "fw-2"]],
    ]);
    expect(plan.districts.map(({ id }) => id)).toContain(gateways[0]!.district);
    expect(sites.foodwaste).toHaveLength(3);
    expect(sites.traffic).toEqual([]);
  });

  it.each<[string, Spot[], RegExp]>([
    [
      "a device that exists twice",
      [
        { id: "fw-1", gateway: "gw-a" },
        { id: "fw-1", gateway: "gw-b" },
      ],
      /device "fw-1" exists twice/,
    ],
    ["a device id that no topic can hold", [{ id: "FW 1", gateway: "gw-a" }], /device "FW 1"/],
    ["a gateway id that no topic can hold", [{ id: "fw-1", gateway: "gw/a" }], /gateway "gw\/a"/],
    [
      "a gateway with the id of a device",
      [
        { id: "fw-1", gateway: "gw-a" },
        { id: "gw-a", gateway: "gw-b" },
      ],
      /"gw-a" is both/,
    ],
  ])("refuses %s and names it", (_, spots, message) => {
    expect(() => cityWith(spots)).toThrow(message);
  });
});
