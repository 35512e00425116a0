import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { say } from "../../../../live/room.ts";
import { zone } from "../../../../live/state.ts";
import { durationText } from "../../../../trend/words.ts";
import { leftText } from "../../../alarms/left.ts";
import { handOf } from "../../../device/readings.ts";
import { type LegalStay, legalStay } from "./stay-limit.ts";
import { bayWord } from "./zones.ts";

export interface TimerAsk {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly constants: Readonly<Record<string, number>> | undefined;
  readonly since: number | undefined;
}
/** The legal limit of the vehicle that stands there now; undefined = none, or it is not known since when it stands. */
export function stayOf({ row, service, constants, since }: TimerAsk): LegalStay | undefined {
  if (since === undefined || constants === undefined) return undefined;
  return legalStay(service, { vehicle: bayWord(row, service), begin: since, constants, zone: zone.value });
}

/** The stay as a bar against its own legal limit, and what is left of it. */
export function BayTimer(props: TimerAsk) {
  const stay = stayOf(props);
  const { since } = props;
  if (stay === undefined || since === undefined) return null;
  const left = stay.ends - handOf(props.row);
  const share = Math.max(0, Math.min(1, 1 - left / Math.max(1, stay.ends - since)));
  const limit = say(durationText(stay.seconds * 1000));
  return (
    <span class={`e-timer${left <= 0 ? " is-over" : ""}`}>
      <span aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <b>
        {left <= 0
          ? say({ ko: `${leftText(-left).ko} 넘음`, en: `${leftText(-left).en} over` })
          : say({ ko: `${leftText(left).ko} 남음`, en: `${leftText(left).en} left` })}
      </b>
      <small title={stay.notCounted === undefined ? undefined : say({ ko: "자정~6시는 세지 않음", en: "midnight to six is not counted" })}>
        {limit}
      </small>
    </span>
  );
}
