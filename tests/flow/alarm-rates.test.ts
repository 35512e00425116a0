import { describe, expect, it } from "vitest";
import { occurrencesOf } from "../../broker/alarms/score/occurrences.ts";
import { fixedStart } from "../../commands/digest.ts";
import { operator } from "../support/field-broker.ts";
import { clockThat, hour, startTestChain, testConfig } from "../support/test-chain.ts";

/** Alarms of so many hours of a small city whose lines fail, at a rate. Bays are left out: what the room tells them at once takes effect in the city. */
async function alarmsOf(hours: number, rate: number | null) {
  // with this seed lines fail for an hour and more, and carry again
  const config = testConfig({ GWANJE_PROFILE: "field", GWANJE_SCALE: "4", GWANJE_SEED: "50" });
  const chain = await startTestChain({ stopAfter: hours * 3600, rate, config });
  await chain.simulator.done;
  const { room } = chain.broker.port;
  const lines = room.journal({ limit: 1_000_000 });
  const occurrences = occurrencesOf(lines).filter(({ rule }) => !rule.startsWith("evzone/"));
  const { perTenMinutes, flood, split, maintenance, rate: lived } = room.score();
  await chain.stop();
  return { occurrences, score: { perTenMinutes, flood, split, maintenance }, lived };
}

describe("the alarms of one city", () => {
  it("are raised and cleared at the same instants at every rate, and are scored alike", { timeout: 180_000 }, async () => {
    const fast = await alarmsOf(4, null);
    const slow = await alarmsOf(4, 1200);
    expect(fast.occurrences.length).toBeGreaterThan(0);
    expect(slow.occurrences).toEqual(fast.occurrences);
    expect(slow.score).toEqual(fast.score);
  });

  it("are the same at the pace of life, sixty times as fast, and as fast as the chain goes", { timeout: 180_000 }, async () => {
    // a crossing's gateway is lost 1,638 s after the start: what lies before is history, and the last seconds are lived at each rate
    const config = testConfig({ GWANJE_PROFILE: "field", GWANJE_SCALE: "4", GWANJE_SEED: "50" });
    const told = [];
    for (const rate of [1, 60, null]) {
      const chain = await startTestChain({ backfillHours: 1629 / 3600, stopAfter: 1644, rate, config });
      await chain.simulator.done;
      told.push(occurrencesOf(chain.broker.port.room.journal({ limit: 1_000_000 })));
      await chain.stop();
    }
    const [lived, faster, fastest] = told;
    expect(lived?.filter(({ raised }) => raised > fixedStart + 1_629_000)).toHaveLength(1);
    expect(faster).toEqual(lived);
    expect(fastest).toEqual(lived);
  });

  it("of the history are told again under a run that begins from its image, and what stood stands", { timeout: 180_000 }, async () => {
    const config = testConfig({ GWANJE_PROFILE: "field", GWANJE_SCALE: "4", GWANJE_SEED: "50" });
    const chain = await startTestChain({ backfillHours: 4, rate: 1, config });
    const { port } = chain.broker;
    const { run, mark } = await clockThat(chain, ({ phase }) => phase === "live");
    const end = fixedStart + 4 * hour;
    const history = (of: string) => occurrencesOf(port.room.journal({ run: of, to: end, limit: 1_000_000 }));
    const standing = () =>
      port.room
        .alarms()
        .filter(({ inherited }) => inherited)
        .map(({ id, raisedAt }) => `${id} ${raisedAt}`)
        .sort();
    const [told, stood] = [history(run), standing()];
    expect(told.length).toBeGreaterThan(0);
    expect(mark).toBeGreaterThanOrEqual(end);
    // nothing of the previous shift that is over is left to be acknowledged
    expect(port.room.alarms().filter(({ state, raisedAt }) => state === "D" && raisedAt < end)).toEqual([]);
    expect(port.room.score().from).toBe(end);
    const reset = await port.act({ reset: {} }, operator);
    if (!reset.ok) throw new Error(reset.reason);
    expect(history(reset.value.run)).toEqual(told);
    expect(standing()).toEqual(stood);
    expect(history(run)).toEqual(told);
  });
});
