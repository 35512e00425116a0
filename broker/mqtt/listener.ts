import type { IncomingMessage } from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { Aedes, type AuthenticateError, type Client } from "aedes";
import type { Logger } from "pino";
import { createWebSocketStream, WebSocketServer } from "ws";
import type { RefusalCode } from "../../shared/city-port.ts";
import { type AccessRules, identify, mayHear, mayNotPublish, mayNotSubscribe, type Party } from "./access.ts";
import { frameLimit, guardedStream } from "./guarded-stream.ts";
import { createRouting } from "./routing.ts";

export interface Incoming {
  readonly user: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly refused?: { readonly code: RefusalCode; readonly reason: string };
}
export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly rules: AccessRules;
  readonly log: Logger;
  /** Takes a message in; calls back when it may be acknowledged (durable in the log). */
  readonly take: (message: Incoming, done: () => void) => void;
}
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Says something as the product itself. */
  publish(topic: string, payload: string, options: { retain: boolean }): void;
  /** Takes a WebSocket upgrade of `/mqtt`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Gateways on the line. */
  connected(): number;
  dropped(): number;
  /** Somebody else's broker does not answer; our own always does. */
  away(): boolean;
  close(): Promise<void>;
}

/** A client that collects refusals faster than this is disconnected. */
const refusalsPerSecond = 200;
/** A subscriber with more than this waiting loses its QoS 0 messages, counted. */
const slowBytes = 8 * 1024 * 1024;
/** Where refused packets are sent instead: nobody may subscribe to it. */
const nowhere = "$refused";

interface Guest {
  readonly party: Party;
  refusals: number;
  since: number;
}

export async function startListener({ host, port, rules, log, take }: ListenerOptions): Promise<Listener> {
  const guests = new WeakMap<Client, Guest>();
  let dropped = 0;
  let gateways = 0;
  const partyOf = (client: Client): Party => guests.get(client)?.party ?? { kind: "reader" };
  const nameOf = (client: Client): string => {
    const party = partyOf(client);
    return party.kind === "gateway" ? party.id : party.kind;
  };

  function refuse(client: Client, message: Incoming, done: (error?: Error | null) => void): void {
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
    take(message, () => done());
  }

  const aedes = await Aedes.createBroker({
    mq: createRouting(),
    concurrency: 10_000,
    drainTimeout: 2000,
    connectTimeout: 10_000,
    queueLimit: 1000,
    maxTopicLevels: 8,
    preConnect(_client, packet, done) {
      // nothing is kept for absent clients: their memory would have no bound
      packet.clean = true;
      done(null, true);
    },
    authenticate(client, username, password, done) {
      const known = identify(rules, username ?? "", password?.toString("utf8") ?? "", client.id);
      if (known.ok) {
        guests.set(client, { party: known.value, refusals: 0, since: 0 });
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
      if (forbidden === undefined) return take({ user, topic: packet.topic, payload }, () => done());
      const message = { user, topic: packet.topic, payload, refused: forbidden };
      packet.topic = nowhere;
      packet.retain = false;
      refuse(client, message, done);
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
  });
  aedes.on("clientReady", (client) => {
    if (partyOf(client).kind === "gateway") gateways += 1;
    if (client.conn instanceof net.Socket) client.conn.setNoDelay(true);
  });
  aedes.on("clientDisconnect", (client) => {
    if (partyOf(client).kind === "gateway") gateways -= 1;
  });
  const complain = (client: Client | null, error: Error): void => log.debug({ client: client?.id, reason: error.message }, "mqtt client error");
  aedes.on("clientError", complain);
  aedes.on("connectionError", complain);

  function admit(stream: Duplex, request?: IncomingMessage): void {
    stream.on("error", (error) => log.debug({ reason: error.message }, "mqtt socket error"));
    let client: Client | undefined;
    const guarded = guardedStream(stream, (bytes) => {
      const user = client ? nameOf(client) : "";
      const reason = `the packet announces ${bytes} bytes; at most ${frameLimit} are taken`;
      take({ user, topic: "", payload: Buffer.alloc(0), refused: { code: "size", reason } }, () => undefined);
    });
    client = aedes.handle(guarded, request as IncomingMessage);
  }

  const server = net.createServer((socket) => admit(socket));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameLimit + 1024,
    handleProtocols: (offered) => (offered.has("mqtt") ? "mqtt" : false),
  });
  const bound = await listen(server, host, port);

  return {
    host,
    port: bound,
    publish(topic, payload, { retain }) {
      aedes.publish({ cmd: "publish", topic, payload, retain, qos: 1, dup: false }, () => undefined);
    },
    upgrade(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (ws) => admit(createWebSocketStream(ws), request));
    },
    connected: () => gateways,
    dropped: () => dropped,
    away: () => false,
    async close() {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      for (const ws of sockets.clients) ws.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A busy port is replaced by a free one. */
function listen(server: net.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && port !== 0) {
        port = 0;
        server.listen(0, host);
      } else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
