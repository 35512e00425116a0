import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";
import { answerParent } from "../child.ts";
import { monotonicMs } from "../monotonic.ts";
import type { Credentialed } from "./chain.ts";

/** Real gauges, a connection each, that say how far the water is below them. */
interface Gauge {
  readonly id: string;
  readonly topic: string;
  readonly socket: Socket;
  said: number;
}
const opening = 64;
const gauges: Gauge[] = [];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function openOne(port: number, { username, password, topic }: Credentialed): Promise<Gauge> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    const hello = { cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true, keepalive: 0 } as const;
    socket.once("connect", () => socket.write(generate({ ...hello, clientId: username, username, password: Buffer.from(password) })));
    socket.once("data", ([, , , code]: Buffer) =>
      code === 0 ? resolve({ id: username, topic, socket, said: 0 }) : reject(new Error(`refused with ${code}`)),
    );
    socket.once("error", reject);
  });
}
function say(gauge: Gauge, dist: number): void {
  const seq = gauge.said++;
  const payload = JSON.stringify({ v: 1, d: gauge.id, t: Date.now(), b: 1, seq, m: { dist } });
  gauge.socket.write(generate({ cmd: "publish", topic: gauge.topic, payload, qos: 1, messageId: seq + 1, dup: false, retain: false }));
}

const answers = {
  async open({ port, devices }: { port: number; devices: readonly Credentialed[] }): Promise<void> {
    const queue = [...devices];
    const openSome = async (): Promise<void> => {
      for (let device = queue.shift(); device !== undefined; device = queue.shift()) gauges.push(await openOne(port, device));
    };
    await Promise.all(Array.from({ length: opening }, openSome));
  },
  /** Each in its turn, evenly over the time, says each of the distances, a second apart. */
  async rise({ seconds, dists }: { seconds: number; dists: readonly number[] }): Promise<void> {
    const began = monotonicMs();
    const due = gauges.flatMap((gauge, n) => dists.map((dist, k) => ({ gauge, dist, at: (n / gauges.length) * seconds * 1000 + k * 1000 })));
    due.sort((a, b) => a.at - b.at);
    for (const { gauge, dist, at } of due) {
      const wait = began + at - monotonicMs();
      if (wait > 0) await pause(wait);
      say(gauge, dist);
    }
  },
};
export type GaugesProcess = typeof answers;
answerParent(answers);
