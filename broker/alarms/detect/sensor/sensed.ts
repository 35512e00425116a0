import type { PositionLimits, SensingLimits } from "../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../shared/service.ts";
import type { Ask } from "../evaluator.ts";

/** A metric of a kind whose sensor can be judged. */
export interface Sensed {
  readonly metric: string;
  readonly limits: SensingLimits;
  /** Metrics that come from the same sensor: doubted together. */
  readonly together: readonly string[];
  /** Of a position: its limits are those of how far outside of the city it is, in km, and of where it is. */
  readonly position?: PositionLimits;
}

/** Metrics of the kind that declare at least one of these limits. */
export function sensedOf(service: Service, kind: string, by: readonly (keyof SensingLimits)[]): readonly Sensed[] {
  return (service.kinds[kind]?.metrics ?? []).flatMap((metric): Sensed[] => {
    const known = service.metrics[metric];
    if (known?.kind === "position") return [...sensedPosition(metric, known.sensing, by)];
    const limits = known?.kind === "number" ? known.sensing : undefined;
    if (limits === undefined || by.every((name) => limits[name] === undefined)) return [];
    return [{ metric, limits, together: togetherWith(service, metric) }];
  });
}

function sensedPosition(metric: string, position: PositionLimits | undefined, by: readonly (keyof SensingLimits)[]): readonly Sensed[] {
  if (position === undefined || !(by.includes("plausible") || by.includes("stuck"))) return [];
  return [{ metric, limits: { plausible: [0, position.away], stuck: position.stuck }, together: [metric], position }];
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
