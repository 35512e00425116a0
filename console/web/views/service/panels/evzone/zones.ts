import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service, Text } from "../../../../../../shared/service.ts";
import { siteOf } from "../../../device/neighbours.ts";
import { freshness, numberOf } from "../../../device/readings.ts";
import { commonName } from "./names.ts";

export interface Zone {
  readonly id: string;
  readonly name: Text;
  readonly district: string;
  readonly bays: readonly DeviceRow[];
  readonly chargers: readonly DeviceRow[];
}

export function zonesOf(rows: readonly DeviceRow[]): readonly Zone[] {
  const zones = new Map<string, { bays: DeviceRow[]; chargers: DeviceRow[] }>();
  for (const row of rows) {
    const zone = zones.get(siteOf(row.id)) ?? { bays: [], chargers: [] };
    zones.set(siteOf(row.id), zone);
    if (row.kind === "bay") zone.bays.push(row);
    else zone.chargers.push(row);
  }
  return [...zones]
    .filter(([, zone]) => zone.bays.length > 0)
    .map(([id, zone]) => {
      const all = [...zone.bays, ...zone.chargers];
      return {
        id,
        ...zone,
        district: zone.bays[0]?.district ?? "",
        name: { ko: commonName(all.map((row) => row.name.ko)) || id, en: commonName(all.map((row) => row.name.en)) || id },
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How a bay is drawn: free, taken by a class of vehicle, or not known. */
export function bayWord(row: DeviceRow, service: Service): string {
  if (freshness(row) !== "fresh") return "silent";
  if (numberOf(row, service, "occupied") !== 1) return "free";
  const vehicle = service.metrics.vehicle;
  return (vehicle?.kind === "state" ? vehicle.words[numberOf(row, service, "vehicle")] : undefined) ?? "unknown";
}
export const isTaken = (word: string): boolean => word !== "free" && word !== "silent";

const silent: Text = { ko: "수신 지연", en: "not fresh" };
/** The bay in words: free, not fresh, or the class of vehicle in it. */
export function bayText(word: string, service: Service): Text {
  const { vehicle, occupied } = service.metrics;
  if (word === "silent") return silent;
  if (word === "free") return occupied?.kind === "flag" ? occupied.off : { ko: "비어 있음", en: "free" };
  return vehicle?.kind === "state" ? (vehicle.texts[word] ?? { ko: word, en: word }) : { ko: word, en: word };
}
