import { describe, expect, it, vi } from "vitest";
import { fixedStart } from "../../commands/digest.ts";
import type { CityPort, Series } from "../../shared/city-port.ts";
import type { ClockAction } from "../../shared/clock.ts";
import type { Result } from "../../shared/result.ts";
import { connectAs, operator, registered } from "../support/field-broker.ts";
import { clockThat, hour, minute, startTestChain, type TestChain, testConfig } from "../support/test-chain.ts";

const act = async (chain: TestChain, action: ClockAction) => {
  const done = await chain.broker.port.act(action, operator);
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};
const gaugeOf = (port: CityPort): string => port.devices().find(({ kind }) => kind === "gauge")?.id ?? "";
const levels = (port: CityPort, from: number, to: number): Promise<Result<Series>> =>
  port.series({ device: gaugeOf(port), metric: "level", from, to, points: 120 });
const count = (series: Result<Series>): number => (series.ok ? series.value.points.reduce((n, point) => n + point.n, 0) : -1);

describe("the city's clock", () => {
  it("stands while it is paused, steps, runs at another rate, and jumps forward only", async () => {
    const chain = await startTestChain({ backfillHours: 0.1, rate: 60 });
    await clockThat(chain, ({ phase }) => phase === "live");
    const paused = await act(chain, { paused: true });
    expect(paused).toMatchObject({ paused: true, rate: 0 });
    const stepped = await act(chain, { step: 120 });
    expect(stepped.mark - paused.mark).toBeGreaterThanOrEqual(120_000);
    expect(stepped.mark - paused.head).toBeLessThanOrEqual(120_000);
    expect(await chain.broker.port.act({ jumpTo: stepped.head - hour }, operator)).toMatchObject({ ok: false });
    const goal = stepped.head + 2 * hour;
    await act(chain, { jumpTo: goal });
    await act(chain, { paused: false });
    await act(chain, { rate: 600 });
    const there = await clockThat(chain, ({ mark, rate }) => mark > goal + 10 * minute && rate > 0);
    expect(there).toMatchObject({ phase: "live", paused: false, asked: 600 });
    expect(count(await levels(chain.broker.port, goal - hour, goal))).toBe(60);
    expect(chain.broker.port.ledger()).toMatchObject({ lost: 0, refused: 0, duplicate: 0 });
  });

  it("goes back by a reset: the same history at once, another seed another one, and a real device is not touched", async () => {
    const chain = await startTestChain({ backfillHours: 1, rate: 600 });
    const { port } = chain.broker;
    const access = await registered(chain.broker, "stream", "ws-real");
    const real = await connectAs(chain.broker, access);
    const before = await clockThat(chain, ({ phase }) => phase === "live");
    const send = (seq: number) =>
      real.publishAsync(access.topics.obs ?? "", JSON.stringify({ v: 1, d: "ws-real", b: 1, seq, m: { dist: 4 } }), { qos: 1 });
    for (const seq of [0, 1, 2]) await send(seq);
    const first = await levels(port, fixedStart, fixedStart + hour);
    expect(count(first)).toBe(60);
    await clockThat(chain, ({ mark }) => mark > fixedStart + hour + 10 * minute);

    const began = performance.now();
    const reset = await act(chain, { reset: {} });
    expect(reset.run).not.toBe(before.run);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await levels(port, fixedStart, fixedStart + hour)).toEqual(first);
    expect(port.figures("stream", fixedStart, fixedStart + hour)[0]?.t).toHaveLength(60);
    await send(3);
    expect(port.deviceLedger("ws-real")).toMatchObject({ accepted: 4, lost: 0, duplicate: 0 });
    await clockThat(chain, ({ mark }) => mark > fixedStart + hour + 5 * minute);
    const after = await levels(port, fixedStart + hour, fixedStart + hour + 5 * minute);
    expect(count(after)).toBe(5);

    await act(chain, { reset: { seed: 7 } });
    const other = await levels(port, fixedStart, fixedStart + hour);
    expect(count(other)).toBe(60);
    expect(other).not.toEqual(first);
    await vi.waitFor(() => expect(port.deviceLedger("ws-real")).toMatchObject({ accepted: 4, stored: 4, lost: 0 }));
  });
});

describe("a second start", () => {
  /** An hour of history that ended a while ago by the wall clock. */
  async function ended(): Promise<TestChain> {
    const chain = await startTestChain({ backfillHours: 0.5, rate: 60 });
    await clockThat(chain, ({ phase }) => phase === "live");
    await chain.stop();
    return chain;
  }

  it("goes on where it was", async () => {
    const first = await ended();
    const second = await startTestChain({ dataDir: first.dataDir, backfillHours: 0.5, rate: 600 });
    const clock = await clockThat(second, ({ phase }) => phase === "live");
    expect(clock.mark - fixedStart).toBeLessThan(2 * hour);
    await clockThat(second, ({ mark }) => mark > fixedStart + 40 * minute);
    const series = await levels(second.broker.port, fixedStart, fixedStart + 40 * minute);
    expect(count(series)).toBe(40);
  });

  it.each([
    ["catch-up", "generates what was missed", 20, 0],
    ["gap", "leaves what was missed as a gap", 0, 1],
  ] as const)("with %s %s", async (resume, _what, readings, gaps) => {
    const until = Math.floor(Date.now() / minute) * minute - 25 * minute;
    const start = until - hour;
    const first = await startTestChain({ start, backfillHours: 1, rate: 1 });
    await clockThat(first, ({ phase }) => phase === "live");
    await first.stop();
    const second = await startTestChain({ dataDir: first.dataDir, start, backfillHours: 1, rate: 1, config: testConfig({ GWANJE_RESUME: resume }) });
    await clockThat(second, ({ phase, mark }) => phase === "live" && mark > until + 24 * minute);
    const series = await levels(second.broker.port, until + 2 * minute, until + 22 * minute);
    expect(count(series)).toBe(readings);
    expect(series.ok && series.value.gaps).toHaveLength(gaps);
  });

  it("begins anew when it is asked to", async () => {
    const first = await ended();
    const run = first.broker.port.clock()?.run;
    const second = await startTestChain({ dataDir: first.dataDir, backfillHours: 0.5, rate: 60, config: testConfig({ GWANJE_RESUME: "fresh" }) });
    const clock = await clockThat(second, ({ phase }) => phase === "live");
    expect(clock.run).not.toBe(run);
    expect(count(await levels(second.broker.port, fixedStart, fixedStart + hour / 2))).toBe(30);
  });
});
