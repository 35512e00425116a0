import type { KindScore, Scorecard } from "../../../../../shared/scenario/scorecard.ts";
import type { Text } from "../../../../../shared/text.ts";
import { say, t } from "../../../language.ts";
import { clockText } from "../../../trend/words.ts";
import { Loading } from "../../../widgets/panel.tsx";
import { deviceName } from "../../alarms/places.ts";
import { lengthText } from "../lengths.ts";
import { Confusion } from "./confusion.tsx";
import { delayPlace, delayTicks } from "./delay-scale.ts";
import "./score.css";
import { scoreFigures, soughtKinds } from "./score-figures.ts";

export interface ScorecardPanelProps {
  readonly card: Scorecard | undefined;
  readonly reason: string | undefined;
  readonly again: () => void;
  readonly isOver: boolean;
  /** It came to its end: what was not found by then is missed. */
  readonly isWhole: boolean;
  readonly isHidden: boolean;
  readonly zone: string;
  /** Where the reports of the run are; undefined while it runs. */
  readonly report: string | undefined;
  /** The one command that repeats it. */
  readonly repeat: string;
}

/** What the room made of what was true: six figures, each kind with its delays, and what was taken for what. */
export function ScorecardPanel({ card, reason, again, isOver, isWhole, isHidden, zone, report, repeat }: ScorecardPanelProps) {
  const covers = card === undefined ? "" : say(lengthText((card.to - card.from) / 1000));
  return (
    <section class="s-panel t-score" aria-labelledby="t-score">
      <header class="s-head">
        <h2 id="t-score">{t("채점표", "Scorecard")}</h2>
        <span>
          {card === undefined || isHidden
            ? ""
            : isOver && !isWhole
              ? t(`중단될 때까지 · 도시 시각 ${covers}`, `until it was stopped, covers ${covers} of city time`)
              : isOver
                ? t(`끝 · 도시 시각 ${covers}`, `final, covers ${covers} of city time`)
                : t(`진행 중 · 도시 시각 ${covers}`, `live, so far, covers ${covers} of city time`)}
        </span>
        <div class="s-end t-reports">
          <Report href={report} format="junit" label="JUnit" />
          <Report href={report} format="html" label={t("보고서", "Report")} />
        </div>
      </header>
      {isHidden ? (
        <p class="s-note">
          {t(
            "훈련입니다. 무엇이 사실인지와 점수는 끝날 때까지 누구에게도 보이지 않습니다.",
            "This is a drill: what is true and how it scores is shown to nobody until it ends.",
          )}
        </p>
      ) : card === undefined ? (
        reason === undefined ? (
          <Loading />
        ) : (
          <p class="s-note" role="alert">
            {t("채점표를 읽지 못했습니다.", "The scorecard could not be read.")} <code>{reason}</code>{" "}
            <button type="button" class="button" onClick={again}>
              {t("다시", "Retry")}
            </button>
          </p>
        )
      ) : (
        <Scored card={card} zone={zone} isWhole={isWhole} />
      )}
      <footer class="s-foot t-repeat">
        <span>{t("제 도시에서 다시", "again, in a city of its own")}</span> <code>{repeat}</code>
      </footer>
    </section>
  );
}

const Report = ({ href, format, label }: { readonly href: string | undefined; readonly format: string; readonly label: string }) =>
  href === undefined ? (
    <button type="button" class="button" aria-disabled="true" title={t("실행이 끝나면 받을 수 있습니다.", "Once the run has ended.")}>
      {label}
    </button>
  ) : (
    <a class="button" href={`${href}?format=${format}`} target="_blank" rel="noreferrer">
      {label}
    </a>
  );

function Scored({ card, zone, isWhole }: { readonly card: Scorecard; readonly zone: string; readonly isWhole: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key
    <section class="s-scroll" tabIndex={0} aria-label={t("점수", "Score")}>
      <dl class="t-figures">
        {scoreFigures(card, isWhole).map(({ id, label, figure, unit, note }) => (
          <div key={id} data-figure={id}>
            <dt>{say(label)}</dt>
            <dd class={`t-figure${figure === "—" ? " is-none" : ""}`}>
              <b>{figure}</b> <small>{say(unit)}</small>
            </dd>
            <dd class="t-figure-note">{say(note)}</dd>
          </div>
        ))}
      </dl>
      <KindTable kinds={soughtKinds(card)} isWhole={isWhole} />
      <Confusion card={card} />
      {card.false.length === 0 ? null : (
        <ul class="t-false" aria-label={t("오경보", "False alarms")}>
          {card.false.slice(0, 20).map((one) => (
            <li key={`${one.alarm} ${one.t}`}>
              <b>{t("오경보", "False")}</b> <a href={`#/alarms/${encodeURIComponent(one.alarm)}`}>{one.rule}</a> · {deviceName(one.device)} ·{" "}
              {clockText(one.t, zone, false)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const classText: Readonly<Record<KindScore["class"], Text>> = {
  event: { ko: "사건", en: "event" },
  fault: { ko: "고장", en: "fault" },
  quiet: { ko: "조용", en: "quiet" },
};
const KindTable = ({ kinds, isWhole }: { readonly kinds: readonly KindScore[]; readonly isWhole: boolean }) => (
  <table class="t-kinds">
    <thead>
      <tr>
        <th scope="col">{t("종류", "kind")}</th>
        <th scope="col">
          <span class="unseen">{t("사건인가 고장인가", "event or fault")}</span>
        </th>
        <th scope="col">{t("찾음", "found")}</th>
        <th scope="col" class="t-delay-head">
          {t("지연 · 10초, 1분, 10분, 1시간", "delay · 10 s, 1 m, 10 m, 1 h")}
        </th>
        <th scope="col">
          <span class="unseen">{t("가장 긴 지연", "longest delay")}</span>
        </th>
        <th scope="col">{t("경보", "alarms")}</th>
      </tr>
    </thead>
    <tbody>
      {kinds.map((kind) => (
        <KindRow key={kind.kind} kind={kind} isWhole={isWhole} />
      ))}
      {kinds.length === 0 ? (
        <tr>
          <td colSpan={6}>{t("아직 아무것도 일어나지 않았습니다.", "Nothing has happened yet.")}</td>
        </tr>
      ) : null}
    </tbody>
  </table>
);

function KindRow({ kind, isWhole }: { readonly kind: KindScore; readonly isWhole: boolean }) {
  const missed = kind.of - kind.found;
  const longest = kind.delays.length === 0 ? undefined : Math.max(...kind.delays);
  return (
    <tr class={missed > 0 && isWhole ? "is-missed" : ""} data-kind={kind.kind}>
      <th scope="row">{say(kind.title)}</th>
      <td>{say(classText[kind.class])}</td>
      <td class="t-count">
        <b>
          {kind.found}/{kind.of}
        </b>
      </td>
      <td>
        <DelayDots delays={kind.delays} missed={missed} isWhole={isWhole} />
      </td>
      <td class="t-number">{longest === undefined ? "—" : say(lengthText(longest))}</td>
      <td class="t-number">{kind.found === 0 ? "—" : kind.alarms}</td>
    </tr>
  );
}

const wide = 118;
/** Each truth that was found, on an axis of seconds to hours. */
const DelayDots = ({ delays, missed, isWhole }: { readonly delays: readonly number[]; readonly missed: number; readonly isWhole: boolean }) => (
  <span class="t-delays">
    <svg viewBox={`-4 0 ${wide + 8} 16`} width={wide + 8} height="16" aria-hidden="true">
      <path d={`M0 8.5H${wide}`} class="t-delay-line" />
      {delayTicks.map((tick) => (
        <path key={tick} d={`M${(delayPlace(tick) * wide).toFixed(1)} 5v7`} class="t-delay-line" />
      ))}
      {delays.map((delay, n) => (
        <circle key={n} cx={delayPlace(delay) * wide} cy="8.5" r="3.6" class="t-delay-dot" />
      ))}
    </svg>
    {missed === 0 ? null : isWhole ? (
      <b>{missed > 1 ? t(`${missed}건 놓침`, `${missed} missed`) : t("놓침", "missed")}</b>
    ) : (
      <span>{missed > 1 ? t(`${missed}건 아직`, `${missed} not yet`) : t("아직", "not yet")}</span>
    )}
  </span>
);
