import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import { holdKeys, type Key, offerKeys } from "../../app/keys/keyboard.ts";
import { say } from "../../language.ts";
import { acknowledge, answer, tellAnswer } from "./acts.ts";
import type { AlarmAct } from "./alarm-act.ts";
import { marked } from "./chosen.ts";
import { asks, meantBy, openedBy } from "./form-words.ts";
import { hindrance } from "./may.ts";
import { isUnacknowledged } from "./order.ts";

export interface Acts {
  /** The form that is open. */
  readonly asks: AlarmAct | undefined;
  start(what: AlarmAct): void;
  close(): void;
  /** What an acknowledgement would take: marked rows of the list, else the chosen one. */
  readonly takes: readonly Alarm[];
  hindrance(what: AlarmAct): Text | undefined;
}

const names: Readonly<Record<AlarmAct, Pick<Key, "code" | "shift" | "sign" | "does"> | undefined>> = {
  acknowledge: { code: "KeyK", sign: "K", does: { ko: "경보 확인", en: "Acknowledge" } },
  "acknowledge-note": {
    code: "KeyK",
    shift: true,
    sign: "Shift K",
    does: { ko: "메모와 함께 확인, 이미 확인했으면 메모", en: "Acknowledge with a note; a note once acknowledged" },
  },
  shelve: { code: "KeyV", sign: "V", does: { ko: "경보 보류", en: "Shelve" } },
  unshelve: { code: "KeyV", shift: true, sign: "Shift V", does: { ko: "보류 풀기", en: "Unshelve" } },
  assign: { code: "KeyG", sign: "G", does: { ko: "담당 지정", en: "Assign" } },
  note: { code: "KeyM", sign: "M", does: { ko: "메모", en: "Note" } },
  "out-of-service": { code: "KeyO", sign: "O", does: { ko: "점검으로 빼기 (책임자)", en: "Out of service (supervisor)" } },
  "in-service": { code: "KeyO", shift: true, sign: "Shift O", does: { ko: "점검에서 되돌리기 (책임자)", en: "Back in service (supervisor)" } },
  reset: { code: "KeyR", shift: true, sign: "Shift R", does: { ko: "잠긴 경보 리셋", en: "Reset a latched alarm" } },
  "hand-over": undefined,
};
export const signOf = (what: AlarmAct): string => names[what]?.sign ?? "";

/** What can be done with the chosen alarm and the marked rows, by button and by key. `visible`: rows of the list as it stands. */
export function useActs(alarm: Alarm | undefined, visible: readonly Alarm[]): Acts {
  const [asked, setAsked] = useState<AlarmAct>();
  const back = useRef<Element | null>(null);
  // By the press itself, not by what is drawn after it: the next key may come before that.
  const free = useRef<() => void>(() => undefined);
  const release = (): void => {
    free.current();
    free.current = () => undefined;
  };
  const rows = visible.filter(({ id }) => marked.value.has(id));
  const takes = rows.length > 0 ? rows.filter(isUnacknowledged) : alarm && isUnacknowledged(alarm) ? [alarm] : [];
  const why = (what: AlarmAct): Text | undefined => hindrance(what, meantBy(what, takes, rows, alarm));
  const start = (what: AlarmAct): void => {
    const reason = why(what);
    if (reason !== undefined) tellAnswer(say(reason), true);
    else if (asks(what)) {
      back.current = document.activeElement;
      answer.value = undefined;
      release();
      free.current = holdKeys();
      setAsked(what);
    } else void acknowledgeNow(takes);
  };
  const close = (): void => {
    release();
    setAsked(undefined);
    // The focus goes back to where it was: the list most of the time. A button stands there anew, and takes it by itself.
    if (back.current instanceof HTMLElement && back.current.isConnected) back.current.focus();
  };
  const newest = useRef(start);
  newest.current = (what) => start(openedBy(what, takes, alarm));
  useLayoutEffect(() => {
    const keys = (Object.entries(names) as [AlarmAct, (typeof names)[AlarmAct]][]).flatMap(([what, key]): Key[] =>
      key === undefined ? [] : [{ ...key, act: () => newest.current(what) }],
    );
    return offerKeys(keys);
  }, []);
  // Another alarm: what was being written was about the one before.
  useEffect(() => {
    setAsked(undefined);
    return release;
  }, [alarm?.id]);
  const hasMarks = rows.length > 0;
  useLayoutEffect(() => {
    if (asked === undefined && !hasMarks) return;
    const undo = (): void => {
      if (asked !== undefined) close();
      else marked.value = new Set();
    };
    return offerKeys([{ code: "Escape", sign: "Esc", does: { ko: "닫기, 고른 것 풀기", en: "Close, unmark" }, act: undo }]);
  }, [asked, hasMarks]);
  return { asks: asked, start, close, takes, hindrance: why };
}

async function acknowledgeNow(takes: readonly Alarm[]): Promise<void> {
  if (await acknowledge(takes.map(({ id }) => id))) marked.value = new Set();
}
