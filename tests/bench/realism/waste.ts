import { daysToFeast, isHoliday, localTime } from "../../../simulator/environment/calendar.ts";
import { dayMs, type Measurer, type Span } from "./measured.ts";
import { waste } from "./reference.ts";
import { autocorrelation, mean, median, sd, variation } from "./statistics.ts";

/** Deposits of each day and their weight, all units together: of single deposits nothing real is known. */
export function createWasteMeasurer(span: Span): Measurer {
  const counts = new Array<number>(span.days).fill(0);
  const kilograms = new Array<number>(span.days).fill(0);
  return {
    hear({ t, e, x }) {
      const n = Math.floor((t - span.start) / dayMs);
      if (e !== "deposit" || n < 0 || n >= span.days) return;
      counts[n] = (counts[n] ?? 0) + 1;
      kilograms[n] = (kilograms[n] ?? 0) + Number(x?.net);
    },
    measured() {
      const each = kilograms.map((kg, n) => kg / (counts[n] ?? Number.NaN));
      const days = counts.map((_, n) => localTime(span.start + n * dayMs));
      const feasts = days.map(({ day }) => daysToFeast(day));
      // feasts and what is around them, and other holidays, are no usual days
      const usual = counts.map((count, n) => ((feasts[n] ?? 99) <= 3 || isHoliday(days[n]?.day ?? 0) ? Number.NaN : count));
      const rest = counts.map((count, n) => count / mean(sameWeekdays(usual, n)) - 1);
      const kgByMonth = byClass(
        each,
        days.map(({ month }) => month - 1),
        12,
      );
      const byWeekday = byClass(
        usual,
        days.map(({ weekday }) => (weekday + 6) % 7),
        7,
      );
      const kgByWeekday = byClass(
        each,
        days.map(({ weekday }) => (weekday + 6) % 7),
        7,
      );
      const months = kgByMonth.map((kg) => kg / mean(kgByMonth));
      const real = waste.kgByMonth.map((kg) => kg / mean(waste.kgByMonth));
      return {
        values: {
          kg: mean(each),
          sunday: (byWeekday[6] ?? Number.NaN) / mean(byWeekday),
          dayRest: robustDeviation(rest.filter((_, n) => !Number.isNaN(usual[n]))),
          november: months[10] ?? Number.NaN,
          eves: 1 + mean(rest.filter((_, n) => feasts[n] === 1)),
          kgVariation: variation(each),
          months: Math.max(...months.flatMap((value, month) => (Number.isNaN(value) ? [] : [Math.abs(value - (real[month] ?? 0))]))),
          sundayKg: (kgByWeekday[6] ?? Number.NaN) / mean(kgByWeekday),
          rest1: autocorrelation(
            rest.map((value, n) => (Number.isNaN(usual[n]) ? Number.NaN : value)),
            1,
          ),
          kg1: autocorrelation(kilograms, 1),
          kg7: autocorrelation(kilograms, 7),
        },
        curves: { months: kgByMonth, weekdays: byWeekday.map((count) => count / mean(byWeekday)) },
      };
    },
  };
}

/** The same weekday up to four weeks before and after. */
const sameWeekdays = (counts: readonly number[], n: number): number[] =>
  [-4, -3, -2, -1, 1, 2, 3, 4].map((weeks) => counts[n + 7 * weeks] ?? Number.NaN);
const byClass = (values: readonly number[], classes: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, one) => mean(values.filter((_, n) => classes[n] === one)));
/** From the median absolute deviation; of few days the plain one. */
const robustDeviation = (values: readonly number[]): number => {
  const middle = median(values);
  return values.length < 10 ? sd(values) : 1.4826 * median(values.map((value) => Math.abs(value - middle)));
};
