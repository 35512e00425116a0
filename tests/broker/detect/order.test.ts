import v8 from "node:v8";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Value } from "../../../shared/reading.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { type DetectWorld, detectWorld, minute, ruleOf, second, start } from "../../support/detect-world.ts";
import { gateAt, gauge } from "../../support/stream-places.ts";

const stream = serviceOf("stream")!;

interface Saying {
  readonly at: number;
  readonly device: string;
  readonly level: number;
}
const devices = ["ws-a", "ws-b", "ws-c"];
/** Half an hour of three gauges that speak at random, at random levels; one stands between the others. */
const sayings = fc.uniqueArray(
  fc.record({ at: fc.integer({ min: 1, max: 2400 }), device: fc.constantFrom(...devices), level: fc.double({ min: 1, max: 6, noNaN: true }) }),
  { minLength: 5, maxLength: 60, selector: ({ at, device }) => `${at} ${device}` },
);
const cuts = fc.array(fc.integer({ min: 1, max: 3600 }), { maxLength: 12 });

const rules: Rule[] = [
  ruleOf(
    "gauge",
    { kind: "limit", metric: "level", side: "above", steps: [{ limit: 4, priority: 3 }], deadband: 0.1, on: 90, off: 150 },
    { id: "high" },
  ),
  ruleOf("gauge", { kind: "sensor", trouble: "silent" }, { id: "silent" }),
  ruleOf("gauge", { kind: "sensor", trouble: "spike" }, { id: "spike" }),
  ruleOf("gauge", { kind: "forecast", metric: "level", limit: 5, lead: 1800 }, { id: "rising" }),
  ruleOf("gate", { kind: "forecast", metric: "level", limit: { constant: "sill" }, lead: 900, off: 300 }, { id: "path" }),
  ruleOf("gate", { kind: "unanswered", rule: "path", metric: "gate", is: ["closed"], seconds: 120 }, { id: "stays" }),
];
const places = [gauge("ws-a", 1), gauge("ws-b", 3), gauge("ws-c", 5), gateAt("sg-1", 2, 3.2)];
const world = (): DetectWorld => detectWorld({ service: stream, devices: places, rules });

/** Says what has come to pass between two marks, in an order of its own, then lets the mark pass. */
function live(place: DetectWorld, said: readonly Saying[], marks: readonly number[], shuffle: (a: Saying, b: Saying) => number): void {
  let from = 0;
  for (const to of [...new Set(marks)].sort((a, b) => a - b)) {
    for (const { at, device, level } of said.filter((one) => one.at > from && one.at <= to).sort(shuffle))
      place.say(device, start + at * second, { level } as Record<string, Value>);
    place.until(start + to * second);
    from = to;
  }
}
const told = (place: DetectWorld): string[] =>
  place.findings.map(({ t, what, rule, device, value, evidence }) => JSON.stringify([t, what, rule.id, device, value, evidence]));
const end = 3600;

describe("findings are a function of event time", () => {
  test("however far each mark reaches and in whatever order devices come through", () => {
    let raised = 0;
    fc.assert(
      fc.property(sayings, cuts, (said, marks) => {
        const [once, often] = [world(), world()];
        live(once, said, [end], (a, b) => a.at - b.at);
        live(often, said, [...marks, end], (a, b) => (a.device < b.device ? 1 : a.device > b.device ? -1 : a.at - b.at));
        expect(told(often)).toEqual(told(once));
        raised += once.findings.length;
      }),
      { numRuns: 150 },
    );
    // random levels that never raise anything would prove nothing
    expect(raised).toBeGreaterThan(300);
  });

  test("whenever the program is killed and its state comes back from the disk", () => {
    fc.assert(
      fc.property(sayings, cuts, (said, marks) => {
        const whole = world();
        live(whole, said, [...marks, end], (a, b) => a.at - b.at);
        // another process after each mark: nothing but the state goes over
        const found: string[] = [];
        let state: Buffer | undefined;
        let from = 0;
        for (const to of [...new Set([...marks, end])].sort((a, b) => a - b)) {
          const next = world();
          if (state !== undefined) next.detector.restore(v8.deserialize(state));
          for (const { at, device, level } of said) if (at > from && at <= to) next.say(device, start + at * second, { level });
          next.until(start + to * second);
          found.push(...told(next));
          state = v8.serialize(structuredClone(next.detector.state()));
          from = to;
        }
        expect(found).toEqual(told(whole));
      }),
      { numRuns: 60 },
    );
  });

  test("they are told in the order of event time", () => {
    fc.assert(
      fc.property(sayings, cuts, (said, marks) => {
        const place = world();
        live(place, said, [...marks, end], (a, b) => a.at - b.at);
        const times = place.findings.map(({ t }) => t);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });
});

test("a reading at the very end of the limit is in time, one after it is not", () => {
  const place = detectWorld({ service: stream, devices: [gauge("ws-a", 1)], rules: rules.filter(({ id }) => id === "silent") });
  place.say("ws-a", start + minute, { level: 1 });
  place.say("ws-a", start + 4 * minute, { level: 1 });
  place.say("ws-a", start + 7 * minute + 2, { level: 1 });
  place.until(start + 8 * minute);
  expect(place.told()).toEqual([
    [420.001, "raised", "silent", 3],
    [420.002, "cleared", "silent", 3],
  ]);
});

test("what is older than what was judged of its device changes nothing; what comes late is judged and told at the mark", () => {
  const place = detectWorld({ service: stream, devices: [gauge("ws-a", 1)], rules: rules.filter(({ id }) => id === "silent") });
  place.say("ws-a", start + minute, { level: 1 });
  place.until(start + 5 * minute);
  place.say("ws-a", start + minute - second, { level: 3 });
  place.say("ws-a", start + 4.5 * minute, { level: 2 });
  const found = place.until(start + 6 * minute);
  expect(found.map(({ t, what }) => [(t - start) / second, what])).toEqual([[300, "cleared"]]);
});
