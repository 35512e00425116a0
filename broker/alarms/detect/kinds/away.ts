import type { AwayFrom } from "../../../../shared/alarm-rule.ts";
import type { Value } from "../../../../shared/reading.ts";
import type { Watched } from "../../observed.ts";
import type { Ask } from "../evaluator.ts";
import { metresBetween } from "../known/places.ts";

/** Where a device that moves is, seen from the nearest of the places of a rule. */
export interface Distant {
  readonly place: Watched;
  /** From its spot, whole metres. */
  readonly metres: number;
  readonly outside: boolean;
}

/** Undefined: it is not known, for lack of a position or of any place. The nearest is the one whose circle is nearest. */
export function distantFrom({ kinds, radius }: AwayFrom, { device, world }: Pick<Ask, "device" | "world">, position: Value): Distant | undefined {
  if (!Array.isArray(position)) return undefined;
  const [lat = Number.NaN, lon = Number.NaN] = position;
  let best: Distant | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const kind of kinds) {
    for (const place of world.of(device.service, kind)) {
      const wide = place.meta.constants?.[radius];
      if (wide === undefined) continue;
      const metres = metresBetween({ lat, lon }, place.meta);
      if (metres - wide >= least) continue;
      least = metres - wide;
      best = { place, metres: Math.round(metres), outside: least > 0 };
    }
  }
  return best;
}
