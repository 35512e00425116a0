import { computed, signal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { keep, kept } from "../../app/kept.ts";
import { offerKeys } from "../../app/keys/keyboard.ts";
import { t } from "../../language.ts";
import { counts } from "../alarms/present-counts.ts";

/** On a desk screen the right column is a drawer over the map; on a wall it always stands there. */
export const sideOpen = signal(kept("side") === "open");
function turnSide(): void {
  sideOpen.value = !sideOpen.peek();
  keep("side", sideOpen.peek() ? "open" : "shut");
}

const isCalled = computed(() => counts.value.by[1].calling > 0);

export function SideToggle() {
  const open = sideOpen.value;
  const called = isCalled.value;
  // A P1 that nobody has acknowledged opens the drawer; it is closed by hand.
  useEffect(() => {
    if (called) sideOpen.value = true;
  }, [called]);
  useLayoutEffect(
    () =>
      offerKeys([
        { code: "KeyE", sign: "E", does: { ko: "경보·사건 서랍 (좁은 화면)", en: "Drawer of alarms and events (narrow screens)" }, act: turnSide },
      ]),
    [],
  );
  return (
    <>
      <span class="lanes-key">{t("선 = 사건 · 도형 = 경보", "tick = event · shape = alarm")}</span>
      <button type="button" class="button side-toggle" aria-expanded={open} aria-controls="city-side" onClick={turnSide}>
        {open ? t("서랍 닫기", "Close drawer") : t("경보·사건 서랍", "Alarms and events")} <kbd>E</kbd>
      </button>
    </>
  );
}
