import type { Alarm } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import { link, rights } from "../../live/state.ts";
import { isPhone } from "../service/columns.tsx";
import type { AlarmAct } from "./alarm-act.ts";
import { isUnacknowledged } from "./order.ts";

const onPhone: readonly AlarmAct[] = ["acknowledge", "note"];
const ofSupervisors: readonly AlarmAct[] = ["out-of-service", "in-service"];

/** Why this cannot be done with it now; undefined = it can. The server decides again. */
export function hindrance(what: AlarmAct, alarm: Alarm | undefined): Text | undefined {
  if (link.value.state !== "live") return { ko: "연결되면 쓸 수 있습니다.", en: "Once the connection is back." };
  if (!rights.value.includes("act"))
    return { ko: "관제원·돌봄 관제원·관제 책임자·관리자가 합니다.", en: "For operators, care operators, supervisors and administrators." };
  if (ofSupervisors.includes(what) && !rights.value.includes("supervise"))
    return { ko: "관제 책임자나 관리자가 합니다.", en: "For supervisors and administrators." };
  if (isPhone.value && !onPhone.includes(what))
    return {
      ko: "전화기에서는 확인과 메모만 합니다. 나머지는 관제실에서 하십시오.",
      en: "A phone acknowledges and notes; the rest is done in the control room.",
    };
  if (alarm === undefined) return { ko: "먼저 경보를 고르십시오.", en: "Choose an alarm first." };
  return unfit(what, alarm);
}

function unfit(what: AlarmAct, alarm: Alarm): Text | undefined {
  const { state, latched, active } = alarm;
  if (state === "A") return { ko: "이미 정상으로 돌아왔습니다.", en: "It is normal again." };
  if ((what === "acknowledge" || what === "acknowledge-note") && !isUnacknowledged(alarm))
    return { ko: "이미 확인했거나 목록에 없는 경보입니다.", en: "It is acknowledged already, or not in the list." };
  if (what === "shelve" && state === "G") return { ko: "점검 중인 경보입니다.", en: "It is out of service." };
  if (what === "unshelve" && state !== "E") return { ko: "보류된 경보가 아닙니다.", en: "It is not shelved." };
  if (what === "in-service" && state !== "G") return { ko: "점검 중이 아닙니다.", en: "It is in service." };
  if (what === "out-of-service" && state === "G") return { ko: "이미 점검 중입니다.", en: "It is out of service already." };
  if (what === "reset" && !latched) return { ko: "리셋할 것이 없습니다.", en: "Nothing to reset." };
  if (what === "reset" && isUnacknowledged(alarm)) return { ko: "먼저 확인하십시오.", en: "Acknowledge it first." };
  if (what === "reset" && active) return { ko: "조건이 이어지는 동안은 리셋할 수 없습니다.", en: "It cannot be reset while the condition holds." };
  return undefined;
}
