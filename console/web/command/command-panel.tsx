import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { say, t } from "../language.ts";
import { lines } from "../live/desk.ts";
import { argsFor } from "./address.ts";
import { asked } from "./asked.ts";
import { CommandBox } from "./command-box.tsx";
import "./command.css";
import { CommandLine } from "./command-line.tsx";
import { familiesOf } from "./fields.ts";
import { absence } from "./may-command.ts";
import { commandsByDevice } from "./of-device.ts";
import { stoppedOf } from "./stopped.ts";
import { StoppedLine } from "./stopped-line.tsx";

/** Older ones are in the journal. */
const shown = 6;

/** Commands of one device, and the newest that were given to it. */
export function CommandPanel({ row, service }: { readonly row: DeviceRow; readonly service: Service }) {
  const away = absence();
  const commands = (commandsByDevice.value.get(row.id) ?? []).map((command) => ({ at: command.at, command }));
  const stopped = stoppedOf(lines.value, row.id).map((line) => ({ at: line.at, line }));
  const own = [...commands, ...stopped].sort((a, b) => b.at - a.at).slice(0, shown);
  const hasCommands = familiesOf(service, row.kind).length > 0;
  const { op, alarm, args } = asked.value;
  const type = op === undefined ? undefined : service.commands[op];
  const given = op === undefined || type === undefined ? undefined : { [op]: argsFor(type, args) };
  return (
    <section class="s-panel k-panel" aria-labelledby="k-title">
      <header class="s-head">
        <h2 id="k-title">{t("명령", "Commands")}</h2>
        <span>{t("두 번의 손길, 되읽기로 확인", "two gestures, confirmed by read-back")}</span>
        <span class="s-end" aria-hidden="true">
          {t("△ 지시 ▼ 실제", "△ commanded ▼ actual")}
        </span>
      </header>
      {!hasCommands ? (
        <p class="s-note">{t("이 기기는 명령을 받지 않습니다.", "This device takes no commands.")}</p>
      ) : away !== undefined ? (
        <p class="s-note">{say(away)}</p>
      ) : (
        <CommandBox service={service} kind={row.kind} rows={[row]} asked={op} alarm={alarm} given={given} />
      )}
      {hasCommands && own.length === 0 ? (
        <p class="s-note">{t("이 기기에 내린 명령이 아직 없습니다.", "No command has been given to this device.")}</p>
      ) : null}
      {own.length > 0 ? (
        <ul class="k-history" aria-label={t("최근 명령", "Recent commands")}>
          {own.map((one) =>
            "command" in one ? (
              <CommandLine key={one.command.id} command={one.command} service={service} />
            ) : (
              <StoppedLine key={one.line.n} line={one.line} service={service} />
            ),
          )}
        </ul>
      ) : null}
    </section>
  );
}
