import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import { type Selectable, select } from "../../shared/scenario/selector.ts";

const device = (id: string, over: Partial<Selectable> = {}): Selectable => ({
  id,
  service: "stream",
  kind: "gauge",
  district: "north",
  gateway: `gw-${id}`,
  ...over,
});
const ids = (devices: readonly Selectable[]): string[] => devices.map(({ id }) => id);
const yard = [
  device("b"),
  device("a", { tags: ["near-stadium"] }),
  device("c", { district: "south" }),
  device("d", { service: "traffic", kind: "signal", gateway: "gw-x" }),
  device("e", { service: "traffic", kind: "approach", gateway: "gw-x" }),
];
const crowd = Array.from({ length: 200 }, (_, n) => device(`d-${n}`, { gateway: `gw-${Math.floor(n / 4)}` }));

describe("a selector", () => {
  it("means every device when it says nothing, by id", () => expect(ids(select(yard, {}, 1))).toEqual(["a", "b", "c", "d", "e"]));
  it("joins its conditions", () => {
    expect(ids(select(yard, { service: "stream", district: "north" }, 1))).toEqual(["a", "b"]);
    expect(ids(select(yard, { tag: "near-stadium" }, 1))).toEqual(["a"]);
    expect(ids(select(yard, { gateway: "gw-x", except: "d" }, 1))).toEqual(["e"]);
    expect(ids(select(yard, { kind: ["signal", "approach"] }, 1))).toEqual(["d", "e"]);
  });
  it("takes a share of devices, one at least", () => {
    expect(select(crowd, { share: "10 %" }, 1)).toHaveLength(20);
    expect(select(crowd, { share: "0.1% of devices" }, 1)).toHaveLength(1);
  });
  it("takes a share of gateways whole", () => {
    const taken = select(crowd, { share: "10 % of gateways" }, 1);
    const gateways = new Set(taken.map(({ gateway }) => gateway));
    expect(gateways.size).toBe(5);
    expect(taken).toHaveLength(20);
  });
  it("draws the same for a seed, whatever the order of devices, and another for another", () => {
    expect(ids(select([...crowd].reverse(), { count: 9 }, 5))).toEqual(ids(select(crowd, { count: 9 }, 5)));
    expect(ids(select(crowd, { count: 9 }, 6))).not.toEqual(ids(select(crowd, { count: 9 }, 5)));
  });
  it("holds the smaller share in the larger one", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        (one, other, seed) => {
          const small = ids(select(crowd, { count: Math.min(one, other) }, seed));
          const large = new Set(ids(select(crowd, { count: Math.max(one, other) }, seed)));
          expect(small.every((id) => large.has(id))).toBe(true);
        },
      ),
    );
  });
});

describe("tags of places", () => {
  it.each(["small", "default"])("are near every landmark of the %s city", (city) => {
    const { devices, plan } = createStages()(city);
    expect(plan.landmarks.map(({ id }) => id)).toEqual(expect.arrayContaining(["hospital", "market", "school", "stadium", "station"]));
    for (const { id } of plan.landmarks) expect(select(devices, { tag: `near-${id}` }, 1).length).toBeGreaterThan(0);
  });
});
