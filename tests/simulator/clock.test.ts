import { describe, expect, it } from "vitest";
import { createPacer, createRateMeter, lagLimitMs } from "../../simulator/clock.ts";

const never = Number.POSITIVE_INFINITY;

/** A chain that acknowledges everything after `delay` ms of wall time, asked every 50 ms for `seconds`. */
function drive(asked: number | null, { delay = 0, seconds = 10, stop = never } = {}): { head: number; worst: number; lagged: boolean } {
  const pacer = createPacer(0);
  const sent: { at: number; head: number }[] = [];
  let [head, mark, worst, lagged] = [0, 0, 0, false];
  for (let wall = 50; wall <= seconds * 1000; wall += 50) {
    for (const one of sent) if (one.at + delay <= wall) mark = Math.max(mark, one.head);
    head = pacer.next({ wall, head, mark, asked, stop, lag: lagLimitMs(asked) });
    sent.push({ at: wall, head });
    worst = Math.max(worst, head - mark);
    lagged ||= pacer.lags(wall);
  }
  return { head, worst, lagged };
}

describe("pacing", () => {
  it.each([0.1, 1, 7.5, 60, 600, 3600])("keeps %f city seconds per second when the chain is quick", (rate) => {
    const { head, lagged } = drive(rate);
    expect(head).toBeGreaterThanOrEqual(rate * 10_000 - 1000);
    expect(head).toBeLessThanOrEqual(rate * 10_000);
    expect(head % 1000).toBe(0);
    expect(lagged).toBe(false);
  });

  it.each([
    [1, 1000],
    [4, 1000],
    [60, 15_000],
    [3600, 900_000],
    [null, 3_600_000],
  ])("never lets the head run further than allowed from the mark at rate %s", (rate, limit) => {
    expect(lagLimitMs(rate)).toBe(limit);
    expect(drive(rate, { delay: 2000 }).worst).toBeLessThanOrEqual(limit);
  });

  it("gives up what a slow chain cannot take, and says so", () => {
    const { head, lagged } = drive(60, { delay: 1000 });
    expect(lagged).toBe(true);
    expect(head).toBeLessThan(200_000);
    expect(head).toBeGreaterThan(100_000);
  });

  it("does not sprint after the process was stopped", () => {
    const pacer = createPacer(0);
    const head = pacer.next({ wall: 60_000, head: 0, mark: 0, asked: 60, stop: never, lag: lagLimitMs(60) });
    expect(head).toBeLessThanOrEqual(15_000);
    expect(pacer.lags(60_000)).toBe(true);
  });

  it("owes nothing for the time it rested", () => {
    const pacer = createPacer(0);
    pacer.rest(60_000);
    expect(pacer.next({ wall: 60_050, head: 0, mark: 0, asked: 60, stop: never, lag: lagLimitMs(60) })).toBe(3000);
  });

  it("stops at the end of a jump to the second", () => {
    expect(drive(null, { stop: 1_234_000 }).head).toBe(1_234_000);
    expect(drive(600, { stop: 1_234_000 })).toEqual({ head: 1_234_000, worst: expect.any(Number), lagged: false });
  });
});

describe("rate meter", () => {
  it("measures about the last second, not the whole run", () => {
    const meter = createRateMeter();
    for (let wall = 0; wall <= 5000; wall += 50) meter.sample(wall, wall < 3000 ? 0 : (wall - 3000) * 60);
    expect(meter.rate()).toBeCloseTo(60, 6);
  });
});
