import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { ScenarioRow } from "../../../../shared/scenario/scenario-port.ts";
import { KeyList } from "../../app/keys/key-list.tsx";
import { keyListOpen, offerKeys } from "../../app/keys/keyboard.ts";
import { chooseTheme, theme } from "../../app/theme.ts";
import { armedReset, offerTimeKeys } from "../../app/time/time-asks.ts";
import { chooseLanguage, lang, say, t } from "../../language.ts";
import { clock, epoch, link, plan, rights } from "../../live/state.ts";
import { Loading } from "../../widgets/panel.tsx";
import { openRun } from "../tester/desk-run.ts";
import { presentCues } from "../tester/run-progress.ts";
import { cueKey, nextCue, startRun, useRunAct, useRuns, useScenarios } from "../tester/use-runs.ts";
import { Controls } from "./controls.tsx";
import { Cue } from "./cue.tsx";
import { type Preparation, preparationOf } from "./preparation.ts";
import { Preparing } from "./preparing.tsx";
import { Stories } from "./stories.tsx";
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
  const [starting, setStarting] = useState<Preparation | undefined>(undefined);
  const [sought, setSought] = useState<{ readonly t: number | null } | undefined>(undefined);
  const open = openRun(runs.list);
  const newest = open ?? runs.list?.find(({ scenario }) => scenario !== null);
  // What was said in a city that has been reset is nothing to say now.
  const run = newest === open || newest?.cityRun === clock.value?.run ? newest : undefined;
  const preparation = preparationOf(starting, open);
  const list = scenarios.value?.scenarios.filter(({ mistakes, lacks }) => mistakes.length === 0 && lacks.length === 0);
  const armed = armedReset.value !== undefined;
  useEffect(() => offerTimeKeys(false), []);
  // As soon as it says so.
  useLayoutEffect(() => (armed ? offerTimeKeys(true) : undefined), [armed]);
  const start = async ({ id, title }: ScenarioRow): Promise<void> => {
    setStarting({ title, since: Date.now(), cityRun: clock.peek()?.run });
    await act.run(() => startRun({ scenario: id, drill: false, reset: true }));
    setStarting(undefined);
  };
  const toCue = (): void => {
    if (open === undefined || act.busy) return;
    const { next } = presentCues(open);
    if (next === undefined) return;
    setSought(next);
    void act.run(() => nextCue(open.id)).finally(() => setSought(undefined));
  };
  useLayoutEffect(() => offerKeys([{ ...cueKey, act: toCue }]), [open?.id, open?.steps, act.busy]);
  return (
    <div class="p-stage">
      <Stories
        list={list}
        reason={scenarios.reason}
        chosen={chosen ?? newest?.scenario?.id}
        onChoose={setChosen}
        isRunning={open !== undefined}
        isPreparing={preparation !== undefined}
        onStart={(row) => void start(row)}
      />
      {preparation !== undefined ? (
        <Preparing preparation={preparation} />
      ) : run === undefined ? (
        <section class="p-cue">
          <p class="p-hint">{t("이야기를 골라 시작하십시오.", "Choose a story and start it.")}</p>
        </section>
      ) : (
        <Cue run={run} />
      )}
      <Controls run={open} refused={act.refusal} isBusy={act.busy} sought={sought} onCue={toCue} armed={armed} />
    </div>
  );
}
