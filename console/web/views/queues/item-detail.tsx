import { useState } from "preact/hooks";
import type { WorkItem } from "../../../../shared/alarm.ts";
import type { Service } from "../../../../shared/service.ts";
import { resultText } from "../../../../shared/work-results.ts";
import { CommandBox } from "../../command/command-box.tsx";
import { CommandLine } from "../../command/command-line.tsx";
import { absence, commandHindrance } from "../../command/may-command.ts";
import { commandsByDevice } from "../../command/of-device.ts";
import { useRoomAct } from "../../command/use-room-act.ts";
import { say, t } from "../../language.ts";
import { deviceRows, me, zone } from "../../live/state.ts";
import { dayClockText } from "../../trend/words.ts";
import { clockText } from "../../widgets/figures.ts";
import { deviceName, districtName } from "../alarms/places.ts";
import { CloseForm } from "./close-form.tsx";

const won = (amount: number): string => amount.toLocaleString("en-US");
const shownCommands = 4;
const hour = 3_600_000;

function Law({ law }: { readonly law: NonNullable<WorkItem["law"]> }) {
  return (
    <div>
      <dt>{t("법 조항", "Law")}</dt>
      <dd>
        {say(law.clause)} <small>{t(`${law.from} 시행 기준`, `as in force from ${law.from}`)}</small>
        <br />
        <b>
          {law.amount === 0
            ? t("계도 기간: 과태료 없음", "told, not fined, at that date")
            : t(`과태료 ${won(law.amount)}원`, `fine ${won(law.amount)} KRW`)}
        </b>
      </dd>
    </div>
  );
}

function Facts({ item }: { readonly item: WorkItem }) {
  const parts = [
    item.active ? t("이어지는 중", "still going on") : t("상황은 끝남", "over at the place"),
    item.owner === null ? t("담당 없음", "nobody has it") : t(`담당 ${item.owner}`, `taken by ${item.owner}`),
    ...(item.result === null ? [] : [say(resultText(item.queue, item.result))]),
    ...(item.exportedAt === null
      ? []
      : [t(`${clockText(item.exportedAt, zone.value)} 부과 부서로 넘김`, `handed to the fining office ${clockText(item.exportedAt, zone.value)}`)]),
    ...(item.note === null ? [] : [item.note]),
  ];
  return (
    <dl>
      {item.law === null ? null : <Law law={item.law} />}
      <div>
        <dt>{t("상태", "State")}</dt>
        <dd>{parts.join(" · ")}</dd>
      </div>
      <div>
        <dt>{t("시각별 사실", "Timed facts")}</dt>
        <dd>
          <ol class="q-facts">
            {item.facts.map(({ t: at, text }) => (
              <li key={`${at} ${text.en}`}>
                <time>{dayClockText(at, zone.value)}</time> {say(text)}
              </li>
            ))}
          </ol>
        </dd>
      </div>
    </dl>
  );
}

/** Who sees to it, and how it ends. */
function Acts({ item, reason }: { readonly item: WorkItem; readonly reason: string | undefined }) {
  const { run, refusal, busy } = useRoomAct();
  const [closes, setCloses] = useState(false);
  const isMine = item.owner === me.value?.name;
  const isOff = reason !== undefined || busy;
  const close = async (result: string, note: string): Promise<void> => {
    if (await run({ do: "close-item", item: item.id, result, ...(note === "" ? {} : { note }) })) setCloses(false);
  };
  return (
    <>
      {closes ? (
        <CloseForm item={item} onBack={() => setCloses(false)} onClose={(result, note) => void close(result, note)} />
      ) : (
        <p class="k-buttons">
          <button
            type="button"
            class={`button${isMine ? "" : " is-main"}`}
            aria-disabled={isOff || isMine}
            title={reason}
            onClick={() => {
              if (!isOff && !isMine) void run({ do: "take-item", item: item.id });
            }}
          >
            {isMine ? t("내가 맡음", "It is mine") : t("맡기", "Take it")}
          </button>
          <button
            type="button"
            class="button"
            aria-disabled={isOff}
            title={reason}
            onClick={() => {
              if (!isOff) setCloses(true);
            }}
          >
            {t("종결…", "Close…")}
          </button>
        </p>
      )}
      {refusal === undefined ? null : <p role="alert">{refusal}</p>}
    </>
  );
}

/** One case or task: what happened and when, what it is by law, what can be done at its device, and how it ends. */
export function ItemDetail({ item, service }: { readonly item: WorkItem; readonly service: Service }) {
  const row = deviceRows.value.find(({ id }) => id === item.device);
  const away = absence();
  // Work is done by people in the room; whether the city stands still does not matter to it.
  const reason = away ?? (row === undefined ? undefined : commandHindrance([{ ...row, timeline: "field" }]));
  const own = (commandsByDevice.value.get(item.device) ?? []).filter(({ t: at }) => at >= item.openedAt - hour).slice(0, shownCommands);
  const isOpen = item.state !== "closed" && away === undefined;
  return (
    <div class="q-detail" data-item={item.id}>
      <h3>
        {say(item.title)} <a href={`#/device/${item.device}`}>{deviceName(item.device)}</a> <small>{districtName(item.district)}</small>
      </h3>
      <Facts item={item} />
      {reason === undefined ? null : <p class="k-hint">{say(reason)}</p>}
      {isOpen ? <Acts item={item} reason={reason && say(reason)} /> : null}
      {isOpen && row !== undefined ? <CommandBox key={row.id} service={service} kind={row.kind} rows={[row]} /> : null}
      {own.length === 0 ? null : (
        <ul class="k-history" aria-label={t("이 기기의 명령", "Commands to this device")}>
          {own.map((command) => (
            <CommandLine key={command.id} command={command} service={service} />
          ))}
        </ul>
      )}
    </div>
  );
}
