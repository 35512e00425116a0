import type { Watched } from "../../../observed.ts";
import type { Ask } from "../../evaluator.ts";
import { type Around, gaugesAround } from "../../known/places.ts";

/** Levels of the gauges around a place as they were last believed: what is missing or doubted moves as its neighbour does. Plain data. */
export interface Water {
  upper: number | null;
  lower: number | null;
}
export const newWater = (): Water => ({ upper: null, lower: null });

/** Metres over sea level (EL) beside the device, and the readings that say so. */
export interface WaterBeside {
  readonly el: number;
  readonly inputs: readonly { readonly device: string; readonly metric: string; readonly t: number; readonly value: number }[];
  /** One of the gauges had to be left out. */
  readonly partly: boolean;
}

function levelOf(ask: Ask, gauge: Watched | undefined): { t: number; value: number } | undefined {
  if (gauge === undefined || !ask.world.trusts(gauge.id, "level")) return undefined;
  const known = ask.world.value(gauge.id, "level");
  return typeof known?.value === "number" && ask.t - known.t <= gauge.stale * 1000 ? { t: known.t, value: known.value } : undefined;
}

/** EL of the water beside a place between two gauges, by chainage; undefined when neither gauge can be believed. Changes `water`. */
export function waterBeside(water: Water, ask: Ask, gaugeKind: string): WaterBeside | undefined {
  const around = gaugesAround(ask.world.of(ask.device.service, gaugeKind), ask.device);
  const [up, down] = [levelOf(ask, around.upper), levelOf(ask, around.lower)];
  if (up === undefined && down === undefined) return undefined;
  const moved = up !== undefined ? up.value - (water.upper ?? up.value) : (down?.value ?? 0) - (water.lower ?? down?.value ?? 0);
  const upper = up?.value ?? (water.upper === null ? null : water.upper + moved);
  const lower = down?.value ?? (water.lower === null ? null : water.lower + moved);
  water.upper = upper;
  water.lower = lower;
  const el = between(around, upper, lower);
  if (el === undefined) return undefined;
  const input = (gauge: Watched | undefined, known: { t: number; value: number } | undefined) =>
    gauge === undefined || known === undefined ? [] : [{ device: gauge.id, metric: "level", t: known.t, value: known.value }];
  const whole = (around.upper === undefined || up !== undefined) && (around.lower === undefined || down !== undefined);
  return { el, inputs: [...input(around.upper, up), ...input(around.lower, down)], partly: !whole };
}

function between({ upper, lower, share }: Around, above: number | null, below: number | null): number | undefined {
  const el = (gauge: Watched | undefined, level: number | null): number | undefined =>
    gauge === undefined || level === null ? undefined : (gauge.meta.constants?.datum ?? 0) + level;
  const [high, low] = [el(upper, above), el(lower, below)];
  if (high === undefined) return lower !== undefined && upper === undefined ? low : undefined;
  if (low === undefined) return lower === undefined ? high : undefined;
  return (1 - share) * high + share * low;
}
