import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
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
  /** A key has asked for it: it has the focus and stands at the second press, which is another key's. */
  readonly isAsked?: boolean;
  /** Done, taken back, or nobody came. */
  readonly onOver?: () => void;
}
/** Two presses: the first one says what the second one does; Escape takes it back. */
export function ConfirmButton({ isOff, children, sure, onSure, title, isBrief = false, isAsked = false, onOver }: ConfirmButtonProps) {
  const [armed, setArmed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const disarm = (): void => {
    setArmed(false);
    // a key brought the focus here, and the space bar is the city's again
    if (isAsked) button.current?.blur();
    onOver?.();
  };
  useLayoutEffect(() => {
    if (!isAsked || isOff) return;
    setArmed(true);
    button.current?.focus();
  }, [isAsked]);
  // Before anybody can see that it is armed: an Escape that comes at once must not leave the page.
  useLayoutEffect(() => {
    if (!armed) return;
    const over = setTimeout(disarm, armedMs);
    const keys = offerKeys([{ code: "Escape", sign: "Esc", does: { ko: "그만두기", en: "Take back" }, act: disarm }]);
    return () => {
      clearTimeout(over);
      keys();
    };
  }, [armed]);
  useEffect(() => {
    if (isOff) disarm();
  }, [isOff]);
  return (
    <button
      ref={button}
      type="button"
      class={`button${armed ? " is-main" : ""}`}
      aria-disabled={isOff}
      // what is told as an alert is no part of a button's name
      aria-label={armed ? sure : undefined}
      title={title}
      onClick={(click) => {
        // The second click of a double click is no second thought.
        if (isOff || click.detail > 1) return;
        if (!armed) return setArmed(true);
        onSure();
        disarm();
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
