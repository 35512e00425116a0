import { adviceOf, alarmOf, commandOf, handoffOf, itemOf, lineOf, responseOf } from "./desk-rows.ts";
import type { StillDesk } from "./still-desk.ts";

/** One of everything that a desk can show, of a gauge and its neighbours: no list is empty. */
const gaugeAlarm = alarmOf("stream-gauge-001");
export const gauge = "stream-gauge-001";
export const openAlarm = gaugeAlarm.id;
export const openItem = itemOf("evzone-bay-001").id;
export const openCommand = commandOf("stream-gate-001").id;
export const openResponse = "stream/close-gates";
export const openHandoff = handoffOf(gaugeAlarm).id;

export function fillDesk(desk: StillDesk): void {
  desk.put({
    alarms: [gaugeAlarm],
    lines: [
      lineOf({ alarm: openAlarm, occurrence: 1, rule: "stream/level", device: gauge, before: "A", after: "B", x: { step: "alert", limit: 6 } }),
      lineOf({ what: "acknowledged", alarm: openAlarm, device: gauge, by: "=박준호", role: "operator", reason: 'seen, "twice"\nat the gate' }),
    ],
    items: [itemOf("evzone-bay-001")],
    commands: [commandOf("stream-gate-001", { alarm: openAlarm })],
    responses: [responseOf(openResponse)],
    handoffs: [handoffOf(gaugeAlarm)],
    advice: [adviceOf("traffic-signal-001")],
  });
  desk.cap("m1", "<alert/>");
}

/** What homes say to the room: rows that nobody without the `care` right may hear of. */
export const homeAlarm = alarmOf("ucare-home-001", { rule: "ucare/silence", text: { ko: "무동작 caremark", en: "caremark" }, value: 417 });
export const homeItem = itemOf("ucare-home-001", { queue: "task", rule: "ucare/call", law: null, note: "caremark" });
export const homeCommand = commandOf("ucare-home-001", { op: "call", args: {}, commanded: "caremark", alarm: homeAlarm.id });
export const homeResponse = responseOf("ucare/call-119", { armed: [{ key: "k", device: "ucare-home-001", fires: 417, waits: null }] });
const homeHandoff = handoffOf(homeAlarm, { to: "vulnerable" });

export function sayCareOnDesk(desk: StillDesk): void {
  desk.put({
    alarms: [homeAlarm, alarmOf("stream-gauge-002", { cause: homeAlarm.id, group: homeAlarm.id })],
    lines: [
      lineOf({ service: "ucare", alarm: homeAlarm.id, device: homeAlarm.device, reason: "caremark" }),
      lineOf({ service: null, alarm: homeAlarm.id, reason: "caremark" }),
      lineOf({ service: null, device: homeAlarm.device, reason: "caremark" }),
      lineOf({ service: null, rule: "ucare/silence", reason: "caremark" }),
      lineOf({ service: null, x: { response: "ucare/call-119" }, reason: "caremark" }),
    ],
    items: [homeItem],
    commands: [homeCommand],
    responses: [homeResponse],
    handoffs: [homeHandoff],
  });
  const counted = [{ rule: "ucare/silence", device: "ucare-home-001", count: 417 }];
  desk.score({ stale: [homeAlarm.id], chattering: counted, fleeting: counted, top: { share: 1, list: counted } });
}
