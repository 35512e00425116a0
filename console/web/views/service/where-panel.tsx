import type { Position } from "../../../../shared/city-plan.ts";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { addressOf } from "../../app/router.ts";
import { say, t } from "../../language.ts";
import { alarmsByDevice } from "../../live/desk.ts";
import { deviceRows } from "../../live/state.ts";
import { cropAround, placeIn } from "../../map/crop.ts";
import { type Heap, heapsOf } from "../../map/heaps.ts";
import { type LabelPlace, placeLabels } from "../../map/label-places.ts";
import { PlanPicture } from "../../map/map-crop.tsx";
import { textWidth } from "../../map/text-width.ts";
import { moves, placedRows } from "../../map/where-now.ts";
import { useSize } from "../../trend/use-size.ts";
import { AlarmBadge } from "../alarms/alarm-badge.tsx";
import { mostUrgent } from "../alarms/order.ts";
import { freshness } from "../device/readings.ts";
import "./where.css";

const font = '500 12px "Pretendard Variable", Pretendard, sans-serif';
const labelHeight = 18;
const dot = 4.5;
/** Nearer than this, in px, two of them are told as one heap. */
const heapReach = 13;
/** Metres: with less a stranger would not know the city again. */
const leastAcross = 4000;

/** Devices of a service that move, where they are now; none where all stand. */
export const movers = (service: Service): readonly DeviceRow[] => placedRows.value.filter((row) => row.service === service.id && moves(row));

const isFresh = (row: DeviceRow): boolean => freshness(row) === "fresh";
const alarmsOf = (rows: readonly DeviceRow[]) => rows.flatMap(({ id }) => alarmsByDevice.value.get(id) ?? []);

/** The name of one; of several how many, with the name of the first. */
function nameOf(service: Service, rows: readonly DeviceRow[]): string {
  const [first] = rows;
  if (first === undefined || rows.length === 1) return first === undefined ? "" : say(first.name);
  const kinds = new Set(rows.map(({ kind }) => kind));
  const kind = kinds.size === 1 ? service.kinds[first.kind] : undefined;
  return `${kind === undefined ? say(service.title) : say(kind.label)} ×${rows.length}`;
}

interface MoverProps extends Heap<DeviceRow> {
  readonly name: string;
  readonly label: LabelPlace;
}
function Mover({ x, y, of, name, label }: MoverProps) {
  const worst = mostUrgent(alarmsOf(of));
  const [first] = of;
  if (first === undefined) return null;
  return (
    <a
      href={addressOf({ view: "device", id: first.id })}
      class={`w-mover${of.every(isFresh) ? "" : " is-silent"}`}
      aria-label={of.map((row) => say(row.name)).join(", ")}
      data-movers={of.map(({ id }) => id).join(" ")}
    >
      <circle cx={x} cy={y} r={13} class="w-target" />
      {worst === undefined ? (
        <circle cx={x} cy={y} r={of.length === 1 ? dot : dot + 2} class="w-dot" />
      ) : (
        <svg x={x - 9} y={y - 9} width="18" height="18" aria-hidden="true">
          <AlarmBadge alarm={worst} size={18} silent />
        </svg>
      )}
      <text x={x + label.dx + 4} y={y + label.dy + labelHeight / 2} dominant-baseline="central">
        {name}
      </text>
    </a>
  );
}

/** Where the devices that move are now, on the city's plan. */
export function WherePanel({ service }: { readonly service: Service }) {
  const { place, size } = useSize<HTMLDivElement>();
  const rows = movers(service);
  const silent = rows.filter((row) => !isFresh(row)).length;
  // What stands is shown too, more quietly: between what they move, and in a picture that keeps its place.
  const standing = deviceRows.value.filter((row) => row.service === service.id && !moves(row));
  const points = [...rows, ...standing].map(({ lat, lon }): Position => [lon, lat]);
  const crop = cropAround(points, size.width, size.height, leastAcross);
  const at = crop === undefined ? () => [0, 0] as const : placeIn(crop);
  const placed = rows.map((row) => {
    const [x, y] = at([row.lon, row.lat]);
    return { x, y, of: row };
  });
  const heaps = heapsOf(placed, heapReach).map((heap) => ({ ...heap, id: heap.of[0]?.id ?? "", name: nameOf(service, heap.of) }));
  const labels = placeLabels(
    heaps.map(({ id, x, y, name }) => ({ id, x, y, width: textWidth(name, font) + 8, height: labelHeight })),
    { frame: { x0: 2, y0: 2, x1: size.width - 2, y1: size.height - 2 }, blocked: [], dear: [] },
  );
  return (
    <section class="s-panel w-panel" aria-labelledby="w-where">
      <header class="s-head">
        <h2 id="w-where">{t("지금 어디에", "Where they are")}</h2>
        <span>
          {t(`움직이는 기기 ${rows.length}대`, `${rows.length} moving devices`)}
          {silent === 0 ? "" : t(` · 수신 지연 ${silent}`, ` · ${silent} silent`)}
        </span>
      </header>
      <div class="w-place" ref={place}>
        {crop === undefined ? null : (
          <svg viewBox={`0 0 ${size.width} ${size.height}`}>
            <title>{t("지금 어디에", "Where they are")}</title>
            <PlanPicture crop={crop}>
              {standing.map(({ id, lat, lon }) => {
                const [x, y] = at([lon, lat]);
                return <circle key={id} cx={x} cy={y} r="2.2" class="w-stand" />;
              })}
              {heaps.map(({ id, ...heap }) => (
                <Mover key={id} {...heap} label={labels.get(id) ?? { dx: 10, dy: -labelHeight / 2 }} />
              ))}
            </PlanPicture>
          </svg>
        )}
      </div>
    </section>
  );
}
