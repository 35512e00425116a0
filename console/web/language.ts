import { effect, signal } from "@preact/signals";
import type { Text } from "../../shared/service.ts";
import { keep, kept } from "./app/kept.ts";

export type Language = "ko" | "en";

const remembered = kept("language");
export const lang = signal<Language>(
  remembered === "ko" || remembered === "en" ? remembered : navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en",
);
effect(() => {
  document.documentElement.lang = lang.value;
});

export function chooseLanguage(language: Language): void {
  lang.value = language;
  keep("language", language);
}

/** The text in the language of the room; every text stands in both languages where it is used. */
export const say = (text: Text): string => text[lang.value];
/** The same, shorter where a text is written on the spot. */
export const t = (ko: string, en: string): string => (lang.value === "ko" ? ko : en);
