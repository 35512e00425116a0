import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { rateFigure } from "../../app/time/mode.ts";
import { armReset, ask, locked, rates, refusal, togglePause } from "../../app/time/time-asks.ts";
import { ArmedReset } from "../../app/time/transport.tsx";
import "../../app/time/conductor.css";
import { say, t } from "../../language.ts";
import { now as cityNow, clock, link, zone } from "../../live/state.ts";
import { clockText } from "../../trend/words.ts";
import { dateText } from "../../widgets/figures.ts";
import { ConfirmButton } from "../tester/confirm-button.tsx";
import { presentCues } from "../tester/run-progress.ts";
import { cueKey, stopRun, useRunAct } from "../tester/use-runs.ts";
import { seekingText, shownRates } from "./pace-words.ts";

interface ControlsProps {
  readonly run: ScenarioRun | undefined;
  /** Why what was asked of the story was refused. */
  readonly refused: string | undefined;
  /** Something asked of it is on its way. */
  readonly isBusy: boolean;
  /** The cue to which the city is being taken. */
  readonly sought: { readonly t: number | null } | undefined;
  readonly onCue: () => void;
  readonly armed: boolean;
}
/** How the story and the city under it are steered. */
export function Controls({ run, refused, isBusy, sought, onCue, armed }: ControlsProps) {
  // Of its own: a story that is still being prepared can be stopped too.
  const stop = useRunAct();
  const paused = clock.value?.paused ?? false;
  const reason = locked.value;
  const isOff = reason !== undefined;
  const note = sought === undefined ? reason : seekingText(sought.t, zone.value);
  const asked = clock.value?.asked;
  const noCue = run === undefined || presentCues(run).next === undefined || isBusy || link.value.state !== "live";
  return (
    <footer class="p-controls">
      <p class="p-clock">
        <time>{clockText(cityNow.value, zone.value)}</time>
        <span>{dateText(cityNow.value, zone.value)}</span>
      </p>
      {armed ? (
        <div class="p-armed">
          <ArmedReset />
        </div>
      ) : (
        <>
          <button type="button" class="button is-main" aria-disabled={noCue} onClick={onCue}>
            {t("다음 큐", "Next cue")} <kbd>{cueKey.sign}</kbd>
          </button>
          <button type="button" class="button" aria-disabled={isOff} onClick={() => void togglePause()}>
            {paused ? t("계속", "Go on") : t("멈춤", "Pause")} <kbd>Space</kbd>
          </button>
          <fieldset class="buttons">
            <legend class="unseen">{t("속도", "Rate")}</legend>
            {shownRates(rates, asked).map((rate) => (
              <button key={rate} type="button" class="button" aria-pressed={asked === rate} aria-disabled={isOff} onClick={() => void ask({ rate })}>
                {rateFigure(rate)}×
              </button>
            ))}
          </fieldset>
          <button type="button" class="button" aria-disabled={isOff} onClick={() => armReset(clock.peek()?.seed ?? 1)}>
            {t("도시 처음으로", "Reset city")} <kbd>R</kbd>
          </button>
          <ConfirmButton
            isOff={run === undefined || stop.busy || link.value.state !== "live"}
            sure={t("한 번 더: 끝내고 주입을 모두 풉니다.", "Once more: ends it and clears all injections.")}
            onSure={() => {
              if (run !== undefined) void stop.run(() => stopRun(run.id));
            }}
          >
            {t("이야기 끝내기", "Stop the story")}
          </ConfirmButton>
        </>
      )}
      <p class="p-refusal" role="status">
        {stop.refusal ?? refused ?? refusal.value ?? (note === undefined ? "" : say(note))}
      </p>
    </footer>
  );
}
