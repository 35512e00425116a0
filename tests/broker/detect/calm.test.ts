import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Quality, Value } from "../../../shared/reading.ts";
import type { Metric, Service } from "../../../shared/service.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, detectWorld, second, start } from "../../support/detect-world.ts";

const places = [
  { service: serviceOf("ucare")!, kind: "home", constants: {} },
  { service: serviceOf("traffic")!, kind: "approach", constants: { lanes: 2, main: 1, heading: 0 } },
  { service: serviceOf("traffic")!, kind: "signal", constants: {} },
  { service: serviceOf("evzone")!, kind: "bay", constants: {} },
] as const;

/** Mostly within a narrow band, sometimes anything that the contract allows: so rules become calm, are stirred, and become calm again. */
function saidOf(metric: Metric, limits: readonly number[]): fc.Arbitrary<Value> {
  if (metric.kind === "flag") return fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
  if (metric.kind === "state")
    return fc.oneof({ weight: 9, arbitrary: fc.constant(metric.words[0] ?? "") }, { weight: 2, arbitrary: fc.constantFrom(...metric.words) });
  if (metric.kind === "position") return fc.constant([127, 37] as const);
  const { min, max } = metric;
  const middle = min + (max - min) * 0.3;
  return fc.oneof(
    { weight: 12, arbitrary: fc.double({ min: middle, max: middle + (max - min) * 0.01, noNaN: true }) },
    { weight: 3, arbitrary: fc.double({ min, max, noNaN: true }) },
    ...limits.map((limit) => ({ weight: 2, arbitrary: fc.constantFrom(-0.01, 0, 0.01).map((by) => limit + by) })),
  );
}
/** Where its rules begin to look. */
const limitsOf = ({ rules }: Service, kind: string, metric: string): readonly number[] =>
  rules.flatMap(({ kind: of, when }) =>
    of === kind && when.kind === "limit" && when.metric === metric
      ? when.steps.flatMap(({ limit }) => (typeof limit === "number" ? [limit] : []))
      : [],
  );

function readings(service: Service, kind: string): fc.Arbitrary<readonly Readonly<Record<string, Value>>[]> {
  const names = service.kinds[kind]?.metrics ?? [];
  const one = Object.fromEntries(names.map((name) => [name, saidOf(service.metrics[name]!, limitsOf(service, kind, name))]));
  const whole = fc.record(one);
  // what is said lasts, for minutes or for the better part of a day: delays have to run out, and laws
  const stretch = fc.tuple(
    fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: fc.record(one, { requiredKeys: [] }) }),
    fc.oneof({ weight: 5, arbitrary: fc.nat(24) }, { weight: 1, arbitrary: fc.constant(900) }),
  );
  return fc
    .array(stretch, { minLength: 4, maxLength: 12 })
    .map((all) => all.flatMap(([m, times]) => new Array<Record<string, Value>>(times + 1).fill(m as Record<string, Value>)));
}

describe("a reading that is put before some rules only", () => {
  test.each(places)("$kind: would have changed nothing for the others", ({ service, kind, constants }) => {
    let found = 0;
    fc.assert(
      fc.property(readings(service, kind), fc.nat(200), (said, restartAt) => {
        // a word of quality, if only that all is good, takes a reading before all rules
        const [some, all] = [{}, { [Object.keys(service.metrics)[0] ?? ""]: "good" as Quality }].map((q) => {
          const place: DetectWorld = detectWorld({ service, devices: [birth("d-1", kind, { constants, every: 60 })] });
          for (const [n, m] of said.entries()) {
            const t = start + (n + 1) * 60 * second;
            place.say("d-1", t, m, q);
            place.until(t + second);
            if (n === restartAt) place.restart();
          }
          place.until(start + (said.length + 90) * 60 * second);
          return place.findings.map(({ t, what, rule, value, priority, evidence }) => [t, what, rule.id, value, priority, evidence]);
        });
        expect(some).toEqual(all);
        found += all?.length ?? 0;
      }),
      { numRuns: 60 },
    );
    // a device of which nothing is ever found would prove nothing
    expect(found).toBeGreaterThan(60);
  });
});
