import { describe, expect, it } from "vitest";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { EngineState } from "../../simulator/engine.ts";
import { cityStart, smallCity, smallEngine } from "../support/small-city.ts";
import { injectionOf } from "../support/told-truth.ts";

const bays = smallCity.gateways.flatMap(({ devices }) => devices.flatMap(({ id, kind }) => (kind === "bay" ? id : []))).sort();
const inject = (kind: string, targets: readonly string[], t: number) => ({ t, inject: { ...injectionOf(kind, targets, { lasts: 600 }), t } });
/** Free at the begin, so that somebody who may not can park there. */
const taken =
  bays.find((bay) => {
    const truths: Truth[] = [];
    const engine = smallEngine();
    engine.schedule(inject("evzone/intruder", [bay], cityStart + 1000));
    engine.advance(cityStart + 60_000, () => undefined, { truth: (truth) => void truths.push(truth), line: () => undefined });
    return truths.some(({ kind, devices }) => kind === "evzone/intruder" && devices.includes(bay));
  }) ?? "";
const others = bays.filter((bay) => bay !== taken);

describe("an incident that cannot befall all places that are named", () => {
  it("is true of those that it struck alone, in its list too and behind a restart, and nothing holds the others", () => {
    const truths: Truth[] = [];
    const aside = { truth: (truth: Truth) => void truths.push(truth), line: () => undefined };
    const engine = smallEngine();
    engine.schedule(inject("evzone/intruder", [taken], cityStart + 1000));
    engine.schedule(inject("evzone/overstay", bays, cityStart + 60_000));
    engine.advance(cityStart + 120_000, () => undefined, aside);
    const overstay = truths.findLast(({ kind }) => kind === "evzone/overstay");
    expect(overstay?.devices).not.toContain(taken);
    expect(overstay?.devices.length).toBeGreaterThan(0);
    for (const id of overstay?.devices ?? []) expect(others).toContain(id);
    const listed = () => engine.injections().find(({ kind }) => kind === "evzone/overstay")?.targets;
    expect(listed()).toEqual(overstay?.devices);

    const again = smallEngine({}, JSON.parse(JSON.stringify(engine.snapshot())) as EngineState);
    expect(again.injections().find(({ kind }) => kind === "evzone/overstay")?.targets).toEqual(overstay?.devices);
    for (const one of [engine, again]) one.advance(cityStart + 3_600_000, () => undefined, aside);
    const ends = truths.filter(({ kind, end }) => kind === "evzone/overstay" && end !== null);
    expect(ends).toHaveLength(2);
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]?.devices).toEqual(overstay?.devices);
    expect(again.digest()).toEqual(engine.digest());
  });
});
