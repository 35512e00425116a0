import { useMemo } from "preact/hooks";
import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { beat, deviceRows, lang, now, plan, say } from "../../../../live/room.ts";
import { dayStart } from "../../../../trend/axis.ts";
import { clockText, figureText } from "../../../../trend/words.ts";
import { eachSecond, freshness, numberOf } from "../../../device/readings.ts";
import { HourBars } from "./hour-bars.tsx";
import { type Fill, fullFrom, Skyline } from "./skyline.tsx";
import { today, type UnitDay } from "./today.ts";
import { useLines } from "./use-lines.ts";
import "./foodwaste.css";

/** As many as fit a wall; the others are in the table of devices. */
const shown = 30;

interface Unit extends Fill {
  readonly row: DeviceRow;
}

/** Units by fill, the fullest first; sorted anew every two seconds. */
function useUnits(service: Service): readonly Unit[] {
  const slow = Math.floor(beat.value / 8);
  const rows = deviceRows.value;
  const language = lang.value;
  return useMemo(
    () =>
      rows
        .filter((row) => row.service === service.id)
        .map((row) => ({ row, id: row.id, name: say(row.name), fill: numberOf(row, service, "fill"), isFresh: freshness(row) === "fresh" }))
        .sort((a, b) => (b.fill || 0) - (a.fill || 0) || (a.id < b.id ? -1 : 1)),
    [rows, service, slow, language],
  );
}

function UnitCard({ unit, service, day }: { readonly unit: Unit; readonly service: Service; readonly day: UnitDay | undefined }) {
  const { row, name, fill, isFresh } = unit;
  const zone = plan.value?.zone ?? "UTC";
  const temp = numberOf(row, service, "temp");
  return (
    <li class={`f-unit${isFresh ? "" : " is-stale"}`}>
      <a href={`#/device/${row.id}`}>
        <span class="f-bin" aria-hidden="true">
          {Number.isFinite(fill) && <i class={fill >= fullFrom ? "is-full" : ""} style={{ height: `${Math.min(1, fill) * 100}%` }} />}
          <u />
        </span>
        <span class="f-words">
          <span>
            <b>{Number.isFinite(fill) ? `${figureText(fill * 100, 0)} %` : "—"}</b>
            <small>{Number.isFinite(temp) ? `${figureText(temp, 0)} °C` : ""}</small>
          </span>
          <span class="f-name">{name}</span>
          <small>
            {day === undefined || day.count === 0
              ? say({ ko: "오늘 배출 없음", en: "no deposit today" })
              : say({ ko: `오늘 ${day.count}회 ${figureText(day.kg, 1)} kg`, en: `${day.count} today, ${figureText(day.kg, 1)} kg` })}
            {" · "}
            {day?.emptied === undefined
              ? say({ ko: "수거 전", en: "not emptied" })
              : say({ ko: `${clockText(day.emptied, zone, false)} 수거`, en: `emptied ${clockText(day.emptied, zone, false)}` })}
          </small>
        </span>
      </a>
    </li>
  );
}

/** How full the units are, what was put in and what was taken out today. */
export function FoodwastePanel({ service }: { readonly service: Service }) {
  const units = useUnits(service);
  const zone = plan.value?.zone ?? "UTC";
  void eachSecond.value;
  const from = dayStart(now.peek(), zone);
  const { lines, isCut } = useLines(service.id, from);
  const hour = Math.floor(now.peek() / 3_600_000);
  const day = useMemo(() => today(lines, from, now.peek()), [lines, from, hour]);
  const over = units.filter(({ fill }) => fill >= fullFrom).length;
  return (
    <section class="s-panel f-panel" aria-labelledby="f-waste">
      <header class="s-head">
        <h2 id="f-waste">{say({ ko: "적재", en: "Fill" })}</h2>
        <span>
          {say({
            ko: `${units.length}대, 막대 하나 = 한 대, 많이 찬 것부터 · 80 % 이상 ${over}대`,
            en: `${units.length} units, one bar each, fullest first · ${over} at 80 % or more`,
          })}
        </span>
      </header>
      <Skyline fills={units} />
      <header class="s-head f-between">
        <h2>{say({ ko: "오늘의 배출과 수거", en: "Deposits and collections today" })}</h2>
        <span>
          {say({
            ko: `배출 ${figureText(day.count, 0)}회 ${figureText(day.kg, 0)} kg · 수거 ${figureText(day.emptied, 0)}대 ${figureText(day.taken, 0)} kg${isCut ? " · 일부만 읽음" : ""}`,
            en: `${figureText(day.count, 0)} deposits, ${figureText(day.kg, 0)} kg · ${figureText(day.emptied, 0)} emptied, ${figureText(day.taken, 0)} kg${isCut ? " · not all of it was read" : ""}`,
          })}
        </span>
        <span class="s-end">{say({ ko: "시간마다 kg, 각자 눈금", en: "kg per hour, own scales" })}</span>
      </header>
      <HourBars hours={day.hours} from={from} />
      <header class="s-head f-between">
        <h2>{say({ ko: "가장 많이 찬 곳", en: "The fullest" })}</h2>
        <span>
          {say({ ko: "점선 = 80 % · 온도 · 오늘 배출 · 마지막 수거", en: "dashes = 80 % · temperature · deposits today · last collection" })}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ul class="s-scroll f-units" tabIndex={0} aria-label={say({ ko: "가장 많이 찬 곳", en: "The fullest" })}>
        {units.slice(0, shown).map((unit) => (
          <UnitCard key={unit.id} unit={unit} service={service} day={day.units.get(unit.id)} />
        ))}
      </ul>
    </section>
  );
}
