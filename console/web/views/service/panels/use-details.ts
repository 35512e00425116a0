import { useEffect, useState } from "preact/hooks";
import { connection, epoch, fetchJson } from "../../../live/room.ts";
import type { DeviceFacts } from "../../device/device-view.tsx";

/** Birth documents of a few devices: their constants do not change within a run. */
export function useDetails(ids: readonly string[]): ReadonlyMap<string, DeviceFacts> {
  const [facts, setFacts] = useState<ReadonlyMap<string, DeviceFacts>>(new Map());
  const key = ids.join(" ");
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    let open = true;
    void Promise.all(ids.map((id) => fetchJson<DeviceFacts>(`/api/v1/devices/${id}`))).then((answers) => {
      if (open) setFacts(new Map(answers.flatMap((answer) => (answer.ok ? [[answer.value.id, answer.value]] : []))));
    });
    return () => {
      open = false;
    };
  }, [key, run, link]);
  return facts;
}
