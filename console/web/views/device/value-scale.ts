import type { NumberMetric, Service } from "../../../../shared/service.ts";
import type { Limit } from "../../trend/limits.ts";
import { meanFigure, usualAt } from "../../trend/usual.ts";

export interface ValueScale {
  readonly low: number;
  readonly high: number;
  /** Usual range of the mean over all devices of the kind, by the design profile; undefined = none is known. */
  readonly usual: { readonly low: number; readonly high: number } | undefined;
}

/**
 * Ends of a bar on which a value is to be read: up to its highest limit; else the ends that the service gives its figure; else what the contract
 * allows, which is often far wider than anything that happens.
 */
export function valueScale(
  service: Pick<Service, "panel">,
  { kind, metric }: { readonly kind: string; readonly metric: string },
  contract: Pick<NumberMetric, "min" | "max">,
  context: { readonly limits: readonly Limit[]; readonly time: number; readonly zone: string },
): ValueScale {
  const mean = meanFigure(service.panel.figures, kind, metric);
  const factor = mean?.factor ?? 1;
  const band = mean === undefined ? undefined : usualAt(mean, context.time, context.zone, 1);
  const usual = band === undefined ? undefined : { low: band.low / factor, high: band.high / factor };
  const top = context.limits.at(-1);
  if (top !== undefined) return { low: Math.max(0, contract.min), high: top.value * 1.15, usual };
  const figure =
    mean ?? service.panel.figures.find((one) => one.kind === kind && one.metric === metric && (one.reduce === "max" || one.reduce === "min"));
  if (figure === undefined || figure.perDevice === true) return { low: contract.min, high: contract.max, usual };
  return { low: figure.scale[0] / (figure.factor ?? 1), high: figure.scale[1] / (figure.factor ?? 1), usual };
}
