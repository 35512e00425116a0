import type { Evidence } from "../../../../shared/alarm.ts";
import type { Watched } from "../../observed.ts";
import type { Ask } from "../evaluator.ts";
import { aheadOf, gaugesAround } from "./places.ts";

/** Whom to ask whether a change is real: the next gauges of a stream, the other approaches of a crossing, else the same kind at the same place. */
function neighboursOf({ device, world }: Pick<Ask, "device" | "world">): readonly Watched[] {
  if (device.meta.constants?.chainage !== undefined) {
    const { upper, lower } = gaugesAround(world.kin(device), device);
    return [upper, lower].flatMap((gauge) => gauge ?? []);
  }
  const beside = world.beside(device).filter(({ kind }) => kind === device.kind);
  const ahead = aheadOf(world.kin(device), device);
  return ahead === undefined ? beside : [...beside, ahead];
}

export interface Neighbour {
  readonly id: string;
  readonly t: number;
  readonly value: number;
  /** Change since some 10 to 20 minutes ago; undefined = not known. */
  readonly moved: number | undefined;
}

/** Neighbours that speak, whose sensor is not in trouble itself. */
export const heardNeighbours = (ask: Ask, metric: string): readonly Neighbour[] => heardOf(ask, metric, neighboursOf(ask));
export function heardOf({ t, world }: Pick<Ask, "t" | "world">, metric: string, devices: readonly Watched[]): readonly Neighbour[] {
  return devices.flatMap((device) => {
    const known = world.value(device.id, metric);
    if (known === undefined || typeof known.value !== "number" || t - known.t > device.stale * 1000 || !world.trusts(device.id, metric)) return [];
    const before = world.past(device.id, metric);
    return [{ id: device.id, t: known.t, value: known.value, moved: before === undefined ? undefined : known.value - before }];
  });
}

export const asEvidence = (metric: string, neighbours: readonly Neighbour[], agrees: (one: Neighbour) => boolean): Evidence["neighbours"] =>
  neighbours.map((one) => ({ device: one.id, metric, t: one.t, value: one.value, agrees: agrees(one) }));
