import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ExpectationState } from "../../../../shared/scenario/scorecard.ts";
import { say, t } from "../../language.ts";
import { clockText } from "../../trend/words.ts";
import "./expectations.css";

const paths = { held: "M3 7.5l3 3l5.5-6.5", failed: "M3.5 3.5l7 7M10.5 3.5l-7 7", "to-come": "" } as const;
const words = {
  held: { ko: "맞음", en: "held" },
  failed: { ko: "틀림", en: "failed" },
  "to-come": { ko: "아직", en: "to come" },
} as const;
/** Of a run that has ended before their time. */
const notJudged = { ko: "판정 안 함", en: "not judged" } as const;

const count = (all: readonly ExpectationState[], state: ExpectationState["state"]): number => all.filter((one) => one.state === state).length;

/** What must come true, and whether it has; or the steps that lead there. */
export function ExpectationsPanel({
  all,
  isOver,
  zone,
  steps,
}: {
  readonly all: readonly ExpectationState[];
  readonly isOver: boolean;
  readonly zone: string;
  readonly steps: ComponentChildren;
}) {
  const [part, setPart] = useState<"expected" | "steps">("expected");
  return (
    <section class="s-panel t-expected" aria-labelledby="t-expected">
      <header class="s-head">
        <h2 id="t-expected">{t("기대", "Expectations")}</h2>
        <span>
          <b>{count(all, "held")}</b> {say(words.held)} · <b>{count(all, "failed")}</b> {say(words.failed)} · <b>{count(all, "to-come")}</b>{" "}
          {say(isOver ? notJudged : words["to-come"])}
        </span>
        <fieldset class="s-end buttons">
          <legend class="unseen">{t("기대와 순서", "Expectations or steps")}</legend>
          <button type="button" class="button" aria-pressed={part === "expected"} onClick={() => setPart("expected")}>
            {t("기대", "Expected")}
          </button>
          <button type="button" class="button" aria-pressed={part === "steps"} onClick={() => setPart("steps")}>
            {t("순서", "Steps")}
          </button>
        </fieldset>
      </header>
      {part === "steps" ? steps : <Expectations all={all} isOver={isOver} zone={zone} />}
    </section>
  );
}

/** Neither green nor red: the failed one carries the edge of a selection. */
const Expectations = ({ all, isOver, zone }: { readonly all: readonly ExpectationState[]; readonly isOver: boolean; readonly zone: string }) => (
  <>
    {all.length === 0 ? <p class="s-note">{t("이 실행에는 기대가 없습니다.", "This run expects nothing.")}</p> : null}
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
    <ul class="s-scroll" tabIndex={0} aria-label={t("기대", "Expectations")}>
      {all.map(({ id, say: said, state, seen, t: at }) => (
        <li key={id} class={`is-${state}`} data-expectation={id}>
          <svg viewBox="0 0 14 14" width="15" height="15" aria-hidden="true">
            <path d="M0.75 0.75h12.5v12.5H0.75z" class="t-expected-box" />
            <path d={paths[state]} class="t-expected-mark" />
          </svg>
          <span class="unseen">{say(isOver && state === "to-come" ? notJudged : words[state])}</span>
          <span>{say(said)}</span>
          <small>
            {say(isOver && state === "to-come" ? notJudged : seen)}
            {at === null ? "" : ` · ${clockText(at, zone, false)}`}
          </small>
        </li>
      ))}
    </ul>
  </>
);
