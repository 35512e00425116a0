import { type AddressInfo, createServer } from "node:net";
import { answerParent } from "../child.ts";

/** The raw limit: a bare socket that walks MQTT frames, parses their JSON, answers CONNACK and, at QoS 1, PUBACK in one write per chunk. */
const connack = Buffer.from([0x20, 0x02, 0x00, 0x00]);
let messages = 0;
let readings = 0;

/** Header and body of the frame at `at`; undefined while it is not whole. */
function frameAt(data: Buffer, at: number): { body: number; end: number } | undefined {
  let length = 0;
  for (let n = 1; n <= 4; n++) {
    const byte = data[at + n];
    if (byte === undefined) return undefined;
    length |= (byte & 0x7f) << (7 * (n - 1));
    if (byte >= 0x80) continue;
    const body = at + n + 1;
    return body + length > data.length ? undefined : { body, end: body + length };
  }
  throw new Error("not MQTT");
}

/** Takes one PUBLISH in; answers its packet id, or -1 at QoS 0. */
function takePublish(data: Buffer, head: number, { body, end }: { body: number; end: number }): number {
  let payload = body + 2 + data.readUInt16BE(body);
  let id = -1;
  if ((head & 6) !== 0) {
    id = data.readUInt16BE(payload);
    payload += 2;
  }
  const said: unknown = JSON.parse(data.toString("latin1", payload, end));
  messages += 1;
  readings += Array.isArray(said) ? said.length : 1;
  return id;
}

const pubacks = (ids: readonly number[]): Buffer => {
  const answer = Buffer.allocUnsafe(ids.length * 4);
  for (let n = 0; n < ids.length; n++) answer.writeUInt32BE(0x40_02_00_00 + (ids[n] ?? 0), n * 4);
  return answer;
};

const server = createServer({ noDelay: true }, (socket) => {
  let rest: Buffer | undefined;
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    const data = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    const acknowledged: number[] = [];
    let at = 0;
    for (let frame = frameAt(data, at); frame !== undefined; frame = frameAt(data, at)) {
      const head = data[at] ?? 0;
      if (head >> 4 === 1) socket.write(connack);
      const id = head >> 4 === 3 ? takePublish(data, head, frame) : -1;
      if (id >= 0) acknowledged.push(id);
      at = frame.end;
    }
    rest = at < data.length ? data.subarray(at) : undefined;
    if (acknowledged.length > 0) socket.write(pubacks(acknowledged));
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 2048, resolve));

const answers = {
  port: (): number => (server.address() as AddressInfo).port,
  counts: () => ({ messages, readings }),
  usage: () => {
    const { user, system } = process.cpuUsage();
    return { cpu: (user + system) / 1000, rss: process.memoryUsage.rss() };
  },
};
export type SinkProcess = typeof answers;
answerParent(answers);
