import { computed } from "@preact/signals";
import { priorities } from "../../../../shared/alarm-rule.ts";
import { ruleNamed } from "../../../../shared/rules-of.ts";
import { shownAlarms } from "../../app/kiosk.ts";
import { lines } from "../../live/desk.ts";
import { minute } from "../../live/state.ts";
import { type Onset, onsetsOf, type RankOf } from "./onsets.ts";
import { rowOf, serviceOf } from "./places.ts";

const hourMs = 3_600_000;

/** The journal says with which priority it was raised; its class stands in the contract. */
const rankOf: RankOf = ({ device, service, rule: name, x }) => {
  const row = device === null ? undefined : rowOf.value.get(device);
  const contract = service === null ? undefined : serviceOf(service);
  const rule = row && contract && name !== null ? ruleNamed(contract, row.kind, name) : undefined;
  if (rule === undefined) return undefined;
  return { class: rule.class, priority: priorities.find((priority) => priority === x?.priority) ?? rule.priority };
};

/** Of the last hour of the city, operations alarms alone. */
export const onsets = computed<readonly Onset[]>(() =>
  onsetsOf(shownAlarms.value, lines.value, minute.value - hourMs, rankOf).filter((onset) => onset.class === "operations"),
);
