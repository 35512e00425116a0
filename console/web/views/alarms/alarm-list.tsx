import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../language.ts";
import { isPhone } from "../service/columns.tsx";
import { slice } from "../service/table-rows.ts";
import { acted } from "./acts.ts";
import { AlarmRow, FoldRow } from "./alarm-row.tsx";
import { chosen, marked, toggleMark } from "./chosen.ts";
import type { ListLine } from "./clusters.ts";
import "./list.css";
import { markBetween, type Seen, visibleIds } from "./marks.ts";
import type { DeskList } from "./use-list.ts";
import { useListKeys } from "./use-list-keys.ts";
import { successorOf, type Walk, walkOf } from "./walk.ts";

export interface AlarmListProps {
  readonly list: DeskList;
  readonly rowHeight: number;
  /** Of the overview: fewer columns, and as many rows as there is room for. */
  readonly compact?: boolean;
  readonly kept?: boolean;
  readonly label: string;
  /** Enter, or a second press. */
  onOpen(id: string): void;
}

const heads = () => [
  { key: "badge", text: t("등급", "Priority"), hidden: true },
  { key: "state", text: t("상태", "State"), full: true },
  { key: "age", text: t("경과", "Age"), full: true },
  { key: "left", text: t("남은 시간", "Time left"), full: true },
  { key: "service", text: t("서비스", "Service"), hidden: true, full: true },
  { key: "what", text: t("무엇 · 어디", "What · where") },
  { key: "value", text: t("값 → 한계", "Value → limit") },
  { key: "age2", text: t("경과", "Age"), compact: true },
  { key: "left2", text: t("남은 시간", "Time left"), compact: true },
  { key: "count", text: t("횟수", "Count"), full: true },
  { key: "owner", text: t("담당", "Owner"), full: true },
  { key: "note", text: t("메모", "Notes"), hidden: true, full: true },
];

/** The desk's list: fixed rows, drawn only where the eye is; one tab stop, arrows walk. Nothing moves while a pointer or the focus is in it. */
export function AlarmList({ list, rowHeight, compact = false, kept = false, label, onOpen }: AlarmListProps) {
  const { lines } = list;
  const box = useRef<HTMLTableElement>(null);
  const [seen, setSeen] = useState<Seen>({ top: 0, height: 400 });
  const at = lines.findIndex(({ id }) => id === chosen.value);
  const was = useRef({ id: "", at });
  useLayoutEffect(() => {
    const id = chosen.peek();
    if (at >= 0) was.current = { id: id ?? "", at };
    else if (id === was.current.id) chosen.value = successorOf(lines, was.current, acted.peek()) ?? id;
  }, [lines, at]);
  const focusList = () => box.current?.focus();
  useSize(box, setSeen);
  useListKeys(focusList, list);
  const fits = Math.max(1, Math.floor(seen.height / rowHeight));
  const shown = compact && lines.length > fits ? lines.slice(0, fits - 1) : lines;
  const window = compact ? { from: 0, to: shown.length } : slice(shown.length, seen.top, seen.height, rowHeight);
  // The chosen row is always drawn: the focus says so by its id.
  const drawn = shown.flatMap((line, index) => ((index >= window.from && index < window.to) || index === at ? [{ line, index }] : []));
  const columns = heads().filter(({ full, compact: only }) => (compact ? !full : !only));
  const show = (index: number): void => {
    const place = box.current;
    const line = shown[index];
    if (place === null || line === undefined) return;
    chosen.value = line.id;
    if (compact) return;
    if (index * rowHeight < place.scrollTop) place.scrollTop = index * rowHeight;
    const { height } = seenOf(place);
    if ((index + 1) * rowHeight > place.scrollTop + height) place.scrollTop = (index + 1) * rowHeight - height;
    setSeen(seenOf(place));
  };
  const take = (walk: Walk): void => {
    if (walk.do === "go") {
      if (walk.marks) markBetween(shown, at, walk.to);
      show(walk.to);
    } else if (walk.do === "mark") toggleMark(walk.id);
    else if (walk.do === "fold") list.fold(walk.id, walk.open);
    else if (walk.do === "open") onOpen(walk.id);
    else if (walk.do === "mark-all") marked.value = new Set(visibleIds(shown, seen, rowHeight));
  };
  const hear = (press: KeyboardEvent): void => {
    const walk = walkOf(press, shown, at, fits);
    if (walk === undefined) return;
    press.preventDefault();
    press.stopPropagation();
    take(walk);
  };
  const pick = (line: ListLine, press: MouseEvent): void => {
    const index = shown.indexOf(line);
    if (press.shiftKey) markBetween(shown, at, index);
    else if (press.ctrlKey || press.metaKey) toggleMark(line.id);
    const again = line.id === chosen.peek() && press.detail > 1;
    show(index);
    focusList();
    // a phone has no place beside the list: one touch opens
    if ((isPhone.peek() || again) && !press.shiftKey && !press.ctrlKey) onOpen(line.id);
  };
  return (
    <table
      class={`al-grid${compact ? " is-compact" : ""}`}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows and cells of a table are what a treegrid is made of
      role="treegrid"
      ref={box}
      tabIndex={0}
      aria-label={label}
      {...(at >= 0 && at < shown.length ? { "aria-activedescendant": `al-${lines[at]?.id}` } : {})}
      onScroll={(event) => setSeen(seenOf(event.currentTarget))}
      onKeyDown={hear}
      onFocus={() => {
        if (at < 0) show(0);
      }}
      aria-rowcount={lines.length + 1}
      aria-multiselectable={true}
    >
      <thead>
        <tr class="al-row is-head">
          {columns.map(({ key, text, hidden }) => (
            <th key={key} scope="col">
              {hidden ? <span class="unseen">{text}</span> : text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="al-rows" style={{ height: `${lines.length * rowHeight}px`, backgroundSize: `100% ${rowHeight}px` }}>
        {drawn.map(({ line, index }) => {
          const place = { index, count: lines.length, top: index * rowHeight, chosen: index === at } as const;
          return line.kind === "fold" ? (
            <FoldRow key={line.id} {...place} line={line} columns={columns.length} onFold={(open) => list.fold(line.id, open)} />
          ) : (
            <AlarmRow
              key={line.id}
              {...place}
              line={line}
              marked={marked.value.has(line.id)}
              compact={compact}
              kept={kept}
              onPick={(press) => pick(line, press)}
              onFold={(open) => list.fold(line.id, open)}
            />
          );
        })}
        {shown.length < lines.length ? (
          <tr class="al-row is-rest" style={{ top: `${shown.length * rowHeight}px` }}>
            <td colSpan={columns.length}>
              <a href="#/alarms" tabIndex={-1}>
                {t(`나머지 ${lines.length - shown.length}건은 경보 화면에`, `${lines.length - shown.length} more on the alarm page`)} <kbd>A</kbd>
              </a>
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

/** As the style sheet has it; it stays on top of the rows. */
const headHeight = 28;
const seenOf = (place: HTMLElement): Seen => ({ top: place.scrollTop, height: place.clientHeight - headHeight });

function useSize(box: { readonly current: HTMLElement | null }, setSeen: (seen: Seen) => void): void {
  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    const size = new ResizeObserver(() => setSeen(seenOf(place)));
    size.observe(place);
    return () => size.disconnect();
  }, []);
}
