import { useEffect, useRef, useState } from "preact/hooks";
import type { FigureSeries } from "../../../../shared/city-port.ts";
import type { TrendColumns } from "../../trend/trend-buffer.ts";

const minute = 60_000;

/** One figure over a day: whole minutes that had a value. */
export interface FigureColumn {
  readonly t: readonly number[];
  readonly v: readonly number[];
}

/** Adds what the server told from some minute on; what is older than `from` goes, what comes twice is taken once. */
export function joinedDay(held: ReadonlyMap<string, FigureColumn>, told: readonly FigureSeries[], from: number): ReadonlyMap<string, FigureColumn> {
  return new Map(
    told.map(({ id, t, v }) => {
      const before = held.get(id);
      const first = t[0] ?? Number.POSITIVE_INFINITY;
      const times: number[] = [];
      const values: number[] = [];
      before?.t.forEach((at, index) => {
        if (at < from || at >= first) return;
        times.push(at);
        values.push(before.v[index] ?? Number.NaN);
      });
      t.forEach((at, index) => {
        const value = v[index];
        if (at < from || value === null || value === undefined) return;
        times.push(at);
        values.push(value);
      });
      return [id, { t: times, v: values }] as const;
    }),
  );
}

/** Columns for a plot, with the present value at the end. */
export function columnsOf(day: FigureColumn | undefined, live: number, time: number): TrendColumns {
  const t = [...(day?.t ?? [])];
  const mean = [...(day?.v ?? [])];
  if (Number.isFinite(live) && time > (t.at(-1) ?? 0)) {
    t.push(time);
    mean.push(live);
  }
  return { t, mean, min: mean, max: mean, width: t.map(() => 0), q: t.map(() => undefined) };
}

/** Minutes without a fresh device are no points: the line breaks there. Two minutes are the beat of figures, so three are a hole. */
export const holesOf = (t: readonly number[], reach = 3 * minute): readonly { readonly from: number; readonly to: number }[] =>
  t.slice(1).flatMap((to, at) => {
    const from = t[at] ?? to;
    return to - from > reach ? [{ from, to }] : [];
  });

export interface FigureDay {
  readonly columns: ReadonlyMap<string, FigureColumn>;
  readonly reason: string | undefined;
}

interface DayAsk {
  readonly service: string;
  readonly rangeMs: number;
  readonly now: () => number;
  /** Anew when it changes: another run, another connection. */
  readonly turn: string;
  readonly ask: (
    path: string,
  ) => Promise<
    { readonly ok: true; readonly value: { readonly figures: readonly FigureSeries[] } } | { readonly ok: false; readonly reason: string }
  >;
}

/** A minute at an easy pace, two seconds in fast time: only what is new is asked for. */
const askMs = 2000;

/** The service's figures over the last day, asked once and then in pieces. */
export function useFigureDay({ service, rangeMs, now, turn, ask }: DayAsk): FigureDay {
  const [day, setDay] = useState<FigureDay>({ columns: new Map(), reason: undefined });
  const upTo = useRef(0);
  useEffect(() => {
    let open = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    upTo.current = 0;
    const load = async () => {
      const time = now();
      const begin = Math.round(time - rangeMs);
      // The last minute told may have been under way: it is asked for once more.
      const from = upTo.current === 0 ? begin : Math.max(begin, upTo.current);
      if (upTo.current === 0 || time - upTo.current >= 2 * minute) {
        const answer = await ask(`/api/v1/figures?service=${service}&from=${from}`);
        if (!open) return;
        if (answer.ok) {
          upTo.current = Math.max(upTo.current, ...answer.value.figures.map((series) => series.t.at(-1) ?? 0));
          setDay((held) => ({ columns: joinedDay(held.columns, answer.value.figures, begin), reason: undefined }));
        } else setDay((held) => ({ ...held, reason: answer.reason }));
      }
      timer = setTimeout(() => void load(), askMs);
    };
    setDay({ columns: new Map(), reason: undefined });
    void load();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [service, rangeMs, turn]);
  return day;
}
