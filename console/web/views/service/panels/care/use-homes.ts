import { useEffect, useRef, useState } from "preact/hooks";
import type { DeviceRow, LastAbove } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { connection, epoch, fetchJson, now } from "../../../../live/room.ts";
import { numberOf, seenAt } from "../../../device/readings.ts";
import { quietSince } from "./rhythm.ts";

const dayMs = 86_400_000;
/** A city that has just begun, or whose store is away, is asked again. */
const againMs = 10_000;

export interface Homes {
  /** Time of the last movement of a home; absent = not known yet. */
  readonly last: ReadonlyMap<string, number>;
  /** A day of history has been read. */
  readonly isRead: boolean;
}

/** When there was movement last in each home: read once for all of them from a day of history, then followed by the live feed. */
export function useHomes(rows: readonly DeviceRow[], service: Service): Homes {
  const last = useRef(new Map<string, number>());
  const [readOf, setReadOf] = useState<string | undefined>(undefined);
  const of = `${epoch.value} ${connection.value} ${service.id}`;
  const run = epoch.value;
  useEffect(() => {
    // What another run's homes did says nothing of this one's.
    last.current = new Map();
  }, [run, service.id]);
  useEffect(() => {
    let open = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const from = Math.round(now.peek() - dayMs);
      const answer = await fetchJson<{ devices: readonly LastAbove[] }>(`/api/v1/last-above?service=${service.id}&metric=act&above=0&from=${from}`);
      if (!open) return;
      if (!answer.ok) {
        timer = setTimeout(() => void ask(), againMs);
        return;
      }
      for (const home of answer.value.devices) last.current.set(home.device, Math.max(quietSince(home), last.current.get(home.device) ?? 0));
      setReadOf(of);
    };
    void ask();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [of]);
  for (const row of rows) {
    const seen = seenAt(row);
    if (numberOf(row, service, "act") > 0 && seen > (last.current.get(row.id) ?? 0)) last.current.set(row.id, seen);
  }
  return { last: last.current, isRead: readOf === of };
}
