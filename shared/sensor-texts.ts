import type { OutageCondition, Rule, SensorCondition } from "./alarm-rule.ts";
import { text } from "./text.ts";

type Texts = Pick<Rule, "title" | "cause" | "consequence" | "response">;

const blind = text("이 자리에서 일어나는 일을 관제실이 알 수 없습니다", "The room does not see what happens at this place");
const misled = text("이 값에 기대는 경보는 보류됩니다", "Alarms that rest on this value are held back");
const visit = text("유지보수팀에 점검을 요청합니다", "Ask maintenance to visit it");
const around = text("주변 센서와 CCTV로 현장을 확인합니다", "Look at sensors and cameras around it");

/** What is wrong with a sensor, why, and what somebody does about it. */
export const troubleTexts: Readonly<Record<SensorCondition["trouble"], Texts>> = {
  silent: {
    title: text("장치 응답 없음", "Device silent"),
    cause: text("장치의 전원이나 통신이 끊겼습니다", "The device has lost power or its connection"),
    consequence: blind,
    response: [around, text("전원과 통신 상태를 확인합니다", "Check power and line"), visit],
  },
  gateway: {
    title: text("게이트웨이 끊김", "Gateway lost"),
    cause: text("게이트웨이의 회선이나 전원이 끊겼습니다", "The gateway has lost its line or its power"),
    consequence: text("이 게이트웨이의 모든 장치를 볼 수 없습니다", "None of its devices can be seen"),
    response: [
      text("정전 구역인지 확인합니다", "See whether the district is without power"),
      text("통신사에 회선을 문의합니다", "Ask the carrier about the line"),
      visit,
    ],
  },
  clock: {
    title: text("장치 시계 어긋남", "Device clock wrong"),
    cause: text("장치의 시계가 늦거나 빠릅니다", "The device's clock is behind or ahead"),
    consequence: text("측정값이 늦게 판정되거나, 너무 앞서면 거부됩니다", "Its readings are judged too late, or refused when they are too far ahead"),
    response: [text("장치의 시각 동기화를 확인합니다", "Check how the device gets its time"), visit],
  },
  range: {
    title: text("있을 수 없는 값", "Impossible value"),
    cause: text("센서나 배선이 고장 났습니다", "The sensor or its wiring is broken"),
    consequence: misled,
    response: [around, visit],
  },
  spike: {
    title: text("값이 튐", "Value jumps"),
    cause: text("물체가 센서를 가렸거나 센서가 움직였습니다", "An object was before the sensor, or the sensor has moved"),
    consequence: misled,
    response: [around, text("되풀이되면 센서 주변을 치웁니다", "If it comes again, have the surroundings cleared"), visit],
  },
  stuck: {
    title: text("값이 멈춤", "Value stuck"),
    cause: text("센서가 마지막 값을 되풀이합니다", "The sensor repeats its last value"),
    consequence: misled,
    response: [around, text("장치를 다시 시작합니다", "Restart the device"), visit],
  },
  drift: {
    title: text("값이 밀림", "Value drifts"),
    cause: text("센서의 영점이 서서히 움직입니다", "The sensor's zero creeps"),
    consequence: misled,
    response: [
      text("현장 실측값과 견주어 봅니다", "Compare it with a measurement on the spot"),
      text("센서를 다시 교정합니다", "Have the sensor calibrated"),
    ],
  },
  battery: {
    title: text("배터리 부족", "Battery low"),
    cause: text("배터리가 다 되어 갑니다", "The battery runs out"),
    consequence: text("몇 주 안에 장치가 꺼집니다", "The device goes off within weeks"),
    response: [text("다음 순회 때 배터리를 바꿉니다", "Change the battery on the next round")],
  },
};

const askPower = text("한국전력에 정전인지 묻습니다", "Ask the power company whether power is out");
const askCarrier = text("통신사에 회선 장애인지 묻습니다", "Ask the carrier whether its lines are down");

/** What is wrong with what several gateways share. */
export const outageTexts: Readonly<Record<OutageCondition["of"], Texts>> = {
  district: {
    title: text("구역 전체 두절", "District cut off"),
    cause: text("구역의 전원이나 통신망이 끊겼습니다", "The district has lost its power or its lines"),
    consequence: text("이 구역의 교차로, 충전소, 하천 시설을 볼 수 없습니다", "Its crossings, charging places and stream cannot be seen"),
    response: [askPower, askCarrier, text("현장 순찰로 신호등과 차단문을 확인합니다", "Have signals and gates looked at by a patrol")],
  },
  city: {
    title: text("도시 전체 두절", "City cut off"),
    cause: text("관제실로 오는 회선이나 도시 전원이 끊겼습니다", "The way to the control room is down, or the city's power"),
    consequence: text("관제실이 아무것도 볼 수 없습니다", "The room sees nothing"),
    response: [text("관제실의 회선과 브로커를 확인합니다", "See whether the room's own line and broker work"), askCarrier, askPower],
  },
};
