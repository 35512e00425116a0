import { lang, say, t } from "../../language.ts";
import { Badge } from "../../widgets/badge.tsx";
import { Mark } from "../../widgets/mark.tsx";
import { pending } from "./acts.ts";
import { AlarmBadge } from "./alarm-badge.tsx";
import { Age, Kept, Left, Value, What } from "./alarm-cells.tsx";
import type { ListLine } from "./clusters.ts";
import { districtName, serviceOf } from "./places.ts";
import { stateText } from "./words.ts";

export interface AlarmRowProps {
  readonly line: ListLine & { readonly kind: "alarm" };
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly chosen: boolean;
  readonly marked: boolean;
  readonly compact: boolean;
  /** Where the list holds what is kept from the desk, the state's place says until when and why. */
  readonly kept: boolean;
  onPick(press: MouseEvent): void;
  onFold(open: boolean): void;
}

function Fold({ under, open, onFold }: { readonly under: number; readonly open: boolean; readonly onFold: (open: boolean) => void }) {
  if (under === 0) return null;
  return (
    <button
      type="button"
      class="al-fold"
      tabIndex={-1}
      aria-label={open ? t("결과 접기", "Fold") : t("결과 펼치기", "Unfold")}
      onClick={(press) => {
        press.stopPropagation();
        onFold(!open);
      }}
    >
      {open ? "▾" : "▸"}
    </button>
  );
}

type CellsProps = Pick<AlarmRowProps, "line" | "kept" | "onFold">;

/** Of the page. */
function Cells({ line, kept, onFold }: CellsProps) {
  const { alarm, under, open } = line;
  const service = serviceOf(alarm.service);
  return (
    <>
      <td class="al-state">{pending.value.has(alarm.id) ? t("보내는 중", "Sending") : say(stateText(alarm))}</td>
      <td>
        <Age alarm={alarm} />
      </td>
      <td>
        <Left alarm={alarm} />
      </td>
      <td title={service && say(service.title)}>{service ? <Mark service={service} /> : null}</td>
      <td class="al-what">
        <span class="al-line">
          <Fold under={under} open={open} onFold={onFold} />
          <What alarm={alarm} under={under} />
          {kept ? (
            <small class="al-kept">
              <Kept alarm={alarm} />
            </small>
          ) : null}
          <small class="al-district">{districtName(alarm.district)}</small>
        </span>
      </td>
      <td class="al-value">
        <Value alarm={alarm} />
      </td>
      <td class="al-count">{alarm.count}</td>
      <td class="al-owner">{alarm.owner ?? "—"}</td>
      <td class="al-note">{alarm.comments > 0 ? <NoteIcon count={alarm.comments} /> : null}</td>
    </>
  );
}

/** Of the overview. */
function FewCells({ line, onFold }: CellsProps) {
  const { alarm, under, open } = line;
  return (
    <>
      <td class="al-what">
        <span class="al-line">
          <Fold under={under} open={open} onFold={onFold} />
          <What alarm={alarm} under={under} />
        </span>
      </td>
      <td class="al-value">
        <Value alarm={alarm} />
      </td>
      <td>
        <Age alarm={alarm} />
      </td>
      <td>
        <Left alarm={alarm} />
      </td>
    </>
  );
}

const looksOf = ({ line, chosen, marked }: Pick<AlarmRowProps, "line" | "chosen" | "marked">): string =>
  [
    `al-row is-${line.alarm.state}`,
    ...(chosen ? ["is-chosen"] : []),
    ...(marked ? ["is-marked"] : []),
    ...(line.depth === 1 ? ["is-under"] : []),
    ...(line.isLast ? ["is-last"] : []),
  ].join(" ");

/** One alarm as a line of the list; its place is the list's business, and so are the keys. */
export function AlarmRow(props: AlarmRowProps) {
  const { line, index, count, top, marked, compact, onPick } = props;
  const { alarm, depth, under, open } = line;
  void lang.value;
  return (
    <tr
      id={`al-${alarm.id}`}
      data-alarm={alarm.id}
      class={looksOf(props)}
      style={{ top: `${top}px` }}
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-selected={marked}
      {...(under > 0 ? { "aria-expanded": open } : {})}
      aria-busy={pending.value.has(alarm.id)}
      onClick={onPick}
    >
      <td class="al-badge">
        <AlarmBadge alarm={alarm} />
      </td>
      {compact ? <FewCells {...props} /> : <Cells {...props} />}
    </tr>
  );
}

const NoteIcon = ({ count }: { readonly count: number }) => (
  <span role="img" aria-label={t(`메모 ${count}`, `${count} notes`)} title={t(`메모 ${count}`, `${count} notes`)}>
    <Mark service={{ mark: "M4 5h16v11H9l-5 4z" }} />
  </span>
);

export interface FoldRowProps {
  readonly line: ListLine & { readonly kind: "fold" };
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly chosen: boolean;
  readonly columns: number;
  onFold(open: boolean): void;
}
export function FoldRow({ line, index, count, top, chosen, columns, onFold }: FoldRowProps) {
  return (
    <tr
      id={`al-${line.id}`}
      class={`al-row is-fold${chosen ? " is-chosen" : ""}`}
      style={{ top: `${top}px` }}
      aria-rowindex={index + 2}
      aria-level={1}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-expanded={line.open}
      onClick={() => onFold(!line.open)}
    >
      <td class="al-badge">{line.open ? "▾" : "▸"}</td>
      <td colSpan={columns - 1}>
        <Badge rank={4} look="filled" size={16} />{" "}
        {t(`폭주 동안 4등급 ${line.alarms.length}건을 접었습니다`, `${line.alarms.length} of priority 4 folded during the flood`)}
      </td>
    </tr>
  );
}
