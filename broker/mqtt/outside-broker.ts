import type { Logger } from "pino";
import { cityPrefix, clockAckTopic, clockTopic } from "../../shared/topics.ts";
import type { Incoming } from "./door.ts";
import type { Listener } from "./listener.ts";
import { openOutsideLine } from "./outside-line.ts";
import { frameLimit } from "./sieve.ts";

/** Where somebody else's broker is, and who we are there. */
export interface OutsideBroker {
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}
export interface OutsideOptions extends OutsideBroker {
  readonly city: string;
  readonly log: Logger;
  readonly take: (message: Incoming, done: (forward: boolean) => void) => void;
  /** Gateways whose last state was ready: the connections themselves are the other broker's affair. */
  readonly connected: () => number;
}

/**
 * The same intake behind somebody else's broker: we subscribe, and acknowledge when a message is durable. Who may publish what is that broker's
 * affair; that a topic speaks for its own devices is still checked.
 */
export function connectOutside({ city, log, take, connected, ...broker }: OutsideOptions): Listener {
  const prefix = cityPrefix(city);
  const line = openOutsideLine({
    ...broker,
    clientId: `gwanje-ingest-${city}`,
    filters: [...["obs", "event", "state", "meta", "ack"].map((channel) => `${prefix}+/+/${channel}`), clockTopic(city), clockAckTopic(city)],
    take({ topic, payload }, done) {
      const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
      // alarms are ours: they only pass by
      if (topic.startsWith(`${prefix}_alarm/`) || bytes.length === 0) return done();
      if (bytes.length <= frameLimit) return take({ user: "outside", topic, payload: bytes }, done);
      const reason = `the payload has ${bytes.length} bytes; at most ${frameLimit} are taken`;
      take({ user: "outside", topic, payload: bytes.subarray(0, 2000), refused: { code: "size", reason } }, done);
    },
    heard(isConnected, reason) {
      if (isConnected) log.info({ broker: broker.url }, "connected to the outside broker");
      else log.warn({ broker: broker.url, reason }, "the outside broker is away: trying again");
    },
  });
  const { hostname, port, protocol } = new URL(broker.url);
  return {
    host: hostname,
    port: Number(port) || (protocol === "mqtts:" ? 8883 : 1883),
    publish: (topic, payload, { retain }) => line.publish(topic, payload, retain),
    upgrade(_request, socket) {
      socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
    },
    connected,
    dropped: () => 0,
    away: () => !line.connected(),
    close: line.close,
  };
}
