import type { Span } from "../../../shared/city-port.ts";
import type { FlagMetric, StateMetric } from "../../../shared/service.ts";

/** What a live point says: the code is 0 or 1 for flags, the index of the word for states. */
export const meaning = (contract: FlagMetric | StateMetric, code: number): string | boolean | undefined =>
  contract.kind === "flag" ? code === 1 : contract.words[code];

/** Adds one live value at the end: the open span grows, another value opens a new one; what is late waits for the next load. */
export function grown(spans: readonly Span[], t: number, value: string | boolean, staleMs: number): readonly Span[] {
  const last = spans.at(-1);
  if (last === undefined) return [{ from: t, to: t, value }];
  if (t < last.to) return spans;
  const joined = t - last.to <= staleMs;
  const before = joined ? [...spans.slice(0, -1), { ...last, to: t }] : spans;
  return last.value === value && joined ? before : [...before, { from: t, to: t, value }];
}

/** Time in each value between `from` and `to`, ms, and all of it together. */
export function shares(
  spans: readonly Span[],
  from: number,
  to: number,
): { readonly of: ReadonlyMap<string | boolean, number>; readonly whole: number } {
  const of = new Map<string | boolean, number>();
  let whole = 0;
  for (const span of spans) {
    const long = Math.min(span.to, to) - Math.max(span.from, from);
    if (long <= 0) continue;
    of.set(span.value, (of.get(span.value) ?? 0) + long);
    whole += long;
  }
  return { of, whole };
}

/** Times without a reading between spans: a span ends with the last reading that confirmed it. */
export const spanGaps = (spans: readonly Span[], staleMs: number): readonly { readonly from: number; readonly to: number }[] =>
  spans.slice(1).flatMap((span, index) => {
    const before = spans[index];
    return before !== undefined && span.from - before.to > staleMs ? [{ from: before.to, to: span.from }] : [];
  });

/** The spans as a table that a spreadsheet opens. */
export function spansCsv(spans: readonly Span[]): string {
  const at = (t: number) => new Date(t).toISOString();
  return [
    "from,to,seconds,value",
    ...spans.map((span) => `${at(span.from)},${at(span.to)},${Math.round((span.to - span.from) / 1000)},${span.value}`),
  ].join("\r\n");
}
