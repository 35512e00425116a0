import { useState } from "preact/hooks";
import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import type { ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import { t } from "../../../language.ts";
import { now } from "../../../live/state.ts";
import type { Answer } from "../../../trend/use-answer.ts";
import { Loading } from "../../../widgets/panel.tsx";
import { addStep } from "../editor/draft.ts";
import type { Kinds } from "../kinds.ts";
import { InjectBox } from "./inject-box.tsx";
import { stepLines } from "./inject-request.ts";
import { InjectedList } from "./injected-list.tsx";

export interface InjectPanelProps {
  readonly kinds: Kinds;
  readonly injected: Answer<{ injections: readonly InjectionState[] }>;
  /** The scenario that runs: what is injected can be written into its file. */
  readonly run: ScenarioRun | undefined;
}

/** Inject now, or see and clear what is injected. */
export function InjectPanel({ kinds, injected, run }: InjectPanelProps) {
  const [part, setPart] = useState<"form" | "list">("form");
  const count = (injected.value?.injections ?? []).filter(({ state }) => state === "active" || state === "waits").length;
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const scenario = run?.scenario;
  return (
    <section class="s-panel t-inject-panel" aria-labelledby="t-inject">
      <header class="s-head">
        <h2 id="t-inject">{t("지금 주입", "Inject now")}</h2>
        <span>{t("기기, 게이트웨이, 동, 몫", "on any device, gateway, district or share")}</span>
        <fieldset class="s-end buttons">
          <legend class="unseen">{t("주입과 목록", "Form or list")}</legend>
          <button type="button" class="button" aria-pressed={part === "form"} onClick={() => setPart("form")}>
            {t("주입", "Form")}
          </button>
          <button type="button" class="button" aria-pressed={part === "list"} onClick={() => setPart("list")}>
            {t(`주입된 것 ${count}`, `Injected ${count}`)}
          </button>
        </fieldset>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <section class="s-scroll" tabIndex={0} aria-label={t("주입과 목록", "Form or list")}>
        {part === "list" ? (
          <InjectedList injections={injected.value?.injections} reason={injected.reason} kinds={kinds} onCleared={injected.again} isPlaced />
        ) : kinds.size === 0 ? (
          <Loading />
        ) : (
          <InjectBox
            kinds={kinds}
            onInjected={injected.again}
            more={(request) =>
              scenario == null || run === undefined ? null : (
                <>
                  <button
                    type="button"
                    class="button"
                    onClick={async () => setProblem(await addStep(scenario.id, stepLines(request, (now.peek() - run.from) / 1000)))}
                  >
                    {t("시나리오 파일에 넣기", "Add to scenario file")}
                  </button>
                  {problem === undefined ? null : (
                    <p class="s-note" role="alert">
                      {t("시나리오 파일을 열지 못했습니다.", "The scenario file could not be opened.")} <code>{problem}</code>
                    </p>
                  )}
                </>
              )
            }
          />
        )}
      </section>
    </section>
  );
}
