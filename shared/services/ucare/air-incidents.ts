import { count } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";

/** What befalls the air of a home. */
export const airIncidents = {
  "gas-left-on": {
    truth: "event",
    title: text("가스 켜 둠", "Gas left on"),
    effect: text(
      "{where}에서 불이 꺼진 버너로 가스가 분당 {rate} ppm씩 샙니다. 경보 농도에 이르면 차단기가 밸브를 잠급니다.",
      "In {where} gas comes out of a burner without a flame, {rate} ppm a minute. At the alarm level the valve shuts.",
    ),
    fields: { rate: count("분당 증가", "Rise in a minute", "[ppm]", [200, 2600], 1500, 50) },
    kinds: ["home"],
    shows: ["ucare/gas", "ucare/gas-rising"],
    lasts: 10_800,
  },
  cooking: {
    truth: "quiet",
    title: text("오래 끓이는 요리", "Long cooking"),
    effect: text(
      "{where}에서 {minutes}분 동안 요리해 가스가 {ppm} ppm까지 오릅니다.",
      "In {where} somebody cooks for {minutes} min; gas rises to {ppm} ppm.",
    ),
    fields: {
      ppm: count("농도", "Concentration", "[ppm]", [50, 300], 300, 10),
      minutes: count("동안", "Minutes", "min", [10, 180], 60),
    },
    kinds: ["home"],
    lasts: null,
  },
  fire: {
    truth: "event",
    title: text("화재", "Fire"),
    effect: text("{where}에서 불이 나 화재감지기가 울리고 방이 뜨거워집니다.", "A fire in {where}: the detector goes off and the room gets hot."),
    fields: {},
    kinds: ["home"],
    shows: ["ucare/fire"],
    lasts: 1200,
  },
  "hot-room": {
    truth: "event",
    title: text("냉방 고장", "Cooling fails"),
    effect: text("{where}의 냉방이 멈춰 방이 {heat} °C까지 더워집니다.", "The cooling of {where} fails and the room warms up to {heat} °C."),
    fields: { heat: count("온도", "Temperature", "Cel", [34, 45], 38) },
    kinds: ["home"],
    shows: ["ucare/hot-room", "ucare/heat"],
    lasts: 28_800,
  },
  "cold-room": {
    truth: "event",
    title: text("난방 고장", "Heating fails"),
    effect: text(
      "{where}의 보일러가 멈추고 창이 조금 열려 있어 방이 바깥 기온을 따라 식습니다.",
      "The boiler of {where} stops and a window is ajar: the room cools towards the air outside.",
    ),
    fields: {},
    kinds: ["home"],
    shows: ["ucare/cold-room", "ucare/cold"],
    lasts: 86_400,
  },
} as const satisfies Readonly<Record<string, Incident<"home">>>;
