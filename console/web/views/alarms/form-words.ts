import type { Alarm } from "../../../../shared/alarm.ts";
import { type Text, text } from "../../../../shared/text.ts";
import type { AlarmAct } from "./alarm-act.ts";

interface FormWords {
  readonly title: Text;
  /** What is asked for; undefined: no word more, the act is only asked again. */
  readonly label?: Text;
  /** What it does, where the title does not say it. */
  readonly effect?: Text;
  /** What is told where the act cannot do without the word and none was given. */
  readonly lack?: Text;
}
export const noWords: FormWords = { title: text("", "") };

const why = text("사유 (선택)", "Reason (optional)");
/** What each form asks. */
export const formWords: Readonly<Partial<Record<AlarmAct, FormWords>>> = {
  "acknowledge-note": { title: text("확인 + 메모", "Acknowledge with a note"), label: text("메모", "Note") },
  shelve: { title: text("보류", "Shelve"), label: text("사유 (필수)", "Reason (required)"), lack: text("사유를 적어 주십시오.", "Give a reason.") },
  unshelve: { title: text("보류 풀기", "Unshelve"), effect: text("목록으로 돌아갑니다.", "It goes back to the list."), label: why },
  assign: { title: text("담당 지정", "Assign"), label: text("누구에게 (비우면 담당 없음)", "To whom (empty: nobody)") },
  note: { title: text("메모", "Note"), label: text("메모", "Note"), lack: text("메모를 적어 주십시오.", "Write a note.") },
  "out-of-service": {
    title: text("점검으로 빼기", "Out of service"),
    label: text("작업 지시 번호 (필수)", "Work order (required)"),
    lack: text("작업 지시 번호를 적어 주십시오.", "Give the work order."),
  },
  "in-service": { title: text("점검에서 되돌리기", "Back in service"), effect: text("다시 판단합니다.", "It is judged again."), label: why },
  reset: { title: text("리셋", "Reset"), effect: text("잠긴 경보가 끝납니다.", "The latched alarm ends.") },
};
/** Everything but acknowledging is asked again, or needs a word more, before it is done: no single key changes more than that. */
export const asks = (what: AlarmAct): boolean => what !== "acknowledge";
/** Of which alarm it is told why an act cannot be done: marked rows are meant before the chosen one, though nothing in them is left to acknowledge. */
export const meantBy = (what: AlarmAct, takes: readonly Alarm[], rows: readonly Alarm[], alarm: Alarm | undefined): Alarm | undefined =>
  what.startsWith("acknowledge") ? (takes[0] ?? rows[0] ?? alarm) : alarm;
/** What a key opens: whoever means to write finds a field where nothing is left to acknowledge too, else what is typed would be shortcuts. */
export const openedBy = (what: AlarmAct, takes: readonly Alarm[], alarm: Alarm | undefined): AlarmAct =>
  what === "acknowledge-note" && takes.length === 0 && alarm !== undefined ? "note" : what;
