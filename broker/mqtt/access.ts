import { timingSafeEqual } from "node:crypto";
import { ownersOf } from "../../shared/alarm-owner.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import {
  cityPrefix,
  clockAckTopic,
  clockSetTopic,
  clockTopic,
  gatewayStateTopic,
  parseDeviceTopic,
  simAckTopic,
  simSetTopic,
} from "../../shared/topics.ts";

/** Who may connect, say and hear what. Pure: the listener asks, nothing in here touches a socket. */
export interface AccessRules {
  readonly city: string;
  /** Password of the simulator's control connection. */
  readonly control: string;
  /** Password of the scenarios' director. */
  readonly director: string;
  readonly reader: { readonly username: string; readonly password: string };
  readonly gatewayPassword: (id: string) => string;
  /** undefined = no such gateway. */
  readonly devicesOf: (gateway: string) => ReadonlySet<string> | undefined;
  /** Another number: what gateways may say has changed. */
  readonly version: () => number;
  /** undefined = no such device. */
  readonly serviceOf: (device: string) => string | undefined;
  readonly sensitive: (service: string) => boolean;
  /** The gateway speaks for devices of a sensitive service, or for none that is known. */
  readonly sensitiveGateway: (gateway: string) => boolean;
}

export type Party =
  | { readonly kind: "control" }
  | { readonly kind: "director" }
  | { readonly kind: "reader" }
  | { readonly kind: "gateway"; readonly id: string };

export function identify(rules: AccessRules, username: string, password: string, clientId: string): Result<Party> {
  if (username === "simulator") {
    if (!same(password, rules.control)) return refuse("wrong password for simulator");
    return clientId === "simulator" ? ok({ kind: "control" }) : refuse(`the client id must be "simulator"`);
  }
  if (username === "director") {
    if (!same(password, rules.director)) return refuse("wrong password for the director");
    return clientId === "director" ? ok({ kind: "director" }) : refuse(`the client id must be "director"`);
  }
  if (username === rules.reader.username) {
    if (!same(password, rules.reader.password)) return refuse("wrong password for the reader");
    const taken = clientId === "simulator" || clientId === "director" || rules.devicesOf(clientId) !== undefined;
    return taken ? refuse(`the client id "${clientId}" is somebody else's`) : ok({ kind: "reader" });
  }
  if (rules.devicesOf(username) === undefined) return refuse(`no gateway "${username}" is registered`);
  if (!same(password, rules.gatewayPassword(username))) return refuse(`wrong password for gateway ${username}`);
  // a client id of somebody else would throw that one off the line
  if (clientId !== username) return refuse(`the client id must be the gateway id, "${username}"`);
  return ok({ kind: "gateway", id: username });
}

/** Undefined = may publish; otherwise the reason. */
export function mayNotPublish(
  rules: AccessRules,
  party: Party,
  topic: string,
): { code: "rights" | "reserved" | "topic"; reason: string } | undefined {
  if (topic.startsWith("$")) return { code: "reserved", reason: `topics that begin with $ belong to the broker: ${topic}` };
  if (party.kind !== "gateway") return ownMayNot(rules.city, party.kind, topic);
  const parsed = parseDeviceTopic(topic);
  if (!parsed.ok && topic === gatewayStateTopic(rules.city, party.id)) return undefined;
  if (!parsed.ok && /^urban\/v1\/[^/]+\/_/.test(topic)) return { code: "reserved", reason: `${topic} belongs to the product` };
  if (!parsed.ok) return { code: "topic", reason: parsed.reason };
  const { city, device, channel, service } = parsed.value;
  if (city !== rules.city) return { code: "rights", reason: `this is the city "${rules.city}", not "${city}"` };
  if (channel === "cmd") return { code: "rights", reason: "commands come from the room, not from a gateway" };
  const devices = rules.devicesOf(party.id);
  const named = devices?.has(device) === true;
  if (!named && !(device === party.id && channel === "obs")) return { code: "rights", reason: `gateway ${party.id} may not publish for ${device}` };
  // under another service's name a message would reach readers who may not hear it; a pack goes by its first device
  const own = rules.serviceOf(named ? device : (devices?.values().next().value ?? ""));
  return own === service ? undefined : { code: "rights", reason: `${device} belongs to ${own ?? "no service"}, not to ${service}` };
}

/** The same of a gateway, which says one topic again and again: its right is asked anew only when its devices have changed. */
export function mayPublish(rules: AccessRules, party: Party & { readonly kind: "gateway" }): (topic: string) => boolean {
  let topic = "";
  let version = -1;
  let may = false;
  return (asked) => {
    if (asked !== topic || rules.version() !== version) {
      topic = asked;
      version = rules.version();
      may = mayNotPublish(rules, party, topic) === undefined;
    }
    return may;
  };
}

const speakers = { control: "the simulator's control connection", director: "the director" } as const;
/** Of those who are no gateway: simulator and director have their topics, the reader none. */
function ownMayNot(city: string, kind: Exclude<Party["kind"], "gateway">, topic: string): { code: "rights"; reason: string } | undefined {
  if (kind === "reader") return { code: "rights", reason: "the reader may not publish" };
  const may = kind === "control" ? isControl(city, topic) : topic === simSetTopic(city);
  return may ? undefined : { code: "rights", reason: `${speakers[kind]} may not publish to ${topic}` };
}
const isControl = (city: string, topic: string): boolean =>
  topic === clockTopic(city) || topic === clockAckTopic(city) || topic === simAckTopic(city) || isTruth(city, topic);
const isTruth = (city: string, topic: string): boolean => isAside(city, topic) && topic.endsWith("/truth");

/** Between the simulator and the director alone: the broker passes it on, and nothing of its own ever reads it. */
export const isAside = (city: string, topic: string): boolean => topic.startsWith(`${cityPrefix(city)}_sim/`);

/** Wide filters are granted (what a client may not see is removed on the way out); what can never be delivered is refused with a reason. */
export function mayNotSubscribe(rules: AccessRules, party: Party, filter: string): string | undefined {
  if (filter.startsWith("$share/")) return "shared subscriptions are not supported";
  if (filter.startsWith("$")) return "broker topics are not for clients";
  if (party.kind === "gateway" && !filter.startsWith(cityPrefix(rules.city))) return "a gateway hears the commands of its own devices only";
  return undefined;
}

/** Applied to each message on its way to a client, retained ones too. */
export function mayHear(rules: AccessRules, party: Party, topic: string): boolean {
  if (party.kind === "control") return topic === clockSetTopic(rules.city) || topic === simSetTopic(rules.city);
  if (party.kind === "director") return isAside(rules.city, topic) && topic !== simSetTopic(rules.city);
  if (party.kind === "gateway") {
    const parsed = parseDeviceTopic(topic);
    return parsed.ok && parsed.value.channel === "cmd" && rules.devicesOf(party.id)?.has(parsed.value.device) === true;
  }
  if (isAside(rules.city, topic) || topic.startsWith(`${cityPrefix(rules.city)}_clock/`)) return false;
  const [, , , service = "", named = ""] = topic.split("/");
  if (service === "_alarm") return !ownersOf(named).some(rules.sensitive);
  return service === "_gw" ? !rules.sensitiveGateway(named) : !rules.sensitive(service);
}

function same(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
