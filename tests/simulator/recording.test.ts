import { describe, expect, it } from "vitest";
import type { Injection } from "../../shared/scenario/injection.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { createEngine, type Engine, type EngineState } from "../../simulator/engine.ts";
import { environment } from "../../simulator/environment/model.ts";
import { models } from "../../simulator/services/index.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";
import { cityStart, messagesTo, type Said, saidIn, smallCity } from "../support/small-city.ts";

const minute = 60_000;
const hour = 60 * minute;
const devices = smallCity.gateways.flatMap((gateway) => gateway.devices);
const gauge = devices.find(({ kind }) => kind === "gauge")!;
const gate = devices.find(({ kind }) => kind === "gate")!;
const reference = gauge.meta.constants!.reference!;

/** A flood of somebody else's river: an hour up, from ten metres below the sensor to four. */
const flood = Array.from({ length: 61 }, (_, n) => `${new Date(Date.UTC(2020, 7, 8, 3, n)).toISOString()},${reference - 10 + n * 0.1}`).join("\n");
const far = Array.from({ length: 61 }, (_, n) => `${Date.UTC(2020, 7, 8, 3, n)},${(10 - n * 0.1).toFixed(2)}`).join("\n");
const files: Readonly<Record<string, string>> = { "flood.csv": flood, "far.csv": far, "bad.csv": "2020-08-08T03:00:00Z,5\nnow,6" };

const city = (state?: EngineState): Engine =>
  createEngine(
    { city: smallCity, models, environment, catchments, seed: 1, start: cityStart, profile: "calm", readRecording: (file) => files[file] },
    state,
  );
const inject = (id: string, kind: string, minutes: number, args: Injection["args"], over: Partial<Injection> = {}) => {
  const t = cityStart + minutes * minute;
  return { t, inject: { id, kind, targets: [gauge.id], t, lasts: null, args, ...over } };
};
const playing = (engine: Engine, ...inputs: ReturnType<typeof inject>[]): Engine => {
  for (const { t, inject: asked } of inputs) {
    const checked = engine.check(asked);
    if (!checked.ok) throw new Error(checked.reason);
    engine.schedule({ t, inject: { ...checked.value, t } });
  }
  return engine;
};
const said = (engine: Engine, to: number, metric: string, device = gauge.id) =>
  saidIn(messagesTo(engine, to)).flatMap(({ d, t, m }: Said) =>
    d === device && m !== undefined && metric in m ? [{ t, value: m[metric] as number }] : [],
  );
/** As the recording has it so long after its begin. */
const wanted = (t: number, from: number, height = (n: number) => 10 - n * 0.1): number => height(Math.min(60, (t - from) / minute));

describe("a recording in the place of the model", () => {
  const from = cityStart + 10 * minute;

  it("is what the sensor measures: with its noise and steps, between the rows too, and nothing else of the city changes", () => {
    const level = said(playing(city(), inject("r", "recording", 10, { metric: "dist", file: "far.csv" })), cityStart + hour, "dist");
    const later = level.filter(({ t }) => t > from);
    expect(later.length).toBeGreaterThan(45);
    for (const { t, value } of later) expect(Math.abs(value - wanted(t, from))).toBeLessThan(0.05);
    // noise is there
    expect(later.some(({ t, value }) => Math.abs(value - wanted(t, from)) > 1e-3)).toBe(true);
    const without = said(city(), cityStart + hour, "dist");
    expect(level.filter(({ t }) => t <= from)).toEqual(without.filter(({ t }) => t <= from));
    const others = (engine: Engine) => saidIn(messagesTo(engine, cityStart + hour)).filter(({ d }) => d !== gauge.id);
    expect(others(playing(city(), inject("r", "recording", 10, { metric: "dist", file: "far.csv" })))).toEqual(others(city()));
  });
  it("of what the room derives is said as the sensor would say it", () => {
    const dist = said(playing(city(), inject("r", "recording", 10, { metric: "level", file: "flood.csv" })), cityStart + hour, "dist").filter(
      ({ t }) => t > from,
    );
    expect(dist.length).toBeGreaterThan(45);
    for (const { t, value } of dist) expect(Math.abs(value - wanted(t, from))).toBeLessThan(0.05);
  });
  it("is bent by faults on top, and goes on when they end", () => {
    const engine = playing(
      city(),
      inject("r", "recording", 10, { metric: "dist", file: "far.csv" }),
      inject("b", "bias", 20, { metric: "dist", by: 2 }, { lasts: 600 }),
    );
    for (const { t, value } of said(engine, cityStart + hour, "dist").filter(({ t: at }) => at > from)) {
      const bent = t >= cityStart + 20 * minute && t < cityStart + 30 * minute ? 2 : 0;
      expect(Math.abs(value - wanted(t, from) - bent)).toBeLessThan(0.05);
    }
  });
  it("begins where it is asked to, and ends as it is asked to", () => {
    const at = (args: Injection["args"], minutes: number) =>
      said(
        playing(city(), inject("r", "recording", 10, { metric: "dist", file: "far.csv", ...args })),
        cityStart + (minutes + 2) * minute,
        "dist",
      ).find(({ t }) => t > cityStart + minutes * minute)!;
    const early = at({ offset: 1800 }, 15);
    expect(Math.abs(early.value - wanted(early.t + 30 * minute, from))).toBeLessThan(0.05);
    expect(Math.abs(at({}, 90).value - 4)).toBeLessThan(0.05);
    const again = at({ end: "repeat" }, 80);
    expect(Math.abs(again.value - wanted(again.t - 61 * minute, from))).toBeLessThan(0.05);
    const ordinary = said(city(), cityStart + 92 * minute, "dist").find(({ t }) => t > cityStart + 90 * minute)!;
    expect(Math.abs(at({ end: "stop" }, 90).value - ordinary.value)).toBeLessThan(0.05);
  });
  it("ends when it is cleared, and a city that is saved in between says the same", () => {
    const inputs = [inject("r", "recording", 10, { metric: "dist", file: "far.csv" })];
    const whole = playing(city(), ...inputs);
    whole.schedule({ t: cityStart + 40 * minute, clear: ["r"] });
    const halves = playing(city(), ...inputs);
    halves.schedule({ t: cityStart + 40 * minute, clear: ["r"] });
    const first = messagesTo(halves, cityStart + 25 * minute);
    const second = messagesTo(city(structuredClone(halves.snapshot())), cityStart + hour);
    const all = messagesTo(whole, cityStart + hour);
    expect([...first, ...second]).toEqual(all);
    const dist = saidIn(all).filter(({ d, t, m }) => d === gauge.id && t > cityStart + 41 * minute && m?.dist !== undefined);
    const ordinary = saidIn(messagesTo(city(), cityStart + hour)).filter(
      ({ d, t, m }) => d === gauge.id && t > cityStart + 41 * minute && m?.dist !== undefined,
    );
    for (const [n, { m }] of dist.entries()) expect(Math.abs(Number(m!.dist) - Number(ordinary[n]!.m!.dist))).toBeLessThan(0.05);
  });
  it("is told as ordinary life, with the first moment at which it showed", () => {
    const truths: Truth[] = [];
    playing(city(), inject("r", "recording", 10, { metric: "dist", file: "far.csv" })).advance(cityStart + 20 * minute, () => undefined, {
      truth: (truth) => truths.push(truth),
    });
    const own = truths.filter(({ id }) => id === "r");
    expect(own.at(-1)).toMatchObject({ by: "injection", kind: "recording", class: "quiet", devices: [gauge.id], onset: from });
    expect(own.at(-1)!.observable).toBeGreaterThanOrEqual(from);
  });
  it("is refused with the reason: no such file, a mistake in it, a metric that it cannot be of", () => {
    const reason = (args: Injection["args"], targets = [gauge.id]): string => {
      const checked = city().check({ id: "r", kind: "recording", targets, t: null, lasts: null, args });
      return checked.ok ? "" : checked.reason;
    };
    expect(reason({ metric: "dist", file: "none.csv" })).toBe('there is no recording "none.csv" in the city\'s folder');
    expect(reason({ metric: "dist", file: "bad.csv" })).toContain('bad.csv, line 2: "now" is not a time');
    expect(reason({ metric: "dist", file: "../secrets.csv" })).toContain("name of a kept recording");
    expect(reason({ metric: "volume", file: "far.csv" })).toContain('does not measure "volume"');
    expect(reason({ metric: "flow", file: "far.csv" })).toContain('"flow" is derived from dist: give a recording of that');
    expect(reason({ metric: "gate", file: "far.csv" }, [gate.id])).toContain("is none of open, closing");
    expect(reason({ metric: "dist", file: "far.csv" })).toBe("");
  });
});
