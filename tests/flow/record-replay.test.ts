import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Occurrence, occurrencesOf } from "../../broker/alarms/score/occurrences.ts";
import { record } from "../../commands/recording/record.ts";
import { recordLog } from "../../commands/recording/record-log.ts";
import { type Replayed, replay } from "../../commands/recording/replay.ts";
import type { AlarmRow } from "../../commands/recording/replay-room.ts";
import { nightStart, type ScriptedCity, scriptedCity } from "../support/scripted-night.ts";
import { temporaryFolder, testConfig } from "../support/test-chain.ts";

const never = new AbortController().signal;

const alarmsOf = ({ broker }: ScriptedCity): readonly Occurrence[] => occurrencesOf(broker.port.room.journal({ limit: 1_000_000 }));
const isPublic = ({ rule }: { rule: string }): boolean => !rule.startsWith("ucare/");

interface Night {
  /** As a reader of MQTT has recorded it, and as the log of the city that still ran had it. */
  readonly lines: readonly string[];
  readonly logged: readonly string[];
  readonly alarms: readonly Occurrence[];
}
async function live(): Promise<Night> {
  const dataDir = await temporaryFolder();
  const city = await scriptedCity(dataDir);
  const end = new AbortController();
  const lines: string[] = [];
  const target = { url: city.url, account: city.credentials.reader, own: true };
  let done: Promise<unknown> | undefined;
  await new Promise<void>((listens, fails) => {
    const write = (line: string): void => void lines.push(line);
    done = record({ target, topics: [], field: [], until: end.signal }, write, () => listens());
    done.catch(fails);
  });
  await city.night();
  end.abort();
  await done;
  const night = { lines, logged: [...recordLog(dataDir, () => true)], alarms: alarmsOf(city) };
  await city.stop();
  return night;
}
let lived: Promise<Night> | undefined;
const recordedNight = (): Promise<Night> => (lived ??= live());

async function fileOf(lines: readonly string[]): Promise<string> {
  const file = join(await temporaryFolder(), "night.ndjson");
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

async function played(
  file: string,
  over: Partial<Parameters<typeof replay>[1]> = {},
): Promise<{ done: Replayed; rows: AlarmRow[]; alarms: Occurrence[] }> {
  const rows: AlarmRow[] = [];
  const done = await replay(testConfig(), { file, rate: null, topics: [], check: false, until: never, ...over }, (row) => rows.push(row));
  return { done, rows, alarms: [...occurrencesIn(rows)] };
}
function occurrencesIn(rows: readonly AlarmRow[]): readonly Occurrence[] {
  const blank = {
    n: 0,
    run: "",
    timeline: "city",
    at: 0,
    occurrence: 1,
    service: null,
    by: "rule",
    role: null,
    before: null,
    after: null,
    reason: null,
  } as const;
  return occurrencesOf(rows.map(({ event, ...row }) => ({ ...blank, ...row, what: event })));
}

describe("a recorded night", { timeout: 120_000 }, () => {
  it("raises and clears the same alarms when it is replayed, at its own pace and as fast as the room goes", async () => {
    const { lines, alarms } = await recordedNight();
    const told = alarms.filter(isPublic);
    // a flood that comes and goes, and a gateway that is lost and found
    expect(told.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["stream/level", "stream/silent"]));
    expect(told.filter(({ cleared }) => cleared !== null).length).toBeGreaterThan(1);
    const file = await fileOf(lines);
    for (const rate of [1, null]) {
      const { done, alarms: again } = await played(file, { rate, check: true });
      expect(again).toEqual(told);
      expect(done.difference).toEqual({ missing: [], more: [], otherwise: [] });
      expect(done.ledger).toMatchObject({ received: 480, accepted: 480, duplicate: 0, refused: 0, lost: 0 });
      expect(done.whole).toBe(true);
    }
  });
  it("keeps its distances in time, and says how well", async () => {
    const [head, ...messages] = (await recordedNight()).lines.slice(0, 150);
    const spread = messages.map((line, n) => JSON.stringify({ ...JSON.parse(line), at: nightStart + n * 40 }));
    const file = await fileOf([head!, ...spread]);
    const { done } = await played(file, { rate: 2 });
    // 148 distances of 40 ms, twice as fast; what comes before the first clock waits for nothing
    expect(done.seconds).toBeGreaterThanOrEqual(2.8);
    // a fraction of a millisecond on a machine that has nothing else to do, more on one that has
    expect(done.error?.p50).toBeGreaterThanOrEqual(0);
    expect(done.error?.p99).toBeGreaterThanOrEqual(done.error!.p50);
    expect((await played(file)).done.error).toBeUndefined();
  });
  it("is played in parts: these topics, this time", async () => {
    const file = await fileOf((await recordedNight()).lines);
    const one = await played(file, { topics: ["urban/v1/+/stream/gw-ws-1/#"] });
    expect(one.done.ledger).toMatchObject({ received: 240, accepted: 240 });
    expect(one.alarms.map(({ device }) => device)).not.toContain("ws-2");
    const hour = 3_600_000;
    const part = await played(file, { from: nightStart + hour, to: nightStart + 2 * hour });
    // half a minute behind each minute of the hour, for both gauges but the one that is silent for the last twenty
    expect(part.done.ledger).toMatchObject({ received: 60 + 40, refused: 0 });
    expect(part.alarms.every(({ raised }) => raised > nightStart + hour && raised <= nightStart + 2 * hour)).toBe(true);
  });
  it("tells when the room judges otherwise than the recorded one", async () => {
    const { lines } = await recordedNight();
    // as if the recorded room had called a level that it never called
    const alarm = lines.map((line) => JSON.parse(line)).find(({ topic = "" }) => topic.includes("_alarm/stream-level-ws-1/"));
    const forged = { ...alarm, payload: JSON.stringify({ ...JSON.parse(alarm.payload), device: "ws-2", id: "stream-level-ws-2" }) };
    const { done } = await played(await fileOf([...lines, JSON.stringify(forged)]), { check: true });
    expect(done.difference?.missing).toMatchObject([{ rule: "stream/level", device: "ws-2" }]);
    expect(done.difference?.more).toEqual([]);
    const quieter = await fileOf(lines.filter((line) => !line.includes("_alarm/stream-level-ws-1/")));
    expect((await played(quieter, { check: true })).done.difference?.more).toMatchObject([{ rule: "stream/level", device: "ws-1" }]);
  });
  it("is without homes when a reader has recorded it, and has them out of the log", async () => {
    const { lines, logged, alarms } = await recordedNight();
    expect(alarms.map(({ rule }) => rule)).toContain("ucare/button");
    expect(lines.slice(1).filter((line) => line.includes("uc-1"))).toEqual([]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ what: "gwanje-recording", version: 1, city: "gaon-small", run: "night", seed: 7 });
    // the log need not reach back to the births: the registry has them
    expect(logged.filter((line) => line.includes('/meta"') && line.includes('"retain":true'))).toHaveLength(3);
    expect((await played(await fileOf(logged))).alarms).toEqual(alarms);
  });
  it("without a clock is traffic of real devices: their time is when they were heard", async () => {
    const { lines } = await recordedNight();
    const own = ({ topic }: { topic: string }) => topic.includes("/gw-ws-1/obs") || topic.includes("/ws-1/meta");
    const [head, ...messages] = lines.map((line) => JSON.parse(line));
    const heard = messages.filter(own).map((line) => {
      const at = line.t + 3000;
      const { t: _t, ...rest } = JSON.parse(line.payload);
      return line.topic.endsWith("/meta") ? { ...line, t: null, at: nightStart } : { ...line, t: null, at, payload: JSON.stringify(rest) };
    });
    const { done, alarms } = await played(
      await fileOf([{ ...head, city: null, run: null, seed: null }, ...heard].map((line) => JSON.stringify(line))),
    );
    expect(done.ledger).toMatchObject({ received: 240, accepted: 240, refused: 0 });
    const known = (await recordedNight()).alarms.filter(({ device }) => device === "ws-1");
    // heard three seconds after it was measured, and two before it is field time
    expect(alarms).toEqual(known.map(({ raised, cleared, ...one }) => ({ ...one, raised: raised + 1000, cleared: cleared && cleared + 1000 })));
  });
});
