import { describe, expect, it } from "vitest";
import { fixedStart } from "../../commands/digest.ts";
import { hour, startTestChain, testConfig, told } from "../support/test-chain.ts";

/** Runs the whole chain for so many city seconds; answers what two runs are compared by. */
async function lived(seconds: number, rate: number | null, over: Record<string, string> = {}) {
  const chain = await startTestChain({ stopAfter: seconds, rate, config: testConfig(over) });
  await chain.simulator.done;
  const ledger = chain.broker.port.ledger();
  const { sha256, messages } = await chain.simulator.digest();
  const end = fixedStart + seconds * 1000;
  const figures = chain.broker.port.figures("traffic", fixedStart, end);
  const lines = told(chain, fixedStart, end);
  await chain.stop();
  return { sha256, messages, lines, figures, ledger };
}

describe("one city, lived twice", () => {
  it("says the same, byte for byte, at 600x and as fast as the chain goes, and tells what happened in the same order", async () => {
    const fast = await lived(7200, null);
    const slow = await lived(7200, 600);
    expect(fast.messages).toBeGreaterThan(500);
    expect(slow.sha256).toBe(fast.sha256);
    expect(fast.lines.length).toBeGreaterThan(10);
    expect(slow.lines).toEqual(fast.lines);
    expect(slow.figures).toEqual(fast.figures);
    for (const { received, accepted, lost, refused } of [slow.ledger, fast.ledger])
      expect({ received, lost, refused }).toEqual({ received: accepted, lost: 0, refused: 0 });
  });

  // half of it is life at 1x
  it("is the same at its own pace: a larger city, 15 s at 1x against the same 15 s at 60x and at full speed", { timeout: 120_000 }, async () => {
    const larger = { GWANJE_SCALE: "16" };
    const runs = [await lived(15, 1, larger), await lived(15, 60, larger), await lived(15, null, larger)];
    const [calm] = runs;
    expect(calm?.messages).toBeGreaterThan(4);
    for (const run of runs) expect({ sha256: run.sha256, lines: run.lines }).toEqual({ sha256: calm?.sha256, lines: calm?.lines });
  });

  it("is another with another seed", async () => {
    const one = await lived(600, null);
    const other = await lived(600, null, { GWANJE_SEED: "2" });
    expect(other.sha256).not.toBe(one.sha256);
  });
});

describe("a city that ends in the middle", () => {
  it("goes on from its folder as if nothing had been, without a hole and without a double", { timeout: 120_000 }, async () => {
    const whole = await lived(2 * 3600, null);
    const first = await startTestChain({ stopAfter: 3600 });
    await first.simulator.done;
    await first.stop();
    const second = await startTestChain({ dataDir: first.dataDir, stopAfter: 2 * 3600 });
    await second.simulator.done;
    expect((await second.simulator.digest()).sha256).toBe(whole.sha256);
    const { received, accepted, lost } = second.broker.port.ledger();
    expect({ received, accepted, lost }).toEqual({ received: whole.ledger.received, accepted: whole.ledger.accepted, lost: 0 });
    expect(told(second, fixedStart, fixedStart + 2 * hour)).toEqual(whole.lines);
  });
});

describe("gateways whose lines fail", () => {
  it("fall silent and come back at the same instants at every rate, and lose nothing that they could keep", { timeout: 120_000 }, async () => {
    // with this seed lines fail for an hour and more, and carry again
    const field = { GWANJE_PROFILE: "field", GWANJE_SCALE: "4", GWANJE_SEED: "50" };
    const fast = await lived(4 * 3600, null, field);
    const slow = await lived(4 * 3600, 3600, field);
    expect(fast.lines.filter(({ what }) => what === "silent").length).toBeGreaterThan(0);
    expect(slow.lines).toEqual(fast.lines);
    expect(slow.sha256).toBe(fast.sha256);
  });
});
