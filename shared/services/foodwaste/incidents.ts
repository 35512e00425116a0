import { count } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";

/** What befalls a food-waste unit. A jammed lock is a `fault`: a part of the unit has failed. */
export const incidents = {
  overfilled: {
    truth: "event",
    title: text("넘치는 수거함", "Overfilled"),
    effect: text(
      "{minutes}분 동안 {people}명이 {where}에 몰려와 버립니다. 수거함이 가득 차거나 넘칩니다.",
      "Within {minutes} min {people} people bring their waste to {where}. It becomes full, or overflows.",
    ),
    fields: {
      people: count("사람 수", "People", "1", [5, 80], 60, 5),
      minutes: count("동안", "Within", "min", [10, 240], 90),
    },
    kinds: ["bin"],
    shows: ["foodwaste/filling", "foodwaste/full"],
    lasts: null,
  },
  "kimchi-wave": {
    truth: "quiet",
    title: text("김장철 배출", "Kimchi season"),
    effect: text("{hours}시간 동안 {where}에 평소보다 {more}% 더 나옵니다.", "For {hours} h {where} gets {more} % more than usual."),
    fields: {
      more: count("늘어난 배출", "More deposits", "%", [10, 200], 50, 10),
      hours: count("동안", "Hours", "h", [1, 24], 6),
    },
    kinds: ["bin"],
    lasts: null,
  },
  dumping: {
    truth: "event",
    title: text("카드 없는 투기", "Dumped without a card"),
    effect: text(
      "누군가 카드 없이 {where}에 음식물이 아닌 무거운 것({kg} kg)을 넣습니다. 비울 때까지 남아 있습니다.",
      "Somebody forces {kg} kg of something that is no food waste into {where}, without a card. It stays until the unit is emptied.",
    ),
    fields: { kg: count("무게", "Weight", "kg", [6, 80], 25) },
    kinds: ["bin"],
    lasts: null,
  },
  "lid-left-open": {
    truth: "event",
    title: text("열린 뚜껑", "Lid left open"),
    effect: text("{where} 뚜껑이 봉투에 걸려 닫히지 않습니다.", "A bag keeps the lid of {where} from closing."),
    fields: {},
    kinds: ["bin"],
    shows: ["foodwaste/lid-open"],
    lasts: 5400,
  },
  "many-bags": {
    truth: "quiet",
    title: text("오래 버리는 사람", "Many bags"),
    effect: text(
      "한 사람이 {where} 뚜껑을 {minutes}분 동안 열어 둔 채 여러 봉투를 비웁니다.",
      "Somebody holds the lid of {where} open for {minutes} min to empty many bags.",
    ),
    fields: { minutes: count("동안", "Minutes", "min", [2, 9], 8) },
    kinds: ["bin"],
    lasts: null,
  },
  "bin-fire": {
    truth: "event",
    title: text("수거함 화재", "Fire in the unit"),
    effect: text("{where} 안에서 불이 나 {heat} °C까지 뜨거워집니다.", "Something burns in {where}: it gets as hot as {heat} °C."),
    fields: { heat: count("온도", "Temperature", "Cel", [70, 300], 120, 5) },
    kinds: ["bin"],
    shows: ["foodwaste/burning"],
    lasts: 3600,
  },
  "lock-jam": {
    truth: "fault",
    title: text("잠금 걸림", "Lock jams"),
    effect: text(
      "{where} 뚜껑이 잠긴 채 걸립니다. 고칠 때까지 아무도 배출할 수 없습니다.",
      "The lock of {where} jams shut. Nobody can use it until it is repaired.",
    ),
    fields: {},
    kinds: ["bin"],
    shows: ["foodwaste/locked"],
    lasts: 28_800,
  },
} as const satisfies Readonly<Record<string, Incident<"bin">>>;
