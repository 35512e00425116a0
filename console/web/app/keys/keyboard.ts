import { signal } from "@preact/signals";
import type { Text } from "../../../../shared/service.ts";
import { keep, kept } from "../kept.ts";

/** A key of the room. `code` is the place on the board, so that a Korean layout changes nothing. */
export interface Key {
  readonly code: string;
  readonly shift?: true;
  /** As printed on the key. */
  readonly sign: string;
  readonly does: Text;
  act(): void;
}

export const singleKeys = signal(kept("keys") !== "off");
export function switchKeys(on: boolean): void {
  singleKeys.value = on;
  keep("keys", on ? "on" : "off");
}
export const keyListOpen = signal(false);

const keys: (readonly Key[])[] = [];
/** Adds keys while a part of the room stands, before those that are there; returns the way to take them back. */
export function offerKeys(offered: readonly Key[]): () => void {
  keys.unshift(offered);
  return () => {
    keys.splice(keys.indexOf(offered), 1);
  };
}
export const offeredKeys = (): readonly Key[] => keys.flat();
/** What a key does now. */
export const keyOf = (code: string, shift = false): Key | undefined =>
  offeredKeys().find((candidate) => candidate.code === code && (candidate.shift ?? false) === shift);

let holders = 0;
/** While something is being written, keys of the page wait, wherever the focus is; only Escape still undoes. */
export function holdKeys(): () => void {
  holders++;
  return () => {
    holders--;
  };
}

/** A box that is ticked takes no letters: whoever has chosen with it goes on with a key. */
const ticks = (target: EventTarget | null): boolean => target instanceof HTMLInputElement && target.type === "checkbox";
const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && !ticks(target) && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Space presses a focused button; anything else with it would act twice. */
const presses = ({ target, code }: KeyboardEvent): boolean =>
  (code === "Space" && ticks(target)) ||
  (target instanceof HTMLElement && /^(?:BUTTON|A|SUMMARY)$/.test(target.tagName) && (code === "Space" || code === "Enter"));

/** What was pressed with the pointer must not take the space bar, where it runs the city or sends what is armed: the focus leaves it. */
function freeSpaceBar({ detail, target }: MouseEvent): void {
  if (detail === 0 || !(target instanceof Element) || keyOf("Space") === undefined) return;
  const pressed = target.closest("button, a, summary");
  if (pressed instanceof HTMLElement && pressed === document.activeElement) pressed.blur();
}

/** By the sign too: on other boards than the American and the Korean the question mark stands in another place. */
export const asksForKeys = ({ key, code, shiftKey }: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): boolean =>
  key === "?" || (code === "Slash" && shiftKey);

export function listenToKeys(): void {
  addEventListener("click", freeSpaceBar);
  addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing || writes(press.target) || presses(press)) return;
    if (holders > 0 && press.code !== "Escape") return;
    const isQuestion = asksForKeys(press);
    if (isQuestion) keyListOpen.value = !keyListOpen.peek();
    if (isQuestion || keyListOpen.peek()) return;
    // Escape undoes; it works with single keys off too.
    if (!singleKeys.peek() && press.code !== "Escape") return;
    const key = keyOf(press.code, press.shiftKey);
    if (!key || (press.repeat && key.code === "Space")) return;
    press.preventDefault();
    key.act();
  });
}
