import type { AlarmScore } from "../../../../shared/alarm.ts";
import { rateFigure } from "../../app/time/mode.ts";
import { say, t } from "../../language.ts";
import { zone } from "../../live/state.ts";
import { dayClockText, durationText } from "../../trend/words.ts";
import { Loading } from "../../widgets/panel.tsx";
import { deviceName, serviceOf } from "./places.ts";
import "./score.css";
import { type ScoreLine, scoreLines } from "./score-figures.ts";
import { useScore } from "./use-score.ts";

/** How much time the figures cover, and at which rate: averages of a fast hour are not those of a month. */
function windowText(score: AlarmScore): string {
  const long = say(durationText(score.hours * 3_600_000));
  const rate = rateFigure(score.rate);
  return t(`도시 시각 ${long} · 평균 ×${rate}`, `${long} of city time, mean ×${rate}`);
}
const verdictText = ({ holds }: ScoreLine): string => (holds === undefined ? "—" : holds ? t("지킴", "met") : t("✕ 벗어남", "✕ not met"));

/** Beside the list: the figures alone. */
export function ScoreShort() {
  const { value: score } = useScore(24);
  const shown = ["mean", "peak", "flood", "acknowledge", "top", "chattering"];
  const lines = score === undefined ? [] : scoreLines(score);
  return (
    <section class="as-short" aria-label={t("경보 계통 점수", "Score of the alarm system")}>
      <p>{score === undefined ? t("경보 계통 점수", "Score of the alarm system") : windowText(score)}</p>
      {score === undefined ? <Loading /> : null}
      <dl>
        {shown.flatMap((id) => {
          const line = lines.find((candidate) => candidate.id === id);
          return line === undefined
            ? []
            : [
                <div key={id}>
                  <dt>{say(line.name)}</dt>
                  <dd>{say(line.value)}</dd>
                </div>,
              ];
        })}
      </dl>
      {score === undefined || score.judged ? null : <p>{t("30일이 차지 않아 판정하지 않습니다.", "No verdict under 30 days.")}</p>}
    </section>
  );
}

function Ranked({
  title,
  list,
}: {
  readonly title: string;
  readonly list: readonly { readonly rule: string; readonly device: string; readonly count: number }[];
}) {
  return (
    <section class="as-ranked" aria-label={title}>
      <h2>{title}</h2>
      {list.length === 0 ? (
        <p>{t("없음", "none")}</p>
      ) : (
        <ol>
          {list.slice(0, 10).map(({ rule, device, count }) => (
            <li key={`${rule} ${device}`}>
              <a href={`#/device/${device}`}>{deviceName(device)}</a> <code>{rule}</code> <b>{count}</b>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** The alarm system itself, judged by ISA-18.2 and EEMUA 191. */
export function ScoreView() {
  const { value: score, reason, again } = useScore();
  if (score === undefined)
    return reason === undefined ? (
      <Loading />
    ) : (
      <p class="as-note" role="alert">
        {t("점수를 읽지 못했습니다.", "The score could not be read.")} <code>{reason}</code>{" "}
        <button type="button" class="button" onClick={again}>
          {t("다시", "Retry")}
        </button>
      </p>
    );
  const { perTenMinutes: rate, flood, byService } = score;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key
    <section class="as-view" tabIndex={0} aria-label={t("경보 계통 점수", "Score of the alarm system")}>
      <p class="as-note">
        <b>{windowText(score)}</b> · {dayClockText(score.from, zone.value)} – {dayClockText(score.to, zone.value)}
        {score.judged ? "" : ` · ${t("30일이 차지 않아 판정하지 않습니다.", "No verdict under 30 days.")}`}
      </p>
      <div class="as-columns">
        <table class="as-table">
          <thead>
            <tr>
              <th scope="col">{t("지표 (운영 경보)", "Figure (operations alarms)")}</th>
              <th scope="col">{t("값", "Value")}</th>
              <th scope="col">{t("목표", "Target")}</th>
              <th scope="col">{t("판정", "Verdict")}</th>
            </tr>
          </thead>
          <tbody>
            {scoreLines(score).map((line) => (
              <tr key={line.id}>
                <th scope="row">{say(line.name)}</th>
                <td>
                  <b>{say(line.value)}</b>
                  {line.id === "peak" && rate.peakAt !== null ? ` · ${dayClockText(rate.peakAt, zone.value)}` : ""}
                </td>
                <td>{say(line.target)}</td>
                <td>{verdictText(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="as-lists">
          <Ranked title={t("많이 울린 것", "Most frequent")} list={score.top.list} />
          <Ranked title={t("빈발 (60초에 3번 이상)", "Chattering (3 or more in 60 s)")} list={score.chattering} />
          <section class="as-ranked" aria-label={t("폭주", "Floods")}>
            <h2>{t("폭주", "Floods")}</h2>
            {flood.times.length === 0 ? (
              <p>{t("없음", "none")}</p>
            ) : (
              <ol>
                {flood.times.slice(-10).map((one) => (
                  <li key={one.from}>
                    {dayClockText(one.from, zone.value)} – {one.to === null ? t("지금", "now") : dayClockText(one.to, zone.value)}{" "}
                    <b>{t(`${one.alarms}건, 최대 ${one.peak}`, `${one.alarms}, peak ${one.peak}`)}</b>
                  </li>
                ))}
              </ol>
            )}
          </section>
          <section class="as-ranked" aria-label={t("서비스별", "By service")}>
            <h2>{t("서비스별 운영 · 정비", "By service: operations · maintenance")}</h2>
            <ol>
              {Object.entries(byService).map(([id, { operations, maintenance }]) => (
                <li key={id}>
                  {say(serviceOf(id)?.title ?? { ko: id, en: id })}{" "}
                  <b>
                    {operations} · {maintenance}
                  </b>
                </li>
              ))}
            </ol>
          </section>
        </div>
      </div>
    </section>
  );
}
