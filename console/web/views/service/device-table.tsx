import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Service, Text } from "../../../../shared/service.ts";
import { beat, cell, deviceRows, lang, plan, say } from "../../live/room.ts";
import { durationText, figureText } from "../../trend/words.ts";
import { ageOf, cellOf, freshness, freshnessTexts, seenAt, valueText } from "../device/readings.ts";
import "./table.css";
import { arrange, type SortKey, slice, type TableAsk, type TableRow } from "./table-rows.ts";

const rowHeight = 34;

const states = (["fresh", "stale", "lost", "never"] as const).map((id) => ({ id, label: freshnessTexts[id] }));
const columns: readonly { readonly key: SortKey; readonly label: Text }[] = [
  { key: "name", label: { ko: "이름", en: "Name" } },
  { key: "id", label: { ko: "번호", en: "Id" } },
  { key: "district", label: { ko: "동네", en: "District" } },
  { key: "value", label: { ko: "값", en: "Value" } },
  { key: "age", label: { ko: "경과", en: "Age" } },
  { key: "state", label: { ko: "상태", en: "State" } },
];
const texts = {
  title: { ko: "기기", en: "Devices" },
  filter: { ko: "이름, 번호, 게이트웨이", en: "Name, id, gateway" },
  district: { ko: "모든 동네", en: "All districts" },
  kind: { ko: "모든 종류", en: "All kinds" },
  state: { ko: "모든 상태", en: "All states" },
  none: { ko: "조건에 맞는 기기가 없습니다.", en: "No device matches." },
} satisfies Record<string, Text>;

const start: TableAsk = { text: "", district: "", kind: "", state: "", sort: "state", down: false };

/** Twice a second is as fast as a table can be read; the order of ten thousand rows is not worth a frame. */
function useSlowly(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let seen = beat.peek();
    const timer = setInterval(() => {
      if (seen === beat.peek()) return;
      seen = beat.peek();
      setTurn((count) => count + 1);
    }, 500);
    return () => clearInterval(timer);
  }, []);
  return turn;
}

function useRows(service: Service): readonly TableRow[] {
  const turn = useSlowly();
  const all = deviceRows.value;
  const districts = plan.value?.districts;
  const language = lang.value;
  return useMemo(() => {
    const names = new Map(districts?.map((district) => [district.id, say(district.name)]));
    return all
      .filter((row) => row.service === service.id)
      .map((row) => {
        const at = cellOf(row, service, service.panel.main[row.kind] ?? "");
        return {
          row,
          fresh: freshness(row),
          value: at === undefined ? Number.NaN : cell(at),
          seen: seenAt(row),
          name: say(row.name),
          district: names.get(row.district) ?? row.district,
        };
      });
  }, [turn, all, districts, service, language]);
}

interface SelectProps {
  readonly label: Text;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly label: Text }[];
  readonly onChange: (id: string) => void;
}
function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <select class="s-field" aria-label={say(label)} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{say(label)}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {say(option.label)}
        </option>
      ))}
    </select>
  );
}

function Row({ item, service, index, chosen }: { item: TableRow; service: Service; index: number; chosen: boolean }) {
  const { row, fresh, value, seen } = item;
  const contract = service.metrics[service.panel.main[row.kind] ?? ""];
  const shown = contract === undefined ? undefined : valueText(value, contract);
  return (
    <tr aria-rowindex={index + 2} class={`t-row is-${fresh}`} style={{ top: `${index * rowHeight}px` }}>
      <td>
        <a href={`#/device/${row.id}`} title={item.name} data-row={index} tabIndex={chosen ? 0 : -1}>
          {item.name}
        </a>
      </td>
      <td>
        <code>{row.id}</code>
      </td>
      <td>{item.district}</td>
      <td>
        <b>{shown?.text ?? "—"}</b> {shown !== undefined && shown.unit !== "" && <small>{shown.unit}</small>}
      </td>
      <td>{seen === 0 ? "—" : say(durationText(ageOf(row)))}</td>
      <td>
        <em>{say(freshnessTexts[fresh])}</em>
      </td>
    </tr>
  );
}

/** All devices of the service: filtered, sorted, drawn only where the eye is. Arrow keys walk, Enter opens. */
export function DeviceTable({ service }: { readonly service: Service }) {
  const rows = useRows(service);
  const [ask, setAsk] = useState(start);
  const [view, setView] = useState({ top: 0, height: 400 });
  const [chosen, setChosen] = useState(0);
  const box = useRef<HTMLTableSectionElement>(null);
  const list = useMemo(() => arrange(rows, ask), [rows, ask]);
  const window = slice(list.length, view.top, view.height, rowHeight);
  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    const size = new ResizeObserver(() => setView({ top: place.scrollTop, height: place.clientHeight }));
    size.observe(place);
    return () => size.disconnect();
  }, []);
  const change = (part: Partial<TableAsk>) => {
    setAsk({ ...ask, ...part });
    setChosen(0);
    box.current?.scrollTo({ top: 0 });
  };
  const walk = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -list.length, End: list.length };
    const step = steps[event.code];
    if (step === undefined || list.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.max(0, Math.min(list.length - 1, chosen + step));
    setChosen(next);
    const place = box.current;
    if (place === null) return;
    if (next * rowHeight < place.scrollTop) place.scrollTop = next * rowHeight;
    if ((next + 1) * rowHeight > place.scrollTop + place.clientHeight) place.scrollTop = (next + 1) * rowHeight - place.clientHeight;
    setView({ top: place.scrollTop, height: place.clientHeight });
    requestAnimationFrame(() => place.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  };
  const stale = rows.filter((item) => item.fresh !== "fresh").length;
  const kinds = Object.entries(service.kinds).map(([id, kind]) => ({ id, label: kind.label }));
  return (
    <section class="s-panel t-table" aria-labelledby="s-table">
      <header class="s-head">
        <h2 id="s-table">{say(texts.title)}</h2>
        <span role="status">
          {say({
            ko: `${figureText(list.length, 0)} / ${figureText(rows.length, 0)}대 · 수신 없음 ${figureText(stale, 0)}`,
            en: `${figureText(list.length, 0)} of ${figureText(rows.length, 0)} · ${figureText(stale, 0)} not fresh`,
          })}
        </span>
        <div class="t-filters">
          <input
            class="s-field"
            type="search"
            aria-label={say(texts.filter)}
            placeholder={say(texts.filter)}
            value={ask.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
          <Select
            label={texts.district}
            value={ask.district}
            options={plan.value?.districts.map(({ id, name }) => ({ id, label: name })) ?? []}
            onChange={(district) => change({ district })}
          />
          {kinds.length > 1 && <Select label={texts.kind} value={ask.kind} options={kinds} onChange={(kind) => change({ kind })} />}
          <Select
            label={texts.state}
            value={ask.state}
            options={states}
            onChange={(id) => change({ state: states.find((state) => state.id === id)?.id ?? "" })}
          />
        </div>
      </header>
      <table class="t-grid" aria-rowcount={list.length + 1} aria-labelledby="s-table">
        <thead>
          <tr class="t-row t-row-head">
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" aria-sort={ask.sort !== key ? "none" : ask.down ? "descending" : "ascending"}>
                <button type="button" onClick={() => change({ sort: key, down: ask.sort === key && !ask.down })}>
                  {say(label)} {ask.sort === key ? (ask.down ? "▼" : "▲") : ""}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          class="t-rows"
          ref={box}
          onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
          onKeyDown={walk}
        >
          {list.slice(window.from, window.to).map((item, at) => (
            <Row key={item.row.id} item={item} service={service} index={window.from + at} chosen={window.from + at === chosen} />
          ))}
          <tr class="t-floor" style={{ top: `${list.length * rowHeight - 1}px` }} />
        </tbody>
      </table>
      {list.length === 0 && <p class="s-note">{say(texts.none)}</p>}
    </section>
  );
}
