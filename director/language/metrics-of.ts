import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Service } from "../../shared/service.ts";

/** Metrics of the devices' kinds. @param wire only what they send themselves: what the room derives from it no injection can bend. */
export function metricsOf(devices: readonly Pick<Selectable, "service" | "kind">[], services: readonly Service[], wire: boolean): readonly string[] {
  const names = devices.flatMap(({ service, kind }) => {
    const contract = services.find(({ id }) => id === service);
    const derived = wire ? (contract?.derived ?? []).map(({ metric }) => metric) : [];
    return (contract?.kinds[kind]?.metrics ?? []).filter((name) => !derived.includes(name));
  });
  return [...new Set(names)];
}
