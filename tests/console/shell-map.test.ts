import { describe, expect, it } from "vitest";
import { fadingContours, roadsBeyond, streamBeyond } from "../../console/web/map/beyond-plan.ts";
import { type Box, type LabelWish, placeLabels } from "../../console/web/map/label-places.ts";
import { lostGateways } from "../../console/web/map/lost-gateways.ts";
import { isWet, rainMetric, rainText } from "../../console/web/map/rain.ts";
import type { CityPlan, Position } from "../../shared/city-plan.ts";
import type { DeviceRow } from "../../shared/city-port.ts";
import type { Service } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";

const frame: Box = { x0: 0, y0: 0, x1: 790, y1: 740 };
const wish = (id: string, x: number, y: number): LabelWish => ({ id, x, y, width: 150, height: 22 });
const boxOf = (label: LabelWish, places: ReturnType<typeof placeLabels>): Box => {
  const place = places.get(label.id);
  if (!place) throw new Error(`no place for ${label.id}`);
  return { x0: label.x + place.dx, y0: label.y + place.dy, x1: label.x + place.dx + label.width, y1: label.y + place.dy + label.height };
};
const overlap = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

describe("labels of the gauges", () => {
  // A stream that winds down the map, as close together as the narrow screens bring it.
  const along = [
    [140, 60],
    [240, 90],
    [246, 140],
    [330, 175],
    [312, 255],
    [470, 300],
    [455, 375],
    [560, 395],
  ].map(([x = 0, y = 0], at) => wish(`ws-${at}`, x, y));

  it("never cover each other, nor the mark of another gauge", () => {
    const places = placeLabels(along, { frame, blocked: [], dear: [] });
    const boxes = along.map((label) => boxOf(label, places));
    for (const [at, box] of boxes.entries())
      for (const [other, label] of along.entries()) {
        if (other === at) continue;
        expect(overlap(box, boxes[other] as Box)).toBe(false);
        expect(overlap(box, { x0: label.x - 6, y0: label.y - 6, x1: label.x + 6, y1: label.y + 6 })).toBe(false);
      }
  });
  it("stay inside the frame and off its controls", () => {
    const blocked: Box[] = [{ x0: 0, y0: 0, x1: 460, y1: 44 }];
    const labels = [wish("north", 200, 50), wish("east", 770, 300), wish("west", 8, 500), wish("south", 400, 734)];
    const places = placeLabels(labels, { frame, blocked, dear: [] });
    for (const label of labels) {
      const box = boxOf(label, places);
      expect(box.x0).toBeGreaterThanOrEqual(frame.x0);
      expect(box.x1).toBeLessThanOrEqual(frame.x1);
      expect(box.y1).toBeLessThanOrEqual(frame.y1);
      expect(overlap(box, blocked[0] as Box)).toBe(false);
    }
  });
  it("stand beside the gauge, to the right, where nothing speaks against it", () => {
    expect(placeLabels([wish("a", 300, 300)], { frame, blocked: [], dear: [] }).get("a")).toEqual({ dx: 16, dy: -11 });
  });
  it("are the same for the same map", () => {
    const ground = { frame, blocked: [], dear: [] };
    expect([...placeLabels(along, ground)]).toEqual([...placeLabels(along, ground)]);
  });
});

describe("lost gateways", () => {
  const row = (id: string, gateway: string, state: DeviceRow["state"]): DeviceRow => ({ id, gateway, state }) as DeviceRow;
  it("are those whose devices have all gone, when there is more than one", () => {
    const rows = [row("a", "gw-1", "lost"), row("b", "gw-1", "lost"), row("c", "gw-2", "lost"), row("d", "gw-2", "ready"), row("e", "gw-3", "lost")];
    expect(lostGateways(rows).map(({ gateway, rows: behind }) => [gateway, behind.length])).toEqual([["gw-1", 2]]);
  });
});

describe("beyond the plan", () => {
  const line = (coordinates: Position[]) => ({ type: "LineString" as const, coordinates });
  const plan = {
    bounds: [127, 37, 127.1, 37.1],
    layers: {
      road: {
        features: [
          {
            properties: { class: 1 },
            geometry: line([
              [127.05, 37.05],
              [127.1, 37.05],
            ]),
          },
          {
            properties: { class: 3 },
            geometry: line([
              [127.04, 37.04],
              [127.06, 37.04],
            ]),
          },
        ],
      },
      stream: {
        features: [
          {
            properties: { width: 30 },
            geometry: line([
              [127.02, 37.1],
              [127.03, 37.05],
              [127.06, 37.0],
            ]),
          },
        ],
      },
      hill: {
        features: [
          {
            properties: { height: 60 },
            geometry: line([
              [127.05, 37.05],
              [127.02, 37.05],
              [127.001, 37.05],
            ]),
          },
        ],
      },
    },
  } as unknown as CityPlan;

  it("roads that leave run straight on, others end where they end", () => {
    const [leaving, local] = roadsBeyond(plan).map(({ geometry }) => geometry.coordinates);
    expect(leaving).toHaveLength(3);
    expect(leaving?.[2]?.[0]).toBeGreaterThan(127.5);
    expect(leaving?.[2]?.[1]).toBeCloseTo(37.05);
    expect(local).toHaveLength(2);
  });
  it("the stream goes on from both of its ends without a bend", () => {
    const pieces = streamBeyond(plan).map(({ geometry }) => geometry.coordinates);
    expect(pieces).toHaveLength(3);
    // Turned about the end, the point before it stands as far behind it, in line.
    const beyond = pieces[2]?.[1];
    expect(beyond?.[0]).toBeCloseTo(127.09);
    expect(beyond?.[1]).toBeCloseTo(36.95);
  });
  it("hills fade towards the edge and stay connected", () => {
    const pieces = fadingContours(plan);
    expect(pieces.map(({ properties }) => properties.strength)).toEqual([1, 0.25]);
    expect(pieces[1]?.geometry.coordinates[0]).toEqual(pieces[0]?.geometry.coordinates.at(-1));
  });
});

describe("rain on the map", () => {
  const stream = services.find(({ id }) => id === "stream");
  it("is read where a kind measures millimetres an hour, whatever the metric is called", () => {
    if (stream === undefined) throw new Error("no stream");
    expect(rainMetric(stream, "gauge")).toBe("rain");
    expect(rainMetric(stream, "gate")).toBeUndefined();
    const renamed = {
      ...stream,
      metrics: { ...stream.metrics, water: stream.metrics.rain },
      kinds: { gauge: { ...stream.kinds.gauge, metrics: ["level", "water"] } },
    };
    expect(rainMetric(renamed as unknown as Service, "gauge")).toBe("water");
  });
  it("is nothing while it is dry or nobody knows, and a figure with its word while it rains", () => {
    expect([0, 0.04, Number.NaN, 0.1, 40].filter(isWet)).toEqual([0.1, 40]);
    expect(rainText(2.34)).toEqual({ ko: "비 2.3 mm/h", en: "rain 2.3 mm/h" });
    expect(rainText(41.6).en).toBe("rain 42 mm/h");
  });
});
