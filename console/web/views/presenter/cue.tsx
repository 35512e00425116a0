import { useEffect, useRef } from "preact/hooks";
import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { Countdowns } from "../../command/countdowns.tsx";
import { lang, say, t } from "../../language.ts";
import { now as cityNow, clock, zone } from "../../live/state.ts";
import { clockText } from "../../trend/words.ts";
import { lengthText } from "../tester/lengths.ts";
import { isOpen, presentCues, runNow, runProgress } from "../tester/run-progress.ts";
import { stateText, titleOf } from "../tester/run-words.ts";

/** What to say now, in the largest type there is; under it what comes next, by both clocks. */
export function Cue({ run }: { readonly run: ScenarioRun }) {
  const now = runNow(run, cityNow.value);
  const { last } = presentCues(run);
  const { wallLeft, elapsed, whole, done, cues } = runProgress(run, now, clock.value);
  const words = last?.step.cue ?? last?.words;
  const place = useRef<HTMLElement>(null);
  // A new run: the hand leaves the button that began it, so that Space, N and R are the stage's again.
  useEffect(() => place.current?.focus(), [run.id]);
  return (
    <section class="p-cue" ref={place} tabIndex={-1} aria-label={t("지금의 큐", "Present cue")}>
      <p class="p-run">
        <b>{say(titleOf(run))}</b> · {say(stateText(run))} ·{" "}
        {t(`${lengthText(whole).ko} 가운데 ${lengthText(elapsed).ko}`, `${lengthText(elapsed).en} of ${lengthText(whole).en}`)}
        {wallLeft === undefined ? "" : t(` · ${lengthText(wallLeft).ko} 뒤 끝남`, ` · ends in ${lengthText(wallLeft).en}`)}
      </p>
      <svg class="p-progress" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 7H1000" />
        <path d={`M0 7H${(done * 1000).toFixed(0)}`} class="is-done" />
        {cues.map(({ at }) => (
          <path key={at} d={`M${(at * 1000).toFixed(0)} 1v12`} class="is-cue" vector-effect="non-scaling-stroke" />
        ))}
      </svg>
      <p class={`p-now${words === undefined ? " is-silent" : ""}`} role="status">
        {words === undefined ? t("아직 말할 것이 없습니다.", "Nothing to be said yet.") : say(words)}
      </p>
      {words === undefined ? null : (
        <p class="p-other" lang={lang.value === "ko" ? "en" : "ko"}>
          {lang.value === "ko" ? words.en : words.ko}
        </p>
      )}
      {isOpen(run) ? <Countdowns /> : null}
      <Next run={run} now={now} />
    </section>
  );
}

/** When it comes: the city's clock, and how long it takes where the demonstrator stands. */
function untilText(ms: number, isMoving: boolean): string {
  const rate = clock.value === undefined || clock.value.paused ? 0 : clock.value.rate;
  const seconds = Math.max(0, ms) / 1000;
  if (!isMoving || rate <= 0) return t(` · 도시 시각으로 ${lengthText(seconds).ko} 뒤`, ` · in ${lengthText(seconds).en} of city time`);
  return t(` · 실제로 ${lengthText(seconds / rate).ko} 뒤`, ` · in ${lengthText(seconds / rate).en} of real time`);
}

function Next({ run, now }: { readonly run: ScenarioRun; readonly now: number }) {
  const { next } = presentCues(run);
  return (
    <div class="p-next">
      <h2>{t("다음", "Next")}</h2>
      {next === undefined ? (
        <p>{t("큐가 더 없습니다.", "No further cue.")}</p>
      ) : (
        <>
          <p>{say(next.step.cue ?? next.words)}</p>
          <p class="p-when">
            {next.t === null ? t("앞 단계를 이어서", "follows another step") : clockText(next.t, zone.value, false)}
            {next.t === null ? "" : untilText(next.t - now, isOpen(run))}
          </p>
        </>
      )}
    </div>
  );
}
