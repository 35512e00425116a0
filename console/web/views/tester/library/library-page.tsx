import { useEffect, useState } from "preact/hooks";
import type { PlannedStep, ScenarioRow, ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import { go } from "../../../app/router.ts";
import { rateFigure } from "../../../app/time/mode.ts";
import { say, t } from "../../../language.ts";
import { clock, link, rights, zone } from "../../../live/state.ts";
import { useAnswer } from "../../../trend/use-answer.ts";
import { Loading } from "../../../widgets/panel.tsx";
import { Columns } from "../../service/columns.tsx";
import { openRun } from "../desk-run.ts";
import { InjectPanel } from "../inject/inject-panel.tsx";
import { useInjections } from "../inject/use-injections.ts";
import { useKinds } from "../kinds.ts";
import { lengthText } from "../lengths.ts";
import { isOpen } from "../run-progress.ts";
import { type RunList, startRun, useRunAct, useScenarios } from "../use-runs.ts";
import "./library.css";
import { movesText, paceText } from "./pace.ts";
import { PastRuns } from "./past-runs.tsx";
import { StepPanel } from "./step-list.tsx";

/** Stories to choose from, what the chosen one does, and what has been run. */
export function LibraryPage({ runs }: { readonly runs: RunList }) {
  const isTester = rights.value.includes("inject");
  const { value, reason, again } = useScenarios(true);
  const { kinds } = useKinds(isTester);
  const injected = useInjections(isTester);
  const list = value?.scenarios;
  const [id, setId] = useState<string | undefined>(undefined);
  const chosen = list?.find((row) => row.id === id) ?? list?.find(({ lacks }) => lacks.length === 0) ?? list?.[0];
  const running = openRun(runs.list);
  return (
    <Columns
      title={t("시험", "Test desk")}
      hint={t("시나리오를 골라 시작합니다", "choose a scenario and start it")}
      left={[
        {
          id: "library",
          label: { ko: "시나리오", en: "Scenarios" },
          node: (
            <div class="t-library" key="library">
              <ScenarioList list={list} reason={reason} again={again} chosen={chosen?.id} onChoose={setId} running={running} />
              {chosen === undefined ? <section class="s-panel t-story" /> : <Story key={chosen.id} row={chosen} running={running} />}
            </div>
          ),
        },
      ]}
      right={[
        ...(isTester
          ? [
              {
                id: "inject",
                label: { ko: "주입", en: "Inject" },
                node: <InjectPanel key="inject" kinds={kinds} injected={injected} run={undefined} />,
              },
            ]
          : []),
        { id: "runs", label: { ko: "실행", en: "Runs" }, node: <PastRuns key="runs" runs={runs} /> },
      ]}
    />
  );
}

interface ScenarioListProps {
  readonly list: readonly ScenarioRow[] | undefined;
  readonly reason: string | undefined;
  readonly again: () => void;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly running: ScenarioRun | undefined;
}
const from: Readonly<Record<ScenarioRow["from"], { readonly ko: string; readonly en: string }>> = {
  library: { ko: "기본", en: "library" },
  own: { ko: "이 도시의 것", en: "own" },
};
function ScenarioList({ list, reason, again, chosen, onChoose, running }: ScenarioListProps) {
  return (
    <section class="s-panel t-stories" aria-labelledby="t-stories">
      <header class="s-head">
        <h2 id="t-stories">{t("시나리오", "Scenarios")}</h2>
        <span>{list?.length ?? ""}</span>
        <a class="button s-end" href="/presenter" target="_blank" rel="noreferrer">
          {t("시연 창", "Presenter")} ↗
        </a>
      </header>
      {list === undefined && reason === undefined ? <Loading /> : null}
      {reason === undefined ? null : (
        <p class="s-note" role="alert">
          {t("시나리오를 읽지 못했습니다.", "The scenarios could not be read.")} <code>{reason}</code>{" "}
          <button type="button" class="button" onClick={again}>
            {t("다시", "Retry")}
          </button>
        </p>
      )}
      {list?.length === 0 ? <p class="s-note">{t("아직 시나리오가 없습니다.", "There is no scenario yet.")}</p> : null}
      <ul class="s-scroll">
        {list?.map((row) => (
          <li key={row.id}>
            <button type="button" aria-pressed={row.id === chosen} data-scenario={row.id} onClick={() => onChoose(row.id)}>
              <b>{say(row.title)}</b>
              <small>
                {say(lengthText(row.lasts))} · {t(`×${rateFigure(row.rate)}`, `${rateFigure(row.rate)}×`)} · {say(from[row.from])}
                {running?.scenario?.id === row.id && clock.value !== undefined ? ` · ${say(movesText(clock.value))}` : ""}
                {row.mistakes.length > 0 ? t(` · 고칠 곳 ${row.mistakes.length}`, ` · ${row.mistakes.length} to mend`) : ""}
                {row.lacks.length > 0 ? t(" · 이 도시에 없는 것이 필요함", " · needs what is not here") : ""}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The chosen one: its story, its steps in plain words, and how it is to be started. */
function Story({ row, running }: { readonly row: ScenarioRow; readonly running: ScenarioRun | undefined }) {
  const [reset, setReset] = useState(true);
  const { value, reason } = useAnswer<{ steps: readonly PlannedStep[] }>(
    row.mistakes.length > 0 || row.lacks.length > 0 ? undefined : `/api/v1/scenarios/${encodeURIComponent(row.id)}/plan?reset=${reset}`,
  );
  return (
    <div class="t-story">
      <section class="s-panel" aria-labelledby="t-story">
        <header class="t-story-head">
          <h2 id="t-story">{say(row.title)}</h2>
          <p>
            <code>{row.id}.yaml</code>
            <span>{say(lengthText(row.lasts))}</span>
            <span>{t(`×${rateFigure(row.rate)}`, `${rateFigure(row.rate)}×`)}</span>
            <span>{t(`도시 ${row.city}`, `city ${row.city}`)}</span>
            {row.tags.map((tag) => (
              <span key={tag} class="t-tag">
                {tag}
              </span>
            ))}
          </p>
        </header>
        <p class="t-story-text">{say(row.story)}</p>
        {row.lacks.length === 0 ? null : (
          <p class="t-story-text" role="note">
            <b>{t(`도시 ‘${row.city}’의 이야기`, `A story of the city “${row.city}”`)}</b>: {row.lacks.join("; ")}.
          </p>
        )}
        <StartForm row={row} running={running} reset={reset} onReset={setReset} />
      </section>
      {row.mistakes.length > 0 ? (
        <section class="s-panel t-steps">
          <p class="s-note" role="alert">
            {t(`고칠 곳 ${row.mistakes.length}: 먼저 편집기에서 고치십시오.`, `${row.mistakes.length} mistakes: mend them in the editor first.`)}
          </p>
        </section>
      ) : row.lacks.length > 0 ? null : value === undefined ? (
        <section class="s-panel t-steps">
          {reason === undefined ? (
            <Loading />
          ) : (
            <p class="s-note" role="alert">
              {t("순서를 읽지 못했습니다.", "Its steps could not be read.")} <code>{reason}</code>
            </p>
          )}
        </section>
      ) : (
        <StepPanel title={t("순서", "Steps")} steps={value.steps} zone={zone.value} isAhead />
      )}
    </div>
  );
}

interface StartFormProps {
  readonly row: ScenarioRow;
  readonly running: ScenarioRun | undefined;
  readonly reset: boolean;
  readonly onReset: (reset: boolean) => void;
}
function StartForm({ row, running, reset, onReset }: StartFormProps) {
  const isTester = rights.value.includes("inject");
  const act = useRunAct();
  const [drill, setDrill] = useState(false);
  const hindrance =
    link.value.state !== "live"
      ? t("연결되면 쓸 수 있습니다.", "Once the connection is back.")
      : running !== undefined && isOpen(running)
        ? t("지금 다른 실행이 진행 중입니다.", "Another run is going on.")
        : row.mistakes.length > 0
          ? t("먼저 고치십시오.", "Mend it first.")
          : row.lacks.length > 0
            ? t("이 도시에서는 할 수 없습니다.", "It cannot be played in this city.")
            : undefined;
  const isOff = hindrance !== undefined || act.busy;
  useEffect(() => onReset(true), [row.id]);
  return (
    <form
      class="t-start"
      onSubmit={async (submit) => {
        submit.preventDefault();
        if (isOff) return;
        const run = await act.run(() => startRun({ scenario: row.id, drill: isTester && drill, reset }));
        if (run !== undefined) go({ view: "tester", at: `run/${run.id}` });
      }}
    >
      <label>
        <input type="checkbox" checked={reset} onChange={(change) => onReset(change.currentTarget.checked)} />
        {t("먼저 도시를 처음으로", "Reset the city first")}
      </label>
      {clock.value === undefined ? null : <p class="t-pace">{say(paceText(row, reset, clock.value))}</p>}
      {isTester ? (
        <label>
          <input type="checkbox" checked={drill} onChange={(change) => setDrill(change.currentTarget.checked)} />
          {t("훈련: 사실과 점수를 끝까지 가림", "Drill: hide truth and score until the end")}
        </label>
      ) : null}
      <span class="t-buttons">
        <button type="submit" class="button is-main" aria-disabled={isOff} title={hindrance}>
          {act.busy ? t("준비하는 중…", "Preparing…") : t("시작", "Start")}
        </button>
        {isTester ? (
          <button type="button" class="button" onClick={() => go({ view: "tester", at: `edit/${row.id}` })}>
            {t("파일 보기", "See the file")}
          </button>
        ) : null}
        {running === undefined ? null : (
          <button type="button" class="button" onClick={() => go({ view: "tester", at: `run/${running.id}` })}>
            {t("진행 중인 실행으로", "To the run that goes on")}
          </button>
        )}
        <span class="t-done" role={act.refusal === undefined ? "status" : "alert"}>
          {act.refusal ?? hindrance}
        </span>
      </span>
    </form>
  );
}
