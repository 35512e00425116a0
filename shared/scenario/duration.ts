/** Days, hours, minutes, seconds, largest first; at least one of them. */
export const durationPattern = /^(?=\d)(?:\d+(?:\.\d+)?d)?(?:\d+(?:\.\d+)?h)?(?:\d+(?:\.\d+)?m)?(?:\d+(?:\.\d+)?s)?$/;
const parts = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** Seconds of a duration like `90s`, `1h30m`; what is not one is none. */
export function secondsOf(text: string): number {
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g)) seconds += Number(amount) * parts[unit as keyof typeof parts];
  return Math.round(seconds);
}

/** The same the other way round: the shortest words for so many whole seconds. */
export function durationOf(seconds: number): string {
  let left = Math.round(seconds);
  let text = "";
  for (const [unit, size] of Object.entries(parts)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === "" ? "0s" : text;
}
