import { chooseLanguage, lang } from "../language.ts";
import { catalogue } from "../live/state.ts";
import type { Key } from "./keys/keyboard.ts";
import { go, route } from "./router.ts";
import { chooseTheme, theme } from "./theme.ts";

const digits = 9;

/** The ways between views, and how they look. */
export const viewKeys = (): readonly Key[] => [
  { code: "Digit0", sign: "0", does: { ko: "도시", en: "City" }, act: () => go({ view: "city" }) },
  ...catalogue
    .peek()
    .slice(0, digits)
    .map(
      (service, index): Key => ({
        code: `Digit${index + 1}`,
        sign: String(index + 1),
        does: service.title,
        act: () => go({ view: "service", id: service.id }),
      }),
    ),
  { code: "KeyA", sign: "A", does: { ko: "경보", en: "Alarms" }, act: () => go({ view: "alarms" }) },
  { code: "KeyT", sign: "T", does: { ko: "시험", en: "Test desk" }, act: () => go({ view: "tester" }) },
  { code: "KeyD", sign: "D", does: { ko: "데이터 품질", en: "Data quality" }, act: () => go({ view: "quality" }) },
  { code: "Escape", sign: "Esc", does: { ko: "뒤로", en: "Back" }, act: () => route.peek().view !== "city" && history.back() },
  {
    code: "KeyT",
    shift: true,
    sign: "Shift T",
    does: { ko: "밝게 / 어둡게", en: "Day / night" },
    act: () => chooseTheme(theme.peek() === "night" ? "day" : "night"),
  },
  {
    code: "KeyL",
    shift: true,
    sign: "Shift L",
    does: { ko: "한국어 / 영어", en: "Korean / English" },
    act: () => chooseLanguage(lang.peek() === "ko" ? "en" : "ko"),
  },
];
