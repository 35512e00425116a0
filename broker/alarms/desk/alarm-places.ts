import type { Rule } from "../../../shared/alarm-rule.ts";
import { ruleNamed } from "../../../shared/rules-of.ts";
import type { Service } from "../../../shared/service.ts";
import type { Watched } from "../observed.ts";
import { type AlarmRecord, newAlarm } from "./alarm-record.ts";

interface AlarmPlace {
  readonly rule: Rule;
  readonly where: Watched;
}
/** Rule and device of an alarm, as the contract of now has them. */
export interface AlarmPlaces {
  of(alarm: Pick<AlarmRecord, "rule" | "device">): AlarmPlace | undefined;
  /** An alarm that has never been raised can be shelved or taken out of service too: its id is made of service, rule and device. */
  unraised(id: string): AlarmRecord | undefined;
}

export function createAlarmPlaces(device: (id: string) => Watched | undefined): AlarmPlaces {
  const rules = new Map<Service, Map<string, Rule | undefined>>();

  function ruleOf({ contract, kind }: Watched, name: string): Rule | undefined {
    const known = rules.get(contract) ?? new Map<string, Rule | undefined>();
    rules.set(contract, known);
    const key = `${kind} ${name}`;
    if (!known.has(key)) known.set(key, ruleNamed(contract, kind, name));
    return known.get(key);
  }
  function of({ rule: name, device: id }: Pick<AlarmRecord, "rule" | "device">): AlarmPlace | undefined {
    const where = device(id);
    const rule = where && ruleOf(where, name);
    return where === undefined || rule === undefined ? undefined : { rule, where };
  }
  return {
    of,
    unraised(id) {
      for (let cut = id.indexOf("-"); cut >= 0; cut = id.indexOf("-", cut + 1)) {
        const where = device(id.slice(cut + 1));
        if (where === undefined || !id.startsWith(`${where.service}-`)) continue;
        const rule = `${where.service}/${id.slice(where.service.length + 1, cut)}`;
        if (of({ rule, device: where.id })?.rule.outcome === "alarm") return newAlarm(id, rule, where.id, where.timeline);
      }
      return undefined;
    },
  };
}
