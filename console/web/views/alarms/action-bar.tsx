import { useLayoutEffect, useRef } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import { kiosk } from "../../app/kiosk.ts";
import { say, t } from "../../language.ts";
import { isPhone } from "../service/columns.tsx";
import { ActionForm } from "./action-form.tsx";
import { answer, pending } from "./acts.ts";
import { marked } from "./chosen.ts";
import "./actions.css";
import type { AlarmAct } from "./alarm-act.ts";
import { type Acts, signOf } from "./use-acts.ts";

const texts: Readonly<Record<AlarmAct, Text>> = {
  acknowledge: { ko: "확인", en: "Ack" },
  "acknowledge-note": { ko: "확인 + 메모", en: "Ack + note" },
  shelve: { ko: "보류…", en: "Shelve…" },
  unshelve: { ko: "보류 풀기…", en: "Unshelve…" },
  assign: { ko: "담당", en: "Assign" },
  note: { ko: "메모", en: "Note" },
  "out-of-service": { ko: "점검으로…", en: "Out of service…" },
  "in-service": { ko: "점검에서 되돌리기…", en: "Back in service…" },
  reset: { ko: "리셋…", en: "Reset…" },
  "hand-over": { ko: "넘기기", en: "Hand over" },
};

/** Buttons that make sense for the alarm as it stands; the place of each stays. */
function actsFor(alarm: Alarm | undefined, compact: boolean): readonly AlarmAct[] {
  if (isPhone.value) return ["acknowledge", "note"];
  const shelf: AlarmAct = alarm?.state === "E" ? "unshelve" : "shelve";
  if (compact) return ["acknowledge", shelf, "note", "assign"];
  const service: AlarmAct = alarm?.state === "G" ? "in-service" : "out-of-service";
  return ["acknowledge", "acknowledge-note", shelf, "assign", "note", service, ...(alarm?.latched ? (["reset"] as const) : [])];
}

interface ActionBarProps {
  readonly acts: Acts;
  readonly alarm: Alarm | undefined;
  readonly compact?: boolean;
}

/** What can be done, in the place where it is told what came of it. */
export function ActionBar({ acts, alarm, compact = false }: ActionBarProps) {
  const { asks } = acts;
  const place = useRef<HTMLDivElement>(null);
  const opener = useRef<AlarmAct | undefined>(undefined);
  // The form took the place of the button that opened it: when it closes, the button stands there anew, and the hand is back on it.
  useLayoutEffect(() => {
    const what = opener.current;
    if (asks !== undefined) {
      if (what !== asks) opener.current = undefined;
      return;
    }
    opener.current = undefined;
    if (what === undefined) return;
    const button = place.current?.querySelector<HTMLElement>(`[data-act="${what}"]`) ?? place.current?.querySelector("button");
    button?.focus();
  }, [asks]);
  if (kiosk) return null;
  const count = acts.takes.length;
  const sending = alarm !== undefined && pending.value.has(alarm.id);
  const told = answer.value;
  return (
    <div ref={place} class={`al-actions${asks === undefined ? "" : " is-asking"}`}>
      {asks !== undefined && alarm !== undefined ? (
        <ActionForm what={asks} alarm={alarm} acts={acts} />
      ) : (
        <div class="al-buttons">
          {compact || marked.value.size === 0 ? null : <span class="al-marked">{t(`선택 ${marked.value.size}`, `${marked.value.size} marked`)}</span>}
          {actsFor(alarm, compact).map((what) => {
            const reason = acts.hindrance(what);
            const many = what === "acknowledge" && count > 1 ? ` ${count}` : "";
            return (
              <button
                key={what}
                type="button"
                class={`button${what === "acknowledge" && reason === undefined ? " is-main" : ""}`}
                aria-disabled={reason !== undefined || sending}
                title={reason && say(reason)}
                data-act={what}
                onClick={({ detail }) => {
                  // By key alone: what was pressed with the pointer leaves the space bar to the city's time.
                  opener.current = detail === 0 ? what : undefined;
                  acts.start(what);
                }}
              >
                {say(texts[what])}
                {many} <kbd>{signOf(what)}</kbd>
              </button>
            );
          })}
        </div>
      )}
      <p class={`al-answer${told?.refused ? " is-refused" : ""}`} role={told?.refused ? "alert" : "status"}>
        {sending ? t("보내는 중 — 서버의 소식을 기다립니다", "Sending: waiting for the server's news") : told?.text}
      </p>
    </div>
  );
}
