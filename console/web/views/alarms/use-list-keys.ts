import { useLayoutEffect, useRef } from "preact/hooks";
import { offerKeys } from "../../app/keys/keyboard.ts";
import type { DeskList } from "./use-list.ts";

/** From anywhere on the page the arrows go into the list; N brings in what waits behind it. */
export function useListKeys(focusList: () => void, list: DeskList): void {
  const newest = useRef(list);
  newest.current = list;
  const waits = list.fresh > 0;
  useLayoutEffect(
    () => offerKeys([{ code: "ArrowDown", sign: "↑ ↓", does: { ko: "경보 목록에서 움직이기", en: "Walk the list of alarms" }, act: focusList }]),
    [],
  );
  useLayoutEffect(() => {
    if (!waits) return;
    return offerKeys([{ code: "KeyN", sign: "N", does: { ko: "새 경보 보기", en: "Show new alarms" }, act: () => newest.current.showNew() }]);
  }, [waits]);
}
