import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ScenarioRow, ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { KeyList } from "../../app/keys/key-list.tsx";
import { keyListOpen, offerKeys } from "../../app/keys/keyboard.ts";
import { rateFigure } from "../../app/time/mode.ts";
import { armedReset, armReset, ask, locked, offerTimeKeys, rates, refusal, togglePause } from "../../app/time/time-asks.ts";
import { ArmedReset } from "../../app/time/transport.tsx";
import "../../app/time/conductor.css";
import { chooseTheme, theme } from "../../app/theme.ts";
import { Countdowns } from "../../command/countdowns.tsx";
import { chooseLanguage, lang, say, t } from "../../language.ts";
import { now as cityNow, clock, epoch, link, plan, rights, zone } from "../../live/state.ts";
import { clockText } from "../../trend/words.ts";
import { dateText } from "../../widgets/figures.ts";
import { Loading } from "../../widgets/panel.tsx";
import { openRun } from "../tester/desk-run.ts";
import { lengthText } from "../tester/lengths.ts";
import { isOpen, presentCues, runNow, runProgress } from "../tester/run-progress.ts";
import { stateText, titleOf } from "../tester/run-words.ts";
import { nextCue, type RunAct, startRun, useRunAct, useRuns, useScenarios } from "../tester/use-runs.ts";
import "./presenter.css";

/** The demonstrator's window: what to say now, what comes next and when. Works by keyboard alone. */
export function Presenter() {
  useEffect(() => {
    document.title = t("시연", "Presenter");
  }, [lang.value]);
  const may = rights.value.includes("clock");
  return (
    <main class={`p-page${link.value.state === "down" ? " is-down" : ""}`}>
      <h1 class="unseen">{t("시연", "Presenter")}</h1>
      <Top />
      {epoch.value === "" ? <Loading /> : may ? <Stage /> : <NoRight />}
      <KeyList />
    </main>
  );
}

const Top = () => (
  <header class="p-top">
    <b class="p-simulated">{t("모의 도시", "SIMULATED CITY")}</b>
    <span>
      {plan.value === undefined ? "" : say(plan.value.name)}
      {clock.value === undefined ? "" : t(` · 시드 ${clock.value.seed}`, ` · seed ${clock.value.seed}`)}
    </span>
    {link.value.state === "down" ? <b role="alert">{t("연결 끊김 · 다시 잇는 중", "Disconnected, retrying")}</b> : null}
    <span class="p-end">
      <button type="button" class="button is-quiet" onClick={() => (keyListOpen.value = true)} aria-label={t("단축키 목록", "Keys")}>
        ?
      </button>
      <button type="button" class="button is-quiet" onClick={() => chooseTheme(theme.value === "night" ? "day" : "night")}>
        {theme.value === "night" ? t("밝게", "Day") : t("어둡게", "Night")}
      </button>
      <button
        type="button"
        class="button is-quiet"
        lang={lang.value === "ko" ? "en" : "ko"}
        onClick={() => chooseLanguage(lang.value === "ko" ? "en" : "ko")}
      >
        {lang.value === "ko" ? "English" : "한국어"}
      </button>
    </span>
  </header>
);

const NoRight = () => (
  <section class="p-note">
    <p>{t("시연자·시험자·관리자가 씁니다.", "For demonstrators, testers and administrators.")}</p>
  </section>
);

function Stage() {
  const runs = useRuns(true);
  const scenarios = useScenarios(true);
  const act = useRunAct();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const open = openRun(runs.list);
  const run = open ?? runs.list?.find(({ scenario }) => scenario !== null);
  const list = scenarios.value?.scenarios.filter(({ mistakes, lacks }) => mistakes.length === 0 && lacks.length === 0);
  const armed = armedReset.value !== undefined;
  useEffect(() => offerTimeKeys(false), []);
  // As soon as it says so.
  useLayoutEffect(() => (armed ? offerTimeKeys(true) : undefined), [armed]);
  const toCue = (): void => {
    if (open !== undefined && presentCues(open).next !== undefined && !act.busy) void act.run(() => nextCue(open.id));
  };
  useLayoutEffect(
    () => offerKeys([{ code: "KeyN", sign: "N", does: { ko: "다음 큐로", en: "To the next cue" }, act: toCue }]),
    [open?.id, open?.steps, act.busy],
  );
  return (
    <div class="p-stage">
      <Stories
        list={list}
        reason={scenarios.reason}
        chosen={chosen ?? run?.scenario?.id}
        onChoose={setChosen}
        isRunning={open !== undefined}
        act={act}
      />
      {run === undefined ? (
        <section class="p-cue">
          <p class="p-hint">{t("왼쪽에서 이야기를 골라 시작하십시오.", "Choose a story on the left and start it.")}</p>
        </section>
      ) : (
        <Cue run={run} />
      )}
      <Controls run={open} act={act} onCue={toCue} armed={armed} />
    </div>
  );
}

interface StoriesProps {
  readonly list: readonly ScenarioRow[] | undefined;
  readonly reason: string | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly isRunning: boolean;
  readonly act: RunAct;
}
/** Stories by their titles; the chosen one is told before it is started. */
function Stories({ list, reason, chosen, onChoose, isRunning, act }: StoriesProps) {
  const row = list?.find(({ id }) => id === chosen);
  const isOff = isRunning || act.busy || link.value.state !== "live";
  return (
    <nav class="p-stories" aria-label={t("이야기", "Stories")}>
      <h2>{t("이야기", "Stories")}</h2>
      {list === undefined ? reason === undefined ? <Loading /> : <p role="alert">{reason}</p> : null}
      <ul>
        {list?.map(({ id, title, lasts }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} data-scenario={id} onClick={() => onChoose(id)}>
              {say(title)} <small>{say(lengthText(lasts))}</small>
            </button>
          </li>
        ))}
      </ul>
      {row === undefined ? null : (
        <div class="p-told">
          <p>{say(row.story)}</p>
          <button
            type="button"
            class="button is-main"
            aria-disabled={isOff}
            onClick={() => {
              if (!isOff) void act.run(() => startRun({ scenario: row.id, drill: false, reset: true }));
            }}
          >
            {act.busy ? t("준비하는 중…", "Preparing…") : isRunning ? t("진행 중", "Going on") : t("처음부터 시작", "Start from the beginning")}
          </button>
        </div>
      )}
    </nav>
  );
}

/** What to say now, in the largest type there is; under it what comes next, by both clocks. */
function Cue({ run }: { readonly run: ScenarioRun }) {
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
      <p class="p-now" role="status">
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

interface ControlsProps {
  readonly run: ScenarioRun | undefined;
  readonly act: RunAct;
  readonly onCue: () => void;
  readonly armed: boolean;
}
function Controls({ run, act, onCue, armed }: ControlsProps) {
  const paused = clock.value?.paused ?? false;
  const reason = locked.value;
  const isOff = reason !== undefined;
  const asked = clock.value?.asked;
  const noCue = run === undefined || presentCues(run).next === undefined || act.busy || link.value.state !== "live";
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
            {t("다음 큐", "Next cue")} <kbd>N</kbd>
          </button>
          <button type="button" class="button" aria-disabled={isOff} onClick={() => void togglePause()}>
            {paused ? t("계속", "Go on") : t("멈춤", "Pause")} <kbd>Space</kbd>
          </button>
          <fieldset class="buttons">
            <legend class="unseen">{t("속도", "Rate")}</legend>
            {rates.map((rate) => (
              <button key={rate} type="button" class="button" aria-pressed={asked === rate} aria-disabled={isOff} onClick={() => void ask({ rate })}>
                {rateFigure(rate)}×
              </button>
            ))}
          </fieldset>
          <button type="button" class="button" aria-disabled={isOff} onClick={() => armReset(clock.peek()?.seed ?? 1)}>
            {t("도시 처음으로", "Reset city")} <kbd>R</kbd>
          </button>
        </>
      )}
      <p class="p-refusal" role="status">
        {act.refusal ?? refusal.value ?? (reason === undefined ? "" : say(reason))}
      </p>
    </footer>
  );
}
