import { useMemo, useState } from "preact/hooks";
import type { DeviceRow } from "../../../../../shared/city-port.ts";
import type { Service } from "../../../../../shared/service.ts";
import { beat, deviceRows, now, plan, say } from "../../../live/room.ts";
import { figureText } from "../../../trend/words.ts";
import { freshness, numberOf, siteOf } from "../../device/readings.ts";

const shown = 18;
/** Metres of kerb that one queued vehicle takes (HCM: 25 ft), and the length that fills a bar. */
const metresPerVehicle = 7.6;
const barMetres = 300;
const sides = [
  { end: "n", ko: "북", en: "N" },
  { end: "e", ko: "동", en: "E" },
  { end: "s", ko: "남", en: "S" },
  { end: "w", ko: "서", en: "W" },
] as const;

interface Crossing {
  readonly id: string;
  readonly district: string;
  readonly approaches: readonly DeviceRow[];
  readonly signal: DeviceRow | undefined;
}

function crossingsOf(rows: readonly DeviceRow[]): readonly Crossing[] {
  const sites = new Map<string, DeviceRow[]>();
  for (const row of rows) {
    if (row.kind !== "approach") continue;
    const site = sites.get(siteOf(row.id)) ?? [];
    sites.set(siteOf(row.id), site);
    site.push(row);
  }
  const signals = new Map(rows.filter((row) => row.kind === "signal").flatMap((row) => [[row.id, row] as const, [siteOf(row.id), row] as const]));
  return [...sites].map(([id, approaches]) => ({ id, approaches, district: approaches[0]?.district ?? "", signal: signals.get(id) }));
}

function Approach({ row, service, side }: { row: DeviceRow | undefined; service: Service; side: string }) {
  if (row === undefined) return <td class="p-approach is-none">{side}</td>;
  const queue = numberOf(row, service, "queue");
  const speed = numberOf(row, service, "speed");
  const occ = numberOf(row, service, "occ");
  const fresh = freshness(row, now.value);
  const metres = queue * metresPerVehicle;
  return (
    <td class={`p-approach is-${fresh}`}>
      <a href={`#/device/${row.id}`} aria-label={`${say(row.name)}: ${Number.isFinite(queue) ? figureText(queue, 0) : "—"}`}>
        <b>{side}</b>
        <span class="p-queue" aria-hidden="true">
          {Number.isFinite(queue) && (
            <i style={{ width: `${Math.min(1, metres / barMetres) * 100}%` }} class={metres > barMetres ? "is-longer" : ""} />
          )}
        </span>
        <span>{Number.isFinite(queue) ? `${figureText(metres, 0)} m` : "—"}</span>
        <span>{Number.isFinite(speed) ? figureText(speed, 0) : "—"}</span>
        <span>{Number.isFinite(occ) ? `${figureText(occ * 100, 0)} %` : "—"}</span>
      </a>
    </td>
  );
}

/** Intersections with their four approaches, the longest queue first; queues are drawn to one scale. */
export function TrafficRows({ service }: { readonly service: Service }) {
  const slow = Math.floor(beat.value / 8);
  const [all, setAll] = useState(shown);
  const rows = deviceRows.value;
  const crossings = useMemo(() => crossingsOf(rows.filter((row) => row.service === service.id)), [rows, service]);
  const sorted = useMemo(() => {
    const longest = (crossing: Crossing) => Math.max(0, ...crossing.approaches.map((row) => numberOf(row, service, "queue") || 0));
    const lengths = new Map(crossings.map((crossing) => [crossing.id, longest(crossing)]));
    return [...crossings].sort((a, b) => (lengths.get(b.id) ?? 0) - (lengths.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  }, [crossings, service, slow]);
  const plans = service.metrics.plan;
  const districts = new Map(plan.value?.districts.map((district) => [district.id, say(district.name)]));
  return (
    <section class="s-panel p-traffic" aria-labelledby="p-traffic">
      <header class="s-head">
        <h2 id="p-traffic">{say({ ko: "교차로", en: "Intersections" })}</h2>
        <span>
          {say({
            ko: `${crossings.length}곳, 긴 대기 행렬부터 · 막대 전체 = ${barMetres} m · 속도 km/h · 점유율`,
            en: `${crossings.length}, longest queue first · full bar = ${barMetres} m · speed km/h · occupancy`,
          })}
        </span>
      </header>
      <div class="p-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say({ ko: "교차로", en: "Intersection" })}</th>
              <th scope="col">{say({ ko: "신호 계획", en: "Signal plan" })}</th>
              {sides.map((side) => (
                <th key={side.end} scope="col">
                  {say({ ko: `${side.ko}측`, en: `${side.en} approach` })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, all).map((crossing) => {
              const { signal } = crossing;
              const word = signal !== undefined && plans?.kind === "state" ? plans.words[numberOf(signal, service, "plan")] : undefined;
              const text = plans?.kind === "state" && word !== undefined ? plans.texts[word] : undefined;
              const cycle = signal === undefined ? Number.NaN : numberOf(signal, service, "cycle");
              const of = (metric: string) => (signal === undefined ? "—" : figureText(numberOf(signal, service, metric), 0));
              return (
                <tr key={crossing.id}>
                  <th scope="row">
                    <code>{crossing.id}</code>
                    <small>{districts.get(crossing.district) ?? crossing.district}</small>
                  </th>
                  <td class="p-signal">
                    {signal === undefined || text === undefined ? (
                      "—"
                    ) : (
                      <a href={`#/device/${signal.id}`}>
                        {say(text)}
                        <small>{Number.isFinite(cycle) ? `${figureText(cycle, 0)} s · ${of("green_main")} / ${of("green_cross")}` : ""}</small>
                      </a>
                    )}
                  </td>
                  {sides.map((side) => (
                    <Approach
                      key={side.end}
                      row={crossing.approaches.find((row) => row.id.endsWith(`-${side.end}`))}
                      service={service}
                      side={say(side)}
                    />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {sorted.length > all && (
        <button type="button" class="s-more" onClick={() => setAll(all + shown)}>
          {say({
            ko: `나머지 ${sorted.length - all}곳 가운데 ${Math.min(shown, sorted.length - all)}곳 더`,
            en: `${Math.min(shown, sorted.length - all)} more of ${sorted.length - all}`,
          })}
        </button>
      )}
    </section>
  );
}
