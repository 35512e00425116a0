import { useEffect, useRef } from "preact/hooks";
import { say, t } from "../../language.ts";
import { keyListOpen, offeredKeys, singleKeys, switchKeys } from "./keyboard.ts";

/** All keys that do something now. */
export function KeyList() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = keyListOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="key-list" aria-labelledby="key-list-title" onClose={() => (keyListOpen.value = false)}>
      <header>
        <h2 id="key-list-title">{t("단축키", "Keys")}</h2>
        <button type="button" class="button" onClick={() => (keyListOpen.value = false)}>
          {t("닫기", "Close")} <kbd>Esc</kbd>
        </button>
      </header>
      {open ? (
        <dl>
          <div>
            <dt>
              <kbd>?</kbd>
            </dt>
            <dd>{t("이 목록", "This list")}</dd>
          </div>
          {offeredKeys().map((key) => (
            <div key={`${key.code}${key.shift ?? ""}`}>
              <dt>
                <kbd>{key.sign}</kbd>
              </dt>
              <dd>{say(key.does)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <label>
        <input type="checkbox" checked={singleKeys.value} onChange={(change) => switchKeys(change.currentTarget.checked)} />
        {t("단축키 하나로 움직이기", "Act on single keys")}
      </label>
    </dialog>
  );
}
