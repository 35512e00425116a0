import { computed } from "@preact/signals";
import type { Alarm } from "../../../../shared/alarm.ts";
import type { Rule } from "../../../../shared/alarm-rule.ts";
import { ruleNamed } from "../../../../shared/rules-of.ts";
import type { Service } from "../../../../shared/service.ts";
import { say } from "../../language.ts";
import { catalogue, deviceRows, plan } from "../../live/state.ts";

export const rowOf = computed(() => new Map(deviceRows.value.map((row) => [row.id, row])));
const districts = computed(() => new Map((plan.value?.districts ?? []).map((district) => [district.id, district.name])));
const services = computed(() => new Map(catalogue.value.map((service) => [service.id, service])));

export const serviceOf = (id: string): Service | undefined => services.value.get(id);
export function districtName(id: string): string {
  const name = districts.value.get(id);
  return name ? say(name) : id;
}
export function deviceName(id: string): string {
  const row = rowOf.value.get(id);
  return row ? say(row.name) : id;
}
export const ruleOf = ({ service, kind, rule }: Pick<Alarm, "service" | "kind" | "rule">): Rule | undefined => {
  const contract = serviceOf(service);
  return contract && ruleNamed(contract, kind, rule);
};

/** Everything of an alarm that a person may look for, in both languages and small letters. */
export function searchWords({ text, device, district, service, owner, rule, gateway }: Alarm): string {
  const row = rowOf.value.get(device);
  const place = districts.value.get(district);
  const contract = serviceOf(service);
  return [
    text.ko,
    text.en,
    device,
    row?.name.ko,
    row?.name.en,
    district,
    place?.ko,
    place?.en,
    contract?.title.ko,
    contract?.title.en,
    owner,
    rule,
    gateway,
  ]
    .filter((word) => word !== undefined && word !== null)
    .join(" ")
    .toLowerCase();
}
