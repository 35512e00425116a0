import { useMemo, useState } from "preact/hooks";
import type { Service } from "../../../../../../shared/service.ts";
import { deviceRows, now, plan, say } from "../../../../live/room.ts";
import { dayStart } from "../../../../trend/axis.ts";
import { figureText } from "../../../../trend/words.ts";
import { eachSecond, numberOf } from "../../../device/readings.ts";
import { useDetails } from "../use-details.ts";
import { Bay } from "./bay.tsx";
import { BayDay } from "./bay-day.tsx";
import { numberOfId } from "./names.ts";
import { useSpans } from "./use-spans.ts";
import { bayText, bayWord, isTaken, type Zone, zonesOf } from "./zones.ts";
import "./evzone.css";

/** More bays than this face each other across the aisle. */
const oneRow = 6;
/** Words of the squares' legend that are always there; others only where such a vehicle stands. */
const legend = ["ev", "ice", "free"] as const;

interface ZoneListProps {
  readonly zones: readonly Zone[];
  readonly service: Service;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}
function ZoneList({ zones, service, chosen, onChoose }: ZoneListProps) {
  void eachSecond.value;
  const districts = new Map(plan.value?.districts.map((district) => [district.id, say(district.name)]));
  return (
    <section class="s-panel e-zones" aria-labelledby="e-zones">
      <header class="s-head">
        <h2 id="e-zones">
          {say({ ko: "구역", en: "Zones" })} {zones.length}
        </h2>
        <span class="s-end">{say({ ko: "사용 / 면", en: "used / bays" })}</span>
      </header>
      <ul class="s-scroll">
        {zones.map((zone) => {
          const words = zone.bays.map((row) => bayWord(row, service));
          return (
            <li key={zone.id}>
              <button type="button" class="e-zone" aria-pressed={zone.id === chosen} onClick={() => onChoose(zone.id)}>
                <span class="e-name">
                  {say(zone.name)}
                  <small>{districts.get(zone.district) ?? zone.district}</small>
                </span>
                <span class="e-squares" aria-hidden="true">
                  {words.map((word, index) => (
                    <i key={zone.bays[index]?.id} class={`is-${word}`} />
                  ))}
                </span>
                <b>
                  {words.filter(isTaken).length} / {words.length}
                </b>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="s-foot e-legend">
        {legend.map((word) => (
          <span key={word}>
            <i class={`is-${word}`} aria-hidden="true" /> {say(bayText(word, service))}
          </span>
        ))}
      </p>
    </section>
  );
}

function ZonePlan({ zone, service }: { readonly zone: Zone; readonly service: Service }) {
  const facts = useDetails([...zone.chargers, ...zone.bays].map((row) => row.id));
  void eachSecond.value;
  const clock = now.peek();
  const from = dayStart(clock, plan.value?.zone ?? "UTC");
  const spans = useSpans(
    zone.bays.map((row) => row.id),
    "occupied",
    from - 86_400_000,
  );
  const today = useMemo(
    () =>
      new Map(
        [...spans].map(([id, list]) => [id, list.filter((span) => span.to > from).map((span) => ({ ...span, from: Math.max(span.from, from) }))]),
      ),
    [spans, from],
  );
  const fast = new Set(zone.bays.filter((row) => facts.get(row.id)?.constants.fast === 1).map((row) => row.id));
  const words = zone.bays.map((row) => bayWord(row, service));
  const used = words.filter(isTaken).length;
  const silent = words.filter((word) => word === "silent").length;
  const power = zone.chargers.reduce((sum, row) => sum + (numberOf(row, service, "power") || 0), 0);
  const rated = zone.chargers.reduce((sum, row) => sum + (facts.get(row.id)?.constants.rated ?? Number.NaN), 0);
  const half = zone.bays.length > oneRow ? Math.ceil(zone.bays.length / 2) : zone.bays.length;
  const bays = (rows: Zone["bays"]) =>
    rows.map((row) => (
      <Bay
        key={row.id}
        row={row}
        charger={zone.chargers.find((candidate) => numberOfId(candidate.id) === numberOfId(row.id))}
        service={service}
        facts={facts}
        spans={spans.get(row.id)}
      />
    ));
  return (
    <section class="s-panel e-plan" aria-labelledby="e-plan">
      <header class="s-head">
        <h2 id="e-plan">{say(zone.name)}</h2>
        <span>{say({ ko: `면 ${zone.bays.length} · 급속 ${fast.size}`, en: `${zone.bays.length} bays · ${fast.size} fast` })}</span>
        <span class="s-end">
          {say({
            ko: `사용 ${used} · 빈 면 ${zone.bays.length - used - silent}${silent > 0 ? ` · 수신 없음 ${silent}` : ""} · 부하 ${figureText(power, 1)}${Number.isFinite(rated) ? ` / ${figureText(rated, 0)}` : ""} kW`,
            en: `${used} used · ${zone.bays.length - used - silent} free${silent > 0 ? ` · ${silent} not fresh` : ""} · load ${figureText(power, 1)}${Number.isFinite(rated) ? ` / ${figureText(rated, 0)}` : ""} kW`,
          })}
        </span>
      </header>
      <div class="e-ground">
        <ol class="e-row">{bays(zone.bays.slice(0, half))}</ol>
        <p class="e-aisle" aria-hidden="true" />
        {half < zone.bays.length && (
          <ol class="e-row is-lower" start={half + 1}>
            {bays(zone.bays.slice(half))}
          </ol>
        )}
      </div>
      <header class="s-head e-dayhead">
        <h2>{say({ ko: "오늘의 면", en: "The bays today" })}</h2>
        <span>
          {say({ ko: "막대 = 주차 · 진한 막대 = 지금 서 있음 · 세로 선 = 지금", en: "bar = a vehicle · dark = standing now · line = now" })}
        </span>
        <span class="s-end">{say({ ko: "번호판은 저장하지 않습니다", en: "no plate is stored" })}</span>
      </header>
      <BayDay bays={zone.bays} fast={fast} spans={today} from={from} now={clock} />
    </section>
  );
}

/** The zone that is worth a look first: one where a vehicle stands that may not, else the fullest. */
function mostUsed(zones: readonly Zone[], service: Service): Zone | undefined {
  const weight = (zone: Zone) => {
    const words = zone.bays.map((row) => bayWord(row, service));
    return 1000 * words.filter((word) => word === "ice").length + words.filter(isTaken).length;
  };
  return [...zones].sort((a, b) => weight(b) - weight(a))[0];
}

/** Zones with their bays as squares, and the plan of the chosen zone. */
export function EvzonePanel({ service }: { readonly service: Service }) {
  const rows = deviceRows.value;
  const zones = useMemo(() => zonesOf(rows.filter((row) => row.service === service.id)), [rows, service]);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const first = useMemo(() => mostUsed(zones, service), [zones, service]);
  const zone = zones.find((candidate) => candidate.id === (chosen ?? first?.id)) ?? zones[0];
  if (zone === undefined) return null;
  return (
    <div class="e-panel">
      <ZoneList zones={zones} service={service} chosen={zone.id} onChoose={setChosen} />
      <ZonePlan key={zone.id} zone={zone} service={service} />
    </div>
  );
}
