import { useLayoutEffect, useRef } from "preact/hooks";
import type { ScenarioRow } from "../../../../shared/scenario/scenario-port.ts";
import { say, t } from "../../language.ts";
import { link } from "../../live/state.ts";
import { Loading } from "../../widgets/panel.tsx";
import { lengthText } from "../tester/lengths.ts";
import { scrolledTo } from "./scrolled-to.ts";

interface StoriesProps {
  readonly list: readonly ScenarioRow[] | undefined;
  readonly reason: string | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly isRunning: boolean;
  readonly isPreparing: boolean;
  readonly onStart: (row: ScenarioRow) => void;
}
/** Stories by their titles; the chosen one is told before it is started. */
export function Stories({ list, reason, chosen, onChoose, isRunning, isPreparing, onStart }: StoriesProps) {
  const row = list?.find(({ id }) => id === chosen);
  const isOff = isRunning || isPreparing || link.value.state !== "live";
  const rows = useRef<HTMLUListElement>(null);
  // The list alone is moved: on a phone the page stays where it is read.
  useLayoutEffect(() => {
    const all = rows.current;
    const line = all?.querySelector<HTMLElement>("[aria-pressed=true]");
    if (all && line) all.scrollTop = scrolledTo(all, line);
  }, [row?.id]);
  return (
    <nav class="p-stories" aria-label={t("이야기", "Stories")}>
      <h2>{t("이야기", "Stories")}</h2>
      {list === undefined ? reason === undefined ? <Loading /> : <p role="alert">{reason}</p> : null}
      <ul ref={rows}>
        {list?.map(({ id, title, lasts }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} data-scenario={id} onClick={() => onChoose(id)}>
              {say(title)} <small>{say(lengthText(lasts))}</small>
            </button>
          </li>
        ))}
      </ul>
      {row === undefined ? null : (
        <div class="p-told">
          <h3>{say(row.title)}</h3>
          <p>{say(row.story)}</p>
          <button
            type="button"
            class="button is-main"
            aria-disabled={isOff}
            onClick={() => {
              if (!isOff) onStart(row);
            }}
          >
            {isPreparing ? t("준비하는 중…", "Preparing…") : isRunning ? t("진행 중", "Going on") : t("처음부터 시작", "Start from the beginning")}
          </button>
        </div>
      )}
    </nav>
  );
}
