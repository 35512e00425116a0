import { useMemo, useState } from "preact/hooks";
import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { deviceRows, now, plan, rights, say } from "../../../../live/room.ts";
import { dayStart } from "../../../../trend/axis.ts";
import { usePace } from "../../../../trend/use-pace.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { hourOfDay } from "../../../../widgets/figures.ts";
import { eachSecond, freshness, handOf, numberOf } from "../../../device/readings.ts";
import { DistrictHeat } from "../../district-hours.tsx";
import { useSeries } from "../use-series.ts";
import { HomeRow } from "./home-row.tsx";
import { byQuiet, ridge, slotMs } from "./rhythm.ts";
import { useHomes } from "./use-homes.ts";
import "./care.css";

const rowHeight = 38;
const hand = () => now.peek();
const hours = [0, 3, 6, 9, 12, 15, 18, 21];

/** What whoever may not see homes gets instead, and why. */
function Closed({ service }: { readonly service: Service }) {
  return (
    <section class="s-panel r-panel" aria-labelledby="r-care">
      <header class="s-head">
        <h2 id="r-care">{say({ ko: "오늘의 리듬, 동네 합계", en: "Rhythm of the day, by district" })}</h2>
      </header>
      <p class="s-note">
        {say({
          ko: "집 하나하나는 돌봄 권한이 있는 사람만 봅니다: 생활 리듬은 민감한 개인정보입니다. 여기서는 동네마다 합친 값을 봅니다.",
          en: "Single homes are shown only to those with the care right: a rhythm of life is sensitive. Here you see districts, never a home.",
        })}
      </p>
      {["act", "away"].map((metric) => {
        const contract = service.metrics[metric];
        return contract === undefined ? null : (
          <div key={metric} class="r-heat">
            <h3>{say(contract.label)}</h3>
            <DistrictHeat service={service} metric={metric} contract={contract} />
          </div>
        );
      })}
    </section>
  );
}

/** Patterns of the rows: a gap in the day, and silence that is still going on. */
const Hatches = () => (
  <svg width="0" height="0" aria-hidden="true" class="r-defs">
    <defs>
      {[
        { id: "r-hatch", ink: "var(--line2)" },
        { id: "r-silent", ink: "var(--cy)" },
      ].map(({ id, ink }) => (
        <pattern key={id} id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V7" stroke={ink} stroke-width="1.4" />
        </pattern>
      ))}
    </defs>
  </svg>
);

/** The order of the list: looked at again every slot or when history has been read, never while it is being read. */
function useOrder(rows: readonly DeviceRow[], service: Service, isByQuiet: boolean) {
  const homes = useHomes(rows, service);
  const slot = usePace(hand, slotMs, 5000);
  const { isRead } = homes;
  const order = useMemo(() => {
    if (!isByQuiet || !isRead) return rows;
    const quiet = new Map(
      rows.map((row) => {
        const since = homes.last.get(row.id);
        const ms = since === undefined ? undefined : handOf(row) - since;
        return [row.id, { id: row.id, ms, away: numberOf(row, service, "away") === 1, fresh: freshness(row) === "fresh" }] as const;
      }),
    );
    const unknown = { id: "", ms: undefined, away: false, fresh: false };
    return [...rows].sort((a, b) => byQuiet(quiet.get(a.id) ?? unknown, quiet.get(b.id) ?? unknown));
  }, [rows, service, isByQuiet, slot, isRead]);
  return { order, homes, slot };
}

function OpenDesk({ service }: { readonly service: Service }) {
  void eachSecond.value;
  const [page, setPage] = useState(0);
  const [isByQuiet, setByQuiet] = useState(true);
  const { place, size } = useSize<HTMLUListElement>();
  const zone = plan.value?.zone ?? "UTC";
  const all = deviceRows.value;
  const rows = useMemo(() => all.filter((row) => row.service === service.id), [all, service]);
  const { order, homes, slot } = useOrder(rows, service, isByQuiet);
  const time = now.peek();
  const from = dayStart(time, zone);
  const shown = Math.max(4, Math.floor(size.height / rowHeight));
  const pages = Math.max(1, Math.ceil(order.length / shown));
  const here = Math.min(page, pages - 1);
  const visible = order.slice(here * shown, here * shown + shown);
  const days = useSeries(
    visible.map((row) => row.id),
    { metric: "act", from, to: slot + slotMs, points: 150 },
  );
  const figure = service.panel.figures.find((candidate) => candidate.metric === "act" && candidate.reduce === "mean");
  const usual = ridge(figure, hourOfDay(time, zone).weekend);
  const districts = new Map(plan.value?.districts.map((district) => [district.id, say(district.name)]));
  const choose = (quiet: boolean) => () => {
    setByQuiet(quiet);
    setPage(0);
  };
  return (
    <section class="s-panel r-panel" aria-labelledby="r-care">
      <header class="s-head">
        <h2 id="r-care">{say({ ko: "오늘의 리듬", en: "Rhythm of the day" })}</h2>
        <span>
          {!homes.isRead
            ? say({ ko: `${rows.length}가구 · 하루 기록을 읽는 중`, en: `${rows.length} homes · reading their day` })
            : say({ ko: `${rows.length}가구 · 움직임 없는 시간이 긴 집부터`, en: `${rows.length} homes, the longest without movement first` })}
        </span>
        <div class="s-end">
          <span class="r-legend" aria-hidden="true">
            <i class="is-ridge" /> {say({ ko: "설계 프로필", en: "design profile" })} <i class="is-bars" />{" "}
            {say({ ko: "오늘, 10분 횟수", en: "today, counts in 10 min" })} <i class="s-hatch" /> {say({ ko: "받지 못함", en: "not received" })}
          </span>
          <fieldset class="s-choices">
            <legend class="unseen">{say({ ko: "순서", en: "Order" })}</legend>
            <button type="button" class="s-button" aria-pressed={isByQuiet} onClick={choose(true)}>
              {say({ ko: "조용한 순", en: "by quiet" })}
            </button>
            <button type="button" class="s-button" aria-pressed={!isByQuiet} onClick={choose(false)}>
              {say({ ko: "번호순", en: "by id" })}
            </button>
          </fieldset>
        </div>
      </header>
      <Hatches />
      <div class="r-home r-head" aria-hidden="true">
        <span>{say({ ko: "가구", en: "Home" })}</span>
        <span>{say({ ko: "동네", en: "District" })}</span>
        <span class="r-hours">
          {hours.map((hour) => (
            <small key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
              {String(hour).padStart(2, "0")}
            </small>
          ))}
        </span>
        <b>{say({ ko: "조용", en: "quiet" })}</b>
        <span class="r-hours">
          {[8, 12, 24].map((hour) => (
            <small key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
              {hour === 24 ? say({ ko: "24시간", en: "24 h" }) : hour}
            </small>
          ))}
        </span>
        <em>{say({ ko: "지금", en: "now" })}</em>
      </div>
      <ul class="r-list" ref={place}>
        {visible.map((row) => (
          <HomeRow
            key={row.id}
            row={row}
            service={service}
            series={days.get(row.id)}
            from={from}
            now={time}
            district={districts.get(row.district) ?? row.district}
            since={homes.last.get(row.id)}
            ridge={usual}
          />
        ))}
      </ul>
      <footer class="s-foot r-foot">
        <button type="button" class="s-button" disabled={here === 0} onClick={() => setPage(here - 1)}>
          {say({ ko: "이전", en: "Back" })}
        </button>
        <span>
          {here * shown + 1}–{Math.min(order.length, (here + 1) * shown)} / {order.length}
        </span>
        <button type="button" class="s-button" disabled={here + 1 >= pages} onClick={() => setPage(here + 1)}>
          {say({ ko: "다음", en: "Next" })}
        </button>
        <span class="r-why">
          {say({
            ko: "이름과 주소는 이 화면에도 저장소에도 없습니다. 위치는 구역의 가운데입니다.",
            en: "No name and no address exists here or in the store; a position is the centre of a cell.",
          })}
        </span>
      </footer>
    </section>
  );
}

/** Homes of the care desk: today's rhythm and how long it has been quiet. Nobody else sees a home. */
export const CarePanel = ({ service }: { readonly service: Service }) =>
  rights.value.includes("care") ? <OpenDesk service={service} /> : <Closed service={service} />;
