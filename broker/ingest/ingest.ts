import type { RootDatabase } from "lmdb";
import type { Logger } from "pino";
import type { Service } from "../../shared/service.ts";
import { fieldLagMs } from "../../shared/timeline.ts";
import { roomTopic } from "../../shared/topics.ts";
import type { JournalState } from "../alarms/journal.ts";
import type { Registry } from "../devices/registry.ts";
import { createLogKeeper } from "../log/log-keeper.ts";
import { type LogRecord, type MessageLog, openMessageLog } from "../log/message-log.ts";
import type { Incoming } from "../mqtt/door.ts";
import type { Runs } from "../runs.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { createClockRecords } from "./clock-records.ts";
import { createDelays } from "./delays.ts";
import type { Fold, FoldState } from "./fold.ts";
import type { IngestListeners } from "./listeners.ts";
import { createProcess } from "./process.ts";
import { createRetention } from "./retention.ts";
import { type OpenStores, openStores } from "./stores-of-run.ts";
import { createTimelines, type Timelines } from "./timeline.ts";
import { vouchedBy } from "./vouched-checkpoint.ts";

export interface IngestOptions {
  readonly city: string;
  readonly root: RootDatabase;
  readonly checkpointFile: string;
  readonly services: readonly Service[];
  readonly registry: Registry;
  readonly fold: Fold;
  readonly runs: Runs;
  readonly retentionMs: number;
  /** The log keeps what every fold has passed for so long; default: it does not. */
  readonly keepLogMs?: number;
  /** Resolves when the journal's lines up to now are on the disk; absent: they are kept nowhere else. */
  readonly written?: () => Promise<void>;
  /** As in `BrokerOptions`. */
  readonly judge?: boolean;
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
}

const flushMs = 250;
const flushRows = 16_384;
const checkpointMs = 10_000;
/** A disk that takes nothing does not hold up the end: the next start replays from the checkpoint before. */
const lastLinesMs = 1000;

interface SettlingParts {
  readonly checkpoint: ReturnType<typeof vouchedBy>;
  readonly stores: OpenStores;
  readonly keeper: ReturnType<typeof createLogKeeper>;
  readonly messages: MessageLog<Arrival>;
  readonly log: Logger;
}
/** One after the other: whoever waits for the last has waited for all. What cannot be saved now is saved next time; until then the log keeps it. */
function settler({ checkpoint, stores, keeper, messages, log }: SettlingParts): () => Promise<void> {
  let settling: Promise<void> = Promise.resolve();
  return () => {
    settling = settling
      .then(async () => {
        const position = await checkpoint.settle(stores.confirmed());
        const passed = position === undefined ? undefined : keeper.passed(position, Date.now());
        if (passed !== undefined) await messages.trim(passed);
      })
      .catch((cause: unknown) => log.error({ err: cause }, "checkpoint not saved: the log keeps everything until the next one"));
    return settling;
  };
}

/** The fold over the log: replayed at start, then fed by arrivals as they become durable. Order of arrival is order of processing. */
export async function startIngest(options: IngestOptions, listeners: IngestListeners): Promise<Ingest> {
  const { fold, registry, log } = options;
  const timelines = createTimelines(fold, registry);
  const checkpoint = vouchedBy(openCheckpoint(options.checkpointFile), options.written);
  const delays = createDelays();
  let stopped: string | undefined;
  const fatal = (cause: unknown): void => {
    stopped ??= cause instanceof Error ? cause.message : String(cause);
    log.fatal({ err: cause }, "ingest stopped: nothing is acknowledged any more");
  };

  const saved = await checkpoint.load();
  const messages = openMessageLog<Arrival>(options.root, durable, log);
  // without one all that the log still holds is replayed: what it told is told again
  fold.restore(saved ?? emptied(fold.state(), firstOf(messages) === 1));
  const stores = await openStores({ ...options, confirm: () => void settle() });
  // a log that was lost must not number what comes as if checkpoint and stores had it
  messages.goOnBehind(Math.max(fold.position, stores.had()));
  const clock = createClockRecords({ fold, timelines, stores, listeners, log });
  const keeper = createLogKeeper(options.keepLogMs ?? 0);
  const retention = createRetention(stores, options.retentionMs, log);
  const process = createProcess(options, listeners, stores, clock.take);

  const settle = settler({ checkpoint, stores, keeper, messages, log });

  let chain: Promise<void> | undefined;
  async function processAll(first: number, records: readonly Arrival[], began: number): Promise<void> {
    if (stopped !== undefined) return giveUp(records, options.city);
    const durableAt = performance.now();
    const silent = new Set<Arrival>();
    let position = first;
    for (const record of records) {
      const taken = process(record, position++);
      if (taken instanceof Promise) await taken;
      else if (taken === "refused" || taken === "duplicate") silent.add(record);
    }
    delays.add(durableAt - began, performance.now() - began);
    if (stores.rows() >= flushRows) stores.flush(fold.position, false);
    const room = stores.room();
    if (room) await room;
    for (const record of records) record.done(silent.size === 0 || !silent.has(record));
  }
  function durable(first: number, records: readonly Arrival[], began: number): void {
    chain = (chain ?? Promise.resolve())
      .then(() => processAll(first, records, began))
      .catch((cause: unknown) => {
        fatal(cause);
        giveUp(records, options.city);
      });
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
    if (!hasField(registry)) return;
    const payload = Buffer.from(String(mark));
    messages.append({ at: Date.now(), user: "", topic: roomTopic(options.city, "mark"), payload, done: () => undefined });
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
    checkpoint.offer(() => fold.saved());
    stores.flush(fold.position, true);
  }, checkpointMs);

  return {
    take({ user, topic, payload, refused }, done) {
      const at = Date.now();
      messages.append(refused === undefined ? { at, user, topic, payload, done } : { at, user, topic, payload, done, refused });
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
      if (stopped === undefined) checkpoint.offer(() => fold.saved());
      stores.flush(fold.position, true);
      await stores.close();
      await checkpoint.lines(lastLinesMs);
      await settle();
      await messages.close();
    },
  };
}

/** A person who waits for his action learns that nobody takes it now. The field keeps what is not acknowledged, and the courier carries nothing on. */
function giveUp(records: readonly Arrival[], city: string): void {
  const act = roomTopic(city, "act");
  for (const { topic, done } of records) if (topic === act) done(false);
}

const firstOf = ({ replay }: Pick<MessageLog<Arrival>, "replay">): number | undefined => {
  for (const { position } of replay(0)) return position;
  return undefined;
};

/** `whole`: the log begins with its first line, and brings the journal back. A log that was trimmed does not: then its lines stay, and others come behind. */
/** Asked four times a second: thousands of city devices are not copied for it. */
function hasField({ entries }: Registry): boolean {
  for (const { timeline } of entries.values()) if (timeline === "field") return true;
  return false;
}

const emptied = (state: FoldState, whole: boolean): FoldState => ({
  ...state,
  chronicle: { n: 0, waiting: [] },
  quarantine: { total: 0, byCode: {} },
  ...(state.room && { room: { ...state.room, journal: behind(whole ? 0 : state.room.journal.n) } }),
});
const behind = (n: number): JournalState => ({ n, run: "", began: n });
