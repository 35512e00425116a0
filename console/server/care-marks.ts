import type { Alarm, JournalLine } from "../../shared/alarm.ts";
import { ownersOf } from "../../shared/alarm-owner.ts";
import type { CityPort } from "../../shared/city-port.ts";
import type { Service } from "../../shared/service.ts";

/** Tells what of the room speaks of a sensitive service. */
export interface CareMarks {
  service(id: string): boolean;
  /** By its id alone: an alarm, a rule, a response. */
  named(id: string): boolean;
  device(id: string): boolean;
  line(line: JournalLine): boolean;
}

export const sensitiveIds = (catalogue: readonly Service[]): ReadonlySet<string> =>
  new Set(catalogue.filter((service) => service.sensitive).map((service) => service.id));

export function createCareMarks(port: CityPort, catalogue: readonly Service[]): CareMarks {
  const sensitive = sensitiveIds(catalogue);
  const named = (id: string) => ownersOf(id).some((owner) => sensitive.has(owner));
  const device = (id: string) => sensitive.has(port.device(id)?.service ?? "");
  return {
    service: (id) => sensitive.has(id),
    named,
    device,
    line({ service, alarm, rule, device: at, x = {} }) {
      if (service !== null) return sensitive.has(service);
      // What no service owns may still name one: in its alarm, its rule, its device or a word beside it.
      return [alarm, rule, ...Object.values(x)].some((word) => typeof word === "string" && named(word)) || (at !== null && device(at));
    },
  };
}

/** The alarm without its ties to alarms of sensitive services: their ids name a home. */
export function withoutCareTies<A extends Alarm>(alarm: A, { named }: CareMarks): A {
  const tied = (id: string | null) => id !== null && named(id);
  if (!tied(alarm.group) && !tied(alarm.cause)) return alarm;
  return { ...alarm, group: tied(alarm.group) ? null : alarm.group, cause: tied(alarm.cause) ? null : alarm.cause };
}
