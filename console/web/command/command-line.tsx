import type { Command } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import { say, t } from "../language.ts";
import { timeOf } from "../live/desk.ts";
import { deviceRows, second, zone } from "../live/state.ts";
import { clockText } from "../widgets/figures.ts";
import { Actual, Commanded } from "./marks.tsx";
import { reasonText } from "./reasons.ts";
import { tookText } from "./took.ts";
import { actualText, byText, commandedText } from "./words.ts";

const states = {
  pending: { ko: "기다림", en: "waiting" },
  confirmed: { ko: "되읽음", en: "read back" },
  failed: { ko: "✕ 실패", en: "✕ failed" },
} as const;

/** One command: when and by whom, what was asked, what the device says, and what came of it. */
export function CommandLine({
  command,
  service,
  isNamed = false,
}: {
  readonly command: Command;
  readonly service: Service;
  readonly isNamed?: boolean;
}) {
  void second.value;
  const row = deviceRows.value.find(({ id }) => id === command.device);
  const now = row?.timeline === "field" ? timeOf({ timeline: "field" }) : timeOf({ timeline: "city" });
  const actual = actualText(service, command);
  const isPending = command.state === "pending";
  return (
    <li class={`k-line is-${command.state}`} data-command={command.id}>
      <span class="k-when">
        <time>{clockText(command.t, zone.value)}</time> {say(byText(command))}
      </span>
      <b>
        {isNamed && row !== undefined ? `${say(row.name)} · ` : ""}
        {say(service.commands[command.op]?.label ?? { ko: command.op, en: command.op })}
      </b>
      <Commanded>{say(commandedText(service, command))}</Commanded>
      <Actual look={isPending ? "waited" : "known"}>{actual === null ? t("아직 없음", "nothing yet") : say(actual)}</Actual>
      <span class="k-state">
        {say(states[command.state])} {say(tookText(command, now, Date.now()))}
      </span>
      {command.reason === null ? null : <small>{say(reasonText(command.reason))}</small>}
    </li>
  );
}
