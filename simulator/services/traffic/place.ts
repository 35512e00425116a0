import type { Position } from "../../../shared/city-plan.ts";
import type { Ground } from "../../city/ground.ts";
import { contains, distance, type Point, toLatLon, toPoint } from "../../city/plane.ts";
import type { StreetGraph, StreetLink, StreetNode } from "../../city/street-graph.ts";
import type { Device, Site } from "../../model.ts";
import { cabinetsOf } from "./cabinets.ts";

const sides = {
  n: { ko: "북측", en: "north" },
  e: { ko: "동측", en: "east" },
  s: { ko: "남측", en: "south" },
  w: { ko: "서측", en: "west" },
} as const;
/** The camera looks at the road this far before the stop line, m. */
const setBack = 35;

/** One site per signalised crossing, in the order of the street graph; facts: lanes of the main and of the other road each way, 0 = no detectors. */
export function placeCrossings(ground: Ground): readonly Site<"traffic">[] {
  const { nodes, links } = ground.streets;
  const districts = nodes.map((node) => districtOf(ground, node));
  const cabinets = cabinetsOf(nodes.map(toPoint), districts);
  return nodes.map((node, k) => {
    const district = districts[k] ?? "";
    const spot: Spot = { node, district, gateway: `gw-tx-${String((cabinets[k] ?? 0) + 1).padStart(3, "0")}` };
    const ways = links.filter((link) => link.to === k);
    const lanes = (main: boolean): number => ways.reduce((most, link) => (link.main === main ? Math.max(most, link.lanes) : most), 0);
    const devices = [...ways.map((link) => approach(spot, link, ground.streets)), signal(spot)];
    return { id: node.id, district, devices, facts: { main: lanes(true), cross: lanes(false) } };
  });
}

/** The district whose outline holds the crossing; outside all of them the one whose name is written nearest. */
function districtOf(ground: Ground, node: StreetNode): string {
  const at: Point = [node.lon, node.lat];
  const holder = ground.plan.layers.district.features.find(({ geometry }) => contains((geometry.coordinates[0] ?? []) as readonly Position[], at));
  if (holder !== undefined) return holder.properties.id;
  const far = ([lon, lat]: Position): number => distance(toPoint(node), toPoint({ lat, lon }));
  const [nearest] = [...ground.plan.districts].sort((a, b) => far(a.label) - far(b.label));
  return nearest?.id ?? "";
}

interface Spot {
  readonly node: StreetNode;
  readonly district: string;
  readonly gateway: string;
}
interface Part {
  readonly id: string;
  readonly kind: "approach" | "signal";
  readonly at: Point;
  readonly name: { readonly ko: string; readonly en: string };
  readonly model: string;
  readonly constants?: Record<string, number>;
}

function device({ node, district, gateway }: Spot, { id, kind, at, name, model, constants }: Part): Device<"traffic"> {
  const base = { v: 1 as const, d: id, kind, name, gateway, district, ...toLatLon(at), model, fw: "2.4.1" };
  return { id, service: "traffic", kind, gateway, site: node.id, meta: constants === undefined ? base : { ...base, constants } };
}
const numberOf = (node: StreetNode): string => node.id.replace(/^tx-/, "");

function approach(spot: Spot, link: StreetLink, { nodes }: StreetGraph): Device<"traffic"> {
  const end = toPoint(spot.node);
  const start = toPoint(nodes[link.from] ?? spot.node);
  const [east, north] = [end[0] - start[0], end[1] - start[1]];
  const long = Math.max(1, Math.sqrt(east * east + north * north));
  const { ko, en } = sides[link.side];
  return device(spot, {
    id: `${spot.node.id}-${link.side}`,
    kind: "approach",
    at: [end[0] - (setBack * east) / long, end[1] - (setBack * north) / long],
    name: { ko: `교차로 ${numberOf(spot.node)} ${ko} 접근로`, en: `Intersection ${numberOf(spot.node)} ${en} approach` },
    model: "intelligent CCTV",
    // Heading: the way the vehicles drive, degrees clockwise from north.
    constants: {
      lanes: link.lanes,
      main: link.main ? 1 : 0,
      heading: Math.round((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
      metres: Math.round(link.metres),
    },
  });
}

const signal = (spot: Spot): Device<"traffic"> =>
  device(spot, {
    id: `${spot.node.id}-sig`,
    kind: "signal",
    at: toPoint(spot.node),
    name: { ko: `교차로 ${numberOf(spot.node)} 신호 제어기`, en: `Intersection ${numberOf(spot.node)} signal controller` },
    model: "signal controller",
  });
