import { computed } from "@preact/signals";
import { say, t } from "../../language.ts";
import { catalogue, deviceRows, figureCell, liveCell, minute, zone } from "../../live/state.ts";
import { minuteText } from "../../widgets/figures.ts";
import { Mark } from "../../widgets/mark.tsx";
import { Panel } from "../../widgets/panel.tsx";
import { figureWords } from "./figure-words.ts";
import { aheadMs, type Outlook, outlooksOf } from "./outlook.ts";

const hourMs = 3_600_000;
const width = 360;
const height = 28;
const inset = 3;

/** The profile moves on every ten minutes of the city. */
const outlooks = computed(() => outlooksOf(catalogue.value, deviceRows.value, Math.floor(minute.value / 600_000) * 600_000, zone.value));

function Lane({ outlook }: { readonly outlook: Outlook }) {
  const { service, figure, points, peak } = outlook;
  const at = figureCell(service.id, figure.id);
  const present = Number.isFinite(at) ? liveCell(at).value : Number.NaN;
  const from = points[0]?.at ?? 0;
  const edges = points.flatMap(({ range }) => [range.low, range.high]);
  const low = Math.min(...edges, Number.isFinite(present) ? present : Number.POSITIVE_INFINITY);
  const high = Math.max(...edges, Number.isFinite(present) ? present : Number.NEGATIVE_INFINITY);
  const x = (time: number) => ((time - from) / aheadMs) * width;
  const y = (value: number) => height - inset - ((value - low) / Math.max(1e-9, high - low)) * (height - 2 * inset);
  const band = [
    ...points.map(({ at, range }) => [at, range.high] as const),
    ...[...points].reverse().map(({ at, range }) => [at, range.low] as const),
  ];
  const path = (list: readonly (readonly [number, number])[]) =>
    list.map(([time, value], index) => `${index ? "L" : "M"}${x(time).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const { text, unit } = figureWords(figure, peak.value);
  return (
    <li class="outlook">
      <span class="outlook-name">
        <Mark service={service} />
        <span>{say(figure.label)}</span>
      </span>
      <span class="outlook-plot">
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="is-band" d={`${path(band)}z`} />
          <path class="is-middle" d={path(points.map(({ at, range }) => [at, (range.low + range.high) / 2]))} />
          <path class="is-peak" d={`M${x(peak.at).toFixed(1)} 0V${height}`} />
        </svg>
        {Number.isFinite(present) ? <i style={{ top: `${(y(present) / height) * 100}%` }} /> : null}
      </span>
      <span class="outlook-peak">
        {t("최고", "highest")}{" "}
        <b class="outlook-value">
          {text}
          {unit === "" ? "" : ` ${unit}`}
        </b>{" "}
        <time>{minuteText(peak.at, zone.value)}</time>
      </span>
    </li>
  );
}

/** A calm screen looks ahead, by what is known: the design profile. */
export function NextHours() {
  const lanes = outlooks.value;
  const from = lanes[0]?.points[0]?.at;
  const hours: number[] = [];
  if (from !== undefined) for (let at = Math.ceil(from / hourMs) * hourMs; at <= from + aheadMs; at += hourMs) hours.push(at);
  return (
    <Panel
      name="next-hours"
      title={t("앞으로 6시간", "Next 6 hours")}
      hint={t("설계 범위 — 예보가 아닙니다", "design range, not a forecast")}
      end={t("● = 지금 값", "● = value now")}
    >
      <ul>
        {lanes.map((outlook) => (
          <Lane key={outlook.service.id} outlook={outlook} />
        ))}
      </ul>
      <div class="outlook-axis" aria-hidden="true">
        {from === undefined
          ? null
          : hours.map((at) => (
              <small key={at} class="outlook-hour" style={{ left: `${((at - from) / aheadMs) * 100}%` }}>
                {minuteText(at, zone.value)}
              </small>
            ))}
      </div>
    </Panel>
  );
}
