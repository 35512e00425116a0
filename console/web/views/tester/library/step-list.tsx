import type { PlannedStep } from "../../../../../shared/scenario/scenario-port.ts";
import type { Text } from "../../../../../shared/text.ts";
import { say, t } from "../../../language.ts";
import { clockText } from "../../../trend/words.ts";
import { whereText } from "../lanes/lane-words.ts";
import { inTime } from "../step-order.ts";

const whats: Readonly<Record<PlannedStep["what"], Text>> = {
  inject: { ko: "주입", en: "inject" },
  clear: { ko: "풀기", en: "clear" },
  command: { ko: "명령", en: "command" },
  act: { ko: "관제원", en: "operator" },
  cue: { ko: "큐", en: "cue" },
};
const states: Readonly<Record<PlannedStep["state"], Text>> = {
  "to-come": { ko: "예정", en: "to come" },
  done: { ko: "함", en: "done" },
  failed: { ko: "실패", en: "failed" },
};

export interface StepListProps {
  readonly steps: readonly PlannedStep[];
  readonly zone: string;
  /** Nothing runs yet: no step has a state. */
  readonly isAhead: boolean;
}
/** Steps in plain words, in the order in which they come. */
export function StepList({ steps: planned, zone, isAhead }: StepListProps) {
  const steps = inTime(planned);
  const next = steps.find(({ state }) => state === "to-come");
  return (
    <>
      {steps.length === 0 ? <p class="s-note">{t("없음", "none")}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ol class="s-scroll t-step-list" tabIndex={0} aria-label={t("순서", "Steps")}>
        {steps.map((step) => (
          <li key={step.id} class={`is-${step.state} is-${step.what}`} aria-current={!isAhead && step === next ? "step" : undefined}>
            <time>{step.t === null ? t("이어서", "then") : clockText(step.t, zone, false)}</time>
            <em>{say(whats[step.what])}</em>
            <span>
              {say(step.what === "cue" ? (step.step.cue ?? step.words) : step.words)}
              {step.devices.length > 1 ? <small> {whereText(step.devices)}</small> : null}
              {step.reason === null ? null : <small role="note"> {step.reason}</small>}
            </span>
            {isAhead ? null : <i>{say(states[step.state])}</i>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The same as a panel of its own. */
export const StepPanel = ({ title, ...list }: StepListProps & { readonly title: string }) => (
  <section class="s-panel t-steps" aria-labelledby="t-steps">
    <header class="s-head">
      <h2 id="t-steps">{title}</h2>
      <span>{list.steps.length}</span>
    </header>
    <StepList {...list} />
  </section>
);
