import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { keep, kept } from "../../app/kept.ts";
import { offerKeys } from "../../app/keys/keyboard.ts";
import { t } from "../../language.ts";

/** On a desk screen the right column is a drawer over the map; on a wall it always stands there. */
export const sideOpen = signal(kept("side") === "open");
function turnSide(): void {
  sideOpen.value = !sideOpen.peek();
  keep("side", sideOpen.peek() ? "open" : "shut");
}

export function SideToggle() {
  const open = sideOpen.value;
  useEffect(
    () =>
      offerKeys([
        { code: "KeyE", sign: "E", does: { ko: "경보·사건 서랍 (좁은 화면)", en: "Drawer of alarms and events (narrow screens)" }, act: turnSide },
      ]),
    [],
  );
  return (
    <>
      <span class="lanes-key">{t("선 = 사건", "tick = event")}</span>
      <button type="button" class="button side-toggle" aria-expanded={open} aria-controls="city-side" onClick={turnSide}>
        {open ? t("서랍 닫기", "Close drawer") : t("경보·사건 서랍", "Alarms and events")} <kbd>E</kbd>
      </button>
    </>
  );
}
