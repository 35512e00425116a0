import { useMemo, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow } from "../../../../../shared/city-port.ts";
import type { Service } from "../../../../../shared/service.ts";
import { beat, chronicle, deviceRows, now, plan, say } from "../../../live/room.ts";
import { dayStart } from "../../../trend/axis.ts";
import { useAnswer } from "../../../trend/use-answer.ts";
import { figureText } from "../../../trend/words.ts";
import { freshness, numberOf } from "../../device/readings.ts";

const shown = 24;
/** The server gives at most so many lines at once; more deposits than that are said, not guessed. */
const most = 2000;
const none: readonly ChronicleLine[] = [];

interface Today {
  readonly count: number;
  readonly kg: number;
  readonly emptied: boolean;
}

/** Deposits since midnight of the city's zone, per unit; live ones come on top. */
function useToday(service: Service): { readonly units: ReadonlyMap<string, Today>; readonly isCut: boolean } {
  const from = dayStart(now.value, plan.value?.zone ?? "UTC");
  const asked =
    useAnswer<{ lines: readonly ChronicleLine[] }>(`/api/v1/chronicle?service=${service.id}&from=${from}&limit=${most}`).value?.lines ?? none;
  const live = chronicle.value;
  return useMemo(() => {
    const lines = new Map([...asked, ...live].filter((line) => line.service === service.id && line.t >= from).map((line) => [line.n, line]));
    const units = new Map<string, Today>();
    for (const line of lines.values()) {
      const held = units.get(line.device) ?? { count: 0, kg: 0, emptied: false };
      const net = line.x.net;
      if (line.what === "deposit") units.set(line.device, { ...held, count: held.count + 1, kg: held.kg + (typeof net === "number" ? net : 0) });
      if (line.what === "emptied") units.set(line.device, { ...held, emptied: true });
    }
    return { units, isCut: asked.length >= most };
  }, [asked, live, service, from]);
}

function Unit({ row, service, today }: { row: DeviceRow; service: Service; today: Today | undefined }) {
  const fill = numberOf(row, service, "fill");
  const fresh = freshness(row, now.value);
  return (
    <li class={`p-unit is-${fresh}`}>
      <a href={`#/device/${row.id}`}>
        <span class="p-bin" aria-hidden="true">
          {Number.isFinite(fill) && <i style={{ height: `${Math.min(1, fill) * 100}%` }} />}
          <u />
        </span>
        <span>
          <b>{Number.isFinite(fill) ? `${figureText(fill * 100, 0)} %` : "—"}</b>
          <span>{say(row.name)}</span>
          <small>
            {today === undefined
              ? say({ ko: "오늘 배출 없음", en: "no deposit today" })
              : say({ ko: `오늘 ${today.count}회 · ${figureText(today.kg, 1)} kg`, en: `${today.count} today · ${figureText(today.kg, 1)} kg` })}
            {today?.emptied === true && ` · ${say({ ko: "수거함", en: "emptied" })}`}
          </small>
        </span>
      </a>
    </li>
  );
}

/** Units by fill, the fullest first, with the deposits of today. */
export function FoodwasteUnits({ service }: { readonly service: Service }) {
  const slow = Math.floor(beat.value / 8);
  const [all, setAll] = useState(shown);
  const rows = deviceRows.value;
  const sorted = useMemo(() => {
    const own = rows.filter((row) => row.service === service.id);
    const fills = new Map(own.map((row) => [row.id, numberOf(row, service, "fill") || 0]));
    return own.sort((a, b) => (fills.get(b.id) ?? 0) - (fills.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  }, [rows, service, slow]);
  const { units, isCut } = useToday(service);
  const kg = [...units.values()].reduce((sum, unit) => sum + unit.kg, 0);
  const count = [...units.values()].reduce((sum, unit) => sum + unit.count, 0);
  return (
    <section class="s-panel p-waste" aria-labelledby="p-waste">
      <header class="s-head">
        <h2 id="p-waste">{say({ ko: "수거함", en: "Units" })}</h2>
        <span>
          {say({
            ko: `많이 찬 것부터 · 오늘 배출 ${isCut ? "최근 " : ""}${count}회 ${figureText(kg, 1)} kg · 눈금 = 80 %`,
            en: `fullest first · ${isCut ? "latest " : ""}${count} deposits today, ${figureText(kg, 1)} kg · tick = 80 %`,
          })}
        </span>
      </header>
      <ul>
        {sorted.slice(0, all).map((row) => (
          <Unit key={row.id} row={row} service={service} today={units.get(row.id)} />
        ))}
      </ul>
      {sorted.length > all && (
        <button type="button" class="s-more" onClick={() => setAll(sorted.length)}>
          {say({ ko: `나머지 ${sorted.length - all}대 모두 보기`, en: `Show the other ${sorted.length - all}` })}
        </button>
      )}
    </section>
  );
}
