import { performance } from "node:perf_hooks";
import { beforeAll, describe, expect, it } from "vitest";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { cityNames, type Ground } from "../../simulator/city/ground.ts";

/** Even-odd rule in degrees, written apart from the code under test. */
function holds(ring: readonly (readonly number[])[], lon: number, lat: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as [number, number];
    const [xj, yj] = ring[j] as [number, number];
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
const metres = (a: { lat: number; lon: number }, b: { lat: number; lon: number }): number =>
  Math.hypot((a.lat - b.lat) * 111_000, (a.lon - b.lon) * 88_200);

describe.each(cityNames)("the ground of city %s", (city) => {
  let ground: Ground;
  beforeAll(() => {
    ground = buildGround(city, 1);
  });

  it("is the same twice", () => {
    const again = buildGround(city, 1);
    expect(JSON.stringify(again)).toBe(JSON.stringify(ground));
    expect(again.places("homes", 50)).toEqual(ground.places("homes", 50));
  });

  it("keeps every intersection inside its bounds and inside one district", () => {
    const [west, south, east, north] = ground.plan.bounds;
    for (const node of ground.streets.nodes) {
      expect(node.lon).toBeGreaterThan(west);
      expect(node.lon).toBeLessThan(east);
      expect(node.lat).toBeGreaterThan(south);
      expect(node.lat).toBeLessThan(north);
      const holders = (east: number, north: number): number =>
        ground.plan.layers.district.features.filter((one) =>
          holds(one.geometry.coordinates[0] ?? [], node.lon + east / 88_200, node.lat + north / 111_000),
        ).length;
      // Borders follow streets, so an intersection may lie on one: then it must lie beside a district.
      expect(holders(0, 0), node.id).toBeLessThanOrEqual(1);
      expect(holders(0, 0) + holders(40, 40) + holders(40, -40) + holders(-40, 40) + holders(-40, -40), node.id).toBeGreaterThan(0);
    }
  });

  it("names every district in both languages and writes the name inside it", () => {
    const { districts, layers } = ground.plan;
    expect(layers.district.features.map((one) => one.properties.id)).toEqual(districts.map(({ id }) => id));
    for (const { id, name, label } of districts) {
      expect(name.ko).toMatch(/^[가-힣]+동$/);
      expect(name.en).toMatch(/^[A-Z][a-z]+-dong$/);
      const ring = layers.district.features.find((one) => one.properties.id === id)?.geometry.coordinates[0] ?? [];
      expect(holds(ring, ...label), id).toBe(true);
    }
  });

  it("joins all intersections by links of a plausible length, no farther than the street and no shorter than the straight line", () => {
    const { nodes, links } = ground.streets;
    const reached = new Set([0]);
    for (const from of reached) for (const link of links) if (link.from === from) reached.add(link.to);
    expect(reached.size).toBe(nodes.length);
    for (const { from, to, metres: length, lanes } of links) {
      const straight = metres(nodes[from]!, nodes[to]!);
      expect(length).toBeGreaterThan(straight - 3);
      expect(length).toBeLessThan(straight * 1.15 + 3);
      expect(length).toBeGreaterThan(100);
      expect(length).toBeLessThan(2500);
      expect([1, 2, 3, 4]).toContain(lanes);
    }
  });

  it("gives each side of an intersection one link at most, with the way back, arriving from that side", () => {
    const { nodes, links } = ground.streets;
    const sides = links.map(({ to, side }) => `${to}${side}`);
    expect(new Set(sides).size).toBe(links.length);
    const back = { n: "s", s: "n", e: "w", w: "e" } as const;
    for (const link of links) {
      expect(links.some((other) => other.from === link.to && other.to === link.from && other.side === back[link.side])).toBe(true);
      const [a, b] = [nodes[link.from]!, nodes[link.to]!];
      const dx = (a.lon - b.lon) * 88_200;
      const dy = (a.lat - b.lat) * 111_000;
      const along = { n: dy, s: -dy, e: dx, w: -dx }[link.side];
      expect(along).toBeGreaterThan(0);
    }
  });

  it("draws areas as closed counter-clockwise rings and lines of two points or more", () => {
    const { layers } = ground.plan;
    for (const feature of [...layers.block.features, ...layers.district.features]) {
      const ring = feature.geometry.coordinates[0] ?? [];
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring[0]).toEqual(ring[ring.length - 1]);
      let twice = 0;
      for (let i = 1; i < ring.length; i++) twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
      expect(twice).toBeGreaterThan(0);
    }
    for (const { geometry } of [...layers.road.features, ...layers.stream.features, ...layers.hill.features])
      expect(geometry.coordinates.length).toBeGreaterThanOrEqual(2);
  });

  it("spreads distinct places over all its districts, out of the water", () => {
    const places = ground.places("bins", 200);
    expect(places).toHaveLength(200);
    expect(new Set(places.map(({ lat, lon }) => `${lat},${lon}`)).size).toBe(200);
    expect(new Set(places.map(({ district }) => district)).size).toBe(ground.plan.districts.length);
    expect(ground.places("homes", 200)).not.toEqual(places);
    for (const place of places) {
      for (let km = 0; km <= ground.streamLength; km += 0.1) expect(metres(place, ground.alongStream(km, 0))).toBeGreaterThan(60);
    }
  });

  it("follows the stream from north to south, its left bank on the left", () => {
    const source = ground.alongStream(0, 0);
    const mouth = ground.alongStream(ground.streamLength, 0);
    expect(source.lat).toBeGreaterThan(mouth.lat);
    let before = source;
    let length = 0;
    for (let km = 0.05; km <= ground.streamLength; km += 0.05) {
      const here = ground.alongStream(km, 0);
      const left = ground.alongStream(km, 30);
      length += metres(before, here);
      const cross = (here.lon - before.lon) * (left.lat - here.lat) - (here.lat - before.lat) * (left.lon - here.lon);
      expect(cross).toBeGreaterThan(0);
      expect(metres(here, left)).toBeCloseTo(30, 0);
      before = here;
    }
    expect(length / 1000).toBeCloseTo(ground.streamLength, 0);
  });

  it("knows of a home no more than the centre of its 500 m cell", () => {
    const homes = ground.places("homes", 300);
    const cells = homes.map((home) => ground.cell(home));
    cells.forEach((cell, k) => {
      expect(metres(cell, homes[k]!)).toBeLessThan(360);
      expect(cell.district).toBe(homes[k]!.district);
    });
    expect(new Set(cells.map(({ lat, lon }) => `${lat},${lon}`)).size).toBeLessThan(300);
  });
});

describe("the plan's size", () => {
  it("has 260 signalised intersections in the default city, three in the small one, and ten times as many at scale 10", () => {
    expect(buildGround("default", 1).streets.nodes).toHaveLength(260);
    expect(buildGround("default", 10).streets.nodes).toHaveLength(2600);
    const small = buildGround("small", 1).streets.nodes;
    expect(small.map(({ id }) => id)).toEqual(["tx-0001", "tx-0002", "tx-0003"]);
  });

  it("stays below 600 kB as GeoJSON", () => {
    expect(JSON.stringify(buildGround("default", 1).plan).length).toBeLessThan(600_000);
  });

  it("builds the small city at once", () => {
    buildGround("small", 1);
    const from = performance.now();
    for (let n = 0; n < 3; n++) buildGround("small", 1);
    // Generous: a machine under load must not fail this; a quadratic slip would.
    expect((performance.now() - from) / 3).toBeLessThan(500);
  });
});
