import { type CityClock, clockSchema } from "../../shared/clock.ts";
import { type DeviceTopic, parseDeviceTopic } from "../../shared/topics.ts";

/** What a recorded message is about. Only what gateways and the clock say is ever said again: the rest a room says itself. */
export type Kind =
  | { readonly kind: "clock" }
  | ({ readonly kind: "device" } & DeviceTopic)
  | { readonly kind: "gateway"; readonly city: string; readonly gateway: string }
  | { readonly kind: "alarm"; readonly city: string }
  | { readonly kind: "room" };

const kinds = new Map<string, Kind>();
const cacheLimit = 20_000;

export function kindOf(topic: string): Kind {
  const known = kinds.get(topic);
  if (known !== undefined) return known;
  if (kinds.size > cacheLimit) kinds.clear();
  const made = read(topic);
  kinds.set(topic, made);
  return made;
}

function read(topic: string): Kind {
  const [root, version, city = "", branch = "", id = "", last, ...rest] = topic.split("/");
  if (root !== "urban" || version !== "v1") return { kind: "room" };
  if (branch === "_clock" && id === "") return { kind: "clock" };
  if (branch === "_gw" && last === "state" && rest.length === 0) return { kind: "gateway", city, gateway: id };
  if (branch === "_alarm") return { kind: "alarm", city };
  const device = parseDeviceTopic(topic);
  return device.ok && device.value.channel !== "cmd" ? { kind: "device", ...device.value } : { kind: "room" };
}

export function jsonOf(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString("utf8"));
  } catch {
    return undefined;
  }
}

export function clockOf(payload: Buffer): CityClock | undefined {
  const read = clockSchema.safeParse(jsonOf(payload));
  return read.success ? read.data : undefined;
}

/** Objects of the wire in a payload: one, or those of a pack. */
export function partsOf(payload: Buffer): readonly Readonly<Record<string, unknown>>[] {
  const said = jsonOf(payload);
  return (Array.isArray(said) ? said : [said]).filter((part): part is Record<string, unknown> => typeof part === "object" && part !== null);
}

/** Oldest and newest time that a payload states. */
export function timesOf(payload: Buffer): readonly [number, number] | undefined {
  const times = partsOf(payload).flatMap(({ t }) => (typeof t === "number" && Number.isFinite(t) ? [t] : []));
  const [first] = times;
  return first === undefined ? undefined : times.reduce(([a, b], t) => [Math.min(a, t), Math.max(b, t)], [first, first]);
}
