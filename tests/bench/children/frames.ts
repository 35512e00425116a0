import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer } from "ws";
import { answerParent } from "../child.ts";

/** The limit of telling many the same: a plain ws server that writes one frame, made before, to everybody. */
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
const sockets = new Set<Socket>();
server.on("connection", (_client, request) => {
  sockets.add(request.socket);
  request.socket.on("close", () => sockets.delete(request.socket));
  request.socket.on("error", () => undefined);
});
await new Promise<void>((resolve) => server.on("listening", resolve));
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const answers = {
  port: (): number => (server.address() as AddressInfo).port,
  /** A text of so many bytes every `everyMs`; CPU ms that it took. */
  async tell({ bytes, everyMs, seconds }: { bytes: number; everyMs: number; seconds: number }): Promise<number> {
    // RFC 6455, 5.2: a whole text, its length in 16 bits
    const frame = Buffer.alloc(4 + bytes, 0x61);
    frame.writeUInt8(0x81, 0);
    frame.writeUInt8(126, 1);
    frame.writeUInt16BE(bytes, 2);
    const before = cpu();
    const telling = setInterval(() => {
      for (const socket of sockets) socket.write(frame);
    }, everyMs);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    clearInterval(telling);
    return cpu() - before;
  },
};
export type FramesProcess = typeof answers;
answerParent(answers);
