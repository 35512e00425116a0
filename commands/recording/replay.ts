import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Ledger } from "../../shared/city-port.ts";
import type { Config } from "../../shared/runtime/config.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { fieldLagMs } from "../../shared/timeline.ts";
import { Complaint } from "../talk.ts";
import { type Difference, differenceOf } from "./alarms-heard.ts";
import { openOutlet } from "./outlet.ts";
import { type Again, type Played, play } from "./play.ts";
import { noAlarms } from "./record-log.ts";
import { type Head, type Recorded, readRecording } from "./recorded.ts";
import { heardClock, recordedClock } from "./recorded-clock.ts";
import { type AlarmRow, openReplayRoom, type ReplayRoom } from "./replay-room.ts";
import { kindOf, partsOf } from "./said.ts";
import { type Survey, survey } from "./survey.ts";
import { createTopicFilter } from "./topic-filters.ts";

export interface ReplayRequest {
  readonly file: string;
  readonly rate: number | null;
  readonly topics: readonly string[];
  readonly from?: number;
  readonly to?: number;
  /** Whether alarms are as they were heard is judged. */
  readonly check: boolean;
  readonly until: AbortSignal;
}
/** What came of it. */
export interface Replayed extends Played {
  readonly run: string | null;
  readonly devices: number;
  readonly guessed: readonly string[];
  readonly ledger: Ledger;
  readonly refusals: ReturnType<ReplayRoom["refusals"]>;
  /** Occurrences: raised, and of these cleared. */
  readonly raised: number;
  readonly cleared: number;
  /** The recording does not begin with its run: what stood before, and what rules had learned, is not in it. */
  readonly whole: boolean;
  readonly difference: Difference | null;
}

export const openRecording = (file: string): AsyncGenerator<Head | Recorded> =>
  readRecording(createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }), file);

/** Plays a recording to a room of its own, and tells the alarms as they are raised and cleared. @throws Complaint */
export async function replay(config: Config, request: ReplayRequest, tell: (row: AlarmRow) => void): Promise<Replayed> {
  const { file, rate, topics, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = request;
  const wanted = createTopicFilter(topics);
  const known = withoutReal(await survey(openRecording(file)));
  const judges = request.check ? judgeOf(known, request) : undefined;
  if (known.devices.size === 0) throw new Complaint(`${file}: nothing in it comes from a device that any service knows`);
  const lifecycle = createLifecycle((part, cause) => process.stderr.write(`${part} did not close: ${String(cause)}\n`));
  try {
    const room = await openReplayRoom(config, known, lifecycle);
    const outlet = await openOutlet(room.url, room.parties);
    lifecycle.add("outlet", outlet.close);
    const news = (): void => {
      for (const row of room.news()) tell(row);
    };
    const options = { outlet, party: room.clock, city: known.city, rate, onTold: news };
    const played = await play(openRecording(file), {
      ...{ outlet, rate, span: { from, to }, until: request.until },
      again: (message) => (isBirth(message) || wanted(message.topic) ? sayAgain(message, known) : []),
      clocks: known.clocks > 0 ? recordedClock(options) : heardClock(options, known.at),
    });
    news();
    const occurrences = room.occurrences();
    return {
      ...played,
      ...{ run: known.head.run, devices: known.devices.size, guessed: known.guessed, whole: known.whole },
      ...{ ledger: room.ledger(), refusals: room.refusals(), raised: occurrences.length },
      cleared: occurrences.filter(({ cleared }) => cleared !== null).length,
      difference: judges === undefined ? null : differenceOf(judges.heard, occurrences, judges.judged),
    };
  } finally {
    await lifecycle.close();
  }
}

/** Real devices live by the wall clock of then: they have no place in city time. */
function withoutReal(known: Survey): Survey {
  const real = new Set(known.clocks > 0 ? known.head.field : []);
  return { ...known, devices: new Map([...known.devices].filter(([id]) => !real.has(id))) };
}

const isBirth = ({ topic }: Recorded): boolean => {
  const about = kindOf(topic);
  return about.kind === "device" && about.channel === "meta";
};

/** By its gateway, as it was. What a room said, this one says itself. */
function sayAgain(message: Recorded, { devices, clocks, city }: Survey): readonly Again[] {
  const about = kindOf(message.topic);
  if ((about.kind !== "device" && about.kind !== "gateway") || about.city !== city) return [];
  if (about.kind === "gateway") return [{ party: about.gateway, topic: message.topic, payload: message.payload, retain: true }];
  const { device, channel } = about;
  const party = devices.get(device)?.meta.gateway ?? device;
  const retain = channel === "state" || channel === "meta";
  return [{ party, topic: message.topic, payload: clocks > 0 || retain ? message.payload : stamped(message), retain }];
}

/** A real device may leave out the time: then it is that of arrival, and its values are estimated. */
function stamped({ at, payload }: Recorded): Buffer {
  const parts = partsOf(payload);
  if (parts.length === 0 || parts.every(({ t }) => t !== undefined)) return payload;
  const timed = parts.map((part) => {
    const metrics = Object.keys(part.m ?? {});
    const quality = metrics.length === 0 ? {} : { q: { ...Object.fromEntries(metrics.map((name) => [name, "est"])), ...(part.q ?? {}) } };
    return part.t === undefined ? { ...part, t: at - fieldLagMs, ...quality } : part;
  });
  return Buffer.from(JSON.stringify(timed.length === 1 ? timed[0] : timed));
}

/** Of the time before it the recorder could not tell. */
function judgeOf({ alarms, head, liveAt }: Survey, { from, to, topics }: ReplayRequest) {
  if (from !== undefined || to !== undefined || topics.length > 0)
    throw new Complaint("--check needs the whole recording: leave out --topics, --from and --to", 2);
  if (head.without.includes(noAlarms)) throw new Complaint("--check: a log does not hold what the room told of alarms; record it live", 2);
  if (liveAt === undefined) throw new Complaint("--check: the recorded city was never live, so nobody told of alarms");
  return { heard: alarms, judged: ({ raised }: { raised: number }) => raised > liveAt };
}
