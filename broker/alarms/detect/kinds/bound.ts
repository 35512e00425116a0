import type { Bound } from "../../../../shared/alarm-rule.ts";
import type { Watched } from "../../observed.ts";

/** The bound as it is for this device; undefined when its birth document lacks the constant: then the rule is silent. */
export function boundOf(bound: Bound, { meta }: Watched): number | undefined {
  if (typeof bound === "number") return bound;
  const constant = meta.constants?.[bound.constant];
  return constant === undefined ? undefined : constant * (bound.factor ?? 1) + (bound.plus ?? 0);
}
