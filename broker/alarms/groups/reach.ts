import type { CausedBy } from "../../../shared/alarm-rule.ts";
import type { Watched } from "../observed.ts";

/** How far a cause reaches: two devices are within it when their keys are equal and, downstream, the water runs from the one to the other. */
export const reaches: readonly CausedBy["within"][] = ["device", "gateway", "downstream", "district", "city"];

export function reachKey(within: CausedBy["within"], { id, meta, district }: Watched): string {
  if (within === "device") return id;
  if (within === "gateway") return meta.gateway;
  return within === "district" ? district : "";
}

/** By which a consequence may name it: of its service, or of any. */
export const namesOf = (rule: string): readonly string[] => [rule, `*${rule.slice(rule.indexOf("/"))}`];

/** Chainage grows downstream, km. */
const chainageOf = ({ meta }: Watched): number => meta.constants?.chainage ?? Number.NaN;
export const lies = (within: CausedBy["within"], cause: Watched, consequence: Watched): boolean =>
  within !== "downstream" || chainageOf(cause) <= chainageOf(consequence);
