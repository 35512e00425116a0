import type { ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import { addressOf } from "../../../app/router.ts";
import { say, t } from "../../../language.ts";
import { zone } from "../../../live/state.ts";
import { dayClockText } from "../../../trend/words.ts";
import { Loading } from "../../../widgets/panel.tsx";
import { stateText, titleOf } from "../run-words.ts";
import type { RunList } from "../use-runs.ts";

const heldText = ({ expectations }: ScenarioRun): string =>
  expectations.length === 0 ? "" : `${expectations.filter(({ state }) => state === "held").length}/${expectations.length}`;

/** What was run, newest first. */
export function PastRuns({ runs: { list, reason, again } }: { readonly runs: RunList }) {
  return (
    <section class="s-panel t-runs" aria-labelledby="t-runs">
      <header class="s-head">
        <h2 id="t-runs">{t("실행", "Runs")}</h2>
        <span>{list?.length ?? ""}</span>
      </header>
      {list === undefined && reason === undefined ? <Loading /> : null}
      {reason === undefined ? null : (
        <p class="s-note" role="alert">
          {t("실행을 읽지 못했습니다.", "The runs could not be read.")} <code>{reason}</code>{" "}
          <button type="button" class="button" onClick={again}>
            {t("다시", "Retry")}
          </button>
        </p>
      )}
      {list?.length === 0 ? <p class="s-note">{t("아직 아무것도 실행하지 않았습니다.", "Nothing has been run yet.")}</p> : null}
      <ul class="s-scroll">
        {list?.map((run) => (
          <li key={run.id} class={run.passed === false ? "is-failed" : ""}>
            <a href={addressOf({ view: "tester", at: `run/${run.id}` })}>
              <b>{say(titleOf(run))}</b>
              <small>
                {dayClockText(run.startedAt, zone.value)} · {run.by} · {t(`시드 ${run.seed}`, `seed ${run.seed}`)}
              </small>
            </a>
            <span>{heldText(run)}</span>
            <em>{say(stateText(run))}</em>
          </li>
        ))}
      </ul>
    </section>
  );
}
