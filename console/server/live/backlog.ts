import type { ConsoleCounters } from "../counters.ts";
import type { LiveSocket } from "./on-event.ts";

/** A browser that leaves this much unread is cut; it comes back by a snapshot, which is smaller. */
export const backlogLimitBytes = 8 * 1024 * 1024;

interface Packet {
  readonly data?: unknown;
}
const sizeOf = (packet: Packet): number => (typeof packet.data === "string" || Buffer.isBuffer(packet.data) ? packet.data.length : 0);

/** Counts what waits for one browser: packets that the transport has not taken yet, and bytes that the kernel has not. */
export function watchBacklog(socket: LiveSocket, counters: ConsoleCounters): () => number {
  let queued = 0;
  const { conn } = socket;
  conn.on("packetCreate", (packet: Packet) => {
    const size = sizeOf(packet);
    queued += size;
    counters.sentBytes.inc(size);
    if (typeof packet.data === "string" && packet.data.startsWith('2["tick"')) counters.tickBytes.inc(size);
  });
  conn.on("flush", (packets: readonly Packet[]) => {
    for (const packet of packets) queued -= sizeOf(packet);
  });
  return () => queued + bufferedBytes(conn.transport);
}

/** Ends it without a farewell, which would wait behind everything unread. */
export function cut(socket: LiveSocket): void {
  const { socket: wire } = socket.conn.transport as { socket?: { terminate?: () => void } };
  if (wire?.terminate) wire.terminate();
  else socket.conn.close(true);
}

/** `socket` of the websocket transport is the `ws` socket; its bufferedAmount is what the kernel has not taken. */
function bufferedBytes(transport: object): number {
  const { socket } = transport as { socket?: { bufferedAmount?: unknown } };
  return typeof socket?.bufferedAmount === "number" ? socket.bufferedAmount : 0;
}
