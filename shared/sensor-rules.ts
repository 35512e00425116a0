import type { CausedBy, OutageCondition, Priority, Rule, SensingLimits, SensorCondition } from "./alarm-rule.ts";
import { outageTexts, troubleTexts } from "./sensor-texts.ts";
import type { Service } from "./service.ts";

type Trouble = SensorCondition["trouble"];

/** A gateway takes many devices with it, and a value that stands or cannot be hides what happens there; the others can wait for the next round. */
const priorities: Readonly<Record<Trouble, Priority>> = {
  ...{ gateway: 3, stuck: 3, range: 3, spike: 4 },
  ...{ drift: 4, silent: 4, battery: 4, clock: 4 },
};
const needs: Partial<Record<Trouble, readonly (keyof SensingLimits)[]>> = {
  range: ["plausible", "perMinute"],
  spike: ["spike"],
  stuck: ["stuck"],
  drift: ["driftPerDay"],
};
/** Of what means something else than it did at first. */
const versions: Partial<Record<Trouble, number>> = { clock: 2, drift: 2, range: 3 };
/** Judged in this order: whether anything comes, whether it can be, whether it moves. */
const troubles: readonly Trouble[] = ["silent", "gateway", "clock", "range", "spike", "stuck", "drift", "battery"];

function applies({ kinds, metrics }: Service, kind: string, trouble: Trouble): boolean {
  const names = kinds[kind]?.metrics ?? [];
  if (trouble === "battery") return names.includes("batt");
  const limits = needs[trouble];
  if (limits === undefined) return true;
  return names.some((name) => {
    const metric = metrics[name];
    if (metric?.kind === "position" && metric.sensing !== undefined) return trouble === "range" || trouble === "stuck";
    return metric?.kind === "number" && limits.some((limit) => metric.sensing?.[limit] !== undefined);
  });
}

/** What gateways share, and how many of them must be silent together: one or two lost ones are their own trouble. */
const outages: readonly (Pick<Rule, "id" | "priority"> & { readonly when: OutageCondition })[] = [
  { id: "district", priority: 2, when: { kind: "outage", of: "district", least: 3, share: 0.6 } },
  { id: "city", priority: 2, when: { kind: "outage", of: "city", least: 5, share: 0.9 } },
];
const outageCauses: readonly CausedBy[] = [
  { rule: "*/district", within: "district" },
  { rule: "*/city", within: "city" },
];

/** Its gateway; or its clock runs so far ahead that everything is refused. */
const silenceCauses = ({ id }: Service): readonly CausedBy[] => [
  { rule: `${id}/gateway`, within: "gateway" },
  { rule: `${id}/clock`, within: "device" },
  ...outageCauses,
];
const causesOf = (service: Service, trouble: Trouble): Pick<Rule, "causedBy"> =>
  trouble === "silent" ? { causedBy: silenceCauses(service) } : trouble === "gateway" ? { causedBy: outageCauses } : {};

/** A district's lines fall with the city's. */
const outageRules = (kind: string): readonly Rule[] =>
  outages.map(({ id, priority, when }) => ({
    id,
    version: 1,
    kind,
    outcome: "alarm",
    class: "maintenance",
    priority,
    ...outageTexts[when.of],
    minutes: 0,
    when,
    ...(when.of === "district" ? { causedBy: outageCauses.filter(({ within }) => within === "city") } : {}),
  }));

/** Trouble of sensors, the same in every service, as far as a kind's limits let it be judged: maintenance alarms, never operations. */
export function sensorRulesOf(service: Service, kind: string): readonly Rule[] {
  const own = troubles
    .filter((trouble) => applies(service, kind, trouble))
    .map(
      (trouble): Rule => ({
        id: trouble,
        version: versions[trouble] ?? 1,
        kind,
        outcome: "alarm",
        class: "maintenance",
        priority: priorities[trouble],
        ...troubleTexts[trouble],
        minutes: 0,
        when: { kind: "sensor", trouble },
        ...causesOf(service, trouble),
      }),
    );
  return [...own, ...outageRules(kind)];
}
