import type { Duplex } from "node:stream";
import type { Aedes, Client, PublishPacket } from "aedes";

/** A client that reads none of its acknowledgements has this much waiting, and is cut. */
const unreadBytes = 256 * 1024;

/**
 * The short way of a message that nobody listens to and nobody keeps, which nearly all are: aedes' routing has nothing to do with it. It is acknowledged
 * here, all ids of one connection and one commit in one write, and goes on as QoS 0, which `publish` ends at once. Clients that are away keep nothing
 * (`preConnect`), so nothing is missed.
 */
export interface Shortcut {
  acknowledge(client: Client, packet: PublishPacket, done: () => void): void;
  install(aedes: Aedes): void;
}

export function createShortcut(heard: (topic: string) => boolean): Shortcut {
  const waiting = new Map<Client, number[]>();

  function write(client: Client, ids: readonly number[]): void {
    const frames = Buffer.allocUnsafe(ids.length * 4);
    for (let n = 0; n < ids.length; n++) frames.writeUInt32BE(0x40_02_00_00 + (ids[n] ?? 0), n * 4);
    const stream = client.conn as Duplex;
    if (client.closed || stream.destroyed) return;
    stream.write(frames);
    if (stream.writableLength > unreadBytes) stream.destroy();
  }
  function writeAll(): void {
    for (const [client, ids] of waiting) write(client, ids);
    waiting.clear();
  }

  return {
    acknowledge(client, packet, done) {
      const ids = waiting.get(client);
      if (packet.qos !== 1 || packet.retain || packet.messageId === undefined || heard(packet.topic)) {
        // acknowledgements go out in the order of arrival (MQTT 3.1.1, 4.6): ours before the one that aedes writes now
        if (ids !== undefined) {
          waiting.delete(client);
          write(client, ids);
        }
        return done();
      }
      if (waiting.size === 0) process.nextTick(writeAll);
      if (ids === undefined) waiting.set(client, [packet.messageId]);
      else ids.push(packet.messageId);
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
