import { useEffect, useState } from "preact/hooks";
import { connection, epoch, fetchJson } from "../live/room.ts";

export interface Answer<T> {
  readonly value: T | undefined;
  /** Why the newest question was not answered; the value before it is kept. */
  readonly reason: string | undefined;
  readonly again: () => void;
}

/**
 * Asks over HTTP, again every `everyMs` of wall time (0 = never), after a lost connection and in a new run. `path` undefined = not now.
 * `keep`: the answer to the path before stays until the next one is there, for a window that moves with time.
 */
export function useAnswer<T>(path: string | undefined, everyMs = 0, keep = false): Answer<T> {
  const [value, setValue] = useState<{ path: string | undefined; value: T } | undefined>(undefined);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    if (path === undefined) return;
    let open = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await fetchJson<T>(path);
      if (!open) return;
      if (answer.ok) setValue({ path, value: answer.value });
      setReason(answer.ok ? undefined : answer.reason);
      if (everyMs > 0) timer = setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [path, everyMs, run, link, turn]);
  return { value: keep || value?.path === path ? value?.value : undefined, reason, again: () => setTurn((count) => count + 1) };
}
