import type { DeviceRow, Series } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { say } from "../../../../live/room.ts";
import { durationText } from "../../../../trend/words.ts";
import { ageOf, freshness, numberOf } from "../../../device/readings.ts";
import { chosenHome } from "./chosen-home.ts";
import { slotMs, slots, slotsOfDay } from "./rhythm.ts";

const width = 720;
const height = 34;
/** Counts that fill the height: more than an ordinary home counts in its busiest window. */
const full = 30;
const hour = 3_600_000;
/** Ends of the quiet bar. A task for the care desk at 8 h, an alarm at 12 h, the second step at 24 h (the ladders of Seoul and Seongnam). */
const ladder = [8, 12, 24] as const;

/** A window with movement ended less than ten minutes ago: it is not known whether it is quiet. */
function quietText(ms: number | undefined): string {
  if (ms === undefined) return "—";
  return ms < slotMs ? say({ ko: "10분 안", en: "<10 min" }) : say(durationText(ms));
}

interface HomeRowProps {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly series: Series | undefined;
  readonly from: number;
  readonly now: number;
  readonly district: string;
  /** Time of the last movement. */
  readonly since: number | undefined;
  readonly ridge: readonly { readonly hour: number; readonly count: number }[];
}

function QuietBar({ ms, isNow }: { readonly ms: number | undefined; readonly isNow: boolean }) {
  const share = (hours: number) => `${Math.min(1, hours / 24) * 100}%`;
  return (
    <span class={`r-bar${ms === undefined ? " is-empty" : ""}`} aria-hidden="true">
      {ladder.map((hours) => (
        <u key={hours} style={{ left: share(hours) }} />
      ))}
      {ms !== undefined && <i class={isNow ? "" : "is-hollow"} style={{ left: share(ms / hour) }} />}
    </span>
  );
}

/** The day of one home: what is usual as a ridge, what was counted as bars, silence as a bracket with its length. */
export function HomeRow({ row, service, series, from, now, district, since, ridge }: HomeRowProps) {
  const away = numberOf(row, service, "away") === 1;
  const fresh = freshness(row);
  const isFresh = fresh === "fresh";
  const x = (t: number) => Math.max(0, Math.min(width, ((t - from) / 86_400_000) * width));
  const tall = (count: number) => Math.min(1, count / full) * (height - 2);
  const quiet = since === undefined ? undefined : Math.max(0, now - since);
  const start = since === undefined ? undefined : x(since);
  const isLong = quiet !== undefined && quiet > 3 * slotMs && isFresh && !away;
  const state = !isFresh
    ? say({ ko: `수신 지연 ${durationText(ageOf(row)).ko}`, en: `silent ${durationText(ageOf(row)).en}` })
    : away
      ? say({ ko: "외출", en: "away" })
      : say({ ko: "집", en: "home" });
  const ground = ridge.map(({ hour: at, count }) => `${((at / 24) * width).toFixed(1)} ${(height - tall(count * 1.4)).toFixed(1)}`).join("L");
  return (
    <li class={`r-home is-${fresh}`}>
      <a href={`#/device/${row.id}`}>{say(row.name)}</a>
      <small>{district}</small>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${say(row.name)}: ${quiet === undefined ? "—" : say({ ko: `조용 ${durationText(quiet).ko}`, en: `quiet ${durationText(quiet).en}` })}`}
      >
        {ground !== "" && <path d={`M0 ${height}L${ground}L${width} ${height}Z`} fill="var(--band)" />}
        {slots(series?.points ?? [], from).map((count, index) =>
          count === undefined || count === 0 ? null : (
            <rect
              key={`${index}-bar`}
              x={(index * width) / slotsOfDay + 0.6}
              y={height - tall(count)}
              width={width / slotsOfDay - 1.2}
              height={tall(count)}
              fill="var(--ink2)"
            />
          ),
        )}
        {(series?.gaps ?? []).map((gap) => (
          <rect key={gap.from} x={x(gap.from)} y="0" width={Math.max(1, x(gap.to) - x(gap.from))} height={height} fill="url(#r-hatch)" />
        ))}
        {!isFresh && since !== undefined && (
          <rect x={x(now - ageOf(row))} y="0" width={Math.max(0, x(now) - x(now - ageOf(row)))} height={height} fill="url(#r-silent)" />
        )}
        {isLong && start !== undefined && (
          <path d={`M${start} 12V22M${start} 17H${x(now)}`} fill="none" stroke="var(--ink)" stroke-width="1.2" vector-effect="non-scaling-stroke" />
        )}
        <path d={`M${x(now)} 0V${height}`} stroke="var(--ink)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
      </svg>
      <b>{quietText(quiet)}</b>
      <QuietBar ms={quiet} isNow={isFresh && !away} />
      <em>{state}</em>
      <button
        type="button"
        class="r-choose"
        aria-pressed={chosenHome.value?.id === row.id}
        aria-label={say({ ko: `${row.name.ko} 사다리와 명령`, en: `${row.name.en}: ladder and commands` })}
        onClick={() => {
          chosenHome.value = { id: row.id, since };
        }}
      >
        ›
      </button>
    </li>
  );
}
