import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";

/** Those of the devices that an injection of this kind can strike. */
export const struckBy = (kind: Pick<InjectionKindRow, "kinds" | "service">, devices: readonly Selectable[]): readonly Selectable[] =>
  devices.filter((one) => (kind.service === null || one.service === kind.service) && (kind.kinds === undefined || kind.kinds.includes(one.kind)));

/** What an injection is sent with: ids of devices, of a `district` kind those of their districts, of a `city` kind none. Sorted. */
export function targetsOf(kind: Pick<InjectionKindRow, "on" | "kinds" | "service">, devices: readonly Selectable[]): readonly string[] {
  if (kind.on === "city") return [];
  if (kind.on === "district") return [...new Set(devices.map(({ district }) => district))].sort();
  return struckBy(kind, devices)
    .map(({ id }) => id)
    .sort();
}
