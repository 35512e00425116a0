import { ackSchema } from "../../shared/command.ts";
import { metaSchema, stateSchema, stateWords } from "../../shared/reading.ts";
import { aheadToleranceMs, fieldLagMs } from "../../shared/timeline.ts";
import { type Channel, type DeviceTopic, parseDeviceTopic } from "../../shared/topics.ts";
import type { Registry } from "../devices/registry.ts";
import type { LogRecord } from "../log/message-log.ts";
import { type Refusal, refusal } from "./check.ts";
import { parseJson } from "./decode.ts";
import type { Fold } from "./fold.ts";
import type { IngestListeners } from "./listeners.ts";

export interface DeviceRecordsParts {
  readonly fold: Fold;
  readonly registry: Registry;
  readonly listeners: IngestListeners;
}

const notAState = refusal("shape", `a state is {"s": ${stateWords.map((word) => `"${word}"`).join(" | ")}}`);

const notAnAck = refusal("shape", `an answer to a command is {"v":1,"id","d","t","ok"} and, when it refuses, "reason"`);

/** What devices and gateways say of themselves: birth documents and states, both retained; and what devices answer to commands. */
export function createDeviceRecords({ fold, registry, listeners }: DeviceRecordsParts) {
  function takeMeta({ service, device }: DeviceTopic, value: unknown): Refusal | undefined {
    const meta = metaSchema.safeParse(value);
    if (meta.success && meta.data.d !== device) return refusal("meta", `the document speaks of ${meta.data.d}, the topic of ${device}`);
    const put = registry.put(service, "field", value);
    return put.ok ? undefined : refusal("meta", put.reason);
  }

  function takeState({ device }: DeviceTopic, value: unknown): Refusal | undefined {
    const state = stateSchema.safeParse(value);
    if (!state.success) return notAState;
    const entry = registry.entries.get(device);
    if (entry === undefined) return undefined;
    fold.trackOf(entry).state = state.data.s;
    listeners.device(entry);
    return undefined;
  }

  /** A device that has heard a command. One that nobody knows has been told nothing. */
  function takeAck({ service, device }: DeviceTopic, value: unknown, at: number): Refusal | undefined {
    const ack = ackSchema.safeParse(value);
    if (!ack.success) return notAnAck;
    if (ack.data.d !== device) return refusal("shape", `the answer speaks of ${ack.data.d}, the topic of ${device}`);
    const entry = registry.entries.get(device);
    if (entry?.service !== service) return refusal("device", `there is no device "${device}" of ${service}`);
    const now = entry.timeline === "field" ? at - fieldLagMs : (fold.clock?.head ?? at);
    if (ack.data.t > now + aheadToleranceMs) return refusal("time", `"t" is more than ${aheadToleranceMs / 1000} s ahead of the device's timeline`);
    fold.room.answered(ack.data, at);
    return undefined;
  }

  /** A zero-length state: the device is no more. Only a real one can say so of itself; the city's are the simulator's affair. */
  function remove({ device, channel }: DeviceTopic): void {
    const entry = registry.entries.get(device);
    if (channel !== "state" || entry?.timeline !== "field") return;
    registry.remove(device);
  }

  function refuse({ at, topic, user, payload }: LogRecord, wrong: Refusal, device: string | undefined): "refused" {
    fold.quarantine.add({ t: at, topic, client: user, device, ...wrong, payload });
    return "refused";
  }

  const takers: Partial<Record<Channel, (topic: DeviceTopic, value: unknown, at: number) => Refusal | undefined>> = {
    meta: takeMeta,
    state: takeState,
    ack: takeAck,
  };
  return {
    device(record: LogRecord): "refused" | undefined {
      const topic = parseDeviceTopic(record.topic);
      const take = topic.ok ? takers[topic.value.channel] : undefined;
      if (!topic.ok || take === undefined) return undefined;
      if (record.payload.length === 0) {
        remove(topic.value);
        return undefined;
      }
      const body = parseJson(record.payload);
      const wrong = body.ok ? take(topic.value, body.value, record.at) : body.reason;
      return wrong && refuse(record, wrong, registry.entries.has(topic.value.device) ? topic.value.device : undefined);
    },
    gateway(record: LogRecord): "refused" | undefined {
      const gateway = record.topic.split("/")[4] ?? "";
      // an empty one takes the retained word away, and says nothing
      if (record.payload.length === 0) return undefined;
      const body = parseJson(record.payload);
      if (!body.ok) return refuse(record, body.reason, undefined);
      const state = stateSchema.safeParse(body.value);
      if (!state.success) return refuse(record, notAState, undefined);
      fold.gatewayStates.set(gateway, state.data.s);
      fold.room.gatewaySaid(gateway, state.data.s);
      for (const entry of registry.entries.values()) if (entry.meta.gateway === gateway) listeners.device(entry);
      return undefined;
    },
  };
}
