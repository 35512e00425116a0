import type { Text } from "../../../../shared/text.ts";
import { t } from "../../language.ts";

/** What the room's refusals say, for people; a sentence that is not known here is shown as it came. */
const known: readonly (readonly [RegExp, Text])[] = [
  [
    /no longer that occurrence/,
    { ko: "그 사이 다시 발생했습니다. 지금 상태를 보고 다시 하십시오.", en: "It has occurred again meanwhile. Look at it as it is now." },
  ],
  [
    /alarm of another run/,
    { ko: "도시가 처음으로 돌아갔습니다. 지금의 경보를 보고 다시 하십시오.", en: "The city was reset. Look at the alarm as it is now." },
  ],
  [/there is no (?:such )?alarm/, { ko: "그런 경보가 없거나 볼 권한이 없습니다.", en: "There is no such alarm, or you may not see it." }],
  [/acknowledged already/, { ko: "이미 확인되었습니다.", en: "It is acknowledged already." }],
  [/acknowledge it first/, { ko: "먼저 확인하십시오.", en: "Acknowledge it first." }],
  [/condition still holds/, { ko: "조건이 아직 이어지고 있어 리셋할 수 없습니다.", en: "It cannot be reset while its condition holds." }],
  [
    /shelved, suppressed or out of service/,
    {
      ko: "보류·억제·점검 중인 경보는 확인할 것이 없습니다.",
      en: "It is shelved, suppressed or out of service: nothing calls for an acknowledgement.",
    },
  ],
  [/out of service already|^it is out of service/, { ko: "점검 중인 경보입니다.", en: "It is out of service." }],
  [/is not shelved/, { ko: "보류된 경보가 아닙니다.", en: "It is not shelved." }],
  [/time has passed already|lies behind/, { ko: "그 시각은 이미 지났습니다.", en: "That time has passed already." }],
  [
    /at most 12 hours/,
    {
      ko: "관제원은 12시간까지만 보류합니다. 더 길면 관제 책임자가 합니다.",
      en: "An operator shelves for at most 12 hours; longer is a supervisor's.",
    },
  ],
  [/right "supervise"/, { ko: "관제 책임자나 관리자가 합니다.", en: "For supervisors and administrators." }],
  [/right "act"/, { ko: "관제원·돌봄 관제원·관제 책임자·관리자가 합니다.", en: "For operators, care operators, supervisors and administrators." }],
  [/log takes nothing/, { ko: "기록 장치가 받지 않아 지금은 아무것도 할 수 없습니다.", en: "Nothing can be done while the log takes nothing." }],
  [/city is away|cannot be reached|does not answer/, { ko: "도시에 닿지 않습니다.", en: "The city cannot be reached." }],
];

export function refusalText(reason: string): string {
  const found = known.find(([pattern]) => pattern.test(reason));
  return found ? t(found[1].ko, found[1].en) : reason;
}
