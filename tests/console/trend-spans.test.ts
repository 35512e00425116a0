import { describe, expect, it } from "vitest";
import { followSeries, type SeriesSource } from "../../console/web/trend/follow-series.ts";
import { grown, shares, spanGaps, spansCsv } from "../../console/web/trend/spans.ts";
import { deviceBand, meanFigure } from "../../console/web/trend/usual.ts";
import { serviceOf } from "../../shared/services/index.ts";

const minute = 60_000;
const span = (from: number, to: number, value: string) => ({ from: from * minute, to: to * minute, value });

describe("spans of a state", () => {
  it("grow with each reading of the same word, and a new word opens a new one", () => {
    const held = [span(0, 5, "open")];
    expect(grown(held, 6 * minute, "open", 3 * minute)).toEqual([span(0, 6, "open")]);
    expect(grown(held, 6 * minute, "closed", 3 * minute)).toEqual([span(0, 6, "open"), { from: 6 * minute, to: 6 * minute, value: "closed" }]);
    expect(grown(held, 4 * minute, "closed", 3 * minute)).toBe(held);
  });
  it("are not joined over a silence, which is a gap", () => {
    const list = grown([span(0, 5, "open")], 20 * minute, "open", 3 * minute);
    expect(list).toHaveLength(2);
    expect(spanGaps(list, 3 * minute)).toEqual([{ from: 5 * minute, to: 20 * minute }]);
  });
  it("share the time that was heard, silence not among it", () => {
    const { of, whole } = shares([span(0, 6, "open"), span(8, 10, "closed")], 2 * minute, 9 * minute);
    expect([of.get("open"), of.get("closed"), whole]).toEqual([4 * minute, minute, 5 * minute]);
  });
  it("go out as a table", () =>
    expect(spansCsv([span(0, 1, "open")])).toBe("from,to,seconds,value\r\n1970-01-01T00:00:00.000Z,1970-01-01T00:01:00.000Z,60,open"));
});

describe("the usual band of one device", () => {
  const { figures } = serviceOf("traffic")!.panel;
  it("comes from a mean over its kind, in the metric's own unit", () => {
    const figure = meanFigure(figures, "approach", "volume");
    const [band] = deviceBand(figure, { from: 0, to: minute, zone: "Asia/Seoul" }, 1);
    // 09:00 in Seoul: between the middles of 08 and 09 h, 781 and 660 vehicles per hour.
    expect((band!.low + band!.high) / 2).toBeCloseTo((781 + 660) / 2 / 60, 5);
  });
  it("does not exist for counts and worst cases", () => {
    expect(meanFigure(figures, "approach", "queue")).toBeUndefined();
    expect(deviceBand(undefined, { from: 0, to: minute, zone: "UTC" }, 1)).toEqual([]);
  });
});

describe("a series in fast time", () => {
  it("says how many points were left out, and fetches them from the store a little later", () => {
    const asked: { from: number; listener: Parameters<SeriesSource["watch"]>[1] }[] = [];
    const source: SeriesSource = {
      watch(request, listener) {
        asked.push({ from: request.from, listener });
        return () => undefined;
      },
    };
    const series = followSeries(source, { device: "d", metric: "m", rangeMs: 60 * minute, staleMs: 3 * minute, now: () => 100 * minute });
    const empty = { ok: true as const, value: { id: 1, points: [], gaps: [], step: minute } };
    asked[0]!.listener.started(empty);
    asked[0]!.listener.points([{ t: 90 * minute, v: 1 }], 0);
    asked[0]!.listener.points([{ t: 95 * minute, v: 1 }], 4);
    expect(series.skipped()).toBe(4);
    series.mend(1000);
    series.mend(5000);
    expect(asked).toHaveLength(1);
    series.mend(9100);
    expect(asked[1]!.from).toBe(90 * minute);
    const points = [90, 91, 92, 93, 94, 95].map((at) => ({ t: at * minute, min: 1, mean: 1, max: 1, n: 1 }));
    asked[1]!.listener.started({ ok: true, value: { ...empty.value, points } });
    expect([series.skipped(), series.buffer.columns.t.length]).toEqual([0, 6]);
    series.mend(99_000);
    expect(asked).toHaveLength(2);
  });
});
