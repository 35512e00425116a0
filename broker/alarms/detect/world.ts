import type { Value } from "../../../shared/reading.ts";
import type { Watched } from "../observed.ts";
import type { World } from "./evaluator.ts";
import type { Mind } from "./mind.ts";

const byId = (a: Watched, b: Watched): number => (a.id < b.id ? -1 : 1);
const placeOf = ({ service, meta }: Watched): string => `${service}/${meta.site ?? meta.gateway}`;

/** The world as the minds of one timeline remember it. */
export function createWorld(devices: () => Iterable<Watched>, lookup: (id: string) => Watched | undefined, minds: ReadonlyMap<string, Mind>) {
  let kinds: Map<string, Watched[]> | undefined;
  let places: Map<string, Watched[]> | undefined;
  const grouped = (keyOf: (device: Watched) => string): Map<string, Watched[]> => {
    const groups = new Map<string, Watched[]>();
    for (const device of [...devices()].sort(byId)) {
      const key = keyOf(device);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [device]);
      else group.push(device);
    }
    return groups;
  };
  const world: World = {
    device: lookup,
    value(device, metric) {
      const mind = minds.get(device);
      const value: Value | undefined = mind?.values[metric];
      return value === undefined ? undefined : { t: mind?.times[metric] ?? 0, value };
    },
    kin({ service, kind }) {
      kinds ??= grouped((one) => `${one.service}/${one.kind}`);
      return kinds.get(`${service}/${kind}`) ?? [];
    },
    beside(device) {
      places ??= grouped(placeOf);
      return (places.get(placeOf(device)) ?? []).filter(({ id }) => id !== device.id);
    },
    stands: (rule, device) => minds.get(device)?.raised[rule.slice(rule.indexOf("/") + 1)] !== undefined,
  };
  return {
    world,
    /** Devices came or went. */
    changed(): void {
      kinds = undefined;
      places = undefined;
    },
  };
}
