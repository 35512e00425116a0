import { useEffect, useState } from "preact/hooks";
import type { DeviceRow, Series } from "../../../../../shared/city-port.ts";
import type { Service } from "../../../../../shared/service.ts";
import { beat, deviceRows, epoch, fetchJson, now, plan, rights, say } from "../../../live/room.ts";
import { dayStart } from "../../../trend/axis.ts";
import { durationText } from "../../../trend/words.ts";
import { freshness, numberOf } from "../../device/readings.ts";
import { quietSince, slotMs, slots } from "./rhythm.ts";

const shown = 16;
const width = 720;
const height = 30;

/** Today's counts of some homes; asked one after the other, so that a page of homes is no flood. */
function useDays(ids: readonly string[], from: number): ReadonlyMap<string, Series> {
  const [days, setDays] = useState<ReadonlyMap<string, Series>>(new Map());
  const key = ids.join(" ");
  const slot = Math.floor(now.value / slotMs);
  const run = epoch.value;
  useEffect(() => {
    let open = true;
    const load = async () => {
      for (const id of ids) {
        const answer = await fetchJson<Series>(`/api/v1/devices/${id}/series?metric=act&from=${from}&points=150`);
        if (!open) return;
        if (answer.ok) setDays((held) => new Map(held).set(id, answer.value));
      }
    };
    void load();
    return () => {
      open = false;
    };
  }, [key, from, slot, run]);
  return days;
}

function Home({ row, service, series, from }: { row: DeviceRow; service: Service; series: Series | undefined; from: number }) {
  const time = now.value;
  const bars = slots(series?.points ?? [], from);
  const top = Math.max(20, ...bars.map((bar) => bar ?? 0));
  const quiet = quietSince(series?.points ?? []);
  const away = numberOf(row, service, "away") === 1;
  const fresh = freshness(row, time);
  const x = (t: number) => ((t - from) / 86_400_000) * width;
  const state =
    fresh !== "fresh" ? say({ ko: "수신 지연", en: "not fresh" }) : away ? say({ ko: "외출", en: "away" }) : say({ ko: "집", en: "home" });
  return (
    <li class={`p-home is-${fresh}`}>
      <a href={`#/device/${row.id}`}>{row.id}</a>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${row.id}: ${quiet === undefined ? "—" : say(durationText(time - quiet))}`}
      >
        {bars.map((bar, index) => {
          if (bar === undefined || bar === 0) return null;
          const tall = (bar / top) * (height - 2);
          return (
            <rect
              key={`${index}-bar`}
              x={x(from + index * slotMs) + 0.5}
              y={height - tall}
              width={width / 144 - 1}
              height={tall}
              fill="var(--ink2)"
            />
          );
        })}
        {(series?.gaps ?? []).map((gap) => (
          <rect key={gap.from} x={x(gap.from)} y="0" width={Math.max(1, x(gap.to) - x(gap.from))} height={height} fill="url(#p-hatch)" />
        ))}
        {quiet !== undefined && fresh === "fresh" && !away && time - quiet > 2 * slotMs && (
          <path d={`M${x(quiet)} 6V14M${x(quiet)} 10H${x(time)}`} fill="none" stroke="var(--ink)" vector-effect="non-scaling-stroke" />
        )}
        <path d={`M${x(time)} 0V${height}`} stroke="var(--ink)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
      </svg>
      <b>{quiet === undefined || away ? "—" : say(durationText(time - quiet))}</b>
      <span>{state}</span>
    </li>
  );
}

/** Homes of the care desk: today's rhythm in 10-minute bars and how long it has been quiet, in the order of their ids. Nobody else sees a home. */
export function CareRhythm({ service }: { readonly service: Service }) {
  void beat.value;
  const [page, setPage] = useState(0);
  const zone = plan.value?.zone ?? "UTC";
  const from = dayStart(now.value, zone);
  const homes = deviceRows.value.filter((row) => row.service === service.id);
  const pages = Math.max(1, Math.ceil(homes.length / shown));
  const visible = homes.slice(page * shown, page * shown + shown);
  const days = useDays(
    visible.map((row) => row.id),
    from,
  );
  if (!rights.value.includes("care"))
    return (
      <section class="s-panel p-closed" aria-labelledby="p-care">
        <header class="s-head">
          <h2 id="p-care">{say({ ko: "오늘의 리듬", en: "Rhythm of the day" })}</h2>
        </header>
        <p>
          {say({
            ko: "집 하나하나는 돌봄 권한이 있는 사람만 봅니다. 여기서는 동네 합계까지 볼 수 있습니다.",
            en: "Single homes are shown only to those with the care right. Everybody else sees totals by district.",
          })}
        </p>
      </section>
    );
  return (
    <section class="s-panel p-care" aria-labelledby="p-care">
      <header class="s-head">
        <h2 id="p-care">{say({ ko: "오늘의 리듬", en: "Rhythm of the day" })}</h2>
        <span>
          {say({
            ko: `${homes.length}가구 · 막대 = 10분 활동 횟수 · 선 = 조용한 시간`,
            en: `${homes.length} homes · bar = counts in 10 min · line = quiet so far`,
          })}
        </span>
        <span class="p-pages">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {say({ ko: "이전", en: "Back" })}
          </button>
          {page + 1} / {pages}
          <button type="button" disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
            {say({ ko: "다음", en: "Next" })}
          </button>
        </span>
      </header>
      <svg width="0" height="0" aria-hidden="true" class="p-defs">
        <defs>
          <pattern id="p-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0V7" stroke="var(--line2)" stroke-width="1.4" />
          </pattern>
        </defs>
      </svg>
      <div class="p-home p-hours" aria-hidden="true">
        <span />
        <span class="p-hours-line">
          {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
            <small key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
              {String(hour).padStart(2, "0")}
            </small>
          ))}
        </span>
        <b>{say({ ko: "조용", en: "quiet" })}</b>
        <span>{say({ ko: "지금", en: "now" })}</span>
      </div>
      <ul>
        {visible.map((row) => (
          <Home key={row.id} row={row} service={service} series={days.get(row.id)} from={from} />
        ))}
      </ul>
      <p class="s-note">
        {say({
          ko: "이름과 주소는 이 화면에도 저장소에도 없습니다. 위치는 구역의 가운데입니다.",
          en: "No name and no address exists here or in the store; a position is the centre of a cell.",
        })}
      </p>
    </section>
  );
}
