import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { startRoom } from "../../commands/chain.ts";
import { realDevices } from "../../commands/city-devices.ts";
import { headLine, messageLine } from "../../commands/recording/recorded.ts";
import { replayIntoCity } from "../../commands/recording/replay-out.ts";
import { holdFolder } from "../../commands/running-city.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { clockThat, startTestChain, temporaryFolder, testConfig } from "../support/test-chain.ts";

it("says a recording to the running city by real devices of its own, at the wall clock, as often as one likes", { timeout: 60_000 }, async () => {
  const chain = await startTestChain({ rate: 1 });
  await clockThat(chain, ({ phase }) => phase === "live");
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(lifecycle.close);
  const credentials = await loadCredentials(chain.dataDir);
  const room = await startRoom({ config: testConfig(), credentials, lifecycle, log: pino({ level: "silent" }) }, chain);
  const held = await holdFolder(chain.dataDir);
  if (!held.ok) throw new Error(held.reason);
  onTestFinished(held.value.release);
  await held.value.announce({ http: room.url(), mqtt: { host: chain.mqtt.host, port: chain.mqtt.port } });

  const start = Date.UTC(2020, 7, 8, 3);
  const file = join(await temporaryFolder(), "captured.ndjson");
  const pack = (n: number) => JSON.stringify(["ws-a", "ws-b"].map((d) => ({ v: 1, d, t: start + n * 1000, b: 1, seq: n, m: { dist: 4 + n / 10 } })));
  const lines = [0, 1, 2].map((n) =>
    messageLine({
      ...{ at: start + n * 1000, t: start + n * 1000, qos: 1, retain: false },
      ...{ topic: "urban/v1/far/stream/gw-far/obs", payload: Buffer.from(pack(n)) },
    }),
  );
  await writeFile(file, [headLine({ city: "far", run: null, seed: null, from: start, without: [], field: [] }), ...lines].join("\n"));
  const request = { file, rate: 10, topics: [], shift: "now", until: new AbortController().signal } as const;
  const before = Date.now();
  for (const times of [1, 2]) {
    expect(await replayIntoCity(chain.dataDir, "re-", request)).toMatchObject({ devices: 2, messages: 3, unsaid: 0 });
    await expect.poll(() => chain.broker.port.deviceLedger("re-ws-a")).toMatchObject({ accepted: 3 * times, duplicate: 0, refused: 0 });
  }
  const device = chain.broker.port.device("re-ws-b");
  expect(device).toMatchObject({ timeline: "field", kind: "gauge", last: { dist: { value: 4.2, quality: "good" } } });
  expect(device?.last.dist?.t).toBeGreaterThanOrEqual(before);
  expect([...(await realDevices(chain.dataDir))].sort()).toEqual(["re-ws-a", "re-ws-b"]);
});
