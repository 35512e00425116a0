import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { record } from "../../commands/recording/record.ts";
import { replay } from "../../commands/recording/replay.ts";
import type { AlarmRow } from "../../commands/recording/replay-room.ts";
import { openOwnCity } from "../../commands/scenario/own-city.ts";
import { type Played, runScenarios } from "../../commands/scenario/run-scenarios.ts";
import { setResponses } from "../../commands/scenario/set-responses.ts";
import { createStages } from "../../commands/scenario/stages.ts";
import { readScenario } from "../../director/language/read-scenario.ts";
import { soundRow } from "../../director/library.ts";
import type { Config } from "../../shared/runtime/config.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { temporaryFolder, testConfig } from "../support/test-chain.ts";

const minute = 60_000;
/** 19:00 in the city. */
const begin = Date.UTC(2026, 5, 9, 10);
const stages = createStages();

const story = (name: string, timeline: string, expect_ = "  - none: { class: operations }") => `
scenario: ${name}
title: { ko: 시험, en: Test }
story: { ko: 시험, en: Test }
city: small
seed: 3
start: 2026-06-09T19:00
lasts: 1h
baseline: 30m
responses: manual
timeline:
${timeline}
expect:
${expect_}
`;
const blackout = `
  - { at: 5m, inject: disconnect, on: { gateway: gw-tx-001 }, for: 20m }
  - { at: 10m, inject: noise, on: { device: ws-02 }, with: { metric: dist }, for: 40m }
  - { at: 12m, command: close, on: { device: sg-01 } }`;

function read(text: string) {
  const scenario = readScenario(text, stages);
  if (!scenario.ok) throw new Error(scenario.reason.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return scenario.value;
}
const settings = async (): Promise<Config> => testConfig({ GWANJE_DATA_DIR: await temporaryFolder() });

/** Lives the story in a city of its own, while somebody records it; what it was becomes a scenario. */
async function lived(config: Config, text: string) {
  const scenario = read(text);
  const baseline = { city: "small", seed: scenario.seed, start: begin - 30 * minute, until: begin };
  const city = await openOwnCity(config, baseline, () => undefined);
  onTestFinished(city.close);
  await city.rewind();
  await setResponses(city.port.room, scenario.responses);
  const end = new AbortController();
  const lines: string[] = [];
  const { reader } = await loadCredentials(city.dataDir);
  let recording: Promise<unknown> | undefined;
  await new Promise<void>((listens, fails) => {
    const request = { target: { url: city.mqtt, account: reader, own: true }, topics: [], field: [], until: end.signal };
    recording = record(
      request,
      (line) => lines.push(line),
      () => listens(),
    );
    recording.catch(fails);
  });
  const row = soundRow(scenario, "own");
  const done = await city.director.rehearse({ scenario, row, seed: scenario.seed, repeat: "", onMark: () => undefined });
  if (!done.ok) throw new Error(done.reason);
  end.abort();
  await recording;
  const saved = await city.director.asScenario({ from: begin, to: done.value.run.view().now, id: "saved" });
  if (!saved.ok) throw new Error(saved.reason);
  const alarms = city.port.room
    .journal({ from: begin, limit: 100_000 })
    .flatMap(({ what, rule, device, t }) =>
      (what === "raised" || what === "cleared") && !rule?.startsWith("ucare/") ? [`${what} ${rule} ${device} ${t}`] : [],
    );
  await city.close();
  return { saved: saved.value, lines, alarms, outcome: done.value.run };
}

describe("what just happened", { timeout: 300_000 }, () => {
  it("saved as a scenario passes the check, plays, and holds; and its traffic, replayed, raises the same alarms", async () => {
    const config = await settings();
    const { saved, lines, alarms } = await lived(config, story("blackout", blackout));
    expect(alarms.some((one) => one.startsWith("raised traffic/gateway"))).toBe(true);
    const scenario = read(saved);
    expect(scenario).toMatchObject({ scenario: "saved", seed: 3, start: "2026-06-09T19:00", lasts: "1h", baseline: "30m", responses: "manual" });
    expect(scenario.timeline.map(({ inject, command, at }) => [at, inject ?? command])).toEqual([
      ["5m", "disconnect"],
      ["10m", "noise"],
      [expect.stringMatching(/^12m/), "close"],
    ]);
    const named = scenario.expect.map(({ alarm, action }) => alarm ?? action);
    expect(named).toEqual(expect.arrayContaining(["traffic/gateway", "stream/spike", "close"]));

    const file = join(await temporaryFolder(), "saved.yaml");
    await writeFile(file, saved);
    const played: Played[] = [];
    const request = { files: [file], all: false, rate: null, seed: undefined };
    const held = await runScenarios(
      config,
      request,
      () => undefined,
      (one) => void played.push(one),
    );
    expect(played[0]?.run.view().expectations.filter(({ state }) => state !== "held")).toEqual([]);
    expect(held).toBe(true);

    const recorded = join(await temporaryFolder(), "night.ndjson");
    await writeFile(recorded, `${lines.join("\n")}\n`);
    const rows: AlarmRow[] = [];
    await replay(config, { file: recorded, rate: null, topics: [], check: false, until: new AbortController().signal }, (row) => rows.push(row));
    const again = rows.map(({ event, rule, device, t }) => `${event} ${rule} ${device} ${t}`);
    expect(again.sort()).toEqual([...alarms].sort());
  });

  it("holds no longer when the story is another one", async () => {
    const config = await settings();
    const { saved } = await lived(config, story("blackout", blackout));
    const file = join(await temporaryFolder(), "saved.yaml");
    await writeFile(file, saved.replace("share: 3", "share: 0.1"));
    const played: Played[] = [];
    const request = { files: [file], all: false, rate: null, seed: undefined };
    expect(
      await runScenarios(
        config,
        request,
        () => undefined,
        (one) => void played.push(one),
      ),
    ).toBe(false);
    expect(played[0]?.run.view().expectations.filter(({ state }) => state === "failed").length).toBeGreaterThan(0);
  });
});

describe("a recording beside a scenario's file", { timeout: 300_000 }, () => {
  it("is what a gauge of the played city measures, as far as the store", async () => {
    const folder = await temporaryFolder();
    const rows = Array.from({ length: 50 }, (_, n) => `${new Date(Date.UTC(2020, 7, 8, 3, n)).toISOString()},${(6 - n * 0.02).toFixed(2)}`);
    await writeFile(join(folder, "river.csv"), ["time,dist", ...rows].join("\n"));
    const step = "  - { at: 5m, inject: recording, on: { device: ws-02 }, with: { metric: dist, file: river.csv } }";
    const hope = "  - { state: { metric: dist, above: 4.9, below: 5.1 }, on: { device: ws-02 } }";
    await writeFile(join(folder, "river.yaml"), story("river", step, hope));
    const request = { files: [join(folder, "river.yaml")], all: false, rate: null, seed: undefined };
    const played: Played[] = [];
    const config = await settings();
    const held = await runScenarios(
      config,
      request,
      () => undefined,
      (one) => void played.push(one),
    );
    expect(played[0]?.run.view().steps[0]).toMatchObject({ state: "done", reason: null });
    expect(held).toBe(true);
    await writeFile(join(folder, "river.csv"), ["time,dist", ...rows.map((row) => row.replace(/,.*/, ",7.00"))].join("\n"));
    expect(
      await runScenarios(
        config,
        request,
        () => undefined,
        () => undefined,
      ),
    ).toBe(false);
    await expect(readFile(join(config.GWANJE_DATA_DIR, "simulator/recordings/river.csv"))).rejects.toThrow("ENOENT");
  });
});
