import type { RuleKnowledge } from "../../../../shared/alarm.ts";
import type { Rule } from "../../../../shared/alarm-rule.ts";
import type { Text } from "../../../../shared/text.ts";
import { addressOf } from "../../app/router.ts";
import { alarmsByDevice } from "../../live/desk.ts";
import { say } from "../../live/room.ts";
import { AlarmBadge } from "../alarms/alarm-badge.tsx";
import { Age, Kept, Left, Value } from "../alarms/alarm-cells.tsx";
import { inOrder } from "../alarms/order.ts";
import { stateText } from "../alarms/words.ts";
import "./device-alarms.css";

interface DeviceAlarmsProps {
  readonly device: string;
  readonly rules: readonly Rule[];
  readonly learned: readonly RuleKnowledge[];
}
const known: Readonly<Record<RuleKnowledge["knows"], Text>> = {
  learning: { ko: "평소를 배우는 중 — 사흘이 지나야 판단합니다", en: "learning what is usual: judges after three days" },
  "hour-of-day": {
    ko: "같은 시간대의 평소와 견줍니다 (3주 뒤부터 요일별)",
    en: "judges by the hour of the day (by the day of the week after three weeks)",
  },
  "hour-of-week": { ko: "같은 요일 같은 시간대의 평소와 견줍니다", en: "judges by the hour of the week" },
  weeks: { ko: "지난 몇 주를 그 앞 평소와 견줍니다", en: "judges the last weeks by those before them" },
};
/** What it knows; how long it still learns depends on what it compares. */
function knowledgeOf(rule: Rule | undefined, knows: RuleKnowledge["knows"]): Text {
  if (knows !== "learning" || rule?.when.kind !== "decline") return known[knows];
  const weeks = rule.when.weeks.usual + rule.when.weeks.recent;
  return { ko: `평소를 배우는 중 — ${weeks}주가 지나야 판단합니다`, en: `learning what is usual: judges after ${weeks} weeks` };
}

/** Alarms of this device, whatever list they are in; each opens where something can be done about it. */
export function DeviceAlarms({ device, rules, learned }: DeviceAlarmsProps) {
  const own = [...(alarmsByDevice.value.get(device) ?? [])].sort(inOrder);
  return (
    <section class="s-panel" aria-labelledby="d-alarms">
      <header class="s-head">
        <h2 id="d-alarms">{say({ ko: "경보", en: "Alarms" })}</h2>
        <span>{own.length}</span>
        <a class="s-end d-history" href="#/alarms?tab=history">
          {say({ ko: "이력", en: "History" })} →
        </a>
      </header>
      {own.length === 0 ? <p class="s-note">{say({ ko: "이 기기에 서 있는 경보가 없습니다.", en: "No alarm stands at this device." })}</p> : null}
      <ul>
        {own.map((alarm) => (
          <li key={alarm.id}>
            <a class="d-alarm" href={addressOf({ view: "alarms", id: alarm.id })}>
              <AlarmBadge alarm={alarm} />
              <span>
                <b>{say(alarm.text)}</b> {say(stateText(alarm))}{" "}
                <small>
                  <Kept alarm={alarm} />
                </small>
              </span>
              <span>
                <Value alarm={alarm} />
              </span>
              <Age alarm={alarm} />
              <Left alarm={alarm} />
            </a>
          </li>
        ))}
      </ul>
      {learned.map(({ rule: id, knows }) => {
        const rule = rules.find((one) => one.id === id);
        return (
          <p key={id} class="s-note">
            <b>{say(rule?.title ?? { ko: id, en: id })}</b> · {say(knowledgeOf(rule, knows))}
          </p>
        );
      })}
    </section>
  );
}
