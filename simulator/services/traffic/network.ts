import { toPoint } from "../../city/plane.ts";
import type { StreetLink } from "../../city/street-graph.ts";
import type { Sites } from "../../model.ts";
import { createRng, normal } from "../../random.ts";
import { heavyFactor } from "./flow.ts";
import { heavy, levels, roads, signals } from "./parameters.ts";
import { createProfile, type Profile, scaled } from "./profile.ts";

/** What never changes of an approach: the link that ends at it, and where its vehicles go. */
export interface Approach {
  readonly device: string;
  readonly crossing: number;
  /** The last crossing, and whether the street is the main road there too. */
  readonly from: number;
  readonly mainThere: boolean;
  readonly metres: number;
  readonly lanes: number;
  readonly main: boolean;
  /** Vehicles that the link holds when all stand. */
  readonly storage: number;
  /** That much of them the cameras see. */
  readonly longestQueue: number;
  /** Minutes from the last crossing to the stop line. */
  readonly minutes: number;
  /** Seconds that a platoon takes from stop line to stop line. */
  readonly travel: number;
  /** veh/s of green. */
  readonly saturation: number;
  /** m/s without signals. */
  readonly freeSpeed: number;
  readonly heavy: number;
  /** Approaches straight on, to the right, to the left; -1 = out of the network. */
  readonly ahead: readonly [number, number, number];
  readonly profile: Profile;
}
/** Approaches first .. end - 1 meet here. */
interface Crossroads {
  readonly first: number;
  readonly end: number;
  readonly district: string;
  readonly signal: string;
  readonly lanes: { readonly main: number; readonly cross: number };
}
export interface Network {
  readonly approaches: readonly Approach[];
  readonly crossings: readonly Crossroads[];
  readonly approachOf: ReadonlyMap<string, number>;
  readonly signalOf: ReadonlyMap<string, number>;
}

type Side = StreetLink["side"];
/** Side of the next approach after going straight on, right, left; who comes from the north drives south and meets the next crossing from the north. */
const next: Readonly<Record<Side, readonly [Side, Side, Side]>> = {
  n: ["n", "e", "w"],
  e: ["e", "s", "n"],
  s: ["s", "w", "e"],
  w: ["w", "n", "s"],
};

const networks = new WeakMap<Sites<"traffic">, Network>();
/** The network of a city, made once: a function of the city alone. */
export function networkOf(city: Sites<"traffic">): Network {
  const known = networks.get(city);
  if (known !== undefined) return known;
  const made = createNetwork(city);
  networks.set(city, made);
  return made;
}

function createNetwork({ sites, streets: { nodes, links } }: Sites<"traffic">): Network {
  // Approaches of a crossing lie together, whatever the order of the links.
  const sorted = links.toSorted((a, b) => a.to - b.to || (a.side < b.side ? -1 : 1));
  const mainAt = new Set(sorted.flatMap((link) => (link.main ? [`${link.from} ${link.to}`] : [])));
  const leaving = new Map(sorted.map((link, k) => [`${link.from} ${link.side}`, k]));
  const roadsOf = sorted.map((link): Approach => {
    const ahead = next[link.side].map((side) => leaving.get(`${link.to} ${side}`) ?? -1);
    return createApproach(link, nodes, { ahead: ahead as [number, number, number], mainThere: mainAt.has(`${link.to} ${link.from}`) });
  });
  const crossings = sites.map((site, k): Crossroads => {
    const first = sorted.findIndex((link) => link.to === k);
    const { main = 0, cross = 0 } = site.facts;
    const count = sorted.filter((link) => link.to === k).length;
    const start = Math.max(0, first);
    return { first: start, end: start + count, district: site.district, signal: `${site.id}-sig`, lanes: { main, cross } };
  });
  const approaches = crossings.flatMap(({ first, end }) => relieved(roadsOf.slice(first, end)));
  return {
    approaches,
    crossings,
    approachOf: new Map(approaches.map(({ device }, k) => [device, k])),
    signalOf: new Map(crossings.map(({ signal }, k) => [signal, k])),
  };
}

type Nodes = Sites<"traffic">["streets"]["nodes"];
function createApproach(link: StreetLink, nodes: Nodes, { ahead, mainThere }: Pick<Approach, "ahead" | "mainThere">): Approach {
  const [from, to] = [nodes[link.from], nodes[link.to]];
  const device = `${to?.id ?? ""}-${link.side}`;
  const street = link.from < link.to ? `${from?.id} ${to?.id}` : `${to?.id} ${from?.id}`;
  const rng = createRng(0, `traffic speed ${street}`);
  const freeSpeed = ((roads.freeSpeed[link.lanes] ?? 45) / 3.6) * Math.exp(roads.freeSpeedSigma * normal(rng));
  const minutes = Math.round((link.metres / freeSpeed + roads.usualDelay) / 60);
  const centre = { lat: 0, lon: 0 };
  return {
    device,
    crossing: link.to,
    from: link.from,
    mainThere,
    metres: link.metres,
    lanes: link.lanes,
    main: link.main,
    storage: Math.max(1, Math.floor((link.metres * link.lanes) / roads.spacing)),
    longestQueue: Math.floor((Math.min(roads.reach, link.metres) * link.lanes) / roads.spacing),
    minutes: Math.min(roads.longestMinutes - 1, Math.max(1, minutes)),
    travel: link.metres / (signals.platoonSpeed * freeSpeed),
    saturation: ((roads.phased * roads.saturation) / 3600) * (link.lanes + roads.pocket) * heavyFactor(heavy.usual),
    freeSpeed,
    heavy: Math.exp(heavy.sigma * normal(rng)),
    ahead,
    profile: createProfile({ device, street, lanes: link.lanes, start: toPoint(from ?? centre), end: toPoint(to ?? centre) }),
  };
}

/** Highest q/s of the approaches of one phase at a weekday's hour. */
export const criticalRatio = (approaches: readonly Approach[], main: boolean, hour: number): number =>
  approaches.reduce((most, one) => (one.main === main ? Math.max(most, (one.profile.weekday[hour] ?? 0) / 3600 / one.saturation) : most), 0);

/** Drivers know the crossing that takes no more, and use others: its usual peak asks for no more green than there is. */
function relieved(approaches: readonly Approach[]): readonly Approach[] {
  let worst = 0;
  for (let hour = 0; hour < 24; hour++) worst = Math.max(worst, criticalRatio(approaches, true, hour) + criticalRatio(approaches, false, hour));
  if (worst <= levels.busiest) return approaches;
  return approaches.map((one) => ({ ...one, profile: scaled(one.profile, levels.busiest / worst) }));
}
