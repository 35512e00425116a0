import { expect, it, onTestFinished } from "vitest";
import { openOutlet } from "../../commands/recording/outlet.ts";
import { openReplayRoom } from "../../commands/recording/replay-room.ts";
import type { Survey } from "../../commands/recording/survey.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { birth } from "../support/ingest-world.ts";
import { testConfig } from "../support/test-chain.ts";

it("counts what a replay's room has refused, also where it has kept the newest of it alone", async () => {
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const meta = birth("ws-a", "gauge");
  const known = { city: "small", devices: new Map([["ws-a", { service: "stream", meta }]]) } as unknown as Survey;
  const room = await openReplayRoom(testConfig(), known, lifecycle);
  const outlet = await openOutlet(room.url, room.parties);
  onTestFinished(() => outlet.close());
  const refused = 1100;
  for (let n = 0; n < refused; n++) outlet.send("ws-a", "urban/v1/small/stream/ws-a/obs", Buffer.from(`no reading ${n}`), false);
  await outlet.drained();
  expect(Object.values(room.refusals()).map(({ count }) => count)).toEqual([refused]);
  expect(Object.values(room.refusals())[0]?.reason).not.toBe("");
});
