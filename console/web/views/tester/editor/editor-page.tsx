import { useEffect, useRef, useState } from "preact/hooks";
import type { Mistake, ScenarioRow } from "../../../../../shared/scenario/scenario-port.ts";
import { go } from "../../../app/router.ts";
import { t } from "../../../language.ts";
import { fetchText, sendJson } from "../../../live/http.ts";
import { link } from "../../../live/state.ts";
import { Loading } from "../../../widgets/panel.tsx";
import { draft, sourcePath } from "./draft.ts";
import "./editor.css";

const restMs = 400;

/** The mistakes of what is written, asked again whenever the hand rests. */
function useMistakes(text: string | undefined): { readonly list: readonly Mistake[] | undefined; readonly reason: string | undefined } {
  const [told, setTold] = useState<{ readonly of: string; readonly list?: readonly Mistake[]; readonly reason?: string } | undefined>(undefined);
  useEffect(() => {
    if (text === undefined) return;
    let open = true;
    const timer = setTimeout(async () => {
      const answer = await sendJson<{ mistakes: readonly Mistake[] }>("POST", "/api/v1/scenarios/check", { text });
      if (open) setTold(answer.ok ? { of: text, list: answer.value.mistakes } : { of: text, reason: answer.reason });
    }, restMs);
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [text]);
  return { list: told?.of === text ? told?.list : undefined, reason: told?.of === text ? told?.reason : undefined };
}

/** The text of a scenario: what was being written, else what the city has. */
function useText(id: string) {
  const own = draft.peek()?.id === id ? draft.peek()?.text : undefined;
  const [text, setText] = useState<string | undefined>(own);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [kept, setKept] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (own !== undefined) return;
    void fetchText(sourcePath(id)).then((answer) => {
      if (!answer.ok) return setReason(answer.reason);
      setText(answer.value);
      setKept(answer.value);
    });
  }, [id]);
  const change = (next: string): void => {
    setText(next);
    draft.value = { id, text: next };
  };
  return { text, change, reason, isChanged: text !== kept, keep: () => setKept(text) };
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

/** Puts the hand where a mistake is. */
function toPlace(area: HTMLTextAreaElement | null, { line, column }: Mistake): void {
  if (area === null) return;
  const before = area.value.split("\n").slice(0, line - 1);
  const at = before.reduce((sum, row) => sum + row.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at);
  area.scrollTop = Math.max(0, (line - 4) * lineHeight);
}
const lineHeight = 18;

/** A scenario file with its mistakes beside it, each with its line. */
export function EditorPage({ id }: { readonly id: string }) {
  const { text, change, reason, isChanged, keep } = useText(id);
  const { list, reason: unchecked } = useMistakes(text);
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLPreElement>(null);
  const [told, setTold] = useState<{ readonly ok: boolean; readonly words: string } | undefined>(undefined);
  if (text === undefined)
    return (
      <main class="v-page is-narrow">
        <section class="s-panel">
          {reason === undefined ? (
            <Loading />
          ) : (
            <p class="s-note" role="alert">
              {t("파일을 읽지 못했습니다.", "The file could not be read.")} <code>{reason}</code>
            </p>
          )}
        </section>
      </main>
    );
  const isOff = link.value.state !== "live" || list === undefined || list.length > 0;
  const save = async (): Promise<void> => {
    if (isOff) return;
    const answer = await sendJson<ScenarioRow>("POST", "/api/v1/scenarios", { id, text });
    if (answer.ok) {
      keep();
      draft.value = undefined;
    }
    setTold(answer.ok ? { ok: true, words: t("저장했습니다.", "Kept.") } : { ok: false, words: answer.reason });
  };
  const rows = text.split("\n").length;
  const wrong = new Set(list?.map(({ line }) => line));
  return (
    <main class="v-page t-editor-page has-top">
      <header class="s-panel t-run-head">
        <div class="t-run-name">
          <h1>{id}.yaml</h1>
          <p>
            {isChanged ? t("저장하지 않은 것이 있습니다.", "Not kept yet.") : t("저장된 그대로입니다.", "As it is kept.")}{" "}
            {t("저장하면 이 도시의 폴더에 남습니다.", "Kept in this city's own folder.")}
          </p>
        </div>
        <span class={`t-done${told?.ok === false ? " is-bad" : ""}`} role={told?.ok === false ? "alert" : "status"}>
          {told?.words}
        </span>
        <div class="t-run-buttons">
          <button type="button" class="button is-main" aria-disabled={isOff} onClick={() => void save()}>
            {t("저장", "Save")}
          </button>
          <button type="button" class="button" onClick={() => download(`${id}.yaml`, text)}>
            {t("내려받기", "Download")}
          </button>
          <button type="button" class="button" onClick={() => go({ view: "tester", at: "library" })}>
            {t("시나리오", "Library")}
          </button>
        </div>
      </header>
      <section class="s-panel t-editor" aria-label={t("시나리오 파일", "Scenario file")}>
        <pre ref={numbers} aria-hidden="true">
          {Array.from({ length: rows }, (_, n) => (
            <i key={n} class={wrong.has(n + 1) ? "is-wrong" : ""}>
              {n + 1}
            </i>
          ))}
        </pre>
        <textarea
          ref={area}
          spellcheck={false}
          wrap="off"
          aria-label={t(`${id}.yaml의 글`, `Text of ${id}.yaml`)}
          aria-invalid={(list?.length ?? 0) > 0}
          value={text}
          onInput={(input) => {
            setTold(undefined);
            change(input.currentTarget.value);
          }}
          onScroll={(scroll) => {
            if (numbers.current) numbers.current.scrollTop = scroll.currentTarget.scrollTop;
          }}
        />
      </section>
      <section class="s-panel t-mistakes" aria-labelledby="t-mistakes">
        <header class="s-head">
          <h2 id="t-mistakes">{t("고칠 곳", "Mistakes")}</h2>
          <span>{list?.length ?? ""}</span>
        </header>
        <p class="s-note" role="status">
          {unchecked ??
            (list === undefined
              ? t("살펴보는 중…", "Checking…")
              : list.length === 0
                ? t("고칠 곳이 없습니다.", "No mistake.")
                : t("줄을 누르면 그 자리로 갑니다.", "A line takes you to its place."))}
        </p>
        <ol class="s-scroll">
          {list?.map((mistake) => (
            <li key={`${mistake.line} ${mistake.column} ${mistake.message}`}>
              <button type="button" onClick={() => toPlace(area.current, mistake)}>
                <b>{t(`${mistake.line}줄`, `line ${mistake.line}`)}</b> <code>{mistake.path}</code>
                <span>{mistake.message}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
    </main>
  );
}
