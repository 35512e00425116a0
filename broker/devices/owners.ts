import type { Entry } from "./registry.ts";

/** Which devices a gateway speaks for; made anew when the registry changes. */
export interface Owners {
  devicesOf(gateway: string): ReadonlySet<string> | undefined;
  /** Another number: a right that was asked before may have changed. */
  version(): number;
  changed(entry: Entry): void;
}

export function createOwners(entries: () => ReadonlyMap<string, Entry>): Owners {
  let owners: Map<string, Set<string>> | undefined;
  let version = 0;
  const all = (): Map<string, Set<string>> => {
    if (owners !== undefined) return owners;
    owners = new Map();
    for (const { id, meta } of entries().values()) {
      const devices = owners.get(meta.gateway) ?? new Set();
      owners.set(meta.gateway, devices.add(id));
    }
    return owners;
  };
  return {
    devicesOf: (gateway) => all().get(gateway),
    version: () => version,
    changed({ id, meta }) {
      // a birth document that is only worded anew changes nobody's rights
      if (owners?.get(meta.gateway)?.has(id) === entries().has(id)) return;
      owners = undefined;
      version += 1;
    },
  };
}
