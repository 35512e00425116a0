import { metaSchema, stateSchema, stateWords } from "../../shared/reading.ts";
import { type DeviceTopic, parseDeviceTopic } from "../../shared/topics.ts";
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

/** What devices and gateways say of themselves: birth documents and states, both retained. */
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

  return {
    device(record: LogRecord): "refused" | undefined {
      const topic = parseDeviceTopic(record.topic);
      if (!topic.ok || (topic.value.channel !== "meta" && topic.value.channel !== "state")) return undefined;
      if (record.payload.length === 0) {
        remove(topic.value);
        return undefined;
      }
      const body = parseJson(record.payload);
      const take = topic.value.channel === "meta" ? takeMeta : takeState;
      const wrong = body.ok ? take(topic.value, body.value) : body.reason;
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
      for (const entry of registry.entries.values()) if (entry.meta.gateway === gateway) listeners.device(entry);
      return undefined;
    },
  };
}
