import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { type CityClock, clockSchema } from "../../shared/clock.ts";
import { clockAckTopic, clockSetTopic, clockTopic, simAckTopic, simSetTopic } from "../../shared/topics.ts";
import { runCity } from "../../simulator/run-city.ts";
import type { Simulator, SimulatorOptions } from "../../simulator/simulator-options.ts";
import { startBareBroker } from "../support/bare-broker.ts";
import { toyWorld } from "../support/toy-world.ts";

const world = toyWorld();
const { city } = world;
const start = Date.UTC(2026, 5, 8, 21);
const minute = 60_000;

async function startCity(over: Partial<SimulatorOptions> = {}) {
  const broker = await startBareBroker();
  const dir = over.dir ?? (await mkdtemp(join(tmpdir(), "gwanje-clock-")));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const options: SimulatorOptions = {
    city: "small",
    scale: 1,
    seed: 1,
    rate: 600,
    start,
    until: start + 20 * minute,
    profile: "calm",
    resume: "continue",
    secrets: { control: "c", gateway: () => "g" },
    dir,
    ...over,
  };
  const begin = async (): Promise<Simulator> => {
    const simulator = await runCity(options, world, { host: "127.0.0.1", port: broker.port });
    onTestFinished(() => simulator.close());
    return simulator;
  };
  const clocks = (): CityClock[] => broker.heard.filter(({ topic }) => topic === clockTopic(city.plan.id)).map(({ payload }) => JSON.parse(payload));
  return { broker, begin, clocks, dir, simulator: await begin() };
}
const live = (simulator: Simulator) => expect.poll(() => simulator.clock().phase, { timeout: 20_000, interval: 10 }).toBe("live");

describe("the city's clock on the wire", () => {
  it("says farewell also when the city's state cannot be saved", async () => {
    const troubles: string[] = [];
    const { simulator, clocks, dir } = await startCity({ until: start, onTrouble: (text) => void troubles.push(text) });
    await mkdir(join(dir, "simulator.json.part"));
    await simulator.close();
    expect(troubles.filter((text) => text.includes("could not be saved")).length).toBeGreaterThan(0);
    expect(clocks().at(-1)).toMatchObject({ phase: "gone" });
  });

  it("generates its history, names an image when all of it is acknowledged, then goes live", async () => {
    const { simulator, clocks, broker } = await startCity();
    await live(simulator);
    const named = clocks().filter(({ image }) => image !== undefined);
    expect(named).toHaveLength(1);
    expect(named[0]).toMatchObject({ phase: "backfill", head: start + 20 * minute, mark: start + 20 * minute, asked: null });
    const until = broker.heard.findIndex(({ payload }) => payload.includes('"image"'));
    const before = broker.heard.slice(0, until).filter(({ topic }) => topic.endsWith("/obs"));
    expect(before.length).toBeGreaterThan(100);
    for (const clock of clocks()) expect(clockSchema.safeParse(clock).error?.issues ?? []).toEqual([]);
  });

  it("promises the head before anything is sent from it, and marks only what is acknowledged", async () => {
    const { simulator, broker } = await startCity();
    await live(simulator);
    await expect.poll(() => simulator.clock().mark, { timeout: 10_000 }).toBeGreaterThan(start + 30 * minute);
    let [head, mark, newest] = [0, 0, 0];
    for (const { topic, payload } of broker.heard) {
      if (topic === clockTopic(city.plan.id)) {
        const clock: CityClock = JSON.parse(payload);
        expect(clock.head).toBeGreaterThanOrEqual(head);
        expect(clock.mark).toBeGreaterThanOrEqual(mark);
        expect(clock.head - clock.mark).toBeLessThanOrEqual(clock.asked === null ? 3_600_000 : 150_000);
        ({ head, mark } = clock);
      } else if (/\/(obs|event)$/.test(topic)) {
        for (const { t } of [JSON.parse(payload)].flat()) {
          expect(t).toBeLessThanOrEqual(head);
          expect(t).toBeGreaterThan(mark);
          newest = Math.max(newest, t);
        }
      }
    }
    expect(newest).toBeGreaterThan(start + 29 * minute);
  });

  it("says the same transcript at any rate", async () => {
    const digests = [];
    for (const rate of [null, 600, 3600]) {
      const { simulator } = await startCity({ rate, until: start, stopAt: start + 30 * minute });
      await simulator.done;
      digests.push(simulator.digest());
    }
    expect(digests[1]).toEqual(digests[0]);
    expect(digests[2]).toEqual(digests[0]);
  });

  it("returns to the end of its history on a reset: another run, the image named first, the same numbers after", async () => {
    const { simulator, clocks, broker } = await startCity();
    await live(simulator);
    await simulator.act({ paused: true });
    const images = clocks().flatMap(({ image }) => image ?? []);
    const first = simulator.clock().run;
    await simulator.act({ jumpTo: start + 60 * minute });
    const digest = simulator.digest();
    const count = broker.heard.length;
    await simulator.act({ reset: {} }, images);
    expect(simulator.clock().run).not.toBe(first);
    const again = broker.heard.slice(count).find(({ topic }) => topic === clockTopic(city.plan.id) || topic.endsWith("/obs"));
    expect(JSON.parse(again!.payload)).toMatchObject({
      run: simulator.clock().run,
      head: start + 20 * minute,
      image: expect.any(String),
      phase: "live",
    });
    await simulator.act({ paused: true });
    await simulator.act({ jumpTo: start + 60 * minute });
    expect(simulator.digest()).toEqual(digest);
    const other = await simulator.act({ reset: { seed: 2 } }, images);
    expect(other).toMatchObject({ ok: true, value: { seed: 2, phase: "live" } });
    expect(clocks().filter(({ seed, phase }) => seed === 2 && phase === "backfill").length).toBeGreaterThan(0);
  });

  it("goes no further ahead of what has arrived in a jump, or in a long step, than a gate may be told late", async () => {
    const { simulator, clocks } = await startCity();
    await live(simulator);
    const before = clocks().length;
    await simulator.act({ paused: true });
    await simulator.act({ jumpTo: simulator.clock().head + 30 * minute });
    await simulator.act({ step: 1800 });
    const ahead = clocks()
      .slice(before)
      .map(({ head, mark }) => head - mark);
    expect(ahead.length).toBeGreaterThan(50);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(minute);
  });

  it("begins at another instant when a story asks for it, with as much history before, or as it says, and returns to it", async () => {
    const { simulator, clocks } = await startCity();
    await live(simulator);
    const evening = start + 5 * 60 * minute;
    const there = await simulator.act({ reset: { seed: 3, at: evening + 999 } });
    expect(there).toMatchObject({ ok: true, value: { seed: 3, phase: "live", start: evening - 20 * minute } });
    expect(simulator.clock().head).toBeGreaterThanOrEqual(evening);
    const images = clocks().flatMap(({ image }) => image ?? []);
    expect(new Set(images).size).toBe(2);
    const back = await simulator.act({ reset: {} }, images);
    expect(back).toMatchObject({ ok: true, value: { seed: 3, start: evening - 20 * minute, image: images.at(-1) } });
    // a story says how much
    const short = await simulator.act({ reset: { at: evening, history: 300 } }, images);
    expect(short).toMatchObject({ ok: true, value: { seed: 3, start: evening - 5 * minute } });
  });

  it("stands still at its beginning when a reset says so, with its history generated or from an image", async () => {
    const { simulator, clocks } = await startCity({ rate: 3600 });
    await live(simulator);
    const still = { phase: "live", paused: true, rate: 0, head: start + 20 * minute, mark: start + 20 * minute };
    expect(await simulator.act({ reset: { seed: 5, paused: true } })).toMatchObject({ ok: true, value: { ...still, seed: 5 } });
    const images = clocks().flatMap(({ image }) => image ?? []);
    await simulator.act({ paused: false });
    expect(await simulator.act({ reset: { paused: true } }, images)).toMatchObject({ ok: true, value: { ...still, image: images.at(-1) } });
    expect(await simulator.act({ reset: {} }, images)).toMatchObject({ ok: true, value: { paused: false } });
  });

  it("ends a step of a day when it is paused on the way", { timeout: 30_000 }, async () => {
    const { simulator } = await startCity({ until: start });
    await live(simulator);
    await simulator.act({ paused: true });
    const { head } = simulator.clock();
    const stepped = simulator.act({ step: 86_400 });
    await expect.poll(() => simulator.clock().head, { timeout: 10_000, interval: 5 }).toBeGreaterThan(head);
    await simulator.act({ paused: true });
    expect(await stepped).toMatchObject({ ok: true, value: { paused: true } });
    const reached = simulator.clock();
    expect(reached.mark).toBe(reached.head);
    expect(reached.head).toBeLessThan(head + 86_400_000);
  });

  it("pauses, steps to the second, stays paused after a jump, and refuses what cannot be", async () => {
    const { simulator } = await startCity();
    await live(simulator);
    expect(await simulator.act({ step: 10 })).toMatchObject({ ok: false });
    await simulator.act({ paused: true });
    await expect.poll(() => simulator.clock().mark - simulator.clock().head).toBe(0);
    const { head } = simulator.clock();
    expect(await simulator.act({ step: 7 })).toMatchObject({ ok: true, value: { head: head + 7000, mark: head + 7000, paused: true, rate: 0 } });
    expect(await simulator.act({ jumpTo: head + 10 * minute })).toMatchObject({ ok: true, value: { head: head + 10 * minute, paused: true } });
    expect(await simulator.act({ jumpTo: head })).toMatchObject({ ok: false });
  });

  it("answers asks that come over MQTT when they have taken effect", async () => {
    const { simulator, broker } = await startCity();
    await live(simulator);
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    onTestFinished(() => client.endAsync());
    await client.publishAsync(clockSetTopic(city.plan.id), JSON.stringify({ id: "a1", action: { rate: 5 } }), { qos: 1 });
    await expect.poll(() => broker.heard.find(({ topic }) => topic === clockAckTopic(city.plan.id))?.payload).toBe('{"id":"a1","ok":true}');
    expect(simulator.clock().asked).toBe(5);
  });

  it("answers also what it does not understand, so that nobody waits for it", async () => {
    const { simulator, broker } = await startCity();
    await live(simulator);
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    onTestFinished(() => client.endAsync());
    const answerTo = (topic: string) => JSON.parse(broker.heard.find((one) => one.topic === topic)?.payload ?? "{}");
    await client.publishAsync(clockSetTopic(city.plan.id), JSON.stringify({ id: "a1", action: { step: 1.5 } }), { qos: 1 });
    await client.publishAsync(simSetTopic(city.plan.id), JSON.stringify({ id: "a2", ask: { inject: "rain" } }), { qos: 1 });
    await client.publishAsync(simSetTopic(city.plan.id), "neither", { qos: 1 });
    await expect
      .poll(() => answerTo(clockAckTopic(city.plan.id)))
      .toMatchObject({ id: "a1", ok: false, reason: expect.stringMatching(/^not understood/) });
    await expect
      .poll(() => answerTo(simAckTopic(city.plan.id)))
      .toMatchObject({ id: "a2", ok: false, reason: expect.stringMatching(/^not understood/) });
  });

  it("goes on after a restart: same run, no number missing and none twice", async () => {
    const { simulator, broker, begin } = await startCity({ rate: 3600 });
    await live(simulator);
    await simulator.close();
    const saved = simulator.clock();
    broker.cut();
    const next = await begin();
    expect(next.clock()).toMatchObject({ run: saved.run, phase: "live" });
    await expect.poll(() => next.clock().mark, { timeout: 10_000 }).toBeGreaterThan(saved.mark + 10 * minute);
    await next.close();
    const last = new Map<string, number>();
    for (const { topic, payload } of broker.heard) {
      if (!/\/(obs|event)$/.test(topic)) continue;
      for (const { d, seq } of [JSON.parse(payload)].flat()) {
        expect(seq).toBe((last.get(d) ?? -1) + 1);
        last.set(d, seq);
      }
    }
    expect(last.size).toBeGreaterThan(0);
  });

  it("stands in for what was missed, or lives through it in silence, as asked", async () => {
    const from = Math.floor(Date.now() / minute) * minute - 120 * minute;
    const dir = await mkdtemp(join(tmpdir(), "gwanje-resume-"));
    const times = { start: from, until: from + 10 * minute, dir, rate: 1 };
    const { simulator } = await startCity(times);
    await live(simulator);
    await simulator.close();
    const told = simulator.digest().messages;
    const gap = await startCity({ ...times, resume: "gap" });
    await live(gap.simulator);
    expect(gap.simulator.clock().mark).toBeGreaterThan(Date.now() - 10_000);
    expect(gap.simulator.digest().messages - told).toBeLessThan(100);
    await gap.simulator.close();
  });
});
