import { useEffect, useState } from "preact/hooks";
import { connection, epoch, fetchJson } from "../../../live/room.ts";
import type { DeviceFacts } from "../../device/device-facts.ts";

/** Birth documents of a few devices: their constants do not change within a run. */
export function useDetails(ids: readonly string[]): ReadonlyMap<string, DeviceFacts> {
  const [facts, setFacts] = useState<ReadonlyMap<string, DeviceFacts>>(new Map());
  const key = ids.join(" ");
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    let open = true;
    const load = async () => {
      const found = new Map<string, DeviceFacts>();
      // A browser opens six connections to one host: more questions at once would only make the page's others wait.
      for (let at = 0; at < ids.length && open; at += 6) {
        const answers = await Promise.all(ids.slice(at, at + 6).map((id) => fetchJson<DeviceFacts>(`/api/v1/devices/${id}`)));
        for (const answer of answers) if (answer.ok) found.set(answer.value.id, answer.value);
        if (open) setFacts(new Map(found));
      }
    };
    void load();
    return () => {
      open = false;
    };
  }, [key, run, link]);
  return facts;
}
