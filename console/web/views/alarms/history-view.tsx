import { useEffect, useMemo, useState } from "preact/hooks";
import type { JournalLine } from "../../../../shared/alarm.ts";
import { type Role, roles } from "../../../../shared/roles.ts";
import { roleNames } from "../../app/role-names.ts";
import { say, t } from "../../language.ts";
import { lines as liveLines } from "../../live/desk.ts";
import { zone } from "../../live/state.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { dayClockText } from "../../trend/words.ts";
import { clockText } from "../../widgets/figures.ts";
import { Loading } from "../../widgets/panel.tsx";
import "./history.css";
import { filteredLines, mergedLines } from "./history.ts";
import { aboutText } from "./journal-about.ts";
import { byText, changeText, lineReason, whatText } from "./journal-words.ts";
import { deviceName, rowOf, ruleOf, serviceOf } from "./places.ts";

const asked = 2000;
/** Drawn at once; the filter looks through all that came. */
const drawn = 300;
const none: readonly JournalLine[] = [];

/** What the rule calls it, while the contract still has it. */
function titleOf({ rule, service, device }: JournalLine): string {
  const kind = device === null ? undefined : rowOf.value.get(device)?.kind;
  const known = rule !== null && service !== null && kind !== undefined ? ruleOf({ rule, service, kind }) : undefined;
  return known ? say(known.title) : "";
}

const aboutOf = (line: JournalLine) => aboutText(line, line.service === null ? undefined : serviceOf(line.service), zone.value);
/** What the filter looks through besides the line's own fields. */
const wordsOf = (line: JournalLine): string => {
  const about = aboutOf(line);
  return `${line.device ? deviceName(line.device) : ""} ${about?.ko ?? ""} ${about?.en ?? ""}`;
};

/** What the room does by itself has no role of a person. */
const isPerson = (role: string | null): role is Role => roles.some((one) => one === role);

function Row({ line }: { readonly line: JournalLine }) {
  const change = changeText(line);
  const reason = lineReason(line);
  const about = aboutOf(line);
  return (
    <tr>
      <td>
        <time>{dayClockText(line.t, zone.value)}</time>
        <small>:{clockText(line.t, zone.value).slice(6)}</small>
      </td>
      <td>
        <time>{clockText(line.at, zone.value)}</time>
      </td>
      <td>
        {say(byText(line.by))} {isPerson(line.role) ? <small>{say(roleNames[line.role])}</small> : null}
      </td>
      <td>
        <b>{say(whatText(line.what))}</b> {about ? say(about) : null}
      </td>
      <td>
        {titleOf(line)} {line.device ? <a href={`#/device/${line.device}`}>{deviceName(line.device)}</a> : "—"}{" "}
        {line.rule ? <code>{line.rule}</code> : null}
        {line.occurrence ? <small> #{line.occurrence}</small> : null}
      </td>
      <td>{change ? say(change) : "—"}</td>
      <td>{reason ? say(reason) : ""}</td>
    </tr>
  );
}

/** The audit: who did what, when by both clocks, before and after, and why. Nothing in it is ever changed. */
export function HistoryView() {
  const [text, setText] = useState("");
  const [people, setPeople] = useState(false);
  const answer = useAnswer<{ readonly lines: readonly JournalLine[] }>(`/api/v1/journal?limit=${asked}`);
  const known = answer.value?.lines ?? none;
  const live = liveLines.value;
  const all = useMemo(() => mergedLines(known, live), [known, live]);
  const shown = useMemo(() => filteredLines(all, { text, people }, wordsOf), [all, text, people]);
  const [more, setMore] = useState(1);
  useEffect(() => setMore(1), [text, people]);
  return (
    <div class="ah-view">
      <div class="ah-bar">
        <input
          class="field"
          type="search"
          aria-label={t("사람, 기기, 규칙, 사유", "Person, device, rule, reason")}
          placeholder={t("사람, 기기, 규칙, 사유", "Person, device, rule, reason")}
          value={text}
          onInput={(input) => setText(input.currentTarget.value)}
        />
        <label>
          <input type="checkbox" checked={people} onChange={(change) => setPeople(change.currentTarget.checked)} />{" "}
          {t("사람이 한 일만", "What people did only")}
        </label>
        <span role="status">{t(`${shown.length}줄`, `${shown.length} lines`)}</span>
        <a class="button" href="/api/v1/journal?format=csv&limit=10000" download="journal.csv">
          CSV
        </a>
      </div>
      {answer.reason === undefined ? null : (
        <p class="ah-note" role="alert">
          {t("일지를 다 읽지 못했습니다. 아래는 방금까지 들은 것입니다.", "The journal could not be read; below is what was heard live.")}{" "}
          <code>{answer.reason}</code>{" "}
          <button type="button" class="button" onClick={answer.again}>
            {t("다시", "Retry")}
          </button>
        </p>
      )}
      {answer.value === undefined && answer.reason === undefined ? <Loading /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <section class="ah-scroll" tabIndex={0} aria-label={t("일지", "Journal")}>
        <table class="ah-table">
          <thead>
            <tr>
              <th scope="col">{t("도시 시각", "City time")}</th>
              <th scope="col">{t("실제 시각", "Wall clock")}</th>
              <th scope="col">{t("누가", "Who")}</th>
              <th scope="col">{t("무엇", "What")}</th>
              <th scope="col">{t("경보", "Alarm")}</th>
              <th scope="col">{t("전 → 후", "Before → after")}</th>
              <th scope="col">{t("사유", "Reason")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, drawn * more).map((line) => (
              <Row key={line.n} line={line} />
            ))}
          </tbody>
        </table>
        {shown.length > drawn * more ? (
          <button type="button" class="button" onClick={() => setMore(more + 1)}>
            {t("더 보기", "Show more")}
          </button>
        ) : null}
      </section>
    </div>
  );
}
