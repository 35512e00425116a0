import { hoursIn, type Measurer, numberOf, type Span } from "./measured.ts";
import { autocorrelation, mean, median, shareOf, sum, variance } from "./statistics.ts";

const perHour = 6;
const perDay = 24 * perHour;
const day = [8, 22] as const;
const shapeHours = Array.from({ length: 24 }, (_, hour) => hour);

/** Activity of each home every ten minutes, as its hub counts it. */
export function createHomesMeasurer(span: Span): Measurer {
  const slots = span.days * perDay;
  const counts = new Map<string, Float64Array>();
  return {
    hear({ device, t, i, m }) {
      const act = numberOf(m?.act);
      // a first window may be short, one after a power cut too
      if (Number.isNaN(act) || i < 500) return;
      const own = counts.get(device.id) ?? new Float64Array(slots).fill(Number.NaN);
      counts.set(device.id, own);
      const slot = Math.floor(hoursIn(span, t - 500 * i) * perHour);
      if (slot >= 0 && slot < slots) own[slot] = act;
    },
    measured() {
      const homes = [...counts.values()].map((own) => home(own, span.days));
      const ids = ["perDay", "night", "dayGap", "nightGap", "hour1", "hour24", "dispersion"] as const;
      const gaps = homes.flatMap((one) => one.dayGaps);
      return {
        values: {
          ...Object.fromEntries(ids.map((id) => [id, median(homes.map((one) => one[id]))])),
          fourHours: shareOf(gaps, (hours) => hours >= 4),
          sixHours: shareOf(gaps, (hours) => hours >= 6),
        },
        curves: { activity: shapeHours.map((hour) => mean(homes.map((one) => one.byHour[hour] ?? Number.NaN))) },
      };
    },
  };
}

function home(counts: Float64Array, days: number) {
  const whole = Array.from({ length: days }, (_, n) => counts.subarray(n * perDay, (n + 1) * perDay)).filter((one) => !one.some(Number.isNaN));
  const totals = whole.map((one) => sum([...one]));
  const hourly = Array.from({ length: days * 24 }, (_, k) => sum([...counts.subarray(k * perHour, (k + 1) * perHour)]));
  const byHourOfDay = shapeHours.map((hour) => hourly.filter((_, k) => k % 24 === hour));
  const dayGaps = whole.map((one) => longestQuiet([...one.subarray(day[0] * perHour, day[1] * perHour)]));
  const nights = Array.from({ length: days - 1 }, (_, n) => [...counts.subarray(n * perDay + day[1] * perHour, (n + 1) * perDay + day[0] * perHour)]);
  return {
    dayGaps,
    byHour: byHourOfDay.map(mean),
    perDay: median(totals),
    night: sum(whole.map((one) => sum([...one.subarray(0, 6 * perHour)]))) / sum(totals),
    dayGap: median(dayGaps),
    nightGap: median(nights.filter((one) => !one.some(Number.isNaN)).map(longestQuiet)),
    hour1: autocorrelation(hourly, 1),
    hour24: autocorrelation(hourly, 24),
    dispersion: median(byHourOfDay.slice(...day).map((counted) => variance(counted) / mean(counted))),
  };
}

/** Hours of the longest run without a count. */
function longestQuiet(counts: readonly number[]): number {
  let [longest, quiet] = [0, 0];
  for (const count of counts) {
    quiet = count === 0 ? quiet + 1 : 0;
    longest = Math.max(longest, quiet);
  }
  return longest / perHour;
}
