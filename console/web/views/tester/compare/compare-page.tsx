import type { Outcome } from "../../../../../shared/scenario/outcome.ts";
import type { Comparison, ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import { addressOf } from "../../../app/router.ts";
import { say, t } from "../../../language.ts";
import { catalogue, zone } from "../../../live/state.ts";
import { useAnswer } from "../../../trend/use-answer.ts";
import { clockText } from "../../../trend/words.ts";
import { Mark } from "../../../widgets/mark.tsx";
import { Loading } from "../../../widgets/panel.tsx";
import { titleOf } from "../run-words.ts";
import { comparePath } from "../use-runs.ts";
import "./compare.css";
import { byWeight, type Difference, differencesOf, differenceText, isSame } from "./differences.ts";
import { NightChart } from "./night-chart.tsx";

/** The same night without the room: a finished run beside its twin in which no command was given. */
export function ComparePage({ run }: { readonly run: ScenarioRun }) {
  const { value, reason, again } = useAnswer<Comparison>(run.noTwin !== null ? undefined : comparePath(run.id));
  const closed = run.noTwin;
  return (
    <main class="v-page t-compare has-top">
      <header class="s-panel t-run-head">
        <div class="t-run-name">
          <h1>{t(`${say(titleOf(run))} — 관제실이 없었다면`, `${say(titleOf(run))} — the same night without the room`)}</h1>
          <p>
            <span>{t(`실행 ${run.id}`, `run ${run.id}`)}</span>
            <span>{t(`시드 ${run.seed}`, `seed ${run.seed}`)}</span>
            <span>
              {clockText(run.from, zone.value, false)}–{clockText(run.to, zone.value, false)}
            </span>
            <span>
              {t(
                "같은 날씨와 같은 사건. 사람과 자동 응답이 보낸 명령 없이 다시 살아 본 도시.",
                "Same weather, same incidents; the city lived again without any command of people or automatic responses.",
              )}
            </span>
          </p>
        </div>
        <ul class="t-compare-legend" aria-hidden="true">
          <li class="is-was">{t("실제", "as it was")}</li>
          <li class="is-without">{t("관제실 없이", "without the room")}</li>
        </ul>
        <div class="t-run-buttons">
          <a class="button" href={addressOf({ view: "tester", at: `run/${run.id}` })}>
            {t("실행으로", "To the run")}
          </a>
        </div>
      </header>
      {value !== undefined ? (
        <Nights comparison={value} />
      ) : (
        <section class="s-panel t-compare-wait">
          {closed !== null ? (
            <p class="s-note">
              {t("비교할 수 없습니다", "It cannot be compared")}: {say(closed)}.
            </p>
          ) : reason === undefined ? (
            <Loading
              done={t(
                "관제실 없이 같은 밤을 다시 사는 중입니다. 잠시 걸립니다.",
                "Living the same night again without the room. This takes a moment.",
              )}
            />
          ) : (
            <p class="s-note" role="alert">
              {t("비교하지 못했습니다.", "It could not be compared.")} <code>{reason}</code>{" "}
              <button type="button" class="button" onClick={again}>
                {t("다시", "Retry")}
              </button>
            </p>
          )}
        </section>
      )}
    </main>
  );
}

function Nights({ comparison }: { readonly comparison: Comparison }) {
  const all = [...differencesOf(comparison, catalogue.value)].sort(byWeight);
  if (all.length === 0)
    return (
      <section class="s-panel t-compare-wait">
        <p class="s-note">{t("이 밤에는 잴 것이 없었습니다.", "There was nothing to be measured in this night.")}</p>
      </section>
    );
  // What nobody changed stands below, and smaller.
  const rows = [all.filter((one) => !isSame(one)), all.filter(isSame)].filter((row) => row.length > 0);
  return (
    <>
      {rows.map((row) => (
        <ul key={row[0]?.measure} class={`t-nights${row.every(isSame) && rows.length > 1 ? " is-same" : ""}`}>
          {row.map((difference) => (
            <NightPanel key={difference.measure} difference={difference} comparison={comparison} />
          ))}
        </ul>
      ))}
    </>
  );
}

function NightPanel({ difference, comparison: { asItWas, without } }: { readonly difference: Difference; readonly comparison: Comparison }) {
  const { measure, service: id, label, unit, precision, factor } = difference;
  const nightOf = ({ t: times, sums }: Outcome) => ({ t: times, v: (sums[measure] ?? []).map((value) => value * factor) });
  const service = catalogue.value.find((one) => one.id === id);
  const words = say(differenceText(difference));
  return (
    <li class="s-panel" data-measure={measure}>
      <header class="s-head">
        <h2>
          {service === undefined ? null : <Mark service={service} />} {say(label)}
        </h2>
        <span>{say(unit)}</span>
      </header>
      <p class={`t-difference${isSame(difference) ? " is-same" : ""}`}>{words}</p>
      <NightChart
        asItWas={nightOf(asItWas)}
        without={nightOf(without)}
        from={asItWas.from}
        to={asItWas.to}
        zone={zone.value}
        precision={precision}
        label={`${say(label)}: ${words}`}
      />
    </li>
  );
}
