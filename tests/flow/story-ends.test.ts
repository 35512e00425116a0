import { describe, expect, it } from "vitest";
import { directedCity, storyOf } from "../support/directed-city.ts";
import { operator } from "../support/field-broker.ts";

const soon = { timeout: 30_000, interval: 50 };
const story = storyOf("long", ["{ at: 0s, id: bend, inject: noise, on: { device: ws-01 }, with: { metric: dist }, for: 20h }"], { lasts: "24h" });

describe("a story that does not come to its end", { timeout: 120_000 }, () => {
  it("says by whom it was stopped, and that the city was reset: neither is a failure", async () => {
    const { port, director } = await directedCity({ long: story });
    const start = async (): Promise<string> => {
      const started = await director.start({ scenario: "long", drill: false, reset: false }, operator);
      return started.ok ? started.value.id : started.reason;
    };
    const first = await start();
    expect(await director.stop(first, { name: "박준호", role: "tester" })).toMatchObject({ ok: true });
    const byHand = { state: "stopped", passed: null, reason: "stopped by 박준호" };
    expect(director.run(first)).toMatchObject(byHand);
    // whoever stops it once more changes nothing
    expect(await director.stop(first, operator)).toMatchObject({ ok: true, value: byHand });

    const second = await start();
    expect(await port.act({ reset: {} }, operator)).toMatchObject({ ok: true });
    await expect.poll(() => director.run(second), soon).toMatchObject({ state: "stopped", passed: null, reason: "the city was reset" });
  });
});
