import { useEffect, useState } from "preact/hooks";
import type { Span } from "../../../../../../shared/city-port.ts";
import { connection, epoch, fetchJson } from "../../../../live/room.ts";

const askMs = 10_000;

/** When the bays of a zone were taken since `from`; asked together, again every ten seconds. */
export function useSpans(ids: readonly string[], metric: string, from: number): ReadonlyMap<string, readonly Span[]> {
  const [held, setHeld] = useState<ReadonlyMap<string, readonly Span[]>>(new Map());
  const key = ids.join(" ");
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    let open = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const answers = await Promise.all(
        ids.map((id) => fetchJson<{ spans: readonly Span[] }>(`/api/v1/devices/${id}/spans?metric=${metric}&from=${from}`)),
      );
      if (!open) return;
      setHeld(new Map(answers.flatMap((answer, index) => (answer.ok ? [[ids[index] ?? "", answer.value.spans] as const] : []))));
      timer = setTimeout(() => void load(), askMs);
    };
    void load();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [key, metric, from, run, link]);
  return held;
}
