import type { SensingLimits } from "../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../shared/service.ts";
import type { Ask } from "../evaluator.ts";

/** A metric of a kind whose sensor can be judged. */
export interface Sensed {
  readonly metric: string;
  readonly limits: SensingLimits;
  /** Metrics that come from the same sensor: doubted together. */
  readonly together: readonly string[];
}

/** Metrics of the kind that declare at least one of these limits. */
export function sensedOf(service: Service, kind: string, by: readonly (keyof SensingLimits)[]): readonly Sensed[] {
  return (service.kinds[kind]?.metrics ?? []).flatMap((metric): Sensed[] => {
    const known = service.metrics[metric];
    const limits = known?.kind === "number" ? known.sensing : undefined;
    if (limits === undefined || by.every((name) => limits[name] === undefined)) return [];
    return [{ metric, limits, together: togetherWith(service, metric) }];
  });
}

function togetherWith({ derived }: Service, metric: string): readonly string[] {
  const sources = new Set(derived.filter((one) => one.metric === metric).flatMap(({ from }) => from));
  const children = derived.filter(({ from }) => from.some((name) => sources.has(name) || name === metric)).map((one) => one.metric);
  return [...new Set([metric, ...sources, ...children])];
}

/** Metrics of those that are in trouble. */
export const doubtedOf = (sensed: readonly Sensed[], isInTrouble: (k: number) => boolean): readonly string[] =>
  sensed.flatMap(({ together }, k) => (isInTrouble(k) ? together : []));

export function doubt(ask: Ask, { together }: Sensed, on: boolean): void {
  for (const metric of together) ask.doubt(metric, on);
}
