import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import { traffic } from "../../../shared/services/traffic.ts";
import type { ClientToServer, ServerToClient } from "../../../shared/socket-events.ts";
import { benchDevice } from "../bench-device.ts";
import { answerParent } from "../child.ts";
import { ageOf, createDurations, monotonicMs, type Percentiles } from "../monotonic.ts";
import type { Addresses } from "./chain.ts";

/** Browsers without a screen: real Socket.IO clients that take in what a console hears. */
const sockets: Socket<ServerToClient, ClientToServer>[] = [];
const ages = createDurations();
/** Offset of the stamp from a device's first cell, which holds its time. */
const stampOffset = 1 + traffic.kinds[benchDevice.kind].metrics.indexOf(benchDevice.stamped);
let heard = { ticks: 0, cells: 0, bytes: 0 };
const plain: WebSocket[] = [];

function connectOne({ http, token }: Addresses, measures: boolean): Promise<void> {
  const stampCells = new Set<number>();
  return new Promise((resolve, reject) => {
    const socket: Socket<ServerToClient, ClientToServer> = io(http, { transports: ["websocket"], auth: { token }, reconnection: false });
    sockets.push(socket);
    // as it came over the wire
    socket.on("connect", () => socket.io.engine.on("message", (data: string) => (heard.bytes += data.length)));
    socket.on("connect_error", reject);
    socket.on("snapshot", ({ devices }) => {
      for (const { kind, cell } of devices) if (kind === benchDevice.kind) stampCells.add(cell + stampOffset);
      resolve();
    });
    socket.on("tick", ({ i, v }) => {
      heard.ticks += 1;
      heard.cells += i.length;
      if (!measures) return;
      const now = monotonicMs();
      for (const [at, cell] of i.entries()) {
        const stamp = v[at];
        if (stampCells.has(cell) && typeof stamp === "number") ages.add(ageOf(stamp, now));
      }
    });
  });
}

const answers = {
  /** The first one measures. */
  async connect({ count, ...addresses }: Addresses & { count: number }): Promise<void> {
    for (let n = 0; n < count; n++) await connectOne(addresses, n === 0);
  },
  heard(): typeof heard {
    const before = heard;
    heard = { ticks: 0, cells: 0, bytes: 0 };
    return before;
  },
  /** Listens to somebody who says the same to everybody. */
  async plain({ port, count }: { port: number; count: number }): Promise<void> {
    for (let n = 0; n < count; n++) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      plain.push(socket);
      await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
    }
  },
  ages: (): Percentiles => ages.take(),
  close(): void {
    for (const socket of sockets.splice(0)) socket.disconnect();
  },
};
export type BrowserProcess = typeof answers;
answerParent(answers);
