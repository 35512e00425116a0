import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createProcess } from "../../../broker/ingest/process.ts";
import { birth, minute, start } from "../../support/detect-world.ts";
import { city, clockAt, ingestWorld, reading } from "../../support/ingest-world.ts";
import { tempLedger } from "../../support/temp-ledger.ts";

const nothing = (): void => undefined;
const approaches = [1, 2, 3].map((n) => birth(`tx-a${n}`, "approach", { gateway: "gw-a", constants: { lanes: 2, main: 1, heading: 0 } }));
const others = ["b", "c"].map((id) => birth(`tx-${id}`, "approach", { gateway: `gw-${id}`, constants: { lanes: 2, main: 1, heading: 0 } }));
const vehicles = (t: number) => ({
  volume: 5 + ((t / minute) % 3),
  occ: 0.1 + ((t / minute) % 7) / 100,
  speed: 40 + ((t / minute) % 5) / 10,
  queue: 2,
  hv: 0,
});

/** Everybody speaks every minute, the gateway `gw-a` until minute 10; its connection says so at a minute. All through the way in that records of the log take. */
async function street(said: readonly (readonly [minute: number, s: string])[], steps = 1) {
  const { root } = await tempLedger();
  const place = ingestWorld(root, { devices: [...approaches, ...others].map((meta) => ({ service: "traffic", meta })) });
  const { fold, registry } = place;
  const listeners = { reading: nothing, chronicle: nothing, clock: nothing, device: nothing, answer: nothing, acted: nothing, raw: nothing };
  const take = createProcess(
    { city, registry, fold, retentionMs: 30 * 86_400_000, log: pino({ level: "silent" }) },
    listeners,
    { lane: () => undefined },
    () => undefined,
  );
  let position = 0;
  const send = (topic: string, user: string, what: object): void => {
    position += 1;
    take({ at: start, user, topic: `urban/v1/${city}/${topic}`, payload: Buffer.from(JSON.stringify(what)) }, position);
  };
  for (let n = 1; n <= 30; n++) {
    const t = start + n * minute;
    fold.clock = clockAt(t);
    for (const { d, gateway } of [...(n <= 10 ? approaches : []), ...others]) send(`traffic/${gateway}/obs`, gateway, reading(d, t, vehicles(t)));
    for (const [at, s] of said) if (at === n) send("_gw/gw-a/state", "gw-a", { s });
    if (n % steps === 0) fold.room.advance("city", t, t);
  }
  return { alarm: fold.room.alarm("traffic-gateway-tx-a1"), state: fold.room.state() };
}

describe("a gateway's last will", () => {
  test("stands in the evidence of its loss, stamped with the mark that was reached when it came", async () => {
    const { evidence, raisedAt } = (await street([[11, "lost"]])).alarm!;
    expect(raisedAt).toBe(start + 13 * minute + 1);
    expect(evidence?.inputs.at(-1)).toEqual({ device: "gw-a", metric: "state", t: start + 10 * minute, value: "lost" });
    expect(evidence?.inputs.map(({ device }) => device)).toEqual(["tx-a1", "tx-a2", "tx-a3", "gw-a"]);
    expect(evidence?.condition.en).toContain("its last will came: connection lost (2026-10-12 00:10)");
    expect(evidence?.condition.ko).toContain("유언이 옴");
  });
  test.each([
    ["at once", [[10, "lost"]], 1],
    ["after the loss was found", [[20, "lost"]], 1],
    ["never", [], 1],
    ["at once, in a city that runs ten times as fast", [[10, "lost"]], 10],
  ] as const)("changes nothing of when the loss is told: %s", async (_when, said, steps) => {
    expect((await street(said, steps)).alarm?.raisedAt).toBe(start + 13 * minute + 1);
  });
  test("raises nothing while its devices are heard, and is taken back when the gateway is", async () => {
    const { alarm } = await street([
      [3, "lost"],
      [4, "ready"],
    ]);
    expect(alarm?.raisedAt).toBe(start + 13 * minute + 1);
    expect(alarm?.evidence?.inputs.map(({ device }) => device)).toEqual(["tx-a1", "tx-a2", "tx-a3"]);
  });
  test("is remembered by a checkpoint, a goodbye as well", async () => {
    const { alarm, state } = await street([[11, "disconnected"]]);
    expect(alarm?.evidence?.condition.en).toContain("it said goodbye");
    expect(state.watch.city.words).toEqual({ "gw-a": { s: "disconnected", t: start + 10 * minute } });
    expect(structuredClone(state.watch.city.words)).toEqual(state.watch.city.words);
  });
});
