import type { ComponentChildren } from "preact";
import { t } from "../language.ts";

export interface PanelProps {
  readonly title: string;
  readonly hint?: string;
  readonly end?: ComponentChildren;
  readonly name?: string;
  readonly children: ComponentChildren;
}

/** Frame and height stay, whatever state is inside. */
export const Panel = ({ title, hint, end, name, children }: PanelProps) => (
  <section class={`panel ${name ?? ""}`}>
    <header>
      <h2>{title}</h2>
      {hint === undefined ? null : <span>{hint}</span>}
      {end === undefined ? null : <span class="end">{end}</span>}
    </header>
    <div class="panel-body">{children}</div>
  </section>
);

export const Loading = ({ done }: { readonly done?: string }) => (
  <div class="loading-bars" role="status" aria-label={t("불러오는 중", "Loading")}>
    <i />
    <i />
    <i />
    {done === undefined ? null : <p class="panel-note">{done}</p>}
  </div>
);
