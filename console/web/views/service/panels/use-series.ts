import { useEffect, useState } from "preact/hooks";
import type { Series } from "../../../../../shared/city-port.ts";
import { connection, epoch, fetchJson } from "../../../live/room.ts";

/** A browser opens six connections to one host: more questions at once would only make the page's others wait. */
const together = 4;

export interface SeriesAsk {
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** The same stretch of one metric for some devices; what was known stays until the next answer is there. */
export function useSeries(ids: readonly string[], { metric, from, to, points }: SeriesAsk): ReadonlyMap<string, Series> {
  const [held, setHeld] = useState<ReadonlyMap<string, Series>>(new Map());
  const key = ids.join(" ");
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    let open = true;
    const load = async () => {
      for (let at = 0; at < ids.length && open; at += together) {
        const some = ids.slice(at, at + together);
        const path = (id: string) => `/api/v1/devices/${id}/series?metric=${metric}&from=${from}&to=${to}&points=${points}`;
        const answers = await Promise.all(some.map((id) => fetchJson<Series>(path(id))));
        if (!open) return;
        setHeld((before) => {
          const next = new Map(before);
          for (const [index, answer] of answers.entries()) if (answer.ok) next.set(some[index] ?? "", answer.value);
          return next;
        });
      }
    };
    void load();
    return () => {
      open = false;
    };
  }, [key, metric, from, to, run, link]);
  return held;
}
