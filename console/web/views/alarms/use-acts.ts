import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import { holdKeys, type Key, offerKeys } from "../../app/keys/keyboard.ts";
import { say } from "../../language.ts";
import { acknowledge, answer, perform, tellAnswer } from "./acts.ts";
import { marked } from "./chosen.ts";
import { type AlarmAct, hindrance } from "./may.ts";
import { isUnacknowledged } from "./order.ts";

/** Acts that need a word more before they are done. */
const asking: readonly AlarmAct[] = ["acknowledge-note", "shelve", "assign", "note", "out-of-service"];
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
  "acknowledge-note": { code: "KeyK", shift: true, sign: "Shift K", does: { ko: "메모와 함께 확인", en: "Acknowledge with a note" } },
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
  const [asks, setAsks] = useState<AlarmAct>();
  const back = useRef<Element | null>(null);
  // By the press itself, not by what is drawn after it: the next key may come before that.
  const free = useRef<() => void>(() => undefined);
  const release = (): void => {
    free.current();
    free.current = () => undefined;
  };
  const rows = visible.filter(({ id }) => marked.value.has(id));
  const takes = rows.length > 0 ? rows.filter(isUnacknowledged) : alarm && isUnacknowledged(alarm) ? [alarm] : [];
  const why = (what: AlarmAct): Text | undefined => hindrance(what, what.startsWith("acknowledge") ? (takes[0] ?? alarm) : alarm);
  const start = (what: AlarmAct): void => {
    const reason = why(what);
    if (reason !== undefined) tellAnswer(say(reason), true);
    else if (asking.includes(what)) {
      back.current = document.activeElement;
      answer.value = undefined;
      release();
      free.current = holdKeys();
      setAsks(what);
    } else void actNow(what, alarm, takes);
  };
  const close = (): void => {
    release();
    setAsks(undefined);
    // The focus goes back to where it was, which is the list most of the time.
    if (back.current instanceof HTMLElement && back.current.isConnected) back.current.focus();
  };
  const newest = useRef(start);
  newest.current = start;
  useLayoutEffect(() => {
    const keys = (Object.entries(names) as [AlarmAct, (typeof names)[AlarmAct]][]).flatMap(([what, key]): Key[] =>
      key === undefined ? [] : [{ ...key, act: () => newest.current(what) }],
    );
    return offerKeys(keys);
  }, []);
  // Another alarm: what was being written was about the one before.
  useEffect(() => {
    setAsks(undefined);
    return release;
  }, [alarm?.id]);
  const hasMarks = rows.length > 0;
  useLayoutEffect(() => {
    if (asks === undefined && !hasMarks) return;
    const undo = (): void => {
      if (asks !== undefined) close();
      else marked.value = new Set();
    };
    return offerKeys([{ code: "Escape", sign: "Esc", does: { ko: "닫기, 고른 것 풀기", en: "Close, unmark" }, act: undo }]);
  }, [asks, hasMarks]);
  return { asks, start, close, takes, hindrance: why };
}

async function actNow(what: AlarmAct, alarm: Alarm | undefined, takes: readonly Alarm[]): Promise<void> {
  if (what === "acknowledge") {
    if (await acknowledge(takes.map(({ id }) => id))) marked.value = new Set();
    return;
  }
  if (alarm === undefined) return;
  const { id, occurrence } = alarm;
  if (what === "unshelve") await perform({ do: "unshelve", alarm: id }, [id]);
  else if (what === "in-service") await perform({ do: "in-service", alarm: id }, [id]);
  else if (what === "reset") await perform({ do: "reset", alarm: id, occurrence }, [id]);
}
