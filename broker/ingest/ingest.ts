import type { RootDatabase } from "lmdb";
import type { Logger } from "pino";
import type { ChronicleLine, LiveReading, RawMessage } from "../../shared/city-port.ts";
import { type CityClock, type ClockAnswer, clockAnswerSchema, clockSchema, fieldLagMs } from "../../shared/clock.ts";
import { metaSchema, stateSchema } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import { clockAckTopic, clockTopic, parseDeviceTopic } from "../../shared/topics.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import { type LogRecord, openMessageLog } from "../log/message-log.ts";
import type { Incoming } from "../mqtt/listener.ts";
import type { Runs } from "../runs.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { parseJson } from "./decode.ts";
import { createDelays } from "./delays.ts";
import type { Fold } from "./fold.ts";
import { createPipeline } from "./pipeline.ts";
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

/** What the rest of the broker wants to hear of. */
export interface IngestListeners {
  reading(entry: Entry, reading: LiveReading): void;
  chronicle(lines: readonly ChronicleLine[]): void;
  clock(clock: CityClock): void;
  device(entry: Entry): void;
  answer(answer: ClockAnswer): void;
  raw(sender: string, message: RawMessage): void;
}

export interface Ingest {
  take(message: Incoming, done: () => void): void;
  readonly stores: OpenStores;
  readonly timelines: Timelines;
  delays(): { durable: number; accepted: number };
  /** Messages that wait for their commit. */
  waiting(): number;
  flush(): void;
  close(): Promise<void>;
}

interface Arrival extends LogRecord {
  readonly done: () => void;
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
  const topics = { clock: clockTopic(options.city), ack: clockAckTopic(options.city) };
  const fatal = (cause: unknown): void => log.fatal({ err: cause }, "ingest stopped: nothing is acknowledged any more");

  const saved = await checkpoint.load();
  if (saved) fold.restore(saved);
  const messages = openMessageLog<Arrival>(options.root, durable, fatal);
  const stores = await openStores({ ...options, confirm: () => void settle().catch(fatal) });
  const take = createPipeline({
    fold,
    registry,
    retentionMs: options.retentionMs,
    target(entry, late, position) {
      const lane = stores.lane(entry.timeline);
      return lane === undefined || position <= lane.had ? undefined : lane.columns.lane(entry.service, late);
    },
    confirmed: (entry) => stores.lane(entry.timeline)?.feed.confirmed() ?? 0,
    announce: listeners.reading,
  });

  async function settle(): Promise<void> {
    const position = await checkpoint.settle(stores.confirmed());
    if (position !== undefined) await messages.trim(position);
  }

  function takeClock(record: LogRecord, position: number): Promise<void> | undefined {
    const body = parseJson(record.payload);
    const parsed = body.ok ? clockSchema.safeParse(body.value) : undefined;
    if (!parsed?.success) {
      log.error({ payload: record.payload.toString("utf8").slice(0, 300) }, "clock document not understood");
      return undefined;
    }
    const clock = parsed.data;
    const before = fold.clock;
    const set = (): void => {
      fold.clock = clock;
      listeners.chronicle(timelines.advance("city", clock.mark));
      if (before?.run === clock.run && clock.image !== undefined && clock.image !== before.image) stores.saveImage(clock, clock.image, position);
      listeners.clock(clock);
    };
    if (before?.run === clock.run) return void set();
    timelines.rewind(0);
    passing = true;
    return stores.begin(clock, position).then(() => {
      passing = false;
      set();
    });
  }

  function takeDevice(record: LogRecord, position: number): void {
    const topic = parseDeviceTopic(record.topic);
    if (!topic.ok) return;
    const { channel, device, service } = topic.value;
    if (channel === "obs" || channel === "event") {
      const verdict = take(record, position);
      listeners.raw(device, { t: record.at, topic: record.topic, payload: record.payload.toString("utf8"), verdict });
      return;
    }
    const body = parseJson(record.payload);
    const refuse = (code: "json" | "meta" | "shape", reason: string): void =>
      fold.quarantine.add({
        t: record.at,
        topic: record.topic,
        client: record.user,
        device: registry.entries.has(device) ? device : undefined,
        code,
        reason,
        payload: record.payload,
      });
    if (!body.ok) return refuse("json", body.reason.reason);
    if (channel === "meta") {
      const meta = metaSchema.safeParse(body.value);
      if (meta.success && meta.data.d !== device) return refuse("meta", `the document speaks of ${meta.data.d}, the topic of ${device}`);
      const put = registry.put(service, "field", body.value);
      if (!put.ok) refuse("meta", put.reason);
    } else if (channel === "state") {
      const state = stateSchema.safeParse(body.value);
      const entry = registry.entries.get(device);
      if (!state.success) return refuse("shape", `a state is {"s": "init" | "ready" | "sleeping" | "disconnected" | "lost"}`);
      if (entry === undefined) return;
      fold.trackOf(entry).state = state.data.s;
      listeners.device(entry);
    }
  }

  function takeGatewayState(record: LogRecord): void {
    const gateway = record.topic.split("/")[4] ?? "";
    const body = parseJson(record.payload);
    const state = body.ok ? stateSchema.safeParse(body.value) : undefined;
    if (!state?.success) return;
    fold.gatewayStates.set(gateway, state.data.s);
    for (const entry of registry.entries.values()) if (entry.meta.gateway === gateway) listeners.device(entry);
  }

  /** One record, in order. Only the passage to another run takes its time. */
  function process(record: LogRecord, position: number): Promise<void> | undefined {
    fold.position = position;
    fold.totals.messages += 1;
    if (record.refused !== undefined) {
      fold.totals.strayReceived += 1;
      fold.totals.strayRefused += 1;
      const { at, topic, user, payload, refused } = record;
      fold.quarantine.add({ t: at, topic, client: user, device: undefined, code: refused.code, reason: refused.reason, payload });
    } else if (record.topic === topics.clock) return takeClock(record, position);
    else if (record.topic === topics.ack) {
      const body = parseJson(record.payload);
      const answer = body.ok ? clockAnswerSchema.safeParse(body.value) : undefined;
      if (answer?.success) listeners.answer(answer.data);
    } else if (record.topic.includes("/_gw/")) takeGatewayState(record);
    else takeDevice(record, position);
    return undefined;
  }

  /** Between two runs there is neither a city nor only the field: no time goes on. */
  let passing = false;
  let chain: Promise<void> | undefined;
  async function processAll(first: number, records: readonly Arrival[]): Promise<void> {
    const durableAt = performance.now();
    for (const [offset, record] of records.entries()) {
      const passage = process(record, first + offset);
      if (passage) await passage;
    }
    const newest = records.at(-1);
    if (newest) delays.add(durableAt - newest.began, performance.now() - newest.began);
    if (stores.rows() >= flushRows) stores.flush(fold.position, false);
    const room = stores.room();
    if (room) await room;
    for (const { done } of records) done();
  }
  function durable(first: number, records: readonly Arrival[]): void {
    const next = (chain ?? Promise.resolve()).then(() => processAll(first, records)).catch(fatal);
    chain = next;
  }

  let replayed = 0;
  for (const { position, record } of messages.replay(fold.position)) {
    const passage = process(record, position);
    if (passage) await passage;
    if (stores.rows() >= flushRows) stores.flush(position, false);
    replayed += 1;
  }
  if (replayed > 0) log.info({ messages: replayed }, "log replayed");

  const flushing = setInterval(() => {
    if (!passing) listeners.chronicle(timelines.advance("field", Date.now() - fieldLagMs));
    stores.flush(fold.position, false);
  }, flushMs);
  let offered = fold.position;
  const saving = setInterval(() => {
    if (fold.position === offered) return;
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
    flush: () => stores.flush(fold.position, false),
    async close() {
      clearInterval(flushing);
      clearInterval(saving);
      await chain;
      checkpoint.offer(fold.state());
      stores.flush(fold.position, true);
      await stores.close();
      await settle();
      await messages.close();
    },
  };
}
