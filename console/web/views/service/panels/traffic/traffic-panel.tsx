import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Service, Text } from "../../../../../../shared/service.ts";
import { beat, deviceRows, plan, say } from "../../../../live/room.ts";
import { numberOf } from "../../../device/readings.ts";
import { isPhone } from "../../columns.tsx";
import { slice } from "../../table-rows.ts";
import { barVehicles, CrossingRow } from "./crossing-row.tsx";
import { type Crossing, type CrossingFigures, type CrossingSort, crossingsOf, orderCrossings, sides } from "./crossings.ts";
import "./traffic.css";

const rowHeight = 38;
const headings: readonly { readonly sort: CrossingSort; readonly label: Text }[] = [
  { sort: "id", label: { ko: "교차로", en: "Intersection" } },
  { sort: "plan", label: { ko: "신호 계획", en: "Signal plan" } },
];

interface Order {
  readonly sort: CrossingSort;
  readonly isDown: boolean;
}

/** Crossings in the order asked for, sorted anew every two seconds: a list that jumps with every reading cannot be read. */
function useOrdered(service: Service, { sort, isDown }: Order): readonly Crossing[] {
  const rows = deviceRows.value;
  const slow = Math.floor(beat.value / 8);
  const crossings = useMemo(() => crossingsOf(rows.filter((row) => row.service === service.id)), [rows, service]);
  return useMemo(() => {
    const contract = service.metrics.plan;
    const of = (crossing: Crossing): CrossingFigures => ({
      queues: new Map([...crossing.approaches].map(([side, row]) => [side, numberOf(row, service, "queue")])),
      plan: crossing.signal !== undefined && contract?.kind === "state" ? (contract.words[numberOf(crossing.signal, service, "plan")] ?? "") : "",
      district: crossing.district,
    });
    return orderCrossings(crossings, of, sort, isDown);
  }, [crossings, service, slow, sort, isDown]);
}

interface HeadingProps {
  readonly label: string;
  readonly sort: CrossingSort;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly span?: number;
  readonly down?: number;
}
function Heading({ label, sort, order, onOrder, span, down }: HeadingProps) {
  const isSorted = order.sort === sort;
  return (
    <th scope="col" colSpan={span} rowSpan={down} aria-sort={isSorted ? (order.isDown ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => onOrder({ sort, isDown: isSorted ? !order.isDown : sort.length === 1 })}>
        {label} {isSorted ? (order.isDown ? "▼" : "▲") : ""}
      </button>
    </th>
  );
}

/** Room of the rows that are not drawn. */
const Space = ({ rows }: { readonly rows: number }) => <tr class="c-space" style={{ height: `${rows * rowHeight}px` }} />;

/** What the figures of an approach are. */
const UnitRow = () => (
  <tr class="c-units">
    {sides.flatMap(({ end }) => [
      <th key={`${end}-queue`} scope="col" class="c-queue">
        {say({ ko: "대기열 대", en: "queue veh" })}
      </th>,
      ...(isPhone.value
        ? []
        : [
            <th key={`${end}-speed`} scope="col">
              km/h
            </th>,
            <th key={`${end}-occ`} scope="col">
              {say({ ko: "점유 %", en: "occ. %" })}
            </th>,
          ]),
    ])}
  </tr>
);

/** Arrow keys walk from row to row in the column where the focus is; what is not drawn yet is scrolled to first. */
function walk(event: KeyboardEvent, count: number): void {
  const box = event.currentTarget;
  const link = event.target instanceof HTMLElement ? event.target.closest("a") : null;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -count, End: count };
  const step = steps[event.code];
  if (step === undefined || link === null || !(box instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  const row = link.closest("tr");
  const column = row === null ? 0 : [...row.querySelectorAll("a")].indexOf(link);
  const next = Math.max(0, Math.min(count - 1, Number(row?.dataset.row ?? 0) + step));
  const top = next * rowHeight;
  const room = box.clientHeight - 2 * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + room) box.scrollTop = top - room;
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      const links = box.querySelectorAll<HTMLElement>(`[data-row="${next}"] a`);
      (links[column] ?? links[0])?.focus({ preventScroll: true });
    });
  });
}

/** Intersections with their four approaches, the longest queue first; queues are drawn to one scale. */
export function TrafficPanel({ service }: { readonly service: Service }) {
  const [order, setOrder] = useState<Order>({ sort: "worst", isDown: true });
  const [view, setView] = useState({ top: 0, height: 600 });
  const box = useRef<HTMLDivElement>(null);
  const sorted = useOrdered(service, order);
  const window = slice(sorted.length, view.top, view.height, rowHeight);
  const districts = new Map(plan.value?.districts.map((district) => [district.id, say(district.name)]));
  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    const seen = new ResizeObserver(() => setView({ top: place.scrollTop, height: place.clientHeight }));
    seen.observe(place);
    return () => seen.disconnect();
  }, []);
  const heading = { order, onOrder: setOrder };
  return (
    <section class="s-panel c-panel" aria-labelledby="c-title">
      <header class="s-head">
        <h2 id="c-title">{say({ ko: "교차로", en: "Intersections" })}</h2>
        <span>
          {say({
            ko: `${sorted.length}곳 · 대기열은 차량 수, 막대 전체 = ${barVehicles}대 · 신호는 주기 · 주/교차 녹색(초)`,
            en: `${sorted.length} · queue in vehicles, full bar = ${barVehicles} · signal: cycle · main/cross green, s`,
          })}
        </span>
        <div class="s-end">
          <button type="button" class="s-button" aria-pressed={order.sort === "worst"} onClick={() => setOrder({ sort: "worst", isDown: true })}>
            {say({ ko: "긴 대기열부터", en: "Longest queue first" })}
          </button>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk between the links inside */}
      <div
        class="s-scroll c-scroll"
        ref={box}
        onKeyDown={(event) => walk(event, sorted.length)}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      >
        <table class="c-table" aria-rowcount={sorted.length + 2} aria-labelledby="c-title">
          <thead>
            <tr>
              {headings.slice(0, isPhone.value ? 1 : 2).map(({ sort, label }) => (
                <Heading key={sort} {...heading} sort={sort} label={say(label)} down={2} />
              ))}
              {sides.map(({ end, label }) => (
                <Heading key={end} {...heading} sort={end} label={say(label)} span={isPhone.value ? 1 : 3} />
              ))}
            </tr>
            <UnitRow />
          </thead>
          <tbody>
            <Space rows={window.from} />
            {sorted.slice(window.from, window.to).map((crossing, at) => (
              <CrossingRow
                key={crossing.id}
                crossing={crossing}
                service={service}
                index={window.from + at}
                district={districts.get(crossing.district) ?? crossing.district}
              />
            ))}
            <Space rows={sorted.length - window.to} />
          </tbody>
        </table>
      </div>
    </section>
  );
}
