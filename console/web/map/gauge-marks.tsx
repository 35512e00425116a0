import { untracked } from "@preact/signals";
import { addressOf } from "../app/router.ts";
import { say, t } from "../language.ts";
import { isNow, isStale, liveCell } from "../live/state.ts";
import { figureText, shownAs, unitText } from "../trend/words.ts";
import type { Gauge } from "./gauges.ts";
import { type LabelPlace, leaderEnd } from "./label-places.ts";
import { rainText } from "./rain.ts";
import { rainAt } from "./rain-marks.tsx";
import { textWidth } from "./text-width.ts";

export const labelHeight = 22;
const inset = 8;
const between = 10;
/** Metres with centimetres are enough from afar. */
const decimals = 2;
const widestRain = 188;

interface GaugeMarkProps {
  readonly gauge: Gauge;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly place: LabelPlace;
  /** Its name shows only under pointer or focus. */
  readonly bare: boolean;
}

function levelText({ metric }: Gauge, value: number): string {
  const { factor, precision } = shownAs(metric);
  return `${figureText(value * factor, Math.min(decimals, precision))} ${say(unitText(metric.unit))}`;
}

/** Widest level that can be expected, so that no label moves when a digit is added. */
export const labelWidth = (gauge: Gauge, font: string): number =>
  Math.ceil(
    2 * inset +
      between +
      textWidth(say(gauge.row.name), `400 12px ${font}`) +
      Math.max(textWidth(levelText(gauge, 10), `680 12px ${font}`), textWidth(t("값 없음", "no value"), `550 12px ${font}`)) +
      // Only where it rains: nothing is kept free for it on a dry day.
      (untracked(() => rainAt(gauge)) === undefined ? 0 : between + textWidth(say(rainText(widestRain)), `400 12px ${font}`)),
  );

export function GaugeMark({ gauge, x, y, width, place, bare }: GaugeMarkProps) {
  const { row } = gauge;
  const value = liveCell(gauge.cell).value;
  const stale = isStale(row) || (row.timeline === "city" && !isNow.value);
  const rain = rainAt(gauge);
  const { dx, dy } = place;
  const end = leaderEnd(place, width, labelHeight);
  return (
    <a
      class={`gauge${stale ? " is-stale" : ""}${bare ? " is-bare" : ""}`}
      href={addressOf({ view: "device", id: row.id })}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      draggable={false}
    >
      <svg class="gauge-mark" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
        <path class="gauge-leader" d={`M0 0L${end.x} ${end.y}`} />
        <path class="gauge-diamond" d="M0-5.5L5.5 0L0 5.5L-5.5 0z" />
      </svg>
      <span class="gauge-label" style={{ left: `${dx}px`, top: `${dy}px`, width: `${width}px`, height: `${labelHeight}px` }}>
        <span>{say(row.name)}</span>
        <b>{Number.isFinite(value) ? levelText(gauge, value) : t("값 없음", "no value")}</b>
        {rain === undefined ? null : <span class="gauge-rain">{say(rainText(rain))}</span>}
      </span>
    </a>
  );
}
