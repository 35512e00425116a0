import { computed, effect, signal } from "@preact/signals";
import { keep, kept } from "./kept.ts";

export type Theme = "day" | "night";

const dark = matchMedia("(prefers-color-scheme: dark)");
const system = signal<Theme>(dark.matches ? "night" : "day");
dark.addEventListener("change", (change) => {
  system.value = change.matches ? "night" : "day";
});
const remembered = kept("theme");
const chosen = signal<Theme | undefined>(remembered === "day" || remembered === "night" ? remembered : undefined);

/** The person's choice, else the machine's. */
export const theme = computed<Theme>(() => chosen.value ?? system.value);
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function chooseTheme(next: Theme): void {
  chosen.value = next;
  keep("theme", next);
}
