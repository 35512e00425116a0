import { describe, expect, it } from "vitest";
import type { ClockAction } from "../../shared/clock.ts";
import { directedCity, storyOf } from "../support/directed-city.ts";
import { operator } from "../support/field-broker.ts";

const early = (rate: number) =>
  storyOf(
    "early",
    [
      "{ at: 0s, id: now, inject: noise, on: { device: ws-01 }, with: { metric: dist }, for: 10m }",
      "{ at: 10s, id: soon, inject: noise, on: { device: ws-02 }, with: { metric: dist }, for: 10m }",
    ],
    { rate },
  );
/** Its file is nowhere, so the simulator refuses it. */
const refused = storyOf("refused", ["{ at: 1m, inject: recording, on: { device: ws-02 }, with: { file: nowhere.csv, metric: level } }"]);

describe("a story in the city that runs", { timeout: 120_000 }, () => {
  it.each([true, false])("begins with its first steps, however fast the city goes (from its beginning: %s)", async (reset) => {
    const { port, director } = await directedCity({ early: early(3600) }, { rate: 3600 });
    const started = await director.start({ scenario: "early", drill: false, reset }, operator);
    expect(started).toMatchObject({ ok: true, value: { state: "running" } });
    const from = started.ok ? started.value.from : 0;
    if (reset) {
      expect(new Date(from).toISOString()).toBe("2026-06-09T01:00:00.000Z");
      // as much history as the story asks for, whatever the city has had
      expect(from - (port.clock()?.start ?? 0)).toBe(2 * 3_600_000);
    }
    const steps = () => director.runs()[0]?.steps.map(({ id, state, reason, t }) => [id, state, reason, (t ?? 0) - from]);
    await expect.poll(steps, { timeout: 30_000 }).toEqual([
      ["now", "done", null, expect.any(Number)],
      ["soon", "done", null, 10_000],
    ]);
    expect(port.clock()).toMatchObject({ paused: false, asked: 3600 });
  });

  it("goes at its own pace from its beginning, also in a city that stood; from now on a city that stands goes on standing", async () => {
    const { port, director } = await directedCity({ early: early(30) }, { rate: 600 });
    await port.act({ paused: true }, operator);
    const here = await director.start({ scenario: "early", drill: false, reset: false }, operator);
    expect(here).toMatchObject({ ok: true });
    expect(port.clock()).toMatchObject({ paused: true, asked: 600 });
    await director.stop(here.ok ? here.value.id : "", operator);
    expect(await director.start({ scenario: "early", drill: false, reset: true }, operator)).toMatchObject({ ok: true });
    expect(port.clock()).toMatchObject({ paused: false, asked: 30 });
  });

  it("is given up where the city never gets to its beginning, with the reason; then the next one can be started", async () => {
    const asks: ClockAction[] = [];
    const { port, director } = await directedCity(
      { early: early(60) },
      {
        patienceMs: 5000,
        // the first reset gets lost on its way
        known: (port) => ({
          ...port,
          act(action, by) {
            asks.push(action);
            return "reset" in action && asks.length === 1 ? new Promise(() => undefined) : port.act(action, by);
          },
        }),
      },
    );
    const lost = director.start({ scenario: "early", drill: false, reset: true }, operator);
    expect(await director.start({ scenario: "early", drill: false, reset: false }, operator)).toMatchObject({
      reason: "a scenario is being started",
    });
    expect(await lost).toEqual({ ok: false, reason: "the city does not answer, and has got no further for 5s" });
    expect(port.clock()).toMatchObject({ paused: false });
    expect(await director.start({ scenario: "early", drill: false, reset: true }, operator)).toMatchObject({ ok: true, value: { state: "running" } });
  });

  it("lets the city live on when its beginning comes after all, and nobody waits for it any more", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { port, director } = await directedCity(
      { early: early(60) },
      {
        patienceMs: 5000,
        known: (city) => ({
          ...city,
          act: (action, by) => ("reset" in action ? gate.then(() => city.act(action, by)) : city.act(action, by)),
        }),
      },
    );
    const before = port.clock()?.run;
    expect(await director.start({ scenario: "early", drill: false, reset: true }, operator)).toMatchObject({ ok: false });
    open();
    await expect
      .poll(() => port.clock(), { timeout: 60_000 })
      .toMatchObject({ run: expect.not.stringMatching(before ?? ""), phase: "live", paused: false });
  });

  it("leaves the city as it was when it cannot begin", async () => {
    const { port, director } = await directedCity({ refused });
    const before = port.clock();
    const started = await director.start({ scenario: "refused", drill: false, reset: false }, operator);
    expect(started).toMatchObject({ ok: false, reason: expect.stringContaining("nowhere.csv") });
    expect(port.clock()).toMatchObject({ run: before?.run, paused: false, asked: 60 });
    await port.act({ paused: true }, operator);
    expect(await director.start({ scenario: "refused", drill: false, reset: false }, operator)).toMatchObject({ ok: false });
    expect(port.clock()).toMatchObject({ paused: true });
  });
});
