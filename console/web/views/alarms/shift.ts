const minuteMs = 60_000;
/** Day and night shift of twelve hours each: as long as an operator may shelve. */
const changes = [8, 20] as const;

/** Minutes since midnight of the city. */
function minuteOfDay(time: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const [hour = 0, minute = 0] = format.format(time).split(":").map(Number);
  return hour * 60 + minute;
}

/** When the shift that is on now ends, by the city's clock; epoch ms. */
export function shiftEnd(now: number, zone: string): number {
  const present = minuteOfDay(now, zone);
  const next = changes.map((change) => change * 60).find((change) => change > present) ?? (changes[0] + 24) * 60;
  return Math.floor(now / minuteMs) * minuteMs + (next - present) * minuteMs;
}
