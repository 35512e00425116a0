import type { Finding } from "../../broker/alarms/detect/evaluator.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import type { Rule } from "../../shared/alarm-rule.ts";
import type { Meta } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { birth } from "./ingest-world.ts";

/** A device as detection knows it. */
export function watchedOf(
  contract: Service,
  kind: string,
  d: string,
  { timeline = "city", ...meta }: Partial<Meta> & { timeline?: Timeline } = {},
): Watched {
  const { every, stale } = contract.kinds[kind] ?? { every: 60, stale: 180 };
  const born = birth(d, kind, meta);
  return { id: d, service: contract.id, kind, district: born.district, timeline, every, stale, meta: born, contract };
}

/** What the detector says of a rule at a device. */
export function findingOf(rule: Rule, where: Watched, what: Finding["what"], t: number, change: Partial<Finding> = {}): Finding {
  const { id: device, service } = where;
  const evidence =
    what === "cleared"
      ? null
      : {
          t,
          rule: `${service}/${rule.id}`,
          version: rule.version,
          condition: { ko: "조건", en: "condition" },
          inputs: [],
          baseline: null,
          neighbours: [],
          verdict: null,
        };
  const found = { metric: null, value: null, limit: null, step: null, respondBy: null, priority: rule.priority };
  return { t, what, service, device, rule, ...found, evidence, ...change };
}
