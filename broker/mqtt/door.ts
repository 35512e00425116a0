import type { Duplex } from "node:stream";
import type { AedesOptions, AuthenticateError, Client, PublishPacket } from "aedes";
import type { Logger } from "pino";
import type { RefusalCode } from "../../shared/city-port.ts";
import { type AccessRules, identify, isAside, mayHear, mayNotPublish, mayNotSubscribe, type Party } from "./access.ts";

export interface Incoming {
  readonly user: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly refused?: { readonly code: RefusalCode; readonly reason: string };
}
/** Takes a message in; calls back when it may be acknowledged (durable in the log), and says whether others are to hear it. */
export type Take = (message: Incoming, done: (forward: boolean) => void) => void;

/** A client that collects refusals faster than this is disconnected. */
const refusalsPerSecond = 200;
/** A subscriber with more than this waiting loses its QoS 0 messages, counted. */
const slowBytes = 8 * 1024 * 1024;
/** Where refused packets are sent instead: nobody may subscribe to it. */
const nowhere = "$refused";

/** Is acknowledged, and reaches nobody. */
function hush(packet: PublishPacket): void {
  packet.topic = nowhere;
  packet.retain = false;
}

interface Guest {
  readonly party: Party;
  /** Messages of this client that the log has not taken yet, and what follows them without being taken in. */
  taking: number;
  readonly after: (() => void)[];
  refusals: number;
  since: number;
}

type Hooks = Required<Pick<AedesOptions, "preConnect" | "authenticate" | "authorizePublish" | "authorizeSubscribe" | "authorizeForward">>;
export interface Door {
  readonly hooks: Hooks;
  partyOf(client: Client): Party;
  /** User name, for the log. */
  nameOf(client: Client): string;
  /** QoS 0 messages that slow subscribers did not get. */
  dropped(): number;
}

export interface DoorParts {
  readonly rules: AccessRules;
  readonly log: Logger;
  readonly take: Take;
  /** A message is in the log: it is acknowledged, and goes on to whoever hears it. */
  readonly acknowledge: (client: Client, packet: PublishPacket, done: () => void) => void;
  /** Whoever is silent for longer than it has promised is to be ended. */
  readonly promised: (connection: object, seconds: number, end: () => void) => void;
}

/** The broker's door: what aedes asks about each client and each message. */
export function createDoor({ rules, log, take, acknowledge, promised }: DoorParts): Door {
  const guests = new WeakMap<Client, Guest>();
  let dropped = 0;
  const partyOf = (client: Client): Party => guests.get(client)?.party ?? { kind: "reader" };
  const nameOf = (client: Client): string => {
    const party = partyOf(client);
    return party.kind === "gateway" ? party.id : party.kind;
  };

  function refuse(client: Client, packet: PublishPacket, message: Incoming, done: (error?: Error | null) => void): void {
    const guest = guests.get(client);
    const now = Date.now();
    if (guest !== undefined) {
      if (now - guest.since > 1000) {
        guest.since = now;
        guest.refusals = 0;
      }
      guest.refusals += 1;
      if (guest.refusals > refusalsPerSecond) {
        done(new Error("too many refused messages"));
        return;
      }
    }
    hush(packet);
    // in its turn: acknowledgements go out in the order of arrival (MQTT 3.1.1, 4.6)
    takeIn(client, message, () => acknowledge(client, packet, () => done()));
  }
  function takeIn(client: Client, message: Incoming, taken: (forward: boolean) => void): void {
    const guest = guests.get(client);
    if (guest !== undefined) guest.taking += 1;
    take(message, (forward) => {
      taken(forward);
      if (guest === undefined) return;
      guest.taking -= 1;
      if (guest.taking === 0) for (const go of guest.after.splice(0)) go();
    });
  }
  /** Passed on without being taken in, in its turn as well. */
  function passOn(client: Client, go: () => void): void {
    const guest = guests.get(client);
    if (guest === undefined || guest.taking === 0) go();
    else guest.after.push(go);
  }

  const hooks: Hooks = {
    preConnect(client, packet, done) {
      // nothing is kept for absent clients: their memory would have no bound
      packet.clean = true;
      promised(client.conn, packet.keepalive ?? 0, () => {
        log.debug({ client: client.id }, "mqtt client was silent for longer than its keep-alive");
        client.close();
      });
      packet.keepalive = 0;
      done(null, true);
    },
    authenticate(client, username, password, done) {
      const known = identify(rules, username ?? "", password?.toString("utf8") ?? "", client.id);
      if (known.ok) {
        guests.set(client, { party: known.value, taking: 0, after: [], refusals: 0, since: 0 });
        return done(null, true);
      }
      log.warn({ client: client.id, username, reason: known.reason }, "mqtt sign-in refused");
      take(
        { user: username ?? "", topic: "", payload: Buffer.alloc(0), refused: { code: "rights", reason: `sign-in refused: ${known.reason}` } },
        () => undefined,
      );
      const error = new Error(known.reason) as AuthenticateError;
      error.returnCode = 4;
      done(error, false);
    },
    authorizePublish(client, packet, done) {
      if (client === null) return done();
      const user = nameOf(client);
      const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
      const forbidden = mayNotPublish(rules, partyOf(client), packet.topic);
      const message = { user, topic: packet.topic, payload };
      // readings and events are of their moment; only births and states stay
      if (!/\/(?:state|meta|_clock)$/.test(packet.topic)) packet.retain = false;
      if (forbidden === undefined && isAside(rules.city, packet.topic)) return passOn(client, () => acknowledge(client, packet, done));
      if (forbidden === undefined)
        return takeIn(client, message, (forward) => {
          if (!forward) hush(packet);
          acknowledge(client, packet, done);
        });
      refuse(client, packet, { ...message, refused: forbidden }, done);
    },
    authorizeSubscribe(client, subscription, done) {
      const reason = mayNotSubscribe(rules, partyOf(client), subscription.topic);
      if (reason !== undefined) {
        log.warn({ client: client.id, filter: subscription.topic, reason }, "subscription refused");
        return done(null, null);
      }
      // a reader that stops reading must not fill the memory with messages that wait for its acknowledgement
      done(null, partyOf(client).kind === "reader" ? { ...subscription, qos: 0 } : subscription);
    },
    authorizeForward(client, packet) {
      if (!mayHear(rules, partyOf(client), packet.topic)) return null;
      const waiting = (client.conn as Duplex).writableLength ?? 0;
      if (packet.qos === 0 && waiting > slowBytes) {
        dropped += 1;
        return null;
      }
      return packet;
    },
  };
  return { hooks, partyOf, nameOf, dropped: () => dropped };
}
