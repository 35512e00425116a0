import type { Priority, Rule } from "../shared/alarm-rule.ts";
import { rulesOf } from "../shared/rules-of.ts";
import type { Service } from "../shared/service.ts";
import type { Text } from "../shared/text.ts";

/** One rule as scenarios name it. */
export interface RuleRow {
  /** `service/rule`. */
  readonly rule: string;
  /** Kinds of device that it judges. */
  readonly kinds: readonly string[];
  readonly outcome: Rule["outcome"];
  readonly class: Rule["class"];
  readonly priority: Priority;
  readonly title: Text;
}

/** Every rule that judges a device of these services, once: a service's own first, then trouble of sensors. */
export function ruleRows(services: readonly Service[]): readonly RuleRow[] {
  return services.flatMap((service) => {
    const rows = new Map<string, RuleRow>();
    for (const kind of Object.keys(service.kinds))
      for (const { id, outcome, class: own, priority, title } of rulesOf(service, kind)) {
        const kinds = [...(rows.get(id)?.kinds ?? []), kind];
        rows.set(id, { rule: `${service.id}/${id}`, kinds, outcome, class: own, priority, title });
      }
    const isOwn = ({ rule }: RuleRow): boolean => service.rules.some(({ id }) => rule === `${service.id}/${id}`);
    return [...rows.values()].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  });
}

/** The same for people, in 100 columns. */
export function describeRules(services: readonly Service[]): string {
  const kindCount = (rule: string): number => Object.keys(services.find(({ id }) => rule.startsWith(`${id}/`))?.kinds ?? {}).length;
  const rows = ruleRows(services).map(({ rule, kinds, outcome, class: own, priority, title }) => [
    rule,
    kinds.length > 1 && kinds.length === kindCount(rule) ? "every" : kinds.join(","),
    outcome,
    own,
    String(priority),
    title.en,
  ]);
  const head = ["rule", "kind", "outcome", "class", "prio", "title"];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((word, column) => word.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line).join("\n");
}
