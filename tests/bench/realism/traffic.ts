import { isHoliday, localTime } from "../../../simulator/environment/calendar.ts";
import { dayMs, type Measurer, numberOf, type Span } from "./measured.ts";
import { trafficShares } from "./reference.ts";
import { autocorrelation, mean, meanShape, median, quantile, shares, sum, totalVariation, variance, variation } from "./statistics.ts";

const slotMs = 900_000;
const slotsPerDay = 96;
/** Morning, evening and weekend peaks are looked for in these hours. */
const morning = [5, 11] as const;
const evening = [14, 21] as const;
const daytime = [7, 19] as const;

interface Counts {
  readonly vehicles: Uint16Array;
  /** Seconds of the slot that were counted. */
  readonly seconds: Uint16Array;
}

/** Counts of each approach per quarter of an hour, summed from its readings; a slot of which a minute is missing is none. */
export function createTrafficMeasurer(span: Span): Measurer {
  const slots = span.days * slotsPerDay;
  const counts = new Map<string, Counts>();
  return {
    hear({ device, t, i, m }) {
      const volume = numberOf(m?.volume);
      if (Number.isNaN(volume)) return;
      const own = counts.get(device.id) ?? { vehicles: new Uint16Array(slots), seconds: new Uint16Array(slots) };
      counts.set(device.id, own);
      // the window ends at t
      const slot = Math.floor((t - (i * 1000) / 2 - span.start) / slotMs);
      if (slot < 0 || slot >= slots) return;
      own.vehicles[slot] = (own.vehicles[slot] ?? 0) + volume;
      own.seconds[slot] = (own.seconds[slot] ?? 0) + i;
    },
    measured() {
      const kinds = kindsOfDays(span);
      const approaches = [...counts.values()].map((own) => approach(own, kinds));
      const of = (pick: (one: Approach) => number): number => median(approaches.map(pick));
      const weekdays = approaches.map(({ weekday }) => weekday).filter((shape) => !shape.some(Number.isNaN));
      const weekends = approaches.map(({ weekend }) => weekend).filter((shape) => !shape.some(Number.isNaN));
      const [own, ownWeekend] = [meanShape(weekdays), meanShape(weekends)];
      const toReal = weekdays.map((shape) => totalVariation(shape, shares(trafficShares.weekday)));
      const toOwn = weekdays.map((shape) => totalVariation(shape, own));
      return {
        values: {
          ...Object.fromEntries(Object.keys(approaches[0]?.values ?? {}).map((id) => [id, of((one) => one.values[id] ?? Number.NaN)])),
          toReal: median(toReal),
          toReal90: quantile(toReal, 0.9),
          spread: median(toOwn),
          weekendToReal: totalVariation(ownWeekend, shares(trafficShares.weekend)),
        },
        curves: {
          weekday: own.map((value) => 100 * value),
          weekend: ownWeekend.map((value) => 100 * value),
          low: hours.map(
            (hour) =>
              100 *
              quantile(
                weekdays.map((shape) => shape[hour] ?? Number.NaN),
                0.1,
              ),
          ),
          high: hours.map(
            (hour) =>
              100 *
              quantile(
                weekdays.map((shape) => shape[hour] ?? Number.NaN),
                0.9,
              ),
          ),
        },
      };
    },
  };
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);
type Kind = "weekday" | "weekend" | "holiday";
const kindsOfDays = ({ start, days }: Span): readonly Kind[] =>
  Array.from({ length: days }, (_, n) => {
    const { day, weekday } = localTime(start + n * dayMs);
    if (isHoliday(day)) return "holiday";
    return weekday === 0 || weekday === 6 ? "weekend" : "weekday";
  });

interface Approach {
  /** Shares of the day by hour. */
  readonly weekday: readonly number[];
  readonly weekend: readonly number[];
  readonly values: Readonly<Record<string, number>>;
}
/** Everything that is asked of one approach. */
function approach({ vehicles, seconds }: Counts, kinds: readonly Kind[]): Approach {
  // holidays belong to neither kind of day
  const series = Float64Array.from(vehicles, (count, slot) =>
    seconds[slot] === slotMs / 1000 && kinds[Math.floor(slot / slotsPerDay)] !== "holiday" ? count : Number.NaN,
  );
  const daysOf = (kind: Kind): Float64Array[] =>
    kinds.flatMap((one, n) => (one === kind ? [series.subarray(n * slotsPerDay, (n + 1) * slotsPerDay)] : []));
  const [weekdays, weekends] = [daysOf("weekday"), daysOf("weekend")];
  const bySlot = { weekday: slotMeans(weekdays), weekend: slotMeans(weekends), holiday: [] };
  const rest = series.map((count, slot) => count - (bySlot[kinds[Math.floor(slot / slotsPerDay)] ?? "holiday"][slot % slotsPerDay] ?? Number.NaN));
  const [weekday, weekend] = [hourly(bySlot.weekday), hourly(bySlot.weekend)];
  const bright = Array.from({ length: (daytime[1] - daytime[0]) * 4 }, (_, k) => weekdays.map((day) => day[daytime[0] * 4 + k] ?? Number.NaN));
  return {
    weekday: shares(weekday),
    weekend: shares(weekend),
    values: {
      perWeekday: sum(weekday),
      weekend: sum(weekend) / sum(weekday),
      dayVariation: variation(weekdays.map((day) => sum([...day]))),
      peakTrough: Math.max(...weekday) / Math.min(...weekday),
      amPeak: peakIn(weekday, morning),
      pmPeak: peakIn(weekday, evening),
      weekendPeak: peakIn(weekend, [0, 24]),
      raw15: autocorrelation(series, 1),
      raw24: autocorrelation(series, slotsPerDay),
      raw168: autocorrelation(series, 7 * slotsPerDay),
      rest15: autocorrelation(rest, 1),
      rest60: autocorrelation(rest, 4),
      rest24: autocorrelation(rest, slotsPerDay),
      slotVariation: median(bright.map(variation)),
      dispersion: median(bright.map((counts) => variance(counts) / mean(counts))),
      oddEven: totalVariation(
        shares(hourly(slotMeans(weekdays.filter((_, n) => n % 2 === 0)))),
        shares(hourly(slotMeans(weekdays.filter((_, n) => n % 2 === 1)))),
      ),
    },
  };
}
const slotMeans = (days: readonly Float64Array[]): number[] =>
  Array.from({ length: slotsPerDay }, (_, slot) => mean(days.map((day) => day[slot] ?? Number.NaN)));
const hourly = (slots: readonly number[]): number[] => hours.map((hour) => sum(slots.slice(4 * hour, 4 * hour + 4)));
function peakIn(byHour: readonly number[], [from, to]: readonly [number, number]): number {
  let best = from;
  for (let hour = from; hour < to; hour++) if ((byHour[hour] ?? 0) > (byHour[best] ?? 0)) best = hour;
  return best;
}
