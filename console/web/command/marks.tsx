import type { ComponentChildren } from "preact";
import { t } from "../language.ts";

/** Hollow and pointing up: what was asked. */
export const Commanded = ({ children }: { readonly children: ComponentChildren }) => (
  <span class="k-mark is-commanded">
    <svg viewBox="0 0 12 11" aria-hidden="true">
      <path d="M6 1.5L10.5 9.5h-9z" />
    </svg>
    <span class="unseen">{t("지시", "commanded")} </span>
    <span>{children}</span>
  </span>
);
/** Solid and pointing down: what the device says; hollow while it is waited for, dashed when the device is silent. */
export const Actual = ({ look, children }: { readonly look: "known" | "waited" | "stale"; readonly children: ComponentChildren }) => (
  <span class={`k-mark is-actual is-${look}`}>
    <svg viewBox="0 0 12 11" aria-hidden="true">
      <path d="M1.5 1.5h9L6 9.5z" />
    </svg>
    <span class="unseen">{t("실제", "actual")} </span>
    <span>{children}</span>
  </span>
);
