import type { Rule } from "../../shared/alarm-rule.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import type { Service } from "../../shared/service.ts";

export interface NamedRule {
  /** `service/rule`. */
  readonly name: string;
  readonly service: string;
  readonly rule: Rule;
}

/** Every rule of every kind of device, those of its sensors included. A sensor rule stands there once for each kind. */
export const allRules = (services: readonly Service[]): readonly NamedRule[] =>
  services.flatMap((service) =>
    Object.keys(service.kinds).flatMap((kind) =>
      rulesOf(service, kind).map((rule) => ({ name: `${service.id}/${rule.id}`, service: service.id, rule })),
    ),
  );

/** A scenario writes `service/rule`, or the rule alone: then it means every service's. */
export const ruleFits = (wanted: string, name: string): boolean => wanted === name || (!wanted.includes("/") && name.endsWith(`/${wanted}`));

export function rulesNamed(
  wanted: string,
  services: readonly Service[],
): { readonly found: readonly NamedRule[]; readonly known: readonly string[] } {
  const all = allRules(services);
  const known = [...new Set(all.map(({ name }) => (wanted.includes("/") ? name : name.slice(name.indexOf("/") + 1))))];
  return { found: all.filter(({ name }) => ruleFits(wanted, name)), known };
}
