import { rulesOf } from "../../shared/rules-of.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Stage } from "../stage.ts";

/** By which trouble a sensor rule should find a kind of injection. What the whole city feels, and an incident, name themselves what shows them. */
const troubles: Readonly<Record<string, readonly string[]>> = {
  spike: ["spike", "range"],
  drift: ["drift", "range"],
  stuck: ["stuck"],
  dropout: ["silent"],
  bias: ["range", "drift"],
  "clock-skew": ["clock"],
  "battery-drain": ["battery", "silent"],
  disconnect: ["gateway", "silent"],
  "half-open": ["gateway", "silent"],
  takeover: ["gateway", "silent"],
  backlog: ["gateway", "silent"],
};

/** What should find it at these devices, in the words of a kind's `shows`; none where nobody can say. */
export function expectedRules(kind: Pick<InjectionKindRow, "id" | "shows">, devices: readonly Selectable[], { services }: Stage): readonly string[] {
  if (kind.shows !== undefined) return kind.shows;
  const wanted = troubles[kind.id] ?? [];
  const names = devices.flatMap(({ service, kind: own }) => {
    const contract = services.find(({ id }) => id === service);
    return contract === undefined
      ? []
      : rulesOf(contract, own).flatMap(({ id, class: of }) => (of === "maintenance" && wanted.includes(id) ? `${service}/${id}` : []));
  });
  return [...new Set(names)].sort();
}
