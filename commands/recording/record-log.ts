import { existsSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import { unpackRecords } from "../../broker/log/record-bytes.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { clockTopic, deviceTopic } from "../../shared/topics.ts";
import { Complaint } from "../talk.ts";
import { headLine, messageLine, type Recorded } from "./recorded.ts";
import { clockOf, kindOf, timesOf } from "./said.ts";

interface Registered {
  readonly service: string;
  readonly timeline: Timeline;
  readonly meta: { readonly d: string };
  readonly gone?: true;
}

/** Of which replays must know. */
export const noAlarms = "_alarm (what the room told)";

/**
 * A recording out of a data folder's log, whether its city runs or not: everything that was taken in, homes too, as far back as the log is kept. What was refused at
 * the door is left out: nobody could say it again. Births come from the registry, because the log need not reach back to them. @throws Complaint
 */
export function* recordLog(dataDir: string, wanted: (topic: string) => boolean): Generator<string> {
  const path = join(dataDir, "ledger.mdb");
  if (!existsSync(path)) throw new Complaint(`there is no log in the folder "${dataDir}"; name the city's folder with GWANJE_DATA_DIR`);
  const root = open({ path, noSubdir: true, maxDbs: 16, encoding: "msgpack", readOnly: true });
  try {
    const batches = root.openDB<Buffer, number>("records", { encoding: "binary" });
    const registered = [...root.openDB<Registered, string>("registry", { encoding: "msgpack" }).getRange()].map(({ value }) => value);
    const devices = registered.filter(({ gone }) => gone === undefined);
    const messages = function* (): Generator<Recorded> {
      let mark: number | null = null;
      for (const { value } of batches.getRange())
        for (const { at, topic, payload, refused } of unpackRecords(value)) {
          if (refused !== undefined || topic.endsWith("/_room/mark")) continue;
          const clock = kindOf(topic).kind === "clock" ? clockOf(payload) : undefined;
          if (clock !== undefined) mark = clock.mark;
          yield { at, t: clock?.mark ?? timesOf(payload)?.[1] ?? mark, topic, payload, qos: 1, retain: false };
        }
    };
    const first = firstClock(messages());
    if (first.from === undefined) throw new Complaint(`the log in the folder "${dataDir}" is empty`);
    const { from, clock } = first;
    yield headLine({
      ...{ city: clock?.city ?? null, run: clock?.run ?? null, seed: clock?.seed ?? null, from },
      ...{
        without: ["what was refused at the door", noAlarms],
        field: devices.flatMap(({ timeline, meta }) => (timeline === "field" ? [meta.d] : [])),
      },
    });
    for (const { service, meta } of clock === undefined ? [] : devices) {
      const topic = deviceTopic(clock?.city ?? "", service, meta.d, "meta");
      if (wanted(topic)) yield messageLine({ at: from, t: null, topic, payload: Buffer.from(JSON.stringify(meta)), qos: 1, retain: true });
    }
    for (const message of messages()) if (wanted(message.topic) || message.topic === clockTopic(clock?.city ?? "")) yield messageLine(message);
  } finally {
    root.close().catch(() => undefined);
  }
}

function firstClock(messages: Iterable<Recorded>) {
  let from: number | undefined;
  for (const { at, topic, payload } of messages) {
    from ??= at;
    const clock = kindOf(topic).kind === "clock" ? clockOf(payload) : undefined;
    if (clock !== undefined) return { from, clock };
  }
  return { from, clock: undefined };
}
