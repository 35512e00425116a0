import type { Alarm } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import type { AlarmAct } from "./alarm-act.ts";
import { isUnacknowledged } from "./order.ts";

/** Why an alarm as it stands is none to do this with. Written about can be any, what has become normal under one's eyes too. */
export const unfit = (what: AlarmAct, alarm: Alarm): Text | undefined => (what === "note" ? undefined : misfit(what, alarm));

function misfit(what: AlarmAct, alarm: Alarm): Text | undefined {
  const { state, latched, active } = alarm;
  if (state === "A") return { ko: "이미 정상으로 돌아왔습니다.", en: "It is normal again." };
  if ((what === "acknowledge" || what === "acknowledge-note") && !isUnacknowledged(alarm))
    return state === "C"
      ? { ko: "이미 확인한 경보입니다.", en: "It is acknowledged already." }
      : { ko: "보류나 점검 등으로 목록에서 빠진 경보입니다.", en: "It is not in the list: shelved, suppressed or out of service." };
  if (what === "shelve" && state === "G") return { ko: "점검 중인 경보입니다.", en: "It is out of service." };
  if (what === "unshelve" && state !== "E") return { ko: "보류된 경보가 아닙니다.", en: "It is not shelved." };
  if (what === "in-service" && state !== "G") return { ko: "점검 중이 아닙니다.", en: "It is in service." };
  if (what === "out-of-service" && state === "G") return { ko: "이미 점검 중입니다.", en: "It is out of service already." };
  if (what === "reset" && !latched) return { ko: "리셋할 것이 없습니다.", en: "Nothing to reset." };
  if (what === "reset" && isUnacknowledged(alarm)) return { ko: "먼저 확인하십시오.", en: "Acknowledge it first." };
  if (what === "reset" && active) return { ko: "조건이 이어지는 동안은 리셋할 수 없습니다.", en: "It cannot be reset while the condition holds." };
  return undefined;
}
