import type { Selectable } from "../../shared/scenario/selector.ts";

/** All that speak through the same gateways as these: what strikes one of them on the line strikes them all. */
export function behindGateways(some: readonly Selectable[], all: readonly Selectable[]): readonly Selectable[] {
  const gateways = new Set(some.map(({ gateway }) => gateway));
  return all.filter(({ gateway }) => gateways.has(gateway));
}
