import { useLayoutEffect } from "preact/hooks";
import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { offerKeys } from "../../app/keys/keyboard.ts";
import { addressOf } from "../../app/router.ts";
import { rateFigure } from "../../app/time/mode.ts";
import { armReset, ask, locked, rates, togglePause } from "../../app/time/time-asks.ts";
import { Countdowns } from "../../command/countdowns.tsx";
import { say, t } from "../../language.ts";
import { clock, link, zone } from "../../live/state.ts";
import { clockText } from "../../trend/words.ts";
import { Mark } from "../../widgets/mark.tsx";
import { shownRates } from "../presenter/pace-words.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { lengthText } from "./lengths.ts";
import { isOpen, presentCues, type RunProgress, runProgress } from "./run-progress.ts";
import { stateText, titleOf } from "./run-words.ts";
import { cueKey, nextCue, stopRun, useRunAct } from "./use-runs.ts";

const pauseIcon = "M8 5v14M16 5v14";
const playIcon = "M7 5l12 7L7 19z";
const cueIcon = "M4 5l9 7l-9 7zM18 5v14";
const stopIcon = "M5 5h14v14H5z";
const resetIcon = "M5 12a7 7 0 1 0 2.5-5.4M8 2.5v4.6h4.6";
const wide = 372;

/** How far it is, with the cues on the way. */
function ProgressBar({ progress }: { readonly progress: RunProgress }) {
  return (
    <svg class="t-progress" viewBox={`0 0 ${wide} 16`} preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 8H${wide}`} class="t-progress-all" />
      <path d={`M0 8H${(progress.done * wide).toFixed(1)}`} class="t-progress-done" />
      {progress.cues.map(({ at, isPast }) => (
        <path key={at} d={`M${(at * wide).toFixed(1)} 1.5v13`} class={isPast ? "" : "is-ahead"} vector-effect="non-scaling-stroke" />
      ))}
    </svg>
  );
}

function Progress({ run, now }: { readonly run: ScenarioRun; readonly now: number }) {
  const progress = runProgress(run, now, clock.value);
  const { elapsed, whole, wallLeft } = progress;
  const left = wallLeft === undefined ? undefined : lengthText(wallLeft);
  const rate = rateFigure(clock.value?.rate ?? 0);
  return (
    <div class="t-run-progress">
      <ProgressBar progress={progress} />
      <p>
        <b>{t(`${lengthText(whole).ko} 가운데 ${lengthText(elapsed).ko}`, `${lengthText(elapsed).en} of ${lengthText(whole).en}`)}</b>
        <small>
          {!isOpen(run)
            ? say(stateText(run))
            : left === undefined
              ? t("시간이 멈춰 있음", "time stands still")
              : t(`×${rate}로 ${left.ko} 뒤 끝남`, `ends in ${left.en} at ${rate}×`)}
        </small>
      </p>
    </div>
  );
}

const Rates = ({ isOff }: { readonly isOff: boolean }) => {
  const present = clock.value?.asked;
  return (
    <fieldset class="buttons t-rates">
      <legend class="unseen">{t("속도", "Rate")}</legend>
      {shownRates(rates, present).map((rate) => (
        <button key={rate} type="button" class="button" aria-pressed={present === rate} aria-disabled={isOff} onClick={() => void ask({ rate })}>
          {rateFigure(rate)}×
        </button>
      ))}
    </fieldset>
  );
};

/** Which run it is, how far, and how it is steered. */
export function RunHead({ run, now }: { readonly run: ScenarioRun; readonly now: number }) {
  const act = useRunAct();
  const open = isOpen(run);
  const isAway = link.value.state !== "live" || act.busy;
  const isOff = !open || isAway;
  const lockedTime = locked.value;
  const { next } = presentCues(run);
  const paused = clock.value?.paused ?? false;
  const toCue = (): void => {
    if (!isOff && next !== undefined) void act.run(() => nextCue(run.id));
  };
  useLayoutEffect(() => {
    if (!open) return;
    return offerKeys([{ ...cueKey, act: toCue }]);
  }, [open, isOff, next?.id]);
  return (
    <header class="s-panel t-run-head">
      <div class="t-run-name">
        <h1>{say(titleOf(run))}</h1>
        <p>
          {run.scenario === null ? null : <code>{run.scenario.id}.yaml</code>}
          <span>{t(`실행 ${run.id}`, `run ${run.id}`)}</span>
          <span>{t(`시드 ${run.seed}`, `seed ${run.seed}`)}</span>
          <span>{t(`${run.by}, ${startedText(run)} 시작`, `started by ${run.by}, ${startedText(run)}`)}</span>
          {run.drill ? <b class="t-tag">{t("훈련", "drill")}</b> : null}
          {open ? null : <b class="t-tag">{say(stateText(run))}</b>}
        </p>
      </div>
      <Progress run={run} now={now} />
      <div class="t-run-buttons">
        {open ? (
          <>
            <Rates isOff={lockedTime !== undefined} />
            <button type="button" class="button is-main" aria-disabled={lockedTime !== undefined} onClick={() => void togglePause()}>
              <Mark service={{ mark: paused ? playIcon : pauseIcon }} />
              {paused ? t("계속", "Go on") : t("멈춤", "Pause")} <kbd>Space</kbd>
            </button>
            <button type="button" class="button" aria-disabled={isOff || next === undefined} onClick={toCue}>
              <Mark service={{ mark: cueIcon }} />
              {t("다음 큐", "Next cue")} <kbd>{cueKey.sign}</kbd>
            </button>
            <ConfirmButton
              isOff={isOff}
              sure={t("한 번 더: 끝내고 주입을 모두 풉니다.", "Once more: ends it and clears all injections.")}
              onSure={() => void act.run(() => stopRun(run.id))}
            >
              <Mark service={{ mark: stopIcon }} />
              {t("끝내고 풀기", "Stop and clear")}
            </ConfirmButton>
          </>
        ) : run.noTwin === null ? (
          <a class="button is-main" href={addressOf({ view: "tester", at: `compare/${run.id}` })}>
            {t("관제실이 없었다면", "Without the room")}
          </a>
        ) : null}
        <button
          type="button"
          class="button"
          aria-disabled={lockedTime !== undefined}
          title={lockedTime && say(lockedTime)}
          onClick={() => armReset(run.seed)}
        >
          <Mark service={{ mark: resetIcon }} />
          {t("도시 처음으로", "Reset city")}
        </button>
        <a class="button" href={addressOf({ view: "tester", at: "library" })}>
          {t("시나리오", "Library")}
        </a>
      </div>
      {open ? <Countdowns /> : null}
      <Notes run={run} refusal={act.refusal} />
    </header>
  );
}

/** Why it did not go as asked, and what of it cannot be had. */
function Notes({ run, refusal }: { readonly run: ScenarioRun; readonly refusal: string | undefined }) {
  const { reason, noTwin } = run;
  return (
    <>
      {isOpen(run) || noTwin === null ? null : (
        <p class="t-run-note">{t(`관제실이 없었다면: 볼 수 없음. ${noTwin.ko}.`, `Without the room: cannot be shown, ${noTwin.en}.`)}</p>
      )}
      {refusal === undefined && reason === null ? null : (
        <p class="t-run-note" role={refusal === undefined ? "status" : "alert"}>
          {refusal ?? reason}
        </p>
      )}
    </>
  );
}
/** `startedAt` is of the wall; told in the city's zone, as wall times are everywhere in the room. */
const startedText = ({ startedAt }: ScenarioRun): string => clockText(startedAt, zone.value, false);
