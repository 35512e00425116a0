import type { Watched } from "../observed.ts";
import type { World } from "./evaluator.ts";
import type { GatewayWords } from "./gateway-words.ts";
import { type Mind, recall } from "./mind.ts";
import type { Posts } from "./posts.ts";

const byId = (a: Watched, b: Watched): number => (a.id < b.id ? -1 : 1);
const placeOf = ({ service, meta }: Watched): string => `${service}/${meta.site ?? meta.gateway}`;
const none: readonly Watched[] = [];

export interface WorldParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  readonly minds: ReadonlyMap<string, Mind>;
  mindOf: Posts["mindOf"];
  heard(): number;
  lastWord: GatewayWords["of"];
}

/** The world as the minds of one timeline remember it. */
export function createWorld({ devices, device: lookup, minds, mindOf, heard, lastWord }: WorldParts) {
  let sorted: readonly Watched[] | undefined;
  const groupings: { clear(): void }[] = [];
  function everybody(): readonly Watched[] {
    sorted ??= [...devices()].sort(byId);
    return sorted;
  }
  const grouped = (keyOf: (device: Watched) => string): (() => ReadonlyMap<string, readonly Watched[]>) => {
    let groups: Map<string, Watched[]> | undefined;
    groupings.push({
      clear: () => {
        groups = undefined;
      },
    });
    return () => {
      if (groups !== undefined) return groups;
      groups = new Map();
      for (const device of everybody()) {
        const group = groups.get(keyOf(device));
        if (group === undefined) groups.set(keyOf(device), [device]);
        else group.push(device);
      }
      return groups;
    };
  };
  const kinds = grouped(({ service, kind }) => `${service}/${kind}`);
  const places = grouped(placeOf);
  const districts = grouped(({ district }) => district);
  const gateways = grouped(({ meta }) => meta.gateway);
  const of = (service: string, kind: string): readonly Watched[] => kinds().get(`${service}/${kind}`) ?? none;
  const world: World = {
    device: lookup,
    value(device, metric) {
      const mind = mindOf(device);
      return mind && recall(mind, metric);
    },
    past(device, metric) {
      const value = minds.get(device)?.past[metric];
      return typeof value === "number" ? value : undefined;
    },
    of,
    kin: ({ service, kind }) => of(service, kind),
    beside: (device) => (places().get(placeOf(device)) ?? none).filter(({ id }) => id !== device.id),
    behind: (gateway) => gateways().get(gateway) ?? none,
    inDistrict: (district) => districts().get(district) ?? none,
    everybody,
    gateways: () => gateways().size,
    heard,
    lastWord,
    newest: (device) => mindOf(device)?.t ?? 0,
    trusts(device, metric) {
      const mind = minds.get(device);
      return mind === undefined || mind.doubted === 0 || (mind.doubts[metric] ?? 0) === 0;
    },
    stands: (rule, device) => minds.get(device)?.raised[rule.slice(rule.indexOf("/") + 1)] !== undefined,
  };
  return {
    world,
    /** Devices came or went. */
    changed(): void {
      sorted = undefined;
      for (const grouping of groupings) grouping.clear();
    },
  };
}
