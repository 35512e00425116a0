import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";
import { answerParent } from "../child.ts";

/** MQTT connections of one account that say nothing. */
export interface Crowd {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly count: number;
}
const opening = 64;
const sockets: Socket[] = [];

function openOne({ port, username, password }: Crowd, n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    const hello = { cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true, keepalive: 0 } as const;
    socket.once("connect", () => socket.write(generate({ ...hello, clientId: `crowd-${n}`, username, password: Buffer.from(password) })));
    socket.once("data", ([, , , code]: Buffer) => (code === 0 ? resolve() : reject(new Error(`refused with ${code}`))));
    socket.once("error", reject);
    sockets.push(socket);
  });
}

const answers = {
  async open(crowd: Crowd): Promise<void> {
    const end = sockets.length + crowd.count;
    let next = sockets.length;
    const openSome = async (): Promise<void> => {
      while (next < end) await openOne(crowd, next++);
    };
    await Promise.all(Array.from({ length: opening }, openSome));
  },
  still: (): number => sockets.filter((socket) => !socket.destroyed && socket.readyState === "open").length,
};
export type CrowdProcess = typeof answers;
answerParent(answers);
