import { describe, expect, it } from "vitest";
import { followSeries, type SeriesSource } from "../../console/web/trend/follow-series.ts";

type Listener = Parameters<SeriesSource["watch"]>[1];
const minute = 60_000;
const history = (from: number, to: number) => ({
  ok: true as const,
  value: {
    id: 1,
    step: minute,
    gaps: [],
    points: Array.from({ length: Math.floor((to - from) / minute) + 1 }, (_, i) => from + i * minute).map((t) => ({
      t,
      min: t,
      mean: t,
      max: t,
      n: 1,
    })),
  },
});

/** A connection that is driven by hand: what a browser hears from a server. */
function wire() {
  const asked: { from: number; listener: Listener; open: boolean }[] = [];
  const source: SeriesSource = {
    watch(request, listener) {
      const watch = { from: request.from, listener, open: true };
      asked.push(watch);
      return () => {
        watch.open = false;
      };
    },
  };
  return { source, asked };
}

describe("a followed series", () => {
  it("asks again from its newest point after the connection was lost, and draws every point once", () => {
    const { source, asked } = wire();
    const series = followSeries(source, { device: "ws-1", metric: "level", rangeMs: 60 * minute, staleMs: 3 * minute, now: () => 100 * minute });
    asked[0]!.listener.started(history(40 * minute, 100 * minute));
    asked[0]!.listener.points([{ t: 101 * minute, v: 1 }], 0);
    series.resume();
    expect(asked[0]!.open).toBe(false);
    expect(asked[1]!.from).toBe(101 * minute);
    asked[1]!.listener.started(history(101 * minute, 110 * minute));
    asked[1]!.listener.points(
      [
        { t: 110 * minute, v: 1 },
        { t: 111 * minute, v: 1 },
      ],
      0,
    );
    const { t } = series.buffer.columns;
    expect(new Set(t).size).toBe(t.length);
    expect(t.at(-1)).toBe(111 * minute);
    expect(series.buffer.gaps()).toEqual([]);
  });

  it("ignores what an old watch still says", () => {
    const { source, asked } = wire();
    const series = followSeries(source, { device: "ws-1", metric: "level", rangeMs: 60 * minute, staleMs: 3 * minute, now: () => 100 * minute });
    series.resume();
    asked[0]!.listener.started(history(0, 10 * minute));
    asked[0]!.listener.points([{ t: 5, v: 5 }], 3);
    expect(series.buffer.columns.t).toEqual([]);
    expect(series.skipped()).toBe(0);
    expect(series.state()).toBe("loading");
  });

  it("says the reason when it may not follow, and how many points were left out", () => {
    const { source, asked } = wire();
    const series = followSeries(source, { device: "x", metric: "level", rangeMs: minute, staleMs: minute, now: () => 0 });
    asked[0]!.listener.started({ ok: false, reason: "there is no device" });
    expect(series.state()).toEqual({ reason: "there is no device" });
    asked[0]!.listener.points([{ t: 1, v: 1 }], 7);
    expect(series.skipped()).toBe(7);
  });
});
