import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";
import { createVoice, type Tense, type Voice } from "./bench-device.ts";
import type { Credentialed } from "./children/chain.ts";

const headerBytes = 5;

/** One raw MQTT 3.1.1 connection of one device. Every frame that it hears, CONNACK and PUBACK, has four bytes. */
export class Line {
  sent = 0;
  acknowledged = 0;
  bytes = 0;
  readonly #topic: Buffer;
  readonly #voice: Voice;
  readonly #socket: Socket;
  #heard = 0;
  #lastId = 0;
  /** Set by the load: hears how many were acknowledged. */
  onAcknowledged: (line: Line, count: number) => void = () => undefined;

  private constructor(socket: Socket, device: Credentialed, tense: Tense) {
    this.#socket = socket;
    this.#topic = Buffer.from(device.topic);
    this.#voice = createVoice(device, tense);
  }

  static open(port: number, device: Credentialed, tense: Tense): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true });
      const line = new Line(socket, device, tense);
      const { username, password } = device;
      socket.once("connect", () =>
        socket.write(
          generate({
            cmd: "connect",
            protocolId: "MQTT",
            protocolVersion: 4,
            clean: true,
            clientId: username,
            keepalive: 0,
            username,
            password: Buffer.from(password),
          }),
        ),
      );
      socket.on("data", (chunk: Buffer) => {
        if (line.#heard === 0 && chunk[3] !== 0) return void socket.destroy(new Error(`refused with ${chunk[3]}`));
        const before = Math.max(0, (line.#heard >> 2) - 1);
        const first = line.#heard === 0;
        line.#heard += chunk.length;
        const count = Math.max(0, (line.#heard >> 2) - 1) - before;
        if (first) resolve(line);
        if (count === 0) return;
        line.acknowledged += count;
        line.onAcknowledged(line, count);
      });
      socket.once("error", reject);
    });
  }

  get flying(): number {
    return this.sent - this.acknowledged;
  }

  /** Sends this many messages of `pack` readings in one write, at QoS 1. */
  send(count: number, pack: number, stamp: number): void {
    const parts: Buffer[] = [];
    for (let n = 0; n < count; n++) {
      this.#lastId = (this.#lastId % 65_535) + 1;
      parts.push(this.#frame(this.#voice.next(pack, stamp), this.#lastId));
    }
    this.sent += count;
    this.#socket.write(parts.length === 1 ? (parts[0] ?? "") : Buffer.concat(parts));
  }

  /** Sends one message of `pack` readings in a write of its own, at QoS 0, as a sensor speaks; nobody acknowledges it. False = the line is full. */
  say(pack: number, stamp: number): boolean {
    if (this.#socket.writableNeedDrain) return false;
    this.#socket.write(this.#frame(this.#voice.next(pack, stamp)));
    return true;
  }

  /** PUBLISH at QoS 1 with this packet id; without one at QoS 0. */
  #frame(payload: string, id?: number): Buffer {
    const topic = this.#topic;
    const rest = 2 + topic.length + (id === undefined ? 0 : 2) + payload.length;
    const frame = Buffer.allocUnsafe(headerBytes + rest);
    frame[0] = id === undefined ? 0x30 : 0x32;
    let at = 1;
    for (let left = rest; ; ) {
      const low = left & 0x7f;
      left >>>= 7;
      frame[at++] = left > 0 ? low | 0x80 : low;
      if (left === 0) break;
    }
    frame[at++] = topic.length >>> 8;
    frame[at++] = topic.length & 0xff;
    at += topic.copy(frame, at);
    if (id !== undefined) {
      frame[at++] = id >>> 8;
      frame[at++] = id & 0xff;
    }
    at += frame.write(payload, at, "latin1");
    this.bytes += payload.length;
    return frame.subarray(0, at);
  }

  close(): void {
    this.#socket.destroy();
  }
}
