import { metaSchema, stateSchema } from "../../shared/reading.ts";
import { type DeviceTopic, parseDeviceTopic } from "../../shared/topics.ts";
import type { Registry } from "../devices/registry.ts";
import type { LogRecord } from "../log/message-log.ts";
import type { Refusal } from "./check.ts";
import { refusal } from "./check.ts";
import { parseJson } from "./decode.ts";
import type { Fold } from "./fold.ts";
import type { IngestListeners } from "./listeners.ts";

export interface DeviceRecordsParts {
  readonly fold: Fold;
  readonly registry: Registry;
  readonly listeners: IngestListeners;
}

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
    if (!state.success) return refusal("shape", `a state is {"s": "init" | "ready" | "sleeping" | "disconnected" | "lost"}`);
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
    listeners.device(entry);
  }

  return {
    device(record: LogRecord): void {
      const topic = parseDeviceTopic(record.topic);
      if (!topic.ok || (topic.value.channel !== "meta" && topic.value.channel !== "state")) return;
      if (record.payload.length === 0) {
        remove(topic.value);
        return;
      }
      const body = parseJson(record.payload);
      const take = topic.value.channel === "meta" ? takeMeta : takeState;
      const wrong = body.ok ? take(topic.value, body.value) : body.reason;
      if (wrong === undefined) return;
      const device = registry.entries.has(topic.value.device) ? topic.value.device : undefined;
      fold.quarantine.add({ t: record.at, topic: record.topic, client: record.user, device, ...wrong, payload: record.payload });
    },
    gateway(record: LogRecord): void {
      const gateway = record.topic.split("/")[4] ?? "";
      const body = parseJson(record.payload);
      const state = body.ok ? stateSchema.safeParse(body.value) : undefined;
      if (!state?.success) return;
      fold.gatewayStates.set(gateway, state.data.s);
      for (const entry of registry.entries.values()) if (entry.meta.gateway === gateway) listeners.device(entry);
    },
  };
}
