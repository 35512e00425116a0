import fc from "fast-check";
import { expect, test } from "vitest";
import { createDetector } from "../../../broker/alarms/detect/detector.ts";
import type { Finding } from "../../../broker/alarms/detect/evaluator.ts";
import type { Interest } from "../../../broker/alarms/detect/sightings.ts";
import type { Observed, Watched } from "../../../broker/alarms/observed.ts";
import { inTurn } from "../../../broker/room/in-turn.ts";
import type { Value } from "../../../shared/reading.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, ruleOf, second, start } from "../../support/detect-world.ts";

const traffic = serviceOf("traffic")!;
const flash = ruleOf("signal", { kind: "held", metric: "plan", is: ["flash"], seconds: 2 });
const devices = ["s-1", "s-2"].map((id): Watched => {
  const { every, stale } = traffic.kinds.signal!;
  const meta = birth(id, "signal");
  return { id, service: "traffic", kind: "signal", district: meta.district, timeline: "city", stale, every, meta, contract: traffic };
});

/** What is known of each device whenever something is found, and at each mark; and how many readings were shown for it. */
function known(said: readonly (readonly Observed[])[], interest: Interest, isIdle: boolean) {
  const seen: Observed[] = [];
  const detector = createDetector({
    devices: () => devices,
    device: (id) => devices.find((one) => one.id === id),
    rulesOf: () => [flash],
    seen: (one) => void seen.push(one),
    interest: () => interest,
    isIdle: () => isIdle,
  });
  detector.forget(start);
  const newest: Record<string, Record<string, [number, Value]>> = {};
  const told: unknown[] = [];
  let shown = 0;
  for (const [n, all] of said.entries()) {
    for (const one of all) detector.take(one);
    const found = detector.advance(start + (n + 1) * 10 * second);
    for (const one of inTurn<Observed, Finding>(seen.splice(0), found)) {
      if ("rule" in one) told.push([one.t, one.what, one.device, structuredClone(newest)]);
      else {
        shown += 1;
        const values = newest[one.device] ?? {};
        newest[one.device] = values;
        for (const [name, value] of Object.entries(one.m ?? {})) values[name] = [one.t, value];
      }
    }
    told.push(structuredClone(newest));
  }
  return { told, shown };
}
const tenSeconds = (n: number): fc.Arbitrary<Observed[]> =>
  fc.array(
    fc.record({
      t: fc.integer({ min: start + n * 10 * second + 1, max: start + (n + 1) * 10 * second }),
      device: fc.constantFrom("s-1", "s-2"),
      m: fc.oneof(
        fc.record({ plan: fc.constantFrom("day", "day", "day", "flash"), cycle: fc.integer({ min: 40, max: 200 }) }),
        fc.record({ cycle: fc.integer({ min: 40, max: 200 }) }),
      ),
    }),
    { maxLength: 25 },
  );

test("whoever wants the newest only knows the same of every device, whenever something is found, as who sees each", () => {
  const sums = { each: 0, newest: 0, busy: 0, findings: 0 };
  fc.assert(
    fc.property(fc.tuple(...[0, 1, 2, 3, 4, 5].map(tenSeconds)), (said) => {
      const [each, newest, busy] = [known(said, "each", true), known(said, "newest", true), known(said, "newest", false)];
      expect(newest.told).toEqual(each.told);
      expect(busy.told).toEqual(each.told);
      sums.each += each.shown;
      sums.newest += newest.shown;
      sums.busy += busy.shown;
      sums.findings += each.told.length - said.length;
    }),
    { numRuns: 150 },
  );
  // unless all is idle everything is shown; else the less the better, and without findings nothing would be proven
  expect(sums.busy).toBe(sums.each);
  expect(sums.newest).toBeLessThan(0.7 * sums.each);
  expect(sums.findings).toBeGreaterThan(50);
});
