import type { Duplex } from "node:stream";
import type { Aedes, Client, PublishPacket } from "aedes";
import { pubacks } from "./frames.ts";

/** A client that reads none of its acknowledgements has this much waiting, and is cut. */
const unreadBytes = 256 * 1024;

/**
 * The short way of a message that nobody listens to and nobody keeps, which nearly all are: aedes' routing has nothing to do with it. It is acknowledged
 * here, all ids of one connection and one commit in one write, and goes on as QoS 0, which `publish` ends at once. Clients that are away keep nothing
 * (`preConnect`), so nothing is missed.
 */
export interface Shortcut {
  /** With all others of this turn. */
  puback(client: Client, id: number): void;
  acknowledge(client: Client, packet: PublishPacket, done: () => void): void;
  install(aedes: Aedes): void;
}

export function createShortcut(heard: (topic: string) => boolean): Shortcut {
  const waiting = new Map<Client, number[]>();

  function write(client: Client, ids: readonly number[]): void {
    const stream = client.conn as Duplex;
    if (client.closed || stream.destroyed) return;
    stream.write(pubacks(ids));
    if (stream.writableLength > unreadBytes) stream.destroy();
  }
  function writeAll(): void {
    for (const [client, ids] of waiting) write(client, ids);
    waiting.clear();
  }
  function puback(client: Client, id: number): void {
    if (waiting.size === 0) process.nextTick(writeAll);
    const ids = waiting.get(client);
    if (ids === undefined) waiting.set(client, [id]);
    else ids.push(id);
  }

  return {
    puback,
    acknowledge(client, packet, done) {
      if (packet.qos !== 1 || packet.retain || packet.messageId === undefined || heard(packet.topic)) {
        // acknowledgements go out in the order of arrival (MQTT 3.1.1, 4.6): ours before the one that aedes writes now
        const ids = waiting.get(client);
        if (ids !== undefined) {
          waiting.delete(client);
          write(client, ids);
        }
        return done();
      }
      puback(client, packet.messageId);
      packet.qos = 0;
      done();
    },
    install(aedes) {
      const route = aedes.publish.bind(aedes) as (...given: unknown[]) => void;
      Object.assign(aedes, {
        publish(packet: PublishPacket, client: unknown, done: unknown): void {
          if (typeof done === "function" && packet.qos === 0 && !packet.retain && !heard(packet.topic)) done(null);
          else route(packet, client, done);
        },
      });
    },
  };
}
