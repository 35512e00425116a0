import { useLayoutEffect, useRef } from "preact/hooks";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { say, t } from "../language.ts";
import { commands } from "../live/desk.ts";
import { beat } from "../live/state.ts";
import { numberOf } from "../views/device/readings.ts";
import { alreadyText, isAlready } from "./already.ts";
import { type Arming, confirmKey, type Hand } from "./arming.ts";
import { CommandLine } from "./command-line.tsx";
import { effectText, orderText } from "./fields.ts";
import { commandCaution } from "./may-command.ts";
import { reasonText } from "./reasons.ts";
import { Stand } from "./stand.tsx";
import { Steps } from "./steps.tsx";
import type { Arm } from "./use-arming.ts";

type Open = Exclude<Arming, { step: "idle" }>;

/** Names of a few, and how many more there are. */
const named = (rows: readonly DeviceRow[], language: "ko" | "en"): string => {
  const few = rows.slice(0, 3).map(({ name }) => name[language]);
  const more = rows.length - few.length;
  return `${few.join(", ")}${more > 0 ? (language === "ko" ? ` 외 ${more}대` : ` and ${more} more`) : ""}`;
};

function ConfirmButton({ arm, by, label }: { readonly arm: Arm; readonly by: Hand; readonly label: string }) {
  const button = useRef<HTMLButtonElement>(null);
  const last = useRef<Hand>("pointer");
  // The hand that armed rests on its key: the focus is here, and this key does nothing.
  useLayoutEffect(() => button.current?.focus(), []);
  const key = confirmKey(by);
  return (
    <button
      ref={button}
      type="button"
      class="button is-main"
      onKeyDown={(press) => {
        last.current = press.code === "Space" ? "Space" : press.code === "Enter" || press.code === "NumpadEnter" ? "Enter" : "pointer";
        if (press.repeat || last.current === by) press.preventDefault();
      }}
      onKeyUp={(press) => {
        if (press.code === "Space" && by === "Space") press.preventDefault();
      }}
      onClick={(click) => {
        // Space and Enter click as well, with no count of clicks; the second click of a double click is no second gesture.
        if (click.detail < 2) arm.confirm(click.detail === 0 ? last.current : "pointer");
      }}
    >
      {label} <kbd>{key}</kbd>
    </button>
  );
}

function Armed({
  arming,
  arm,
  service,
  rows,
}: {
  readonly arming: Extract<Open, { step: "armed" }>;
  readonly arm: Arm;
  readonly service: Service;
  readonly rows: readonly DeviceRow[];
}) {
  void beat.value;
  const type = service.commands[arming.order.op];
  if (type === undefined) return null;
  const caution = commandCaution(rows);
  const back = type.readBack;
  const so = "event" in back ? 0 : rows.filter((row) => isAlready(service, arming.order, numberOf(row, service, back.metric))).length;
  const already = alreadyText(so, rows.length);
  const left = Math.max(0, Math.ceil((arming.until - Date.now()) / 1000));
  const effect = effectText(type, arming.order.args, { ko: named(rows, "ko"), en: named(rows, "en") });
  return (
    <>
      <p class="k-title">
        <b>
          {say(orderText(type, arming.order.args))}
          {rows.length > 1 ? t(` · ${rows.length}대`, ` · ${rows.length} devices`) : ""}
        </b>
        <span class="k-left" aria-hidden="true">
          {t(`${left}초 뒤 준비 해제`, `disarms in ${left} s`)}
        </span>
      </p>
      <p class="k-effect">{say(effect)}</p>
      <Stand service={service} rows={rows} op={arming.order.op} order={arming.order} />
      {rows.length > 1 ? <p class="k-hint">{t("한 대마다 명령이 하나씩 나갑니다.", "Each device gets a command of its own.")}</p> : null}
      {already === undefined ? null : (
        <p class="k-effect">
          <b>{say(already)}</b>
        </p>
      )}
      {caution === undefined ? null : <p class="k-caution">{say(caution)}</p>}
      <p class="k-buttons">
        <ConfirmButton arm={arm} by={arming.by} label={t(`실행: ${type.label.ko}`, `Confirm: ${type.label.en}`)} />
        <button type="button" class="button" onClick={arm.disarm}>
          {t("취소", "Cancel")} <kbd>Esc</kbd>
        </button>
        <span>{t(`되읽기 ${type.timeout}초 안 (도시 시각)`, `read-back expected within ${type.timeout} s of city time`)}</span>
      </p>
    </>
  );
}

/** What is armed, on its way, or came of it. Says each step to a screen reader. */
export function ArmedBox({
  arming,
  arm,
  service,
  rows,
}: {
  readonly arming: Open;
  readonly arm: Arm;
  readonly service: Service;
  readonly rows: readonly DeviceRow[];
}) {
  const box = useRef<HTMLElement>(null);
  const hasGone = arming.step !== "armed";
  useLayoutEffect(() => {
    if (hasGone) box.current?.focus();
  }, [hasGone]);
  const sent = arming.step === "sent" ? arming.sent : [];
  const known = sent.flatMap(({ command }) => (command === null ? [] : (commands.value.get(command) ?? [])));
  const refused = sent.filter(({ command }) => command === null);
  const isPending = arming.step === "sending" || known.some(({ state }) => state === "pending") || known.length + refused.length < sent.length;
  const bad = known.filter(({ state }) => state === "failed").length + refused.length;
  const good = known.filter(({ state }) => state === "confirmed").length;
  const told = isPending
    ? t("보냈습니다. 기기의 답을 기다립니다.", "Sent. Waiting for the device.")
    : bad === 0
      ? t("되읽었습니다.", "Read back.")
      : t(`되읽음 ${good} · 실패 ${bad}`, `${good} read back, ${bad} failed`);
  const step = arming.step === "armed" ? 2 : isPending ? 3 : 4;
  return (
    <section ref={box} tabIndex={-1} class={`k-box is-step${step}${bad > 0 ? " is-bad" : ""}`} aria-label={t("고른 명령", "Chosen command")}>
      <Steps step={step} isBad={step === 4 && bad > 0} />
      {arming.step === "armed" ? <Armed arming={arming} arm={arm} service={service} rows={rows} /> : null}
      <p class={arming.step === "armed" ? "unseen" : "k-told"} role="status">
        {arming.step === "armed" ? t("준비됨", "Armed") : told}
      </p>
      {sent.length > 0 ? (
        <ul>
          {known.map((command) => (
            <CommandLine key={command.id} command={command} service={service} isNamed={rows.length > 1} />
          ))}
          {refused.map(({ device, reason }) => (
            <li key={device} class="k-line is-failed">
              <span class="k-when">{say(rows.find(({ id }) => id === device)?.name ?? { ko: device, en: device })}</span>
              <b>{t("✕ 보내지 못함", "✕ not sent")}</b>
              <small>{say(reasonText(reason ?? ""))}</small>
            </li>
          ))}
        </ul>
      ) : null}
      {arming.step === "sent" ? (
        <p class="k-buttons">
          <button type="button" class="button" onClick={arm.clear}>
            {t("닫기", "Close")}
          </button>
        </p>
      ) : null}
    </section>
  );
}
