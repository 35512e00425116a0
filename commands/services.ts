import type { Service } from "../shared/service.ts";

/** The catalogue as data: what a contract says, without its functions. */
export function catalogueOf(services: readonly Service[]) {
  return services.map(({ id, title, sensitive, metrics, kinds, events, derived }) => ({
    id,
    title,
    sensitive,
    metrics,
    kinds,
    events,
    derived: derived.map(({ metric, from, constants, source }) => ({ metric, from, constants, source })),
  }));
}

/** The same for people. */
export function describeServices(services: readonly Service[]): string {
  return services
    .flatMap(({ id, title, kinds, metrics, events }) => [
      `${id}  ${title.en} / ${title.ko}`,
      ...Object.entries(kinds).map(([kind, { metrics: names, every }]) => `  ${kind}: ${names.join(", ")} every ${every} s`),
      ...Object.entries(metrics).map(
        ([name, metric]) =>
          `    ${name.padEnd(12)} ${metric.kind === "number" ? `${metric.min} to ${metric.max}${metric.unit === "1" ? "" : ` ${metric.unit}`}` : metric.kind === "state" ? metric.words.join(" | ") : metric.kind}`,
      ),
      ...(Object.keys(events).length > 0 ? [`  events: ${Object.keys(events).join(", ")}`] : []),
    ])
    .join("\n");
}
