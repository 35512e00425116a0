import { useState } from "preact/hooks";
import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import { say, t } from "../../../language.ts";
import { sendJson } from "../../../live/http.ts";
import { link, now, zone } from "../../../live/state.ts";
import { clockText } from "../../../trend/words.ts";
import type { Kinds } from "../kinds.ts";
import { whereText } from "../lanes/lane-words.ts";
import { lengthText } from "../lengths.ts";
import "./inject.css";

export interface InjectedListProps {
  readonly injections: readonly InjectionState[] | undefined;
  readonly reason: string | undefined;
  readonly kinds: Kinds;
  readonly onCleared: () => void;
  /** Without its place, where all are at the same one. */
  readonly isPlaced: boolean;
}
const isOpen = ({ state }: InjectionState): boolean => state === "active" || state === "waits";

/** What is injected now, until when, and the way to end it. */
export function InjectedList({ injections, reason, kinds, onCleared, isPlaced }: InjectedListProps) {
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const open = (injections ?? []).filter(isOpen);
  const isOff = link.value.state !== "live";
  const clear = async (ids: readonly string[]): Promise<void> => {
    setRefusal(undefined);
    for (const id of ids) {
      const answer = await sendJson("DELETE", `/api/v1/injections/${encodeURIComponent(id)}`);
      if (!answer.ok) setRefusal(answer.reason);
    }
    onCleared();
  };
  return (
    <div class="t-injected">
      {reason === undefined ? null : (
        <p class="s-note" role="alert">
          {t("주입 목록을 읽지 못했습니다.", "What is injected could not be read.")} <code>{reason}</code>
        </p>
      )}
      {injections !== undefined && open.length === 0 ? <p class="s-note">{t("지금 주입된 것이 없습니다.", "Nothing is injected now.")}</p> : null}
      <ul>
        {open.map((one) => (
          <li key={one.id} data-injection={one.id}>
            <span class="t-injected-what">
              <b>{say(kinds.get(one.kind)?.title ?? { ko: one.kind, en: one.kind })}</b>
              {isPlaced ? <small>{whereText(one.targets) || t("도시 전체", "the whole city")}</small> : null}
            </span>
            <span class="t-injected-when">{whenText(one)}</span>
            <button type="button" class="button" aria-disabled={isOff} onClick={() => void (isOff ? undefined : clear([one.id]))}>
              {t("풀기", "Clear")}
            </button>
          </li>
        ))}
      </ul>
      {open.length < 2 ? null : (
        <p class="t-buttons">
          <button type="button" class="button" aria-disabled={isOff} onClick={() => void (isOff ? undefined : clear(open.map(({ id }) => id)))}>
            {t(`모두 풀기 (${open.length})`, `Clear all (${open.length})`)}
          </button>
        </p>
      )}
      {refusal === undefined ? null : (
        <p class="s-note" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
function whenText({ t: begin, lasts, state }: InjectionState): string {
  const at = clockText(begin, zone.value, false);
  if (state === "waits") return t(`${at}부터`, `from ${at}`);
  if (lasts === null) return t(`${at}부터 · 풀 때까지`, `since ${at} · until cleared`);
  const left = (begin + lasts * 1000 - now.value) / 1000;
  return t(`${at}부터 · ${lengthText(left).ko} 남음`, `since ${at} · ${lengthText(left).en} left`);
}
