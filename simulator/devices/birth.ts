import { serviceOf } from "../../shared/services/index.ts";
import { deviceTopic, gatewayStateTopic } from "../../shared/topics.ts";
import type { Gateway } from "../city/city.ts";
import type { Device } from "../model.ts";

export interface Retained {
  readonly topic: string;
  readonly payload: string;
}

export const statePayload = (word: "ready" | "lost" | "disconnected", t?: number, b?: number): string =>
  JSON.stringify({ s: word, ...(t === undefined ? {} : { t }), ...(b === undefined ? {} : { b }) });

/** The last will of a gateway carries no time: the broker stamps it when it learns of the loss. */
export const gatewayWill = (city: string, gateway: Gateway): Retained => ({
  topic: gatewayStateTopic(city, gateway.id),
  payload: statePayload("lost"),
});

function metaPayload(device: Device): string {
  const service = serviceOf(device.service);
  const units: Record<string, string> = {};
  for (const name of service?.kinds[device.kind]?.metrics ?? []) {
    const metric = service?.metrics[name];
    if (metric?.kind === "number") units[name] = metric.unit;
  }
  return JSON.stringify({ ...device.meta, ...(Object.keys(units).length === 0 ? {} : { units }) });
}

/** What a gateway says of itself and its devices when it has connected, all retained. */
export function births(city: string, gateway: Gateway, t: number, bootOf: (device: string) => number): Retained[] {
  const out = [{ topic: gatewayStateTopic(city, gateway.id), payload: statePayload("ready", t) }];
  for (const device of gateway.devices) {
    out.push({ topic: deviceTopic(city, device.service, device.id, "meta"), payload: metaPayload(device) });
    out.push({ topic: deviceTopic(city, device.service, device.id, "state"), payload: statePayload("ready", t, bootOf(device.id)) });
  }
  return out;
}
