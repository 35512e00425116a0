import type { Logger } from "pino";
import type { RawMessage } from "../../shared/city-port.ts";
import { clockAnswerSchema } from "../../shared/clock.ts";
import { cityPrefix, clockAckTopic, clockTopic, parseDeviceTopic, roomTopic } from "../../shared/topics.ts";
import type { Registry } from "../devices/registry.ts";
import type { LogRecord } from "../log/message-log.ts";
import { createRoomRecords } from "../room/room-records.ts";
import type { ClockRecords } from "./clock-records.ts";
import { parseJson } from "./decode.ts";
import { createDeviceRecords } from "./device-records.ts";
import type { Fold } from "./fold.ts";
import type { IngestListeners } from "./listeners.ts";
import { createPipeline } from "./pipeline.ts";
import type { OpenStores } from "./stores-of-run.ts";

export interface ProcessParts {
  readonly city: string;
  readonly registry: Registry;
  readonly fold: Fold;
  readonly retentionMs: number;
  /** As in `BrokerOptions`. */
  readonly judge?: boolean;
  readonly log: Logger;
}

/** A promise: the passage to another run takes its time. A verdict: of what devices and gateways say. */
type Taken = Promise<void> | RawMessage["verdict"] | undefined;
export type Process = (record: LogRecord, position: number) => Taken;

/** Takes one record, in order, to those whom its topic concerns. */
export function createProcess(
  { city, fold, registry, retentionMs, judge = true, log }: ProcessParts,
  listeners: IngestListeners,
  stores: Pick<OpenStores, "lane">,
  takeClock: ClockRecords["take"],
): Process {
  const topics = {
    clock: clockTopic(city),
    ack: clockAckTopic(city),
    gateways: `${cityPrefix(city)}_gw/`,
    act: roomTopic(city, "act"),
    receipt: roomTopic(city, "receipt"),
    mark: roomTopic(city, "mark"),
  };
  const ofTheRoom = new Set([topics.act, topics.receipt, topics.mark]);
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
    observe: judge ? (entry, observed) => fold.room.observe(entry.timeline, observed) : () => undefined,
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
    else if (record.topic === topics.receipt) records.receipt(record);
    else if (record.topic === topics.mark) records.mark(record);
    else if (record.topic.startsWith(topics.gateways)) return own.gateway(record);
    else return takeFromDevice(record, position);
    return undefined;
  }

  return (record, position) => {
    fold.position = position;
    if (!ofTheRoom.has(record.topic)) fold.totals.messages += 1;
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
