import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { offerKeys } from "../../app/keys/keyboard.ts";
import { t } from "../../language.ts";

/** Whoever thinks for longer begins anew. */
const armedMs = 10_000;

export interface ConfirmButtonProps {
  readonly isOff: boolean;
  readonly children: ComponentChildren;
  /** What the second press does, in words. */
  readonly sure: string;
  readonly onSure: () => void;
  readonly title?: string | undefined;
  /** Where there is no room for it the way back is not written out; it is the same. */
  readonly isBrief?: boolean;
}
/** Two presses: the first one says what the second one does; Escape takes it back. */
export function ConfirmButton({ isOff, children, sure, onSure, title, isBrief = false }: ConfirmButtonProps) {
  const [armed, setArmed] = useState(false);
  // Before anybody can see that it is armed: an Escape that comes at once must not leave the page.
  useLayoutEffect(() => {
    if (!armed) return;
    const over = setTimeout(() => setArmed(false), armedMs);
    const keys = offerKeys([{ code: "Escape", sign: "Esc", does: { ko: "그만두기", en: "Take back" }, act: () => setArmed(false) }]);
    return () => {
      clearTimeout(over);
      keys();
    };
  }, [armed]);
  useEffect(() => {
    if (isOff) setArmed(false);
  }, [isOff]);
  return (
    <button
      type="button"
      class={`button${armed ? " is-main" : ""}`}
      aria-disabled={isOff}
      title={title}
      onClick={(click) => {
        // The second click of a double click is no second thought.
        if (isOff || click.detail > 1) return;
        if (armed) onSure();
        setArmed(!armed);
      }}
    >
      {armed ? (
        <span role="alert">
          {sure}
          {isBrief ? null : (
            <>
              {" "}
              <kbd>Esc</kbd> {t("취소", "cancels")}
            </>
          )}
        </span>
      ) : (
        children
      )}
    </button>
  );
}
