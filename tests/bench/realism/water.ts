import { floodsOf, halves, hourlyMeans, recessions } from "./floods.ts";
import { hoursIn, type Measurer, numberOf, type Span } from "./measured.ts";
import { autocorrelation, innerDeviation, median, quantile, shareOf } from "./statistics.ts";

const slotsPerDay = 96;
/** Rises of this height are events, cm: as at the small gauges of the real set. */
const leastRise = 5;
/** Rain of a flash flood, mm/h: where so much fell at a gauge within the last hours the water may rise as fast as it likes. */
const cloudburst = { rain: 20, hours: 3 };

/** The level at each gauge every quarter of an hour, cm: the last reading before it. */
export function createWaterMeasurer(span: Span): Measurer {
  const slots = span.days * slotsPerDay;
  const levels = new Map<string, Float64Array>();
  /** Heaviest rain at any gauge by the hour, mm/h. */
  const rain = new Float64Array(span.days * 24);
  return {
    hear({ device, t, m }) {
      const hour = Math.floor(hoursIn(span, t));
      const falls = numberOf(m?.rain);
      if (falls > (rain[hour] ?? 0)) rain[hour] = falls;
      const dist = numberOf(m?.dist);
      if (Number.isNaN(dist)) return;
      const own = levels.get(device.id) ?? new Float64Array(slots).fill(Number.NaN);
      levels.set(device.id, own);
      const slot = Math.floor(hoursIn(span, t) * 4);
      // whole tenths of a millimetre, as it is told: 1.234 - 0.233 is not 1.001 in binary
      if (slot >= 0 && slot < slots) own[slot] = Math.round(10_000 * ((device.meta.constants?.reference ?? 0) - dist)) / 100;
    },
    measured() {
      const gauges = [...levels.values()].map((own) => gauge(own, rain));
      const ids = Object.keys(gauges[0] ?? {});
      const values = Object.fromEntries(ids.map((id) => [id, median(gauges.map((one) => one[id] ?? Number.NaN))]));
      values.fastest = Math.max(...gauges.map((one) => one.fastest ?? Number.NaN));
      return { values, curves: { recession: recessionCurve(levels.values()) } };
    },
  };
}

function gauge(level: Float64Array, rain: Float64Array): Record<string, number> {
  const days = level.length / slotsPerDay;
  const calm = (hour: number): boolean => Math.max(...rain.subarray(Math.max(0, hour - cloudburst.hours), hour + 1)) < cloudburst.rain;
  const steps = level.map((value, k) => value - (level[k - 1] ?? Number.NaN));
  const hourly = hourlyMeans(level);
  const floods = floodsOf(level, leastRise);
  const byDay = Array.from({ length: days }, (_, n) =>
    [...level.subarray(n * slotsPerDay, (n + 1) * slotsPerDay)].filter((value) => !Number.isNaN(value)),
  );
  return {
    halves: halves(floods),
    keep24: median(recessions(hourly, { floor: quantile(level, 0.01), noise: 0.1, least: leastRise })),
    stepNoise: innerDeviation(steps),
    raw15: autocorrelation(level, 1),
    fastest: Math.max(
      ...hourly.map((value, k) => (calm(k) ? value - (hourly[k - 1] ?? Number.NaN) : Number.NaN)).filter((value) => !Number.isNaN(value)),
    ),
    step99: quantile(steps.map(Math.abs), 0.99),
    eventsPerYear: (365.25 * floods.length) / days,
    rise: median(floods.map(({ rise }) => rise)),
    fall: median(floods.map(({ fall }) => fall)),
    raw24: autocorrelation(level, slotsPerDay),
    steps15: autocorrelation(steps, 1),
    zeroSteps: shareOf(steps, (step) => Math.abs(step) < 0.005),
    dailyRange: median(byDay.filter((day) => day.length > slotsPerDay / 2).map((day) => Math.max(...day) - Math.min(...day))),
  };
}

/** Share of the height that is left by hours after the peak of a gauge's highest event: median of the gauges. */
function recessionCurve(levels: Iterable<Float64Array>): number[] {
  const falls = [...levels].map((level) => {
    const floor = quantile(level, 0.01);
    let peak = 0;
    // a week has to follow
    for (let k = 0; k < level.length - 7 * slotsPerDay; k++)
      if (!((level[k] ?? Number.NaN) <= (level[peak] ?? Number.NEGATIVE_INFINITY)) && !Number.isNaN(level[k])) peak = k;
    return Array.from({ length: 97 }, (_, hour) => ((level[peak + 4 * hour] ?? Number.NaN) - floor) / ((level[peak] ?? Number.NaN) - floor));
  });
  return Array.from({ length: 97 }, (_, hour) => median(falls.map((fall) => fall[hour] ?? Number.NaN)));
}
