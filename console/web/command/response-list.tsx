import type { ResponseState } from "../../../shared/alarm.ts";
import type { CommandArgs } from "../../../shared/command.ts";
import { responseId } from "../../../shared/rules-of.ts";
import type { Service } from "../../../shared/service.ts";
import { say, t } from "../language.ts";
import { responses, timeOf } from "../live/desk.ts";
import { clock, deviceRows, second } from "../live/state.ts";
import { leftText } from "../views/alarms/left.ts";
import { addressOfCommand } from "./address.ts";
import { absence, commandHindrance, lackOfRight } from "./may-command.ts";
import { useRoomAct } from "./use-room-act.ts";
import "./responses.css";

/** Rows beyond these are in the list of devices: a storm arms every gate of the stream. */
const shown = 8;

const bindingOf = ({ responses: bound }: Service, { id, service }: ResponseState) => bound.find((one) => id === responseId({ id: service }, one));

function Countdown({ fires, device }: { readonly fires: number; readonly device: string }) {
  void second.value;
  const isField = deviceRows.value.find(({ id }) => id === device)?.timeline === "field";
  const left = fires - timeOf({ timeline: isField ? "field" : "city" });
  const rate = isField ? 1 : (clock.value?.rate ?? 1);
  const onWall = Math.abs(rate - 1) < 0.05 || rate <= 0 ? "" : t(` · 벽시계 ${leftText(left / rate).ko}`, ` · wall ${leftText(left / rate).en}`);
  return <b>{left <= 0 ? t("지금", "now") : `${say(leftText(left))}${onWall}`}</b>;
}

function Armed({ state, isOff, onAbort }: { readonly state: ResponseState; readonly isOff: boolean; readonly onAbort: (key: string) => void }) {
  const nameOf = (device: string) => say(deviceRows.value.find(({ id }) => id === device)?.name ?? { ko: device, en: device });
  return (
    <ul class="k-armed">
      {state.armed.slice(0, shown).map(({ key, device, fires, waits }) => (
        <li key={key} data-key={key}>
          <a href={addressOfCommand(device, {})}>{nameOf(device)}</a>
          {waits === null ? <Countdown fires={fires} device={device} /> : <span>{t(`기다림: ${waits.ko}`, `waits: ${waits.en}`)}</span>}
          {absence() === undefined ? (
            <button
              type="button"
              class="button"
              aria-disabled={isOff}
              aria-label={t(`중단: ${nameOf(device)}`, `Abort: ${nameOf(device)}`)}
              onClick={() => onAbort(key)}
            >
              {t("중단", "Abort")}
            </button>
          ) : null}
        </li>
      ))}
      {state.armed.length > shown ? <li>{t(`외 ${state.armed.length - shown}건`, `and ${state.armed.length - shown} more`)}</li> : null}
    </ul>
  );
}

function Offered({ state, op, args }: { readonly state: ResponseState; readonly op: string | undefined; readonly args: CommandArgs | undefined }) {
  const nameOf = (device: string) => say(deviceRows.value.find(({ id }) => id === device)?.name ?? { ko: device, en: device });
  return (
    <ul class="k-armed">
      {state.offered.slice(0, shown).map(({ key, device }) => (
        <li key={key}>
          <a href={addressOfCommand(device, { op, args })}>{nameOf(device)}</a>
          <span>{t("사람의 명령을 기다림", "left to a person")}</span>
          <a class="button" href={addressOfCommand(device, { op, args })}>
            {t("명령 준비", "Prepare command")} →
          </a>
        </li>
      ))}
      {state.offered.length > shown ? <li>{t(`외 ${state.offered.length - shown}건`, `and ${state.offered.length - shown} more`)}</li> : null}
    </ul>
  );
}

function ResponseRow({ state, service }: { readonly state: ResponseState; readonly service: Service }) {
  const { run, refusal, busy } = useRoomAct();
  const bound = bindingOf(service, state);
  const rule = service.rules.find(({ id }) => id === bound?.rule);
  const anywhere = deviceRows.value.filter((row) => row.service === service.id).slice(0, 1);
  const reason = commandHindrance(anywhere) ?? absence();
  const isOff = reason !== undefined || busy;
  const setMode = (mode: ResponseState["mode"]) => {
    if (!isOff && mode !== state.mode) void run({ do: "response-mode", response: state.id, mode });
  };
  const when = bound?.when === "cleared" ? t("해제되면", "when over") : t("되면", "when found");
  return (
    <li class={`k-response is-${state.mode}`} data-response={state.id}>
      <span class="k-response-name">
        <b>{say(state.title)}</b>{" "}
        <small title={rule && say(rule.title)}>
          {rule === undefined ? "" : `${say(rule.title)} ${when} · `}
          {bound === undefined || bound.countdown === 0 ? t("바로", "at once") : t(`${bound.countdown}초 뒤`, `after ${bound.countdown} s`)}
          {state.by === null ? "" : t(` · ${state.by} 전환`, ` · switched by ${state.by}`)}
        </small>
      </span>
      <fieldset class="buttons">
        <legend class="unseen">{t(`${state.title.ko}: 방식`, `${state.title.en}: mode`)}</legend>
        {(["auto", "manual"] as const).map((mode) => (
          <button
            key={mode}
            type="button"
            class="button"
            aria-pressed={state.mode === mode}
            aria-disabled={isOff && state.mode !== mode}
            title={reason && say(reason)}
            onClick={() => setMode(mode)}
          >
            {mode === "auto" ? t("자동", "auto") : t("수동", "manual")}
          </button>
        ))}
      </fieldset>
      {state.armed.length > 0 ? (
        <Armed
          state={state}
          isOff={isOff}
          onAbort={(key) => {
            if (!isOff) void run({ do: "abort", response: state.id, key });
          }}
        />
      ) : null}
      {state.offered.length > 0 ? <Offered state={state} op={bound?.op} args={bound?.args} /> : null}
      {refusal === undefined ? null : <p role="alert">{refusal}</p>}
    </li>
  );
}

/** Rules that act by themselves: how they stand, what is counting down, and who may switch or stop them. */
export function ResponseList({ service }: { readonly service: Service }) {
  const own = [...responses.value.values()].filter((state) => state.service === service.id);
  if (service.responses.length === 0) return null;
  const lack = lackOfRight();
  return (
    <section class="s-panel k-responses" aria-labelledby="k-responses">
      <header class="s-head">
        <h2 id="k-responses">{t("자동 응답", "Automatic responses")}</h2>
        <span>{lack === undefined ? t("관제원이 자동·수동을 바꾸고 중단합니다", "an operator switches and aborts them") : say(lack)}</span>
      </header>
      {own.length === 0 ? <p class="s-note">{t("불러오는 중입니다.", "Loading.")}</p> : null}
      <ul>
        {own.map((state) => (
          <ResponseRow key={state.id} state={state} service={service} />
        ))}
      </ul>
    </section>
  );
}
