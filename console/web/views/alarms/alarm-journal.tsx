import type { AlarmDetail, JournalLine } from "../../../../shared/alarm.ts";
import { say, t } from "../../language.ts";
import { deviceRows, zone } from "../../live/state.ts";
import { clockText } from "../../widgets/figures.ts";
import { aboutText } from "./journal-about.ts";
import { byText, changeText, lineReason, whatText } from "./journal-words.ts";
import { serviceOf } from "./places.ts";
import { WallClock } from "./wall-clock.tsx";

const shown = 30;

function Line({ line, device }: { readonly line: JournalLine; readonly device: string }) {
  const change = changeText(line);
  const reason = lineReason(line);
  const about = aboutText(line, line.service === null ? undefined : serviceOf(line.service), zone.value);
  // One alarm may bring several devices to act.
  const other = line.device === null || line.device === device ? undefined : deviceRows.value.find(({ id }) => id === line.device);
  return (
    <li>
      <time>{clockText(line.t, zone.value)}</time>
      <span>{say(byText(line.by))}</span>
      <span>
        <b>{say(whatText(line.what))}</b>
        {about ? ` ${say(about)}` : ""}
        {other ? ` · ${say(other.name)}` : ""}
        {change ? ` · ${say(change)}` : ""}
        {reason ? ` — ${say(reason)}` : ""}
      </span>
    </li>
  );
}

/** What was done and what changed, newest first; nothing in it is ever taken back. */
export function AlarmJournal({ detail }: { readonly detail: AlarmDetail }) {
  // A note stands in the journal too; where its line does not carry the words, they are told here.
  const told = new Set(detail.journal.map((line) => line.reason));
  const notes = detail.notes.filter((note) => !told.has(note.text));
  return (
    <section class="ad-section" aria-label={t("한 일과 바뀐 일", "What was done and what changed")}>
      <h3>
        {t("한 일과 바뀐 일", "Done and changed")} <small>{t("더하기만 하는 일지", "append-only")}</small>
        <WallClock alarm={detail} />
      </h3>
      <ol class="ad-journal">
        {[...notes].reverse().map((note) => (
          <li key={`${note.at}${note.by}`}>
            <time>{clockText(note.t, zone.value)}</time>
            <span>{note.by}</span>
            <span>
              <b>{t("메모", "note")}</b> — {note.text}
            </span>
          </li>
        ))}
        {detail.journal
          .slice(-shown)
          .reverse()
          .map((line) => (
            <Line key={line.n} line={line} device={detail.device} />
          ))}
      </ol>
    </section>
  );
}
