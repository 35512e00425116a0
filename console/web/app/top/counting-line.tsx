import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { aborted, abortedText, tellAborted } from "../../command/aborted.ts";
import type { Counting } from "../../command/counting.ts";
import { absence, lackOfRight } from "../../command/may-command.ts";
import { counting } from "../../command/present-counting.ts";
import { useRoomAct } from "../../command/use-room-act.ts";
import { say, t } from "../../language.ts";
import { clock, link } from "../../live/state.ts";
import { leftText } from "../../views/alarms/left.ts";
import { serviceOf } from "../../views/alarms/places.ts";
import { addressOfPart } from "../../views/service/part-address.ts";
import { ConfirmButton } from "../../views/tester/confirm-button.tsx";
import { offerKeys } from "../keys/keyboard.ts";
import { kiosk } from "../kiosk.ts";

/** Sooner than this by the wall it goes before the newest alarm: then there is no more time to look for it. */
const urgentMs = 120_000;

const idOf = ({ response, key }: Counting): string => `${response} ${key}`;
const addressOf = (one: Counting): string => addressOfPart(one.service, "act", idOf(one));
const moreText = (more: number): string => (more === 0 ? "" : ` · +${more}`);

/** The countdown that a key has asked to stop; it stands in the banner's line until it is stopped, or left alone. */
const asked = signal<string | undefined>(undefined);
/** It has no more time, or somebody means to stop it: then it goes before the newest alarm. */
export const goesFirst = (one: Counting): boolean => one.wall < urgentMs || asked.value === idOf(one);
const mayAbort = (): boolean => !kiosk && absence() === undefined && lackOfRight() === undefined;

/** A key goes to the button that stops what fires first, and another one presses it. */
export function useAbortKey(): void {
  const isOffered = counting.value.length > 0 && mayAbort();
  useLayoutEffect(() => {
    if (!isOffered) return;
    const ask = (): void => {
      const [first] = counting.peek();
      asked.value = first && idOf(first);
    };
    return offerKeys([
      { code: "KeyX", sign: "X", does: { ko: "자동 응답 중단 (Enter로 실행)", en: "Abort the automatic response (Enter does it)" }, act: ask },
    ]);
  }, [isOffered]);
}

function Left({ one }: { readonly one: Counting }) {
  if (one.waits !== null) return <b class="banner-left">{t("기다림", "waits")}</b>;
  const isPaused = clock.value?.paused === true && one.row.timeline === "city";
  return (
    <b class={`banner-left${isPaused ? " is-paused" : ""}`} title={isPaused ? t("도시가 멈춰 있음", "the city stands still") : undefined}>
      {one.left <= 0 ? t("지금", "now") : t(`${leftText(one.left).ko} 뒤`, `in ${leftText(one.left).en}`)}
    </b>
  );
}

/** Stops the one that fires first; when another comes to its place the first press is a new one. */
function Abort({ one }: { readonly one: Counting }) {
  const { run, refusal, busy } = useRoomAct();
  const isAsked = asked.value === idOf(one);
  if (!mayAbort()) return null;
  const abort = async (): Promise<void> => {
    const service = serviceOf(one.service);
    if ((await run({ do: "abort", response: one.response, key: one.key })) && service !== undefined) tellAborted(abortedText(one, service));
  };
  return (
    <>
      {refusal === undefined ? null : (
        <small class="banner-refusal" role="alert">
          {refusal}
        </small>
      )}
      <ConfirmButton
        isBrief
        isOff={busy || link.value.state !== "live"}
        sure={isAsked ? t("Enter: 중단", "Enter: abort") : t("한 번 더", "Sure?")}
        title={t(`중단: ${one.title.ko}, ${one.row.name.ko}. 두 번 누릅니다.`, `Aborts: ${one.title.en}, ${one.row.name.en}. Press twice.`)}
        onSure={() => void abort()}
        isAsked={isAsked}
        onOver={() => {
          asked.value = undefined;
        }}
      >
        {t("중단", "Abort")} <kbd>X</kbd>
      </ConfirmButton>
    </>
  );
}

/**
 * What will happen by itself, in the place of the newest alarm: the one that fires first, how many more, and how to stop it. `isBeside`: that alarm
 * keeps its place, so this is for screens that have none for it.
 */
export function CountingLine({ isBeside = false }: { readonly isBeside?: boolean }) {
  const [first, ...others] = counting.value;
  if (first === undefined) return null;
  return (
    <p class={`banner-line is-counting${isBeside ? " is-beside" : ""}`} key={idOf(first)} data-counting={first.row.id}>
      <span>
        <a href={addressOf(first)}>
          <b>{say(first.title)}</b> · {say(first.row.name)}
        </a>
      </span>
      <Left one={first} />
      <span class="banner-more">{moreText(others.length)}</span>
      {aborted.value === undefined ? null : (
        <small class="banner-aborted" role="status" data-aborted>
          ✕ {say(aborted.value.brief)}
        </small>
      )}
      <Abort one={first} />
    </p>
  );
}

/** What was stopped from here: its line has gone with the countdown. */
export function AbortedLine() {
  return aborted.value === undefined ? null : (
    <p class="banner-line" role="status" data-aborted>
      <span>{say(aborted.value.whole)}</span>
    </p>
  );
}

/** The same at the end of the newest alarm's line, while there is time. */
export function CountingChip() {
  const [first, ...others] = counting.value;
  if (first === undefined) return null;
  return (
    <a class="banner-chip" href={addressOf(first)} title={`${say(first.title)} · ${say(first.row.name)}`}>
      {t("자동 응답", "Response")} <Left one={first} />
      {moreText(others.length)}
    </a>
  );
}
