import v8 from "node:v8";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Observed } from "../../../broker/alarms/observed.ts";
import { createInOrder, observedIn } from "../../../broker/alarms/order/in-order.ts";
import type { Value } from "../../../shared/reading.ts";
import { serviceOf } from "../../../shared/services/index.ts";

const kinds = { "s-2": "signal", "s-10": "signal", "a-1": "approach", nobody: undefined } as const;
type Id = keyof typeof kinds;
const traffic = serviceOf("traffic")!;
const device = (id: string) => {
  const kind = kinds[id as Id];
  return kind === undefined ? undefined : { contract: traffic, kind };
};
const metricsOf = (id: Id) => (traffic.kinds[kinds[id] ?? ""]?.metrics ?? []).map((name) => [name, traffic.metrics[name]!] as const);
function valuesOf(id: Id): fc.Arbitrary<Record<string, Value>> {
  const all = metricsOf(id).map(([name, metric]): [string, fc.Arbitrary<Value>] => [
    name,
    metric.kind === "number"
      ? fc.double({ noNaN: true })
      : metric.kind === "flag"
        ? fc.boolean()
        : fc.constantFrom(...(metric.kind === "state" ? metric.words : ["?"])),
  ]);
  return fc.record(Object.fromEntries(all), { requiredKeys: [] }) as fc.Arbitrary<Record<string, Value>>;
}
/** Readings that are rows of numbers, and what stays an object: doubted, ahead, unknown to the contract, events, what was refused. */
const observedOf = (device: Id, span: number): fc.Arbitrary<Observed> => {
  const t = fc.integer({ min: 0, max: span });
  const m = valuesOf(device);
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ t, device: fc.constant(device), m }) },
    { weight: 1, arbitrary: fc.record({ t, device: fc.constant(device), m, q: fc.constant({ volume: "bad" as const }) }) },
    { weight: 1, arbitrary: fc.record({ t, device: fc.constant(device), m, ahead: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ t, device: fc.constant(device), m: fc.constant({ "no such metric": 1, plan: 7 }) }) },
    { weight: 1, arbitrary: fc.record({ t, device: fc.constant(device), e: fc.constant("passed"), x: fc.constant({ n: 1 }) }) },
  );
};
const anything = (span: number): fc.Arbitrary<Observed> => fc.constantFrom(...(Object.keys(kinds) as Id[])).chain((id) => observedOf(id, span));

/** As the decision says: by time, then device, then arrival. */
const inTurn = (all: readonly Observed[]): Observed[] =>
  [...all].sort((a, b) => a.t - b.t || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0));
function taken(order: ReturnType<typeof createInOrder>, mark: number): Observed[] {
  const all: Observed[] = [];
  order.upTo(mark, (turn) => void all.push(observedIn(turn)));
  return all;
}

describe("what waits for the mark", () => {
  test.each([
    ["close together", 40, 300],
    ["far apart", 10_000_000, 60],
  ])("comes in the order of event time, as it was said, also from the disk: %s", (_what, span, most) => {
    fc.assert(
      fc.property(
        fc.array(anything(span), { maxLength: most }),
        fc.array(anything(span), { maxLength: 20 }),
        fc.integer({ min: 0, max: span }),
        (first, second, cut) => {
          const [order, other] = [createInOrder(device), createInOrder(device)];
          for (const one of first) order.add(one);
          const due = ({ t }: Observed): boolean => t <= cut;
          expect(taken(order, cut)).toEqual(inTurn(first.filter(due)));
          for (const one of second) order.add(one);
          other.restore(v8.deserialize(v8.serialize(structuredClone(order.state()))));
          const rest = inTurn([...first.filter((one) => !due(one)), ...second]);
          expect(taken(order, span)).toEqual(rest);
          expect(taken(other, span)).toEqual(rest);
          expect(taken(other, span)).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is tens of thousands of rows at a time, of which some stay, again and again", () => {
    const order = createInOrder(device);
    let waiting: Observed[] = [];
    for (let round = 1; round <= 4; round++) {
      for (let n = 0; n < 20_000; n++) {
        const one: Observed = { t: round * 1000 + ((n * 7919) % 1500), device: n % 3 === 0 ? "s-10" : "s-2", m: { plan: "day", cycle: n } };
        waiting.push(one);
        order.add(one);
      }
      const mark = (round + 1) * 1000;
      expect(taken(order, mark)).toEqual(inTurn(waiting.filter(({ t }) => t <= mark)));
      waiting = waiting.filter(({ t }) => t > mark);
    }
    expect(order.state().t.length).toBe(waiting.length);
  });

  it("was written as a list by the program before, and is taken as such", () => {
    const order = createInOrder(device);
    const said: Observed[] = [
      { t: 2, device: "s-2", m: { plan: "day", cycle: 60 } },
      { t: 1, device: "a-1", e: "passed" },
    ];
    order.restore(said);
    expect(taken(order, 9)).toEqual(inTurn(said));
  });

  it("is read as what it was when its device has become another kind", () => {
    const places = new Map([["x", { contract: traffic, kind: "signal" }]]);
    const order = createInOrder((id) => places.get(id));
    const was: Observed = { t: 1, device: "x", m: { plan: "flash" } };
    order.add(was);
    places.set("x", { contract: traffic, kind: "approach" });
    order.changed();
    const is: Observed = { t: 1, device: "x", m: { volume: 3 } };
    order.add(is);
    expect(taken(order, 1)).toEqual([was, is]);
  });
});
