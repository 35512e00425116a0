import { useEffect, useRef, useState } from "preact/hooks";
import type { DeviceRow, Series } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { epoch, fetchJson, now } from "../../../../live/room.ts";
import { numberOf, seenAt } from "../../../device/readings.ts";
import { quietSince } from "./rhythm.ts";

const day = 86_400_000;
/** Homes are asked a few at a time, so that opening the page is no flood. */
const together = 5;

export interface Homes {
  /** Time of the last movement of a home; absent = not known yet. */
  readonly last: ReadonlyMap<string, number>;
  /** Homes whose day has been read. */
  readonly read: number;
}

/** When there was movement last in each home: read once from a day of history, then followed by the live feed. */
export function useHomes(rows: readonly DeviceRow[], service: Service): Homes {
  const last = useRef(new Map<string, number>());
  const asked = useRef(new Set<string>());
  const [read, setRead] = useState(0);
  const run = epoch.value;
  const key = rows.length;
  useEffect(() => {
    let open = true;
    last.current = new Map();
    asked.current = new Set();
    const ask = async (id: string) => {
      const from = Math.round(now.peek() - day);
      const answer = await fetchJson<Series>(`/api/v1/devices/${id}/series?metric=act&from=${from}&points=144`);
      if (!open || !answer.ok) return;
      // Quiet for the whole day: it is at least as long as what was read.
      const since = quietSince(answer.value.points) ?? answer.value.points[0]?.t;
      if (since !== undefined) last.current.set(id, Math.max(since, last.current.get(id) ?? 0));
      asked.current.add(id);
    };
    const load = async () => {
      for (let at = 0; at < rows.length && open; at += together) {
        await Promise.all(rows.slice(at, at + together).map((row) => ask(row.id)));
        if (open && at % (together * 10) === 0) setRead(asked.current.size);
      }
      if (open) setRead(asked.current.size);
    };
    void load();
    return () => {
      open = false;
    };
  }, [run, key, service]);
  for (const row of rows) {
    const seen = seenAt(row);
    if (numberOf(row, service, "act") > 0 && seen > (last.current.get(row.id) ?? 0)) last.current.set(row.id, seen);
  }
  return { last: last.current, read };
}
