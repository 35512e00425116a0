import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";
import type { Retained } from "./devices/birth.ts";
import { createFrameReader, disconnectFrame, idOffset, markDuplicate, pingFrame, publishFrame, stamp } from "./frames.ts";

export interface GatewayIdentity {
  readonly id: string;
  readonly password: string;
  readonly will: Retained;
}
/** One MQTT connection of one gateway: QoS 1, in order, nothing is forgotten before it is acknowledged. */
export interface GatewayConnection {
  readonly connected: boolean;
  /** Messages that are not acknowledged, births left out. */
  readonly unacknowledged: readonly Queued[];
  open(): void;
  /** Queues; `flush` puts what is queued on the wire in one write. */
  send(message: Queued): void;
  flush(): void;
  /** Births again, before what is queued from now on. */
  announce(): void;
  /** Keep-alive: called every few seconds. */
  tick(now: number): void;
  /** Says farewell when connected. */
  close(farewell: Retained | undefined): Promise<void>;
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
  /** All births are acknowledged. */
  onBorn(): void;
  onAcknowledged(t: number): void;
  onLost(reason: string): void;
  /** In [0, 1): jitter of the back-off; it has no part in the city. */
  jitter(): number;
}

const keepAliveSeconds = 60;
const backOffMs = { first: 250, most: 15_000 };
/** A QoS 1 window per connection, far under the 65,535 packet ids. */
const idLimit = 65_535;

interface Flight {
  readonly queued: Queued | undefined;
  readonly frame: Buffer;
  readonly offset: number;
  id: number;
}

export function createGatewayConnection(options: ConnectionOptions): GatewayConnection {
  const { identity } = options;
  const topics = new Map<string, Buffer>();
  let socket: Socket | undefined;
  let connected = false;
  let closed = false;
  let failures = 0;
  let lastId = 0;
  let lastWrite = 0;
  let lastHeard = 0;
  let retry: NodeJS.Timeout | undefined;
  /** Sent, in order of sending; births have no `queued`. */
  let flying: Flight[] = [];
  let waiting: Flight[] = [];
  let birthsLeft = 0;

  const flight = (queued: Queued | undefined, { topic, payload, retain }: Omit<Queued, "t">): Flight => {
    let name = topics.get(topic);
    if (name === undefined) {
      name = Buffer.from(topic);
      topics.set(topic, name);
    }
    const frame = publishFrame(name, payload, retain);
    return { queued, frame, offset: idOffset(frame, name), id: 0 };
  };
  const write = (frames: readonly Buffer[]): void => {
    if (socket === undefined || frames.length === 0) return;
    lastWrite = Date.now();
    socket.write(frames.length === 1 ? (frames[0] ?? pingFrame) : Buffer.concat(frames));
  };
  const flush = (): void => {
    if (!connected || waiting.length === 0) return;
    for (const item of waiting) {
      lastId = lastId >= idLimit ? 1 : lastId + 1;
      item.id = lastId;
      stamp(item.frame, item.offset, lastId);
      flying.push(item);
    }
    write(waiting.map((item) => item.frame));
    waiting = [];
  };
  const announce = (): void => {
    if (!connected) return;
    const news = options.births().map((birth) => flight(undefined, { ...birth, retain: true }));
    birthsLeft += news.length;
    waiting = [...news, ...waiting];
    flush();
  };
  const welcomed = (code: number): void => {
    if (code !== 0) {
      socket?.destroy(new Error(`the broker refused ${identity.id}: CONNACK ${code}`));
      return;
    }
    connected = true;
    failures = 0;
    const again = flying.filter((item) => item.queued !== undefined);
    for (const item of again) markDuplicate(item.frame);
    waiting = [...again, ...waiting.filter((item) => item.queued !== undefined)];
    flying = [];
    birthsLeft = 0;
    announce();
    if (birthsLeft === 0) options.onBorn();
  };
  const acknowledged = (id: number): void => {
    const index = flying[0]?.id === id ? 0 : flying.findIndex((item) => item.id === id);
    const item = flying[index];
    if (item === undefined) return;
    if (index === 0) flying.shift();
    else flying.splice(index, 1);
    if (item.queued !== undefined) options.onAcknowledged(item.queued.t);
    else {
      birthsLeft -= 1;
      if (birthsLeft === 0) options.onBorn();
    }
  };
  const open = (): void => {
    retry = undefined;
    if (closed) return;
    const line = connect({ host: options.host, port: options.port, noDelay: true });
    socket = line;
    lastHeard = Date.now();
    let cause = "the connection was closed";
    const read = createFrameReader({ connack: welcomed, puback: acknowledged });
    line.once("connect", () => line.write(connectFrame(identity)));
    line.on("data", (chunk: Buffer) => {
      lastHeard = Date.now();
      read(chunk);
    });
    line.on("error", (error) => {
      cause = error.message;
    });
    line.once("close", () => {
      if (socket !== line) return;
      socket = undefined;
      connected = false;
      if (closed) return;
      options.onLost(cause);
      const wait = Math.min(backOffMs.most, backOffMs.first * (1 << Math.min(failures, 10)));
      failures += 1;
      retry = setTimeout(open, wait * (0.5 + options.jitter()));
    });
  };

  return {
    get connected() {
      return connected;
    },
    get unacknowledged() {
      return [...flying, ...waiting].flatMap((item) => (item.queued === undefined ? [] : [item.queued]));
    },
    open,
    send: (message) => {
      waiting.push(flight(message, message));
    },
    flush,
    announce,
    tick(now) {
      if (socket === undefined) return;
      // Half a keep-alive after the last write a ping goes out, so a living broker is heard at least that often.
      if (now - lastHeard > keepAliveSeconds * 1000) socket.destroy(new Error("the broker does not answer"));
      else if (connected && now - lastWrite > keepAliveSeconds * 400) write([pingFrame]);
    },
    close(farewell) {
      closed = true;
      clearTimeout(retry);
      const line = socket;
      if (line === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        line.once("close", () => resolve());
        if (!connected) line.destroy();
        else {
          const last = farewell === undefined ? [] : [flight(undefined, { ...farewell, retain: true })];
          for (const item of last) stamp(item.frame, item.offset, (lastId % idLimit) + 1);
          line.end(Buffer.concat([...last.map((item) => item.frame), disconnectFrame]));
          setTimeout(() => line.destroy(), 500).unref();
        }
      });
    },
  };
}

const connectFrame = ({ id, password, will }: GatewayIdentity): Buffer =>
  generate({
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: true,
    clientId: id,
    keepalive: keepAliveSeconds,
    username: id,
    password: Buffer.from(password),
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
  });
