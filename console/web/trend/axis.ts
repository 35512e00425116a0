/** Minutes between two marks of a time axis: what people count in. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880].map((minutes) => minutes * 60_000);

const formats = new Map<string, Intl.DateTimeFormat>();
/** To make a format costs a hundred times as much as to use it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const held = formats.get(zone);
  if (held !== undefined) return held;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, made);
  return made;
}

/** Minutes by which the zone is ahead of UTC at `t`, as ms. */
export function zoneOffset(t: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(t);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - Math.floor(t / 1000) * 1000;
}

/** Midnight of the day in the zone that holds `t`. */
export function dayStart(t: number, zone: string): number {
  const ahead = zoneOffset(t, zone);
  return Math.floor((t + ahead) / 86_400_000) * 86_400_000 - ahead;
}

export interface TimeTick {
  readonly t: number;
  readonly text: string;
}

/** Round local times between `from` and `to`, at most one per `room` px; a day axis names days at midnight. */
export function timeTicks(from: number, to: number, width: number, zone: string, room = 90): readonly TimeTick[] {
  const most = Math.max(2, Math.floor(width / room));
  const step = timeSteps.find((candidate) => (to - from) / candidate <= most) ?? 7 * 86_400_000;
  const ahead = zoneOffset(to, zone);
  const ticks: TimeTick[] = [];
  for (let t = Math.ceil((from + ahead) / step) * step - ahead; t <= to; t += step) {
    const local = new Date(t + ahead);
    const two = (n: number) => String(n).padStart(2, "0");
    const midnight = (t + ahead) % 86_400_000 === 0;
    const text = midnight && to - from > 12 * 3_600_000 ? `${local.getUTCMonth() + 1}/${local.getUTCDate()}` : clock(local, two);
    ticks.push({ t, text });
  }
  return ticks;
}
const clock = (local: Date, two: (n: number) => string) => `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;

export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Decimals that the marks need. */
  readonly decimals: number;
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/**
 * An axis round what is to be seen, never tighter than `least` (twenty steps of the metric's precision, so that sensor noise does not look
 * like a storm), and not beyond the physical range unless a value is.
 */
export function valueAxis(low: number, high: number, least: number, range: readonly [number, number], marks = 6): ValueAxis {
  let [min, max] = low <= high ? [low, high] : range;
  if (max - min < least) {
    const middle = (min + max) / 2;
    [min, max] = [middle - least / 2, middle + least / 2];
  }
  const margin = (max - min) * 0.06;
  min = low >= range[0] ? Math.max(range[0], min - margin) : min - margin;
  max = high <= range[1] ? Math.min(range[1], max + margin) : max + margin;
  const step = niceStep((max - min) / marks || 1);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { min: Math.floor(min / step + 1e-9) * step, max: Math.ceil(max / step - 1e-9) * step, step, decimals };
}

/** Lowest and highest value drawn between two times; Infinity, -Infinity when there is none. */
export function extent(
  times: readonly number[],
  min: readonly number[],
  max: readonly number[],
  from: number,
  to: number,
): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < times.length; at++) {
    const t = times[at] ?? 0;
    if (t < from || t > to) continue;
    low = Math.min(low, min[at] ?? low);
    high = Math.max(high, max[at] ?? high);
  }
  return [low, high];
}
