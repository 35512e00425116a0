import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { derive } from "../../shared/derive.ts";
import { services } from "../../shared/services/index.ts";
import { buildCity } from "../../simulator/city/build-city.ts";
import { createEngine, type Outgoing } from "../../simulator/engine.ts";
import { environment } from "../../simulator/environment/model.ts";
import { models } from "../../simulator/services/index.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";
import { cityStart, messagesTo, type Said, saidIn, smallCity, smallEngine } from "../support/small-city.ts";

const hour = 3_600_000;
const day = 24 * hour;
const sha = (lines: readonly string[]): string => createHash("sha256").update(lines.join("\n")).digest("hex");
/** What each service said, byte by byte. */
const bytesOf = (messages: readonly Outgoing[]): Record<string, string> =>
  Object.fromEntries(
    services.map(({ id }) => [
      id,
      sha(messages.filter(({ topic }) => topic.split("/")[3] === id).map(({ t, topic, payload }) => `${t} ${topic} ${payload}`)),
    ]),
  );
const ids = services.map(({ id }) => id);

const quiet = messagesTo(smallEngine(), cityStart + day);
const said = saidIn(quiet);
const devices = smallCity.gateways.flatMap((gateway) => gateway.devices);
const byDevice = new Map<string, Said[]>(devices.map(({ id }) => [id, []]));
for (const one of said) byDevice.get(one.d)?.push(one);

describe("every service of a small city", () => {
  it("says the same bytes from the same seed, and other bytes from another", () => {
    const run = (seed: number) => bytesOf(messagesTo(smallEngine({ seed }), cityStart + 5 * hour));
    const [one, two, other] = [run(1), run(1), run(2)];
    expect(two).toEqual(one);
    for (const id of ids) expect(other[id], id).not.toBe(one[id]);
    expect(new Set(Object.values(one)).size, "nobody is silent").toBe(ids.length);
  });

  it.each(["calm", "field"] as const)("goes on from a snapshot through JSON, in the middle of a minute, with the same bytes (%s)", (profile) => {
    const whole = smallEngine({ profile });
    messagesTo(whole, cityStart + 7 * hour + 23_000);
    // at an instant when something has happened that is not told yet
    for (let tries = 0; tries < 500 && whole.snapshot().pending.length === 0; tries++) messagesTo(whole, whole.now() + 7000);
    expect(whole.snapshot().pending.length).toBeGreaterThan(0);
    const copy = smallEngine({ profile }, JSON.parse(JSON.stringify(whole.snapshot())));
    const to = cityStart + 12 * hour;
    expect(bytesOf(messagesTo(copy, to))).toEqual(bytesOf(messagesTo(whole, to)));
    expect(copy.digest()).toEqual(whole.digest());
  });

  it("is changed by a snapshot in nothing", () => {
    const [plain, watched] = [smallEngine(), smallEngine()];
    const out: Outgoing[] = [];
    for (let to = cityStart; to <= cityStart + 3 * hour; to += 7 * 60_000) {
      watched.advance(to, (message) => out.push(message));
      watched.snapshot();
    }
    expect(bytesOf(out)).toEqual(bytesOf(messagesTo(plain, watched.now())));
  });

  it("speaks at phases of its own: gateways are spread over their interval", () => {
    const phases = new Set(smallCity.gateways.map(({ devices: [first] }) => (byDevice.get(first?.id ?? "")?.[0]?.t ?? 0) - cityStart));
    expect(phases.size).toBeGreaterThan(smallCity.gateways.length / 2);
  });

  it("is heard from each device at its interval, all day, without a gap", () => {
    for (const { id, service, kind, meta } of devices) {
      const every = (meta.every ?? services.find((one) => one.id === service)?.kinds[kind]?.every ?? 0) * 1000;
      const times = (byDevice.get(id) ?? []).filter(({ m }) => m !== undefined).map(({ t }) => t);
      const perPhase = new Map<number, number>();
      for (const t of new Set(times)) perPhase.set(t % every, (perPhase.get(t % every) ?? 0) + 1);
      // in the very first window a city has nothing to measure yet
      expect(Math.max(...perPhase.values()), `${id}: one phase has every slot of the day`).toBeGreaterThanOrEqual(day / every - 1);
      expect((times[0] ?? Number.NaN) - cityStart, id).toBeLessThanOrEqual(2 * every);
      let newest = times[0] ?? 0;
      for (const t of [...times, cityStart + day]) {
        expect(t - newest, `${id} before ${new Date(t).toISOString()}`).toBeLessThanOrEqual(every);
        newest = Math.max(newest, t);
      }
    }
  });

  it("measures each of its metrics on the wire, but those that are derived", () => {
    // an hour of the default city as well: the small one has no fast charger, which alone knows a battery
    const city = buildCity("default", 1, models);
    const noon = cityStart + 12 * hour;
    const engine = createEngine({ city, models, environment, catchments, seed: 1, start: noon, profile: "calm", transcript: false });
    const serviceOf = new Map([...devices, ...city.gateways.flatMap((gateway) => gateway.devices)].map(({ id, service }) => [id, service]));
    const heard = new Set<string>();
    for (const { d, m = {} } of [...said, ...saidIn(messagesTo(engine, noon + hour))])
      for (const name of Object.keys(m)) heard.add(`${serviceOf.get(d)}/${name}`);
    const silent = services.flatMap(({ id, metrics, derived }) =>
      Object.keys(metrics)
        .filter((name) => !heard.has(`${id}/${name}`) && !derived.some(({ metric }) => metric === name))
        .map((name) => `${id}/${name}`),
    );
    expect(silent).toEqual([]);
    const derivedOnWire = services.flatMap(({ id, derived }) => derived.map(({ metric }) => `${id}/${metric}`)).filter((name) => heard.has(name));
    expect(derivedOnWire, "what the room derives is not on the wire").toEqual([]);
  });

  it("numbers all that a device says without a hole, readings and events together", () => {
    for (const [id, own] of byDevice) {
      let [boot, next] = [1, 0];
      for (const { b, seq } of own) {
        if (b > boot) [boot, next] = [b, 0];
        expect([b, seq], id).toEqual([boot, next]);
        next += 1;
      }
    }
  });

  it("without incidents is never at the end of a sensor's range, and all its values are good", () => {
    expect(said.filter(({ q }) => q !== undefined)).toEqual([]);
    for (const { topic, payload } of quiet.filter(({ retain }) => retain)) expect(payload, topic).toMatch(/"s":"ready"/);
  });

  it("names no plate, no person and no place on the wire beyond its pseudonyms", () => {
    for (const { payload } of quiet) expect(payload).not.toMatch(/[가-힣]|"(?:plate|name|address|lat|lon)"/);
  });

  it("keeps each message small and its pack to one gateway and one instant", () => {
    const owner = new Map(smallCity.gateways.flatMap((gateway) => gateway.devices.map(({ id }) => [id, gateway.id] as const)));
    for (const { topic, payload } of quiet.filter((message) => message.topic.endsWith("/obs"))) {
      const pack = [JSON.parse(payload)].flat() as Said[];
      expect(new Set(pack.map(({ t }) => t)).size).toBe(1);
      for (const { d } of pack) expect(owner.get(d)).toBe(topic.split("/")[4]);
      expect(payload.length / pack.length).toBeLessThanOrEqual(256);
    }
  });
});

describe("derived metrics", () => {
  const all = services.flatMap((service) => service.derived.map((formula) => ({ service, formula, name: `${service.id}/${formula.metric}` })));

  it.each(all)("$name is pure, and in range for all that the city's devices say in a day", ({ service, formula }) => {
    const metric = service.metrics[formula.metric];
    let count = 0;
    for (const { id, service: of, meta } of devices.filter((device) => device.service === service.id)) {
      expect(of).toBe(service.id);
      for (const { m = {} } of byDevice.get(id) ?? []) {
        const value = derive(formula, m, meta.constants ?? {});
        if (value === undefined) continue;
        count += 1;
        expect(derive(formula, m, meta.constants ?? {})).toBe(value);
        if (metric?.kind !== "number") throw new Error("a derived metric is a number");
        expect(value).toBeGreaterThanOrEqual(metric.min);
        expect(value).toBeLessThanOrEqual(metric.max);
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  it.each(all)("$name is finite wherever its inputs are within their range", ({ service, formula }) => {
    const [from = ""] = formula.from;
    const input = service.metrics[from];
    if (input?.kind !== "number") throw new Error("an input is a number");
    for (const { meta } of devices.filter(({ service: of, kind }) => of === service.id && service.kinds[kind]?.metrics.includes(formula.metric)))
      for (let step = 0; step <= 300; step++) {
        const value = derive(formula, { [from]: input.min + ((input.max - input.min) * step) / 300 }, meta.constants ?? {});
        expect(Number.isFinite(value)).toBe(true);
      }
  });
});
