import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { Sign } from "./explains.ts";

/**
 * Rightly raised: the city's events as work for the room, a sensor's trouble as maintenance or as a refusal with its reason. An event that nobody can
 * see but by the trouble of devices, a power cut, is rightly told by the rules that show it.
 */
export function rightly(sign: Sign, truth: Truth, kind: InjectionKindRow | undefined): boolean {
  const { what, class: own } = sign;
  if (truth.class === "fault") return what === "refusal" || own === "maintenance";
  return what === "item" || own === "operations" || (own === "maintenance" && showsIn(sign, kind));
}

/** By a service's name, a rule's, or `*` and a rule of each service. Somebody who calls for help during a storm does not call because of it. */
export const showsIn = ({ rule }: Pick<Sign, "rule">, kind: Pick<InjectionKindRow, "shows"> | undefined): boolean =>
  kind?.shows?.some((name) => (name.startsWith("*/") ? rule.endsWith(name.slice(1)) : name === rule || rule.startsWith(`${name}/`))) ?? false;
