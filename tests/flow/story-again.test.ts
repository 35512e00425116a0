import { describe, expect, it } from "vitest";
import type { Director } from "../../director/director.ts";
import { directedCity, storyOf } from "../support/directed-city.ts";
import { operator } from "../support/field-broker.ts";

const soon = { timeout: 30_000, interval: 50 };
const longest = `a${"-step".repeat(7)}`;
const story = storyOf("a-story-with-quite-a-long-name", [
  `{ at: 0s, every: 1m, times: 12, id: ${longest}, inject: noise, on: { device: ws-01 }, with: { metric: dist }, for: 30s }`,
]);

describe("a story that is played again in the same city", { timeout: 120_000 }, () => {
  it("is another one to the simulator, also behind a restart of the director: none of its injections was there already", async () => {
    const { director, again } = await directedCity({ "a-story-with-quite-a-long-name": story });
    const played = async (by: Director) => {
      const started = await by.start({ scenario: "a-story-with-quite-a-long-name", drill: false, reset: false }, operator);
      expect(started).toMatchObject({ ok: true });
      await expect.poll(() => by.runs()[0]?.steps[0]?.state, soon).not.toBe("to-come");
      expect(by.runs()[0]?.steps.filter(({ state }) => state === "failed")).toEqual([]);
      const own = started.ok ? started.value.id : "";
      await expect.poll(() => by.run(own)?.truths.at(-1)?.id, soon).toBe(`a-story-with-${own}.${longest}`);
      await by.stop(own, operator);
    };
    await played(director);
    await played(director);
    await played(await again());
  });
});
