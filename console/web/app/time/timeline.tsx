import { computed } from "@preact/signals";
import { chronicle, now, plan } from "../live/state.ts";
import { minuteText } from "../widgets/figures.ts";

const minuteMs = 60_000;
const pastMs = 60 * minuteMs;
const aheadMs = 15 * minuteMs;
const columnMs = 2 * minuteMs;

/** A column per two minutes; heights are relative to the fullest. */
const columns = computed(() => {
  const counts = new Map<number, number>();
  for (const line of chronicle.value) {
    const at = Math.floor(line.t / columnMs) * columnMs;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
});

/** The last hour of the city, and a little of what is to come. */
export function Timeline() {
  const time = Math.floor(now.value / 1000) * 1000;
  const from = time - pastMs;
  const zone = plan.value?.zone ?? "UTC";
  const place = (at: number) => `${((at - from) / (pastMs + aheadMs)) * 100}%`;
  const shown = [...columns.value].filter(([at]) => at >= from && at <= time);
  const most = Math.max(1, ...shown.map(([, count]) => count));
  const labels: number[] = [];
  for (let at = Math.ceil(from / (10 * minuteMs)) * 10 * minuteMs; at < time + aheadMs; at += 10 * minuteMs) labels.push(at);
  return (
    <div class="timeline" aria-hidden="true">
      {shown.map(([at, count]) => (
        <i
          key={at}
          style={{ left: place(at), width: `calc(${(columnMs / (pastMs + aheadMs)) * 100}% - 1px)`, height: `${2 + (count / most) * 22}px` }}
        />
      ))}
      <u style={{ width: place(time) }} />
      <s style={{ left: place(time) }} />
      <b style={{ left: place(time) }} />
      {labels.map((at) => (
        <small key={at} style={{ left: place(at) }}>
          {minuteText(at, zone)}
        </small>
      ))}
    </div>
  );
}
