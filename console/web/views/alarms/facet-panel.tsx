import { useLayoutEffect, useRef } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import { alarmClasses, priorities } from "../../../../shared/alarm-rule.ts";
import { offerKeys } from "../../app/keys/keyboard.ts";
import { say, t } from "../../language.ts";
import { deskIsKnown } from "../../live/desk.ts";
import { catalogue } from "../../live/state.ts";
import { Badge } from "../../widgets/badge.tsx";
import { Mark } from "../../widgets/mark.tsx";
import { changeFacets, changeLook, look } from "./chosen.ts";
import { type AlarmTab, allFacets, countIn, isNarrowed, leaving, matrixOf, stateRows, sumOf } from "./facets.ts";

const figure = (count: number | undefined) => (count === undefined || count === 0 ? "·" : String(count));

/** Services by priorities; each figure, row and column narrows the list. */
function MatrixTable({ all }: { readonly all: readonly Alarm[] }) {
  const { service, priority } = look.value.facets;
  const matrix = matrixOf(all);
  const total = matrix.get("");
  const choose = (nextService: string | null, nextPriority: (typeof priorities)[number] | null) => {
    const same = nextService === service && nextPriority === priority;
    changeFacets(same ? { service: null, priority: null } : { service: nextService, priority: nextPriority });
  };
  return (
    <table class="af-matrix" aria-label={t("서비스와 등급", "Service by priority")}>
      <thead>
        <tr>
          <th scope="col">{t("서비스 × 등급", "Service × priority")}</th>
          {priorities.map((rank) => (
            <th key={rank} scope="col">
              <button type="button" aria-pressed={service === null && priority === rank} onClick={() => choose(null, rank)}>
                <Badge rank={rank} look="filled" size={16} label={t(`우선순위 ${rank}`, `Priority ${rank}`)} />
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {catalogue.value.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <button type="button" aria-pressed={service === row.id && priority === null} onClick={() => choose(row.id, null)}>
                <Mark service={row} /> <span>{say(row.title)}</span>
              </button>
            </th>
            {priorities.map((rank) => {
              const count = matrix.get(row.id)?.[rank] ?? 0;
              return (
                <td key={rank}>
                  <button
                    type="button"
                    class={count === 0 ? "is-none" : ""}
                    aria-pressed={service === row.id && priority === rank}
                    aria-label={t(`${say(row.title)} 우선순위 ${rank}: ${count}건`, `${say(row.title)}, priority ${rank}: ${count}`)}
                    onClick={() => choose(row.id, rank)}
                  >
                    {figure(count)}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {t("합계", "Total")} {deskIsKnown.value ? sumOf(total) : "—"}
          </th>
          {priorities.map((rank) => (
            <td key={rank}>{figure(total?.[rank])}</td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

const stateTexts = {
  unacknowledged: { ko: "미확인", en: "Unacked" },
  standing: { ko: "이어짐", en: "standing" },
  cleared: { ko: "해제됨", en: "cleared" },
  acknowledged: { ko: "확인", en: "Acked" },
} as const;
const stateLooks = { unacknowledged: undefined, standing: "unacknowledged", cleared: "cleared", acknowledged: "filled" } as const;

function States({ all }: { readonly all: readonly Alarm[] }) {
  const { without } = look.value.facets;
  return (
    <fieldset class="af-group">
      <legend>{t("상태", "State")}</legend>
      {stateRows.map(({ id, letters, under }) => {
        const shown = letters.filter((state) => !without.includes(state)).length;
        const badge = stateLooks[id];
        return (
          <label key={id} class={under === null ? "" : "is-under"} data-state={id}>
            <input
              type="checkbox"
              checked={shown === letters.length}
              indeterminate={shown > 0 && shown < letters.length}
              onChange={(change) => changeFacets({ without: leaving(without, letters, change.currentTarget.checked) })}
            />
            {badge === undefined ? null : <Badge rank={3} look={badge} size={14} />}
            {say(stateTexts[id])}
            <b>{deskIsKnown.value ? countIn(all, letters) : "—"}</b>
          </label>
        );
      })}
    </fieldset>
  );
}

const classTexts = { operations: { ko: "운영 경보", en: "Operations" }, maintenance: { ko: "정비 경보", en: "Maintenance" } } as const;

function Classes({ all }: { readonly all: readonly Alarm[] }) {
  const only = look.value.facets.class;
  return (
    <fieldset class="af-group">
      <legend>{t("종류", "Class")}</legend>
      {([null, ...alarmClasses] as const).map((kind) => (
        <label key={kind ?? "all"}>
          <input type="radio" name="af-class" checked={only === kind} onChange={() => changeFacets({ class: kind })} />
          {kind === null ? t("둘 다", "Both") : say(classTexts[kind])}
          <b>{!deskIsKnown.value ? "—" : kind === null ? all.length : all.filter((alarm) => alarm.class === kind).length}</b>
        </label>
      ))}
    </fieldset>
  );
}

/** What narrows the list. The figures count what the tab holds, whatever the filter leaves. */
export function FacetPanel({ all, tab }: { readonly all: readonly Alarm[]; readonly tab: AlarmTab }) {
  const field = useRef<HTMLInputElement>(null);
  const { facets } = look.value;
  useLayoutEffect(
    () => offerKeys([{ code: "Slash", sign: "/", does: { ko: "경보 거르기", en: "Filter the alarms" }, act: () => field.current?.focus() }]),
    [],
  );
  const onDesk = tab === "active" || tab === "maintenance";
  return (
    <section class="panel af-panel" aria-label={t("거르기", "Filter")}>
      <header>
        <h2>{t("거르기", "Filter")}</h2>
        <span class="end">
          {isNarrowed(facets) ? (
            <button type="button" class="button" onClick={() => changeLook({ facets: allFacets })}>
              {t("모두 보기", "Show all")}
            </button>
          ) : (
            <kbd>/</kbd>
          )}
        </span>
      </header>
      <input
        class="field"
        type="search"
        ref={field}
        aria-label={t("장소, 기기, 문구", "Place, device, words")}
        placeholder={t("장소, 기기, 문구", "Place, device, words")}
        value={facets.text}
        onInput={(input) => changeFacets({ text: input.currentTarget.value })}
        onKeyDown={(press) => {
          if (press.code === "Escape" || press.code === "Enter") press.currentTarget.blur();
        }}
      />
      <MatrixTable all={all} />
      {onDesk ? <States all={all} /> : <Classes all={all} />}
    </section>
  );
}
