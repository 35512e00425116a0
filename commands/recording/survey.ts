import { createAlarmsHeard, type HeardAlarm } from "./alarms-heard.ts";
import type { Head, Recorded } from "./recorded.ts";
import { clockOf, kindOf } from "./said.ts";
import { createSpokenDevices, type Spoken } from "./spoken-devices.ts";

/** What a recording is about, before any of it is said again. */
export interface Survey {
  readonly head: Head;
  readonly city: string;
  /** Who is in it, by id: as its birth document says, or as what it measures tells. */
  readonly devices: ReadonlyMap<string, Spoken>;
  /** Those of them that have no birth document. */
  readonly guessed: readonly string[];
  readonly clocks: number;
  readonly messages: number;
  /** Wall times of the first and the last message. */
  readonly at: readonly [number, number];
  /** What the recorded room raised, as far as it was heard. */
  readonly alarms: readonly HeardAlarm[];
  /** City time from which alarms are told of. */
  readonly liveAt: number | undefined;
  /** The recorded clock began with its run, so that nothing stood before. */
  readonly whole: boolean;
}

/** Reads a recording once, and keeps what must be known of all of it. */
export async function survey(recording: AsyncIterable<Head | Recorded>): Promise<Survey> {
  const devices = createSpokenDevices();
  const alarms = createAlarmsHeard();
  const seen = { city: undefined as string | undefined, clocks: 0, messages: 0, whole: false, from: 0, to: 0 };
  let head: Head | undefined;
  const clock = (payload: Buffer): void => {
    const said = clockOf(payload);
    if (said === undefined) return;
    if (seen.clocks === 0) seen.whole = said.mark <= said.start;
    seen.clocks += 1;
    seen.city ??= said.city;
    alarms.clock(said);
  };
  for await (const line of recording) {
    if ("what" in line) {
      head = line;
      seen.city = line.city ?? undefined;
      continue;
    }
    if (seen.messages === 0) seen.from = line.at;
    seen.messages += 1;
    seen.to = line.at;
    const about = kindOf(line.topic);
    if (about.kind === "clock") clock(line.payload);
    else if (about.kind === "alarm") alarms.take(line.payload);
    else if (about.kind === "device") {
      seen.city ??= about.city;
      devices.take(about, line.payload);
    }
  }
  if (head === undefined) throw new Error("a recording begins with its head");
  const { from, to, city = "captured", clocks, messages, whole } = seen;
  return { head, city, clocks, messages, whole, at: [from, to], ...devices.all(), alarms: alarms.all(), liveAt: alarms.since() };
}
