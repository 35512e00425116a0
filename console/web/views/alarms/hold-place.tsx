import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { DeskList } from "./use-list.ts";

/** The list and what is done with it: while a pointer or the focus is in here, rows stay where they are. */
export function HoldPlace({ list, children }: { readonly list: DeskList; readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  // A form that closes takes its focus with it for a moment, before the list has it again.
  const leave = () =>
    setTimeout(() => {
      const at = place.current;
      if (at !== null && !at.matches(":hover, :focus-within")) list.free();
    });
  return (
    <div class="al-place" ref={place} onPointerEnter={list.hold} onPointerLeave={leave} onFocusCapture={list.hold} onBlurCapture={leave}>
      {children}
    </div>
  );
}
