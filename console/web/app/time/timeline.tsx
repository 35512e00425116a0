import { computed } from "@preact/signals";
import { chronicle, now, zone } from "../../live/state.ts";
import type { Onset } from "../../views/alarms/onsets.ts";
import { onsets } from "../../views/alarms/present-onsets.ts";
import { Badge } from "../../widgets/badge.tsx";
import { minuteText } from "../../widgets/figures.ts";

const minuteMs = 60_000;
const pastMs = 60 * minuteMs;
const aheadMs = 15 * minuteMs;
const columnMs = 2 * minuteMs;
const labelMs = 10 * minuteMs;
const highest = 22;

/** A column per two minutes; heights are relative to the fullest. */
const columns = computed(() => {
  const counts = new Map<number, number>();
  for (const line of chronicle.value) {
    const at = Math.floor(line.t / columnMs) * columnMs;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
});
/** Nothing on it can be seen to move within less. */
const drawnAt = computed(() => Math.floor(now.value / 1000) * 1000);

/** So many shapes stand beside each other without covering; where there are more, the gravest stands. */
const shapesAcross = 60;
function thinned(all: readonly Onset[], apart: number): readonly Onset[] {
  const kept = new Map<number, Onset>();
  for (const onset of all) {
    const at = Math.floor(onset.t / apart);
    const known = kept.get(at);
    if (known === undefined || onset.priority < known.priority) kept.set(at, onset);
  }
  return [...kept.values()];
}

/** The last hour of the city, and a little of what is to come. */
export function Timeline() {
  const time = drawnAt.value;
  const from = time - pastMs;
  const place = (at: number) => `${((at - from) / (pastMs + aheadMs)) * 100}%`;
  const shown = [...columns.value].filter(([at]) => at >= from && at <= time);
  const most = Math.max(1, ...shown.map(([, count]) => count));
  const shapes = thinned(
    onsets.value.filter((onset) => onset.t >= from && onset.t <= time),
    (pastMs + aheadMs) / shapesAcross,
  );
  const labels: number[] = [];
  for (let at = Math.ceil(from / labelMs) * labelMs; at < time + aheadMs; at += labelMs) labels.push(at);
  return (
    <div class="timeline" aria-hidden="true">
      {shown.map(([at, count]) => (
        <i
          key={at}
          style={{ left: place(at), width: `calc(${(columnMs / (pastMs + aheadMs)) * 100}% - 1px)`, height: `${2 + (count / most) * highest}px` }}
        />
      ))}
      {shapes.map((onset) => (
        <span key={`${onset.alarm} ${onset.t}`} class="timeline-alarm" style={{ left: place(onset.t) }}>
          <Badge rank={onset.priority} look="filled" size={12} />
        </span>
      ))}
      <u style={{ width: place(time) }} />
      <s style={{ left: place(time) }} />
      <b style={{ left: place(time) }} />
      {labels.map((at) => (
        <small key={at} style={{ left: place(at) }}>
          {minuteText(at, zone.value)}
        </small>
      ))}
    </div>
  );
}
