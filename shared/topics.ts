import { ok, type Result, refuse } from "./result.ts";

/**
 * `urban/v1/{city}/{service}/{device}/{channel}`: the only place where topics are built and read.
 * Gateways and devices share one name space; a pack goes to its gateway's `obs`.
 */
export const channels = ["obs", "event", "state", "meta", "cmd", "ack"] as const;
export type Channel = (typeof channels)[number];

export interface DeviceTopic {
  readonly city: string;
  readonly service: string;
  readonly device: string;
  readonly channel: Channel;
}

/** Ids of cities, services, gateways and devices. */
export const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const deviceTopic = (city: string, service: string, device: string, channel: Channel): string =>
  `urban/v1/${city}/${service}/${device}/${channel}`;
export const gatewayStateTopic = (city: string, gateway: string): string => `urban/v1/${city}/_gw/${gateway}/state`;
export const clockTopic = (city: string): string => `urban/v1/${city}/_clock`;
/** Asks of the clock, `{id, action}`, and their answers, `{id, ok, reason?}`: between the broker and the simulator. */
export const clockSetTopic = (city: string): string => `urban/v1/${city}/_clock/set`;
export const clockAckTopic = (city: string): string => `urban/v1/${city}/_clock/ack`;
export const alarmTopic = (city: string, alarm: string): string => `urban/v1/${city}/_alarm/${alarm}/state`;
/** Records of the room itself in the log, never on the wire: what people do, what links answer, how far field time is. */
export const roomTopic = (city: string, what: "act" | "receipt" | "mark"): string => `urban/v1/${city}/_room/${what}`;
/** Asks of the simulator beside its clock, and their answers: between the scenarios' director and the simulator. */
export const simSetTopic = (city: string): string => `urban/v1/${city}/_sim/set`;
export const simAckTopic = (city: string): string => `urban/v1/${city}/_sim/ack`;
export const truthTopic = (city: string, run: string): string => `urban/v1/${city}/_sim/${run}/truth`;
/** Everything that begins so belongs to the product. */
export const cityPrefix = (city: string): string => `urban/v1/${city}/`;

const cacheLimit = 20_000;
const read = new Map<string, Result<DeviceTopic>>();
let newest: { readonly topic: string; readonly parsed: Result<DeviceTopic> } = { topic: "", parsed: readDeviceTopic("") };

/** Reads a device topic; refuses reserved trees, unknown channels and ids outside `[a-z0-9-]`. Topics come again and again: what was read is kept. */
export function parseDeviceTopic(topic: string): Result<DeviceTopic> {
  // who takes a message asks several times
  if (topic === newest.topic) return newest.parsed;
  const parsed = read.get(topic) ?? readDeviceTopic(topic);
  if (read.size >= cacheLimit) read.clear();
  read.set(topic, parsed);
  newest = { topic, parsed };
  return parsed;
}

function readDeviceTopic(topic: string): Result<DeviceTopic> {
  const [root, version, city, service, device, channel, ...rest] = topic.split("/");
  if (root !== "urban" || version !== "v1") return refuse(`the topic does not begin with urban/v1/: ${topic}`);
  if (city === undefined || service === undefined || device === undefined || channel === undefined || rest.length > 0)
    return refuse(`a device topic has six levels, urban/v1/{city}/{service}/{device}/{channel}: ${topic}`);
  for (const id of [city, service, device]) if (!idPattern.test(id)) return refuse(`"${id}" is not an id of a-z, 0-9 and -: ${topic}`);
  const known = channels.find((name) => name === channel);
  if (known === undefined) return refuse(`"${channel}" is not a channel (${channels.join(", ")}): ${topic}`);
  return ok({ city, service, device, channel: known });
}
