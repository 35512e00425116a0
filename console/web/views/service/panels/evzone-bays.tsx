import { useMemo, useState } from "preact/hooks";
import type { DeviceRow, Span } from "../../../../../shared/city-port.ts";
import type { Metric, Service, Text } from "../../../../../shared/service.ts";
import { beat, deviceRows, now, plan, say } from "../../../live/room.ts";
import { useAnswer } from "../../../trend/use-answer.ts";
import { durationText, figureText } from "../../../trend/words.ts";
import { freshness, numberOf, siteOf } from "../../device/readings.ts";
import { useDetails } from "./use-details.ts";

interface Zone {
  readonly id: string;
  readonly district: string;
  readonly bays: readonly DeviceRow[];
  readonly chargers: readonly DeviceRow[];
}
const texts = {
  zones: { ko: "구역", en: "Zones" },
  used: { ko: "사용 / 면", en: "used / bays" },
  free: { ko: "비어 있음", en: "free" },
  fast: { ko: "급속", en: "fast" },
  slow: { ko: "완속", en: "slow" },
  silent: { ko: "수신 지연", en: "not fresh" },
} satisfies Record<string, Text>;

/** A bay and its charger carry the same number at the end of their ids. */
const numberOfId = (id: string): string => id.slice(id.lastIndexOf("-") + 2);

function zonesOf(rows: readonly DeviceRow[]): readonly Zone[] {
  const zones = new Map<string, { bays: DeviceRow[]; chargers: DeviceRow[]; district: string }>();
  for (const row of rows) {
    const zone = zones.get(siteOf(row.id)) ?? { bays: [], chargers: [], district: row.district };
    zones.set(siteOf(row.id), zone);
    if (row.kind === "bay") zone.bays.push(row);
    else zone.chargers.push(row);
  }
  return [...zones]
    .filter(([, zone]) => zone.bays.length > 0)
    .map(([id, zone]) => ({ id, ...zone }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How a bay is drawn: free, taken by a class of vehicle, or not known. */
function bayWord(row: DeviceRow, service: Service): string {
  if (freshness(row, now.value) !== "fresh") return "silent";
  if (numberOf(row, service, "occupied") !== 1) return "free";
  const vehicle = service.metrics.vehicle;
  return (vehicle?.kind === "state" ? vehicle.words[numberOf(row, service, "vehicle")] : undefined) ?? "unknown";
}

/** The bay in words: free, not fresh, or the class of vehicle in it. */
function bayName(word: string, vehicle: Metric | undefined): string {
  if (word === "silent") return say(texts.silent);
  if (word === "free") return say(texts.free);
  return vehicle?.kind === "state" ? say(vehicle.texts[word] ?? { ko: word, en: word }) : word;
}

function Bay({
  row,
  charger,
  service,
  facts,
}: {
  row: DeviceRow;
  charger: DeviceRow | undefined;
  service: Service;
  facts: { fast: boolean; rated: number | undefined };
}) {
  const word = bayWord(row, service);
  const from = useMemo(() => Math.round(now.peek() - 24 * 3_600_000), [row.id]);
  const spans = useAnswer<{ spans: readonly Span[] }>(`/api/v1/devices/${row.id}/spans?metric=occupied&from=${from}`, 20_000).value?.spans;
  const last = spans?.at(-1);
  const soc = charger === undefined ? Number.NaN : numberOf(charger, service, "soc");
  const power = charger === undefined ? Number.NaN : numberOf(charger, service, "power");
  const cp = service.metrics.cp;
  const status = cp?.kind === "state" && charger !== undefined ? cp.texts[cp.words[numberOf(charger, service, "cp")] ?? ""] : undefined;
  const taken = word !== "free" && word !== "silent";
  const name = bayName(word, service.metrics.vehicle);
  // Basic AC chargers know no state of charge: then there is no fill.
  const hasCharge = taken && Number.isFinite(soc) && power > 0;
  return (
    <li class={`p-bay is-${word}`}>
      <a href={`#/device/${row.id}`} aria-label={`${say(row.name)}: ${name}`}>
        <span class="p-bay-top">
          <b>{Number(numberOfId(row.id))}</b>
          <small>
            {say(facts.fast ? texts.fast : texts.slow)} {facts.rated === undefined ? "" : `${figureText(facts.rated, 0)} kW`}
          </small>
        </span>
        <span class="p-car">
          {hasCharge && <i style={{ height: `${soc}%` }} aria-hidden="true" />}
          <em>
            {name}
            {hasCharge && <br />}
            {hasCharge && `${figureText(soc, 0)} %`}
          </em>
        </span>
        <span class="p-bay-low">
          {taken && last?.value === true
            ? say({ ko: `${durationText(now.value - last.from).ko}째`, en: `for ${durationText(now.value - last.from).en}` })
            : ""}
          <small>{status === undefined ? "" : say(status)}</small>
        </span>
      </a>
    </li>
  );
}

/** Zones with their bays as squares, and the plan of the chosen zone. */
export function EvzoneBays({ service }: { readonly service: Service }) {
  void beat.value;
  const rows = deviceRows.value;
  const zones = useMemo(() => zonesOf(rows.filter((row) => row.service === service.id)), [rows, service]);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const zone = zones.find((candidate) => candidate.id === chosen) ?? zones[0];
  const facts = useDetails(zone?.chargers.concat(zone.bays).map((row) => row.id) ?? []);
  if (zone === undefined) return null;
  const districts = new Map(plan.value?.districts.map((district) => [district.id, say(district.name)]));
  const used = (of: Zone) => of.bays.filter((row) => !["free", "silent"].includes(bayWord(row, service))).length;
  const power = zone.chargers.reduce((sum, row) => sum + (numberOf(row, service, "power") || 0), 0);
  return (
    <div class="p-ev">
      <section class="s-panel p-zones" aria-labelledby="p-zones">
        <header class="s-head">
          <h2 id="p-zones">
            {say(texts.zones)} {zones.length}
          </h2>
          <span>{say(texts.used)}</span>
        </header>
        <ul>
          {zones.map((candidate) => (
            <li key={candidate.id}>
              <button type="button" aria-pressed={candidate.id === zone.id} onClick={() => setChosen(candidate.id)}>
                <span>
                  {districts.get(candidate.district) ?? candidate.district} <code>{candidate.id}</code>
                </span>
                <span class="p-squares" aria-hidden="true">
                  {candidate.bays.map((row) => (
                    <i key={row.id} class={`is-${bayWord(row, service)}`} />
                  ))}
                </span>
                <b>
                  {used(candidate)} / {candidate.bays.length}
                </b>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section class="s-panel p-plan" aria-labelledby="p-plan">
        <header class="s-head">
          <h2 id="p-plan">
            {districts.get(zone.district)} {zone.id}
          </h2>
          <span>
            {say({
              ko: `사용 ${used(zone)} / ${zone.bays.length}면 · 충전 전력 ${figureText(power, 1)} kW`,
              en: `${used(zone)} of ${zone.bays.length} bays used · ${figureText(power, 1)} kW`,
            })}
          </span>
        </header>
        <ol>
          {zone.bays.map((row) => {
            const charger = zone.chargers.find((candidate) => numberOfId(candidate.id) === numberOfId(row.id));
            const rated = charger === undefined ? undefined : facts.get(charger.id)?.constants.rated;
            return (
              <Bay key={row.id} row={row} charger={charger} service={service} facts={{ fast: facts.get(row.id)?.constants.fast === 1, rated }} />
            );
          })}
        </ol>
        <p class="s-note">
          {say({
            ko: "번호판은 저장하지 않습니다. 차종과 하루짜리 표식만.",
            en: "No plate is stored: only the class of vehicle and a token for one day.",
          })}
        </p>
      </section>
    </div>
  );
}
