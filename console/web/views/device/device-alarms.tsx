import { addressOf } from "../../app/router.ts";
import { alarmsByDevice } from "../../live/desk.ts";
import { say } from "../../live/room.ts";
import { AlarmBadge } from "../alarms/alarm-badge.tsx";
import { Age, Kept, Left, Value } from "../alarms/alarm-cells.tsx";
import { inOrder } from "../alarms/order.ts";
import { stateText } from "../alarms/words.ts";
import "./device-alarms.css";

/** Alarms of this device, whatever list they are in; each opens where something can be done about it. */
export function DeviceAlarms({ device }: { readonly device: string }) {
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
    </section>
  );
}
