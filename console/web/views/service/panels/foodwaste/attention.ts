import type { Service } from "../../../../../../shared/service.ts";

/** Why a unit asks for somebody; the gravest of its reasons. */
export interface Attention {
  readonly why: "full" | "odour" | "locked" | "filling";
  readonly rank: number;
  /** Share of its volume. */
  readonly fill: number;
  /** °C; NaN = not known. */
  readonly temp: number;
  readonly isLocked: boolean;
}

/** The limit of a rule of the contract, so that the page and the rule never differ. */
function limitOf({ rules }: Pick<Service, "rules">, id: string): { readonly limit: number; readonly atLeast: number } {
  const when = rules.find((rule) => rule.id === id)?.when;
  const limit = when?.kind === "limit" ? when.steps[0]?.limit : undefined;
  const atLeast = when?.kind === "limit" ? (when.while?.atLeast ?? 0) : 0;
  return { limit: typeof limit === "number" ? limit : Number.POSITIVE_INFINITY, atLeast };
}

/** `locked`: 1 = the lid is locked. What is not known (NaN) is no reason. */
export function attentionOf(
  { fill, temp, locked }: { readonly fill: number; readonly temp: number; readonly locked: number },
  service: Pick<Service, "rules">,
): Attention | undefined {
  const odour = limitOf(service, "odour");
  const unit = { fill, temp, isLocked: locked === 1 };
  if (fill >= limitOf(service, "full").limit) return { ...unit, why: "full", rank: 0 };
  if (temp > odour.limit && fill >= odour.atLeast) return { ...unit, why: "odour", rank: 1 };
  if (unit.isLocked) return { ...unit, why: "locked", rank: 2 };
  return fill >= limitOf(service, "filling").limit ? { ...unit, why: "filling", rank: 3 } : undefined;
}
