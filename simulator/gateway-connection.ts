import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";
import type { Account } from "./account.ts";
import type { Retained } from "./devices/birth.ts";
import { connectFrame, createFrameReader, disconnectFrame, idOffset, markDuplicate, pingFrame, pubackFrame, publishFrame, stamp } from "./frames.ts";
import { createWaiters } from "./waiters.ts";

interface GatewayIdentity {
  readonly id: string;
  readonly account: Account;
  readonly will: Retained;
}
/** `t`: the city time that waits for its acknowledgement. */
export interface Queued {
  readonly t: number;
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly identity: GatewayIdentity;
  /** What to say on every connect. */
  births(): readonly Retained[];
  /** Where its devices are told something; heard at QoS 1. */
  readonly commandTopics: readonly string[];
  onCommand(topic: string, payload: Buffer): void;
  /** All births are acknowledged. */
  onBorn(): void;
  onAcknowledged(t: number): void;
  onLost(reason: string): void;
  onTrouble(text: string): void;
  /** In [0, 1): jitter of the back-off; it has no part in the city. */
  jitter(): number;
}

/** A message on its way: of the city, a birth, or what is said in another's name, which somebody waits for. */
interface Flight {
  readonly queued: Queued | undefined;
  readonly done?: () => void;
  readonly frame: Buffer;
  readonly offset: number;
  id: number;
}

const keepAliveSeconds = 60;
const backOffMs = { first: 250, most: 15_000 };
const idLimit = 65_535;
const farewellMs = 500;
/** Wall ms that an injected fault waits for what it needs from the broker, which may be away. */
const actMs = 3000;

/** One MQTT connection of one gateway: QoS 1, in order, nothing is forgotten before it is acknowledged. */
export class GatewayConnection {
  readonly #options: ConnectionOptions;
  readonly #topics = new Map<string, Buffer>();
  #socket: Socket | undefined;
  #connected = false;
  #closed = false;
  #failures = 0;
  #lastId = 0;
  #lastWrite = 0;
  #lastHeard = 0;
  #retry: NodeJS.Timeout | undefined;
  /** In order of sending. */
  #flying: Flight[] = [];
  #waiting: Flight[] = [];
  #birthsLeft = 0;
  /** An injected fault has the line: nobody connects. */
  #held = false;
  /** Of a line that is half open: it stands for the broker, and nobody reads it. */
  #frozen: Socket | undefined;
  readonly #born = createWaiters(actMs);
  readonly #gone = createWaiters(actMs);

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#connected;
  }
  get held(): boolean {
    return this.#held;
  }
  /** Messages that are not acknowledged, births left out. */
  get unacknowledged(): readonly Queued[] {
    return [...this.#flying, ...this.#waiting].flatMap(({ queued }) => (queued === undefined ? [] : [queued]));
  }

  open(): void {
    if (this.#closed || this.#held) return;
    const { host, port, identity } = this.#options;
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    this.#lastHeard = Date.now();
    let cause = "the connection was closed";
    const read = createFrameReader({
      connack: (code) => this.#welcomed(code),
      puback: (id) => this.#acknowledged(id),
      publish: (topic, payload, id) => this.#told(topic, payload, id),
      suback: (refused) => {
        if (refused > 0) this.#options.onTrouble(`the broker lets it hear no commands on ${refused} topics`);
      },
    });
    // of a line that stands still, nothing is heard any more
    const mine = (): boolean => this.#socket === socket;
    socket.once("connect", () => socket.write(connectFrame({ ...identity, keepAliveSeconds })));
    socket.on("data", (chunk: Buffer) => {
      if (!mine()) return;
      this.#lastHeard = Date.now();
      try {
        read(chunk);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on("error", (error) => {
      cause = error.message;
    });
    socket.once("close", () => mine() && this.#parted(cause));
  }

  /** Gone without a farewell. */
  cut(): Promise<void> {
    const parted = this.giveWay();
    this.#socket?.resetAndDestroy();
    return parted;
  }
  /** The line stands, and nothing passes in either direction. */
  freeze(): Promise<void> {
    this.#held = true;
    this.#frozen = this.#socket;
    this.#frozen?.pause();
    this.#socket = undefined;
    this.#connected = false;
    return Promise.resolve();
  }
  /** Does not come back until it is told to. Resolves when the broker, or whoever else, has ended the connection. */
  giveWay(): Promise<void> {
    this.#held = true;
    clearTimeout(this.#retry);
    return this.#socket === undefined ? Promise.resolve() : this.#gone.wait();
  }
  /** A new connection. Resolves when its births are acknowledged. */
  async resume(): Promise<void> {
    if (!this.#held) return;
    this.#held = false;
    this.#failures = 0;
    if (this.#socket === undefined) this.open();
    if (!this.#connected || this.#birthsLeft > 0) await this.#born.wait();
    // by now the broker knows that the old line is dead
    this.#frozen?.destroy();
    this.#frozen = undefined;
  }
  /** Something in another's name, which is no part of the city. Resolves when it is acknowledged. */
  whisper(message: Omit<Queued, "t" | "retain">): Promise<void> {
    if (!this.#connected) return Promise.resolve();
    const acknowledged = createWaiters(actMs);
    const flight = this.#flight(undefined, { ...message, retain: false });
    this.#waiting.push({ ...flight, done: acknowledged.ring });
    this.flush();
    return acknowledged.wait();
  }

  /** Queues; `flush` puts what is queued on the wire in one write. */
  send(message: Queued): void {
    this.#waiting.push(this.#flight(message, message));
  }

  flush(): void {
    if (!this.#connected || this.#waiting.length === 0) return;
    const frames: Buffer[] = [];
    for (const item of this.#waiting) {
      this.#lastId = (this.#lastId % idLimit) + 1;
      item.id = this.#lastId;
      stamp(item.frame, item.offset, item.id);
      this.#flying.push(item);
      frames.push(item.frame);
    }
    this.#waiting = [];
    this.#write(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  }

  /** Births again, before what is queued. */
  announce(): void {
    if (!this.#connected) return;
    const births = this.#options.births().map((birth) => this.#flight(undefined, { ...birth, retain: true }));
    this.#birthsLeft += births.length;
    this.#waiting = [...births, ...this.#waiting];
    this.flush();
  }

  /** Keep-alive: called every few seconds. A ping goes out before half of it has passed, so a living broker is heard at least that often. */
  tick(now: number): void {
    if (this.#socket === undefined) return;
    if (now - this.#lastHeard > keepAliveSeconds * 1000) this.#socket.destroy(new Error("the broker does not answer"));
    else if (this.#connected && now - Math.min(this.#lastWrite, this.#lastHeard) > keepAliveSeconds * 400) this.#write(pingFrame);
  }

  /** Says farewell when connected. */
  close(farewell: Retained | undefined): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#frozen?.destroy();
    const socket = this.#socket;
    if (socket === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once("close", () => resolve());
      if (!this.#connected) return socket.destroy();
      if (farewell !== undefined) {
        this.#waiting.push(this.#flight(undefined, { ...farewell, retain: true }));
        this.flush();
      }
      socket.end(disconnectFrame);
      setTimeout(() => socket.destroy(), farewellMs).unref();
    });
  }

  #flight(queued: Queued | undefined, { topic, payload, retain }: Omit<Queued, "t">): Flight {
    let name = this.#topics.get(topic);
    if (name === undefined) {
      name = Buffer.from(topic);
      this.#topics.set(topic, name);
    }
    const frame = publishFrame(name, payload, retain);
    return { queued, frame, offset: idOffset(frame, name), id: 0 };
  }

  #write(data: Buffer | undefined): void {
    if (data === undefined) return;
    this.#lastWrite = Date.now();
    this.#socket?.write(data);
  }

  #welcomed(code: number): void {
    if (code !== 0) {
      this.#socket?.destroy(new Error(`the broker refuses it with return code ${code}`));
      return;
    }
    this.#connected = true;
    this.#failures = 0;
    this.#birthsLeft = 0;
    const again = this.#flying.filter(({ queued }) => queued !== undefined);
    for (const item of again) markDuplicate(item.frame);
    this.#waiting = [...again, ...this.#waiting.filter(({ queued }) => queued !== undefined)];
    this.#flying = [];
    this.#listen();
    this.announce();
  }

  /** Before its births: who knows of a device can tell it something. */
  #listen(): void {
    const subscriptions = this.#options.commandTopics.map((topic) => ({ topic, qos: 1 as const }));
    if (subscriptions.length === 0) return;
    this.#lastId = (this.#lastId % idLimit) + 1;
    this.#write(generate({ cmd: "subscribe", messageId: this.#lastId, subscriptions }));
  }

  #told(topic: string, payload: Buffer, id: number): void {
    if (id > 0) this.#write(pubackFrame(id));
    this.#options.onCommand(topic, payload);
  }

  #acknowledged(id: number): void {
    // Acknowledgements come in order (MQTT 3.1.1, 4.6), so it is nearly always the first.
    const index = this.#flying[0]?.id === id ? 0 : this.#flying.findIndex((item) => item.id === id);
    if (index < 0) return;
    const [item] = index === 0 ? [this.#flying.shift()] : this.#flying.splice(index, 1);
    if (item?.queued !== undefined) this.#options.onAcknowledged(item.queued.t);
    else if (item?.done !== undefined) item.done();
    else if (--this.#birthsLeft === 0) {
      this.#options.onBorn();
      this.#born.ring();
    }
  }

  #parted(cause: string): void {
    this.#socket = undefined;
    this.#connected = false;
    this.#gone.ring();
    if (this.#closed || this.#held) return;
    this.#options.onLost(cause);
    const wait = Math.min(backOffMs.most, backOffMs.first * (1 << Math.min(this.#failures, 10)));
    this.#failures += 1;
    this.#retry = setTimeout(() => this.open(), wait * (0.5 + this.#options.jitter()));
  }
}
