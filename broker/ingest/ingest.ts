import type { RootDatabase } from "lmdb";
import type { Logger } from "pino";
import type { RawMessage } from "../../shared/city-port.ts";
import { clockAnswerSchema } from "../../shared/clock.ts";
import type { Service } from "../../shared/service.ts";
import { fieldLagMs } from "../../shared/timeline.ts";
import { cityPrefix, clockAckTopic, clockTopic, parseDeviceTopic, roomTopic } from "../../shared/topics.ts";
import type { Registry } from "../devices/registry.ts";
import { type LogRecord, openMessageLog } from "../log/message-log.ts";
import type { Incoming } from "../mqtt/door.ts";
import { createRoomRecords } from "../room/room-records.ts";
import type { Runs } from "../runs.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { type ClockRecords, createClockRecords } from "./clock-records.ts";
import { parseJson } from "./decode.ts";
import { createDelays } from "./delays.ts";
import { createDeviceRecords } from "./device-records.ts";
import type { Fold, FoldState } from "./fold.ts";
import type { IngestListeners } from "./listeners.ts";
import { createPipeline } from "./pipeline.ts";
import { createRetention } from "./retention.ts";
import { type OpenStores, openStores } from "./stores-of-run.ts";
import { createTimelines, type Timelines } from "./timeline.ts";

export interface IngestOptions {
  readonly city: string;
  readonly root: RootDatabase;
  readonly checkpointFile: string;
  readonly services: readonly Service[];
  readonly registry: Registry;
  readonly fold: Fold;
  readonly runs: Runs;
  readonly retentionMs: number;
  readonly log: Logger;
}

export interface Ingest {
  take(message: Incoming, done: (forward: boolean) => void): void;
  readonly stores: OpenStores;
  readonly timelines: Timelines;
  delays(): { durable: number; accepted: number };
  /** Messages that wait for their commit. */
  waiting(): number;
  /** Why nothing is acknowledged; undefined while all is well. */
  trouble(): string | undefined;
  flush(): void;
  close(): Promise<void>;
}

interface Arrival extends LogRecord {
  /** May be acknowledged, and forwarded to whoever listens unless it said nothing new. */
  readonly done: (forward: boolean) => void;
  /** Monotonic ms of arrival. */
  readonly began: number;
}

const flushMs = 250;
const flushRows = 16_384;
const checkpointMs = 10_000;

/** The fold over the log: replayed at start, then fed by arrivals as they become durable. Order of arrival is order of processing. */
export async function startIngest(options: IngestOptions, listeners: IngestListeners): Promise<Ingest> {
  const { fold, registry, log } = options;
  const timelines = createTimelines(fold, registry);
  const checkpoint = openCheckpoint(options.checkpointFile);
  const delays = createDelays();
  let stopped: string | undefined;
  const fatal = (cause: unknown): void => {
    stopped ??= cause instanceof Error ? cause.message : String(cause);
    log.fatal({ err: cause }, "ingest stopped: nothing is acknowledged any more");
  };

  const saved = await checkpoint.load();
  // without one the whole log is replayed: what it told is told again from the first line
  fold.restore(saved ?? emptied(fold.state()));
  const messages = openMessageLog<Arrival>(options.root, durable, log);
  const stores = await openStores({ ...options, confirm: () => void settle() });
  // a log that was lost must not number what comes as if checkpoint and stores had it
  messages.goOnBehind(Math.max(fold.position, stores.had()));
  const clock = createClockRecords({ fold, timelines, stores, listeners, log });
  const retention = createRetention(stores, options.retentionMs, log);
  const process = createProcess(options, listeners, stores, clock.take);

  /** One after the other: whoever waits for the last has waited for all. What cannot be saved now is saved next time; until then the log keeps it. */
  let settling: Promise<void> = Promise.resolve();
  function settle(): Promise<void> {
    settling = settling
      .then(async () => {
        const position = await checkpoint.settle(stores.confirmed());
        if (position !== undefined) await messages.trim(position);
      })
      .catch((cause: unknown) => log.error({ err: cause }, "checkpoint not saved: the log keeps everything until the next one"));
    return settling;
  }

  let chain: Promise<void> | undefined;
  async function processAll(first: number, records: readonly Arrival[]): Promise<void> {
    if (stopped !== undefined) return;
    const durableAt = performance.now();
    const silent = new Set<Arrival>();
    for (const [offset, record] of records.entries()) {
      const taken = process(record, first + offset);
      if (taken instanceof Promise) await taken;
      else if (taken === "refused" || taken === "duplicate") silent.add(record);
    }
    const newest = records.at(-1);
    if (newest) delays.add(durableAt - newest.began, performance.now() - newest.began);
    if (stores.rows() >= flushRows) stores.flush(fold.position, false);
    const room = stores.room();
    if (room) await room;
    for (const record of records) record.done(!silent.has(record));
  }
  function durable(first: number, records: readonly Arrival[]): void {
    const next = (chain ?? Promise.resolve()).then(() => processAll(first, records)).catch(fatal);
    chain = next;
  }

  async function replay(): Promise<void> {
    let replayed = 0;
    for (const { position, record } of messages.replay(fold.position)) {
      const taken = process(record, position);
      if (taken instanceof Promise) await taken;
      replayed += 1;
      if (stores.rows() < flushRows) continue;
      stores.flush(position, false);
      const room = stores.room();
      if (room) await room;
    }
    if (replayed > 0) log.info({ messages: replayed }, "log replayed");
  }
  await replay().catch(async (cause: unknown) => {
    await stores.close();
    throw cause;
  });

  /** Field time stands in the log like everything that changes what is known: a replay finds people's actions where they were. */
  function tellFieldTime(): void {
    const mark = Date.now() - fieldLagMs;
    listeners.chronicle(timelines.advance("field", mark));
    if (![...registry.entries.values()].some(({ timeline }) => timeline === "field")) return;
    const payload = Buffer.from(String(mark));
    messages.append({ at: Date.now(), user: "", topic: roomTopic(options.city, "mark"), payload, done: () => undefined, began: performance.now() });
  }
  const flushing = setInterval(() => {
    if (!clock.passing()) tellFieldTime();
    stores.flush(fold.position, false);
    retention.look("city", timelines.markOf("city"));
    retention.look("field", timelines.markOf("field"));
  }, flushMs);
  let offered = fold.position;
  const saving = setInterval(() => {
    if (fold.position === offered || stopped !== undefined) return;
    offered = fold.position;
    checkpoint.offer(fold.state());
    stores.flush(fold.position, true);
  }, checkpointMs);

  return {
    take({ user, topic, payload, refused }, done) {
      const began = performance.now();
      messages.append({ at: Date.now(), user, topic, payload, done, began, ...(refused ? { refused } : {}) });
    },
    stores,
    timelines,
    delays: delays.medians,
    waiting: () => messages.waiting(),
    trouble: () => stopped ?? messages.trouble(),
    flush: () => stores.flush(fold.position, false),
    async close() {
      clearInterval(flushing);
      clearInterval(saving);
      // a record on its way to the disk may still open the store of another run
      await messages.drained();
      for (let seen: typeof chain; seen !== chain; ) {
        seen = chain;
        await chain;
      }
      if (stopped === undefined) checkpoint.offer(fold.state());
      stores.flush(fold.position, true);
      await stores.close();
      await settle();
      await messages.close();
    },
  };
}

const emptied = (state: FoldState): FoldState => ({ ...state, chronicle: { n: 0, waiting: [] }, quarantine: { total: 0, byCode: {} } });

/** A promise: the passage to another run takes its time. A verdict: of what devices and gateways say. */
type Taken = Promise<void> | RawMessage["verdict"] | undefined;
type Process = (record: LogRecord, position: number) => Taken;

/** Takes one record, in order, to those whom its topic concerns. */
function createProcess(
  { city, fold, registry, retentionMs, log }: IngestOptions,
  listeners: IngestListeners,
  stores: OpenStores,
  takeClock: ClockRecords["take"],
): Process {
  const topics = {
    clock: clockTopic(city),
    ack: clockAckTopic(city),
    gateways: `${cityPrefix(city)}_gw/`,
    act: roomTopic(city, "act"),
    mark: roomTopic(city, "mark"),
  };
  const records = createRoomRecords(fold.room, listeners.acted, log);
  const own = createDeviceRecords({ fold, registry, listeners });
  const takeReadings = createPipeline({
    fold,
    registry,
    retentionMs,
    target(entry, late, position) {
      const lane = stores.lane(entry.timeline);
      return lane === undefined || position <= lane.had ? undefined : lane.columns.lane(entry.service, late);
    },
    confirmed: (entry) => stores.lane(entry.timeline)?.feed.confirmed() ?? 0,
    announce: listeners.reading,
    observe: (entry, observed) => fold.room.observe(entry.timeline, observed),
  });

  function refuse({ at, topic, user, payload }: LogRecord, refused: NonNullable<LogRecord["refused"]>): void {
    fold.totals.strayReceived += 1;
    fold.totals.strayRefused += 1;
    fold.quarantine.add({ t: at, topic, client: user, device: registry.entries.get(user)?.id, ...refused, payload });
  }
  function takeAnswer(record: LogRecord): void {
    const body = parseJson(record.payload);
    const answer = body.ok ? clockAnswerSchema.safeParse(body.value) : undefined;
    if (answer?.success) listeners.answer(answer.data);
  }
  function takeFromDevice(record: LogRecord, position: number): RawMessage["verdict"] | undefined {
    const topic = parseDeviceTopic(record.topic);
    if (topic.ok && topic.value.channel !== "obs" && topic.value.channel !== "event") return own.device(record);
    const payload = record.payload.toString("utf8");
    const verdict = takeReadings(record, position, payload);
    const sender = topic.ok ? topic.value.device : (record.topic.split("/")[4] ?? "");
    listeners.raw(sender, { t: record.at, topic: record.topic, payload, verdict });
    return verdict;
  }

  function take(record: LogRecord, position: number): Taken {
    if (record.refused !== undefined) refuse(record, record.refused);
    else if (record.topic === topics.clock) return takeClock(record, position);
    else if (record.topic === topics.ack) takeAnswer(record);
    else if (record.topic === topics.act) records.act(record);
    else if (record.topic === topics.mark) records.mark(record);
    else if (record.topic.startsWith(topics.gateways)) return own.gateway(record);
    else return takeFromDevice(record, position);
    return undefined;
  }

  return (record, position) => {
    fold.position = position;
    if (record.topic !== topics.mark && record.topic !== topics.act) fold.totals.messages += 1;
    if (fold.totals.since === 0) fold.totals.since = record.at;
    try {
      return take(record, position);
    } catch (cause) {
      // one message that we cannot take must never stop the others, now or in a replay
      log.error({ err: cause, topic: record.topic, position }, "a message could not be taken");
      refuse(record, { code: "shape", reason: `it could not be taken: ${cause instanceof Error ? cause.message : String(cause)}` });
      return "refused";
    }
  };
}
