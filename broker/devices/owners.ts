import type { Entry } from "./registry.ts";

/** Which devices a gateway speaks for; made anew when the registry changes. */
export interface Owners {
  devicesOf(gateway: string): ReadonlySet<string> | undefined;
  changed(): void;
}

export function createOwners(entries: () => Iterable<Entry>): Owners {
  let owners: Map<string, Set<string>> | undefined;
  const all = (): Map<string, Set<string>> => {
    if (owners !== undefined) return owners;
    owners = new Map();
    for (const { id, meta } of entries()) {
      const devices = owners.get(meta.gateway) ?? new Set();
      owners.set(meta.gateway, devices.add(id));
    }
    return owners;
  };
  return {
    devicesOf: (gateway) => all().get(gateway),
    changed() {
      owners = undefined;
    },
  };
}
