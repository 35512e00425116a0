import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { type Text, text } from "../../../shared/text.ts";
import { kiosk } from "../app/kiosk.ts";
import { clock, link, rights } from "../live/state.ts";
import { freshness } from "../views/device/readings.ts";
import { isPhone } from "../views/service/columns.tsx";

/** What is there only to be read has no commands at all: a phone, and a wall at which nobody stands. */
export function absence(): Text | undefined {
  if (kiosk) return text("벽 화면에서는 명령을 보내지 않습니다.", "No commands from a wall screen.");
  if (isPhone.value)
    return text("전화기에서는 명령을 보내지 않습니다. 관제실 화면에서 하십시오.", "No commands from a phone: they are given in the control room.");
  return undefined;
}

/** Who may act, when this person may not. */
export function lackOfRight(): Text | undefined {
  if (rights.value.includes("act")) return undefined;
  return text("관제원·돌봄 관제원·관제 책임자·관리자가 합니다.", "For operators, care operators, supervisors and administrators.");
}

/** Why nothing can be commanded now; undefined = it can. The server decides again. */
export function commandHindrance(rows: readonly DeviceRow[]): Text | undefined {
  if (link.value.state !== "live") return text("연결되면 쓸 수 있습니다.", "Once the connection is back.");
  const lack = lackOfRight();
  if (lack !== undefined) return lack;
  if (rows.length === 0) return text("먼저 기기를 고르십시오.", "Choose a device first.");
  if (rows.every((row) => row.timeline === "field")) return undefined;
  const phase = clock.value?.phase ?? "gone";
  if (phase === "gone") return text("도시가 연결되어 있지 않아 명령이 닿지 않습니다.", "The city is away: no command can reach it.");
  if (phase !== "live")
    return text("도시가 지난 시간을 지나는 동안에는 명령을 보내지 않습니다.", "No commands while the city is passing through time.");
  return undefined;
}

/** What a person should know before he sends it all the same. */
export function commandCaution(rows: readonly DeviceRow[]): Text | undefined {
  const silent = rows.filter((row) => freshness(row) !== "fresh").length;
  if (silent === 0) return undefined;
  if (rows.length === 1)
    return text(
      "기기의 수신이 끊겨 있습니다. 보낼 수는 있지만 닿지 않거나 되읽지 못할 수 있습니다.",
      "The device is silent. You may send, but it may not arrive or may not be read back.",
    );
  return text(`${rows.length}대 가운데 ${silent}대는 수신이 끊겨 있습니다.`, `${silent} of ${rows.length} are silent: it may not reach them.`);
}

/** Only whoever may see the homes may command them; for others they do not exist. */
export const isHidden = (service: Service): boolean => service.sensitive && !rights.value.includes("care");
