import net, { type Socket } from "node:net";
import tls from "node:tls";
import { generate, type IPublishPacket, type Packet, parser } from "mqtt-packet";

/** One MQTT 3.1.1 connection to somebody else's broker; says so when it comes and goes. */
export interface OutsideLine {
  publish(topic: string, payload: string, retain: boolean): void;
  connected(): boolean;
  close(): Promise<void>;
}
export interface OutsideLineOptions {
  /** `mqtt://host:port` or `mqtts://host:port`. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Stays the same, so that the broker keeps what comes while we are away. */
  readonly clientId: string;
  readonly filters: readonly string[];
  /** Each message, in order; `done` acknowledges it. Several may be on their way: that is why this is not MQTT.js, which waits for each. */
  readonly take: (packet: IPublishPacket, done: () => void) => void;
  readonly heard: (connected: boolean, reason: string) => void;
}

const keepAliveSeconds = 30;
const backOffMs = { first: 250, most: 10_000 };
/** More messages than this that wait to become durable stop the reading of the socket: QoS 0 has no other brake. */
const waitingLimit = 8000;

export function openOutsideLine(options: OutsideLineOptions): OutsideLine {
  const { url, username, password, clientId, filters, take, heard } = options;
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === "mqtts:";
  const address = { host: hostname, port: Number(port) || (secure ? 8883 : 1883) };
  const unsent: Buffer[] = [];
  let socket: Socket | undefined;
  let ready = false;
  let closed = false;
  let failures = 0;
  let waiting = 0;
  let lastId = 0;
  let retry: NodeJS.Timeout | undefined;

  const nextId = (): number => {
    lastId = (lastId % 65_535) + 1;
    return lastId;
  };
  function receive(line: Socket, packet: IPublishPacket): void {
    waiting += 1;
    if (waiting > waitingLimit) line.pause();
    take(packet, () => {
      waiting -= 1;
      if (line.destroyed) return;
      if (packet.qos === 1 && packet.messageId !== undefined) line.write(generate({ cmd: "puback", messageId: packet.messageId }));
      if (line.isPaused() && waiting < waitingLimit / 2) line.resume();
    });
  }
  function welcome(line: Socket, code: number): void {
    if (code !== 0) return void line.destroy(new Error(`the broker refuses the connection with return code ${code}`));
    line.write(generate({ cmd: "subscribe", messageId: nextId(), subscriptions: filters.map((topic) => ({ topic, qos: 1 })) }));
  }
  function granted(line: Socket, codes: readonly (number | object)[]): void {
    if (codes.includes(128)) return void line.destroy(new Error("the broker refuses a subscription"));
    for (const frame of unsent.splice(0)) line.write(frame);
    ready = true;
    failures = 0;
    heard(true, "");
  }
  function answer(line: Socket, packet: Packet): void {
    if (packet.cmd === "publish") receive(line, packet);
    else if (packet.cmd === "connack") welcome(line, packet.returnCode ?? 0);
    else if (packet.cmd === "suback") granted(line, packet.granted);
  }

  function open(): void {
    const line = secure ? tls.connect({ ...address, servername: hostname }) : net.connect(address);
    socket = line;
    let reason = "the connection was closed";
    let heardAt = Date.now();
    const read = parser({ protocolVersion: 4 });
    read.on("packet", (packet) => answer(line, packet));
    read.on("error", (error) => line.destroy(error));
    const login = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password: Buffer.from(password) }) };
    line.once(secure ? "secureConnect" : "connect", () => {
      line.setNoDelay(true);
      line.write(generate({ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: false, clientId, keepalive: keepAliveSeconds, ...login }));
    });
    line.on("data", (chunk) => {
      heardAt = Date.now();
      read.parse(chunk);
    });
    const pinging = setInterval(() => {
      if (Date.now() - heardAt > keepAliveSeconds * 1500 && !line.isPaused()) line.destroy(new Error("the broker does not answer"));
      else if (ready) line.write(generate({ cmd: "pingreq" }));
    }, keepAliveSeconds * 500);
    line.on("error", (error) => {
      reason = error.message;
    });
    line.once("close", () => {
      clearInterval(pinging);
      ready = false;
      if (closed) return;
      if (failures === 0) heard(false, reason);
      const wait = Math.min(backOffMs.most, backOffMs.first * 2 ** Math.min(failures, 10));
      failures += 1;
      retry = setTimeout(open, wait * (0.5 + Math.random()));
    });
  }
  open();

  return {
    publish(topic, payload, retain) {
      const frame = generate({ cmd: "publish", topic, payload, qos: 1, retain, dup: false, messageId: nextId() });
      if (ready) socket?.write(frame);
      else unsent.push(frame);
    },
    connected: () => ready,
    async close() {
      closed = true;
      clearTimeout(retry);
      const line = socket;
      if (line === undefined || line.destroyed) return;
      await new Promise<void>((resolve) => {
        line.once("close", () => resolve());
        line.end(generate({ cmd: "disconnect" }));
        setTimeout(() => line.destroy(), 500).unref();
      });
    },
  };
}
