import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChronicleLine } from "../../../../../../shared/city-port.ts";
import { chronicle, connection, epoch, fetchJson, now } from "../../../../live/room.ts";

const hour = 3_600_000;
/** The server gives at most so many lines at once: an hour of a city fits, a day does not. */
const most = 2000;
const askMs = 5000;

/** Every line of a service since `from`: whole hours are asked once, the running one again and again, and what comes live on top. */
export function useLines(service: string, from: number): { readonly lines: readonly ChronicleLine[]; readonly isCut: boolean } {
  const [held, setHeld] = useState<{ readonly lines: ReadonlyMap<number, ChronicleLine>; readonly isCut: boolean }>({
    lines: new Map(),
    isCut: false,
  });
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    let open = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let next = from;
    setHeld({ lines: new Map(), isCut: false });
    const step = async () => {
      const to = Math.min(next + hour, Math.round(now.peek()) + 1);
      const answer = await fetchJson<{ lines: readonly ChronicleLine[] }>(`/api/v1/chronicle?service=${service}&from=${next}&to=${to}&limit=${most}`);
      if (!open) return;
      if (answer.ok) {
        const told = answer.value.lines;
        setHeld((before) => ({
          lines: told.length === 0 ? before.lines : new Map([...before.lines, ...told.map((line) => [line.n, line] as const)]),
          isCut: before.isCut || told.length >= most,
        }));
        // Lines of the last minutes may still be on their way: an hour is done when the hand is well beyond it.
        if (now.peek() > next + hour * 1.25) next += hour;
      }
      timer = setTimeout(() => void step(), answer.ok && now.peek() > next + hour ? 0 : askMs);
    };
    void step();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [service, from, run, link]);
  const live = chronicle.value;
  const lines = useMemo(() => {
    const own = live.filter((line) => line.service === service && line.t >= from);
    return [...new Map([...held.lines, ...own.map((line) => [line.n, line] as const)]).values()];
  }, [held, live, service, from]);
  return { lines, isCut: held.isCut };
}
