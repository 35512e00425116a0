import type { Alarm } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import { link, rights } from "../../live/state.ts";
import { isPhone } from "../service/columns.tsx";
import type { AlarmAct } from "./alarm-act.ts";
import { unfit } from "./unfit.ts";

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
