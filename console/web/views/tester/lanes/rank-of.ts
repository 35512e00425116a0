import type { Priority } from "../../../../../shared/alarm-rule.ts";
import { alarms } from "../../../live/desk.ts";
import { serviceOf } from "../../alarms/places.ts";
import type { LaneFind } from "./lane-found.ts";

/** Priority of what was raised: of the alarm while it is in a list, then as its rule begins; undefined where neither says one. */
export function rankOf({ by, rule }: Pick<LaneFind, "by" | "rule">): Priority | undefined {
  const [service = "", id = ""] = rule.split("/");
  return alarms.value.get(by)?.priority ?? serviceOf(service)?.rules.find((one) => one.id === id)?.priority;
}
