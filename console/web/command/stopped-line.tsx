import type { JournalLine } from "../../../shared/alarm.ts";
import type { Service } from "../../../shared/service.ts";
import { say, t } from "../language.ts";
import { zone } from "../live/state.ts";
import { aboutText } from "../views/alarms/journal-about.ts";
import { byText, changeText, lineReason } from "../views/alarms/journal-words.ts";
import { clockText } from "../widgets/figures.ts";

/** A countdown that ended without a command, among the commands of its device. */
export function StoppedLine({ line, service }: { readonly line: JournalLine; readonly service: Service }) {
  const about = aboutText(line, service, zone.value);
  const change = changeText(line);
  const reason = lineReason(line);
  return (
    <li class="k-line" data-stopped={line.n}>
      <span class="k-when">
        <time>{clockText(line.t, zone.value)}</time> {say(byText(line.by))}
      </span>
      <b>{about === undefined ? t("자동 대응", "Automatic response") : say(about)}</b>
      <span class="k-state">
        {change === undefined ? "" : say(change)} · {t("명령을 보내지 않음", "no command sent")}
      </span>
      {reason === undefined ? null : <small>{say(reason)}</small>}
    </li>
  );
}
