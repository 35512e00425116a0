import { useEffect, useRef } from "preact/hooks";
import { t } from "../../language.ts";
import { clock, second } from "../../live/state.ts";
import { Mark } from "../../widgets/mark.tsx";
import { rateFigure } from "./mode.ts";
import { armedReset, ask, canStopJump, confirmReset, rates, step, stepSeconds, stopJump, togglePause } from "./time-asks.ts";
import { TimeMenu, timeMenuId } from "./time-menu.tsx";

const pauseIcon = "M8 5v14M16 5v14";
const playIcon = "M7 5l12 7L7 19z";
const stepIcon = "M5 5l10 7L5 19zM19 5v14";

/** Pause, step and rate stand ready; jumping and starting anew are behind one more press. */
export function Transport({ off }: { readonly off: boolean }) {
  const paused = clock.value?.paused ?? false;
  const present = clock.value?.asked;
  const own = typeof present === "number" && !rates.some((rate) => rate === present);
  return (
    <>
      {canStopJump.value ? (
        <button type="button" class="button is-main" onClick={() => void stopJump()}>
          <Mark service={{ mark: pauseIcon }} />
          <span>{t("여기서 멈춤", "Stop here")}</span> <kbd>Space</kbd>
        </button>
      ) : (
        <button type="button" class="button" disabled={off} onClick={() => void togglePause()}>
          <Mark service={{ mark: paused ? playIcon : pauseIcon }} />
          <span>{paused ? t("계속", "Go on") : t("멈춤", "Pause")}</span> <kbd>Space</kbd>
        </button>
      )}
      <button
        type="button"
        class="button"
        disabled={off || !paused}
        onClick={() => void step()}
        title={paused ? t(`${stepSeconds}초 앞으로`, `${stepSeconds} s on`) : t("멈춘 동안만", "Only while paused")}
      >
        <Mark service={{ mark: stepIcon }} />
        <span>{t("1분", "1 min")}</span> <kbd>.</kbd>
      </button>
      <fieldset class="buttons" aria-label={t("속도", "Rate")}>
        {rates.map((rate) => (
          <button key={rate} type="button" class="button" disabled={off} aria-pressed={present === rate} onClick={() => void ask({ rate })}>
            {rateFigure(rate)}×
          </button>
        ))}
        {own ? (
          <button type="button" class="button" disabled={off} aria-pressed={true}>
            {rateFigure(present)}×
          </button>
        ) : null}
      </fieldset>
      <button type="button" class="button" disabled={off} popovertarget={timeMenuId}>
        {t("시간 옮기기", "Move time")}…
      </button>
      <TimeMenu off={off} />
    </>
  );
}

/** The second gesture of a reset: what it does in words, and how long it stays armed. */
export function ArmedReset() {
  const armed = armedReset.value;
  const confirm = useRef<HTMLButtonElement>(null);
  void second.value;
  const left = armed ? Math.ceil((armed.until - Date.now()) / 1000) : 0;
  useEffect(() => {
    if (armed && left <= 0) armedReset.value = undefined;
  });
  useEffect(() => confirm.current?.focus(), []);
  if (!armed) return null;
  return (
    <div class="armed" role="alertdialog" aria-label={t("처음부터", "Reset")} aria-describedby="armed-effect">
      <p id="armed-effect">
        {t(
          `시드 ${armed.seed}로 도시를 처음부터 다시 만듭니다. 지금 기록은 새 실행으로 바뀌고 화면이 다시 채워집니다.`,
          `The city begins anew with seed ${armed.seed}. A new run replaces what is shown, and its history fills again.`,
        )}
      </p>
      <button type="button" class="button is-main" ref={confirm} onClick={confirmReset}>
        {t("다시 시작", "Begin anew")} <kbd>Enter</kbd>
      </button>
      <button type="button" class="button" onClick={() => (armedReset.value = undefined)}>
        {t("풀기", "Disarm")} {left} s <kbd>Esc</kbd>
      </button>
    </div>
  );
}
