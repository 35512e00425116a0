import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { WorkItem } from "../../../../shared/alarm.ts";
import { workResults } from "../../../../shared/work-results.ts";
import { holdKeys } from "../../app/keys/keyboard.ts";
import { say, t } from "../../language.ts";

/** What the room writes by itself when nobody has. */
const written = ["gone", "lapsed", "handed-over"];

export interface CloseFormProps {
  readonly item: WorkItem;
  readonly onClose: (result: string, note: string) => void;
  readonly onBack: () => void;
}
/** What came of it, and a word more if there is one. */
export function CloseForm({ item, onClose, onBack }: CloseFormProps) {
  const results = Object.entries(workResults[item.queue]).filter(([id]) => !written.includes(id));
  const [result, setResult] = useState(results[0]?.[0] ?? "");
  const [note, setNote] = useState("");
  const first = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  useLayoutEffect(() => holdKeys(), []);
  return (
    <form
      class="q-close"
      onSubmit={(submit) => {
        submit.preventDefault();
        onClose(result, note.trim());
      }}
      onKeyDown={(press) => {
        if (press.code !== "Escape") return;
        press.stopPropagation();
        onBack();
      }}
    >
      <label>
        <span>{t("결과", "Result")}</span>
        <select class="field" ref={first} value={result} onChange={(change) => setResult(change.currentTarget.value)}>
          {results.map(([id, told]) => (
            <option key={id} value={id}>
              {say(told)}
            </option>
          ))}
        </select>
      </label>
      <label class="q-note">
        <span>{t("메모", "Note")}</span>
        <input class="field" maxLength={2000} value={note} onInput={(input) => setNote(input.currentTarget.value)} />
      </label>
      <button type="submit" class="button is-main">
        {t("종결", "Close it")} <kbd>Enter</kbd>
      </button>
      <button type="button" class="button" onClick={onBack}>
        {t("취소", "Cancel")} <kbd>Esc</kbd>
      </button>
    </form>
  );
}
