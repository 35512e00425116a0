import type { IncomingMessage } from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { Aedes, type Client } from "aedes";
import type { Logger } from "pino";
import { createWebSocketStream, WebSocketServer } from "ws";
import { type AccessRules, mayPublish } from "./access.ts";
import { createDoor, type Take } from "./door.ts";
import { type Guard, GuardedStream } from "./guarded-stream.ts";
import { createKeepAlive } from "./keep-alive.ts";
import { createRouting } from "./routing.ts";
import { createShortWay } from "./short-way.ts";
import { createShortcut } from "./shortcut.ts";
import { frameLimit } from "./sieve.ts";

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly rules: AccessRules;
  readonly log: Logger;
  readonly take: Take;
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

export async function startListener({ host, port, rules, log, take }: ListenerOptions): Promise<Listener> {
  const routing = createRouting();
  const shortcut = createShortcut(routing.heard);
  const keepAlive = createKeepAlive();
  const door = createDoor({ rules, log, take, acknowledge: shortcut.acknowledge, promised: keepAlive.promise });
  const { partyOf, nameOf } = door;
  const lines = new Map<object, { readonly guarded: GuardedStream; readonly client: Client }>();
  let gateways = 0;
  const aedes = await Aedes.createBroker({
    mq: routing,
    concurrency: 10_000,
    drainTimeout: 2000,
    connectTimeout: 10_000,
    queueLimit: 1000,
    maxTopicLevels: 8,
    ...door.hooks,
  });
  shortcut.install(aedes);
  aedes.on("clientReady", (client) => {
    const party = partyOf(client);
    if (party.kind === "gateway") {
      gateways += 1;
      const may = mayPublish(rules, party);
      const alone = (topic: string): boolean => !routing.heard(topic) && may(topic);
      lines.get(client.conn)?.guarded.open(createShortWay(client, party.id, { alone, take, puback: shortcut.puback }));
    }
    if (client.conn instanceof net.Socket) client.conn.setNoDelay(true);
  });
  aedes.on("clientDisconnect", (client) => {
    if (partyOf(client).kind === "gateway") gateways -= 1;
  });
  const complain = (client: Client | null, error: Error): void => log.debug({ client: client?.id, reason: error.message }, "mqtt client error");
  aedes.on("clientError", complain);
  aedes.on("connectionError", complain);

  const guard: Guard = {
    heard: keepAlive.heard,
    tooLarge(stream, bytes) {
      const client = lines.get(stream)?.client;
      const reason = `the packet announces ${bytes} bytes; at most ${frameLimit} are taken`;
      const user = client === undefined ? "" : nameOf(client);
      take({ user, topic: "", payload: Buffer.alloc(0), refused: { code: "size", reason } }, () => undefined);
    },
  };
  const failed = (error: Error): void => log.debug({ reason: error.message }, "mqtt socket error");
  function gone(this: Duplex): void {
    keepAlive.gone(this);
    lines.delete(this);
  }
  function admit(stream: Duplex, request?: IncomingMessage): void {
    stream.on("error", failed);
    stream.on("close", gone);
    const guarded = new GuardedStream(stream, guard);
    lines.set(stream, { guarded, client: aedes.handle(stream, request as IncomingMessage) });
  }

  const server = net.createServer((socket) => admit(socket));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameLimit + 1024,
    handleProtocols: (offered) => (offered.has("mqtt") ? "mqtt" : false),
  });
  const closeAedes = (): Promise<void> => new Promise((resolve) => aedes.close(() => resolve()));
  const bound = await listen(server, host, port).catch(async (cause: unknown) => {
    await closeAedes();
    throw cause;
  });

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
    dropped: door.dropped,
    away: () => false,
    async close() {
      keepAlive.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await closeAedes();
      // who has not signed in is no client of aedes yet
      for (const ws of sockets.clients) ws.terminate();
      for (const { guarded } of lines.values()) guarded.stream.destroy();
      await closed;
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
