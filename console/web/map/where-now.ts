import { computed } from "@preact/signals";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { shownRows } from "../app/kiosk.ts";
import { catalogue, cell, second } from "../live/state.ts";
import { cellOf } from "../views/device/readings.ts";

/** Of a kind of device that moves: the metric that says where it is. */
const placeMetric = ({ kinds, metrics }: Service, kind: string): string | undefined =>
  kinds[kind]?.metrics.find((name) => metrics[name]?.kind === "position");

/** `service/kind` of all that moves. */
const moving = computed<ReadonlySet<string>>(
  () =>
    new Set(
      catalogue.value.flatMap((service) =>
        Object.keys(service.kinds).flatMap((kind) => (placeMetric(service, kind) === undefined ? [] : [`${service.id}/${kind}`])),
      ),
    ),
);
export const moves = ({ service, kind }: DeviceRow): boolean => moving.value.has(`${service}/${kind}`);

/** The row where its device says that it is; as it is, when the device does not move or has not said so yet. */
export function whereNow(row: DeviceRow): DeviceRow {
  const service = catalogue.value.find(({ id }) => id === row.service);
  const at = service && cellOf(row, service, placeMetric(service, row.kind) ?? "");
  if (at === undefined) return row;
  const [lat, lon] = [cell(at), cell(at + 1)];
  return Number.isFinite(lat) && Number.isFinite(lon) ? { ...row, lat, lon } : row;
}

const isAt = (one: DeviceRow, other: DeviceRow | undefined): boolean => one.lat === other?.lat && one.lon === other.lon;

let last: { readonly of: readonly DeviceRow[]; readonly placed: readonly DeviceRow[] } = { of: [], placed: [] };
/** All that is shown, where it is now: looked up once a second, and the same list while nothing has moved. */
export const placedRows = computed<readonly DeviceRow[]>(() => {
  void second.value;
  const rows = shownRows.value;
  if (moving.value.size === 0) return rows;
  const placed = rows.map((row) => (moves(row) ? whereNow(row) : row));
  if (last.of !== rows || placed.some((row, at) => !isAt(row, last.placed[at]))) last = { of: rows, placed };
  return last.placed;
});
