import { once } from "node:events";
import { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import { GuardedStream } from "../../broker/mqtt/guarded-stream.ts";
import { frameLimit, type ShortWay } from "../../broker/mqtt/sieve.ts";
import { packet } from "../support/mqtt-packet.ts";

/** A stream that is pushed into as a socket is, and a reader who does as aedes does: told, he reads once, unless he is busy. */
function guarded(shortWay?: ShortWay) {
  const source = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const tooLarge: number[] = [];
  const line = new GuardedStream(source, { heard: none, tooLarge: (_stream, bytes) => void tooLarge.push(bytes) });
  const { stream } = line;
  if (shortWay !== undefined) line.open(shortWay);
  const heard: Buffer[] = [];
  const reader = {
    busy: false,
    read() {
      if (reader.busy) return;
      const read: unknown = stream.read(null as unknown as number);
      if (Buffer.isBuffer(read)) heard.push(read);
    },
  };
  stream.on("readable", reader.read);
  return { stream, reader, heard, tooLarge };
}
const none = (): void => undefined;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("guarded stream", () => {
  it("keeps what a busy reader has not read, and tells the end after it", async () => {
    const { stream, reader, heard } = guarded();
    reader.busy = true;
    let ended = false;
    stream.on("end", () => {
      ended = true;
    });
    for (const length of [3, 4, 5]) stream.push(packet(length));
    stream.push(null);
    await turn();
    expect([heard.length, ended]).toEqual([0, false]);
    reader.busy = false;
    for (let n = 0; n < 5; n++) {
      reader.read();
      await turn();
    }
    expect(Buffer.concat(heard)).toEqual(Buffer.concat([3, 4, 5].map((length) => packet(length))));
    expect(ended).toBe(true);
  });

  it("leaves in the socket what comes while too much is on its way", async () => {
    let isFull = true;
    let goOn = none;
    const taken: number[] = [];
    const { stream } = guarded({
      full: () => isFull,
      onRoom(listener) {
        goOn = listener;
      },
      take: (_data, at, _body, end) => taken.push(end - at) > 0,
    });
    stream.push(packet(5));
    await turn();
    stream.push(packet(6));
    await turn();
    expect(taken).toEqual([7]);
    isFull = false;
    goOn();
    await turn();
    expect(taken).toEqual([7, 8]);
  });

  it("ends the connection at a packet that is too large", async () => {
    const { stream, tooLarge, heard } = guarded();
    const closed = once(stream, "close");
    stream.push(packet(frameLimit + 1, 50));
    await closed;
    expect([tooLarge, heard]).toEqual([[frameLimit + 1], []]);
  });
});
