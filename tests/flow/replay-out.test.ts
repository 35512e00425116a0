import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import mqtt from "mqtt";
import { expect, it, onTestFinished } from "vitest";
import { rateGiven } from "../../commands/given-times.ts";
import { headLine, messageLine } from "../../commands/recording/recorded.ts";
import { replayTo } from "../../commands/recording/replay-out.ts";
import { startBareBroker } from "../support/bare-broker.ts";
import { temporaryFolder } from "../support/test-chain.ts";

const start = Date.UTC(2020, 7, 8, 3);
const topic = "urban/v1/gaon/stream/ws-1/obs";
const said = (n: number) => JSON.stringify({ v: 1, d: "ws-1", t: start + n * 1000, m: { dist: 4 } });

async function recording(): Promise<string> {
  const file = join(await temporaryFolder(), "captured.ndjson");
  const meta = messageLine({ at: start, t: null, topic: "urban/v1/gaon/stream/ws-1/meta", payload: Buffer.from("{}"), qos: 0, retain: true });
  const lines = [0, 1, 2].map((n) =>
    messageLine({ at: start + n * 1000, t: start + n * 1000, topic, payload: Buffer.from(said(n)), qos: 0, retain: false }),
  );
  await writeFile(file, [headLine({ city: null, run: null, seed: null, from: start, without: [], field: [] }), meta, ...lines].join("\n"));
  return file;
}

it("says captured traffic to somebody else's broker: as it was, or as of now", async () => {
  const url = `mqtt://127.0.0.1:${(await startBareBroker()).port}`;
  const client = await mqtt.connectAsync(url);
  onTestFinished(() => client.endAsync(true));
  const heard: { topic: string; payload: string; at: number }[] = [];
  client.on("message", (on, payload) => void heard.push({ topic: on, payload: payload.toString(), at: Date.now() }));
  await client.subscribeAsync("#", { qos: 1 });
  const request = { file: await recording(), rate: 10, topics: [], until: new AbortController().signal };
  const done = await replayTo({ url, account: {}, own: false }, { ...request, shift: "none" });
  expect(done).toMatchObject({ messages: 4, unsaid: 0 });
  await expect.poll(() => heard.length).toBe(4);
  expect(heard.slice(1).map(({ payload }) => payload)).toEqual([0, 1, 2].map(said));
  expect(done.seconds).toBeGreaterThanOrEqual(0.19);

  heard.splice(0);
  const before = Date.now();
  await replayTo({ url, account: {}, own: false }, { ...request, topics: ["urban/v1/+/stream/+/obs"], shift: "now" });
  await expect.poll(() => heard.length).toBe(3);
  const times = heard.map(({ payload }) => JSON.parse(payload).t as number);
  expect(times.map((t) => t - times[0]!)).toEqual([0, 100, 200]);
  expect(times[0]).toBeGreaterThanOrEqual(before - 5);
  expect(times[2]).toBeLessThanOrEqual(Date.now() + 5);
  // retained, as births are
  const late = await mqtt.connectAsync(url);
  onTestFinished(() => late.endAsync(true));
  const kept = new Promise<string>((resolve) => late.once("message", (on) => resolve(on)));
  await late.subscribeAsync("#");
  expect(await kept).toBe("urban/v1/gaon/stream/ws-1/meta");
});

it("has words for the highest rate that the command line's library does not take for none", () => {
  expect([rateGiven("max"), rateGiven("2.5")]).toEqual(["max", 2.5]);
  for (const wrong of ["0", "-1", "fast", ""]) expect(() => rateGiven(wrong)).toThrow("give a number above 0, or max");
});
