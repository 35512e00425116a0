import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { soundRow } from "../../director/library.ts";
import { startOf } from "../../director/plan/city-start.ts";
import type { Run } from "../../director/play/run.ts";
import { htmlReport } from "../../director/report/html.ts";
import { junitReport } from "../../director/report/junit.ts";
import type { Config } from "../../shared/runtime/config.ts";
import { durationOf, secondsOf } from "../../shared/scenario/duration.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import { layRecordings } from "../recording/kept-recordings.ts";
import { Complaint } from "../talk.ts";
import type { Baseline } from "./baseline.ts";
import { scenarioFile, scenarioNames, sound } from "./files.ts";
import { type OwnCity, openOwnCity } from "./own-city.ts";
import { playLive } from "./play-live.ts";
import { roomDigest } from "./room-digest.ts";
import { setResponses } from "./set-responses.ts";

export interface RunRequest {
  readonly files: readonly string[];
  readonly all: boolean;
  /** null = as fast as the chain goes, step by step: the only way that repeats to the byte. */
  readonly rate: number | null;
  readonly seed: number | undefined;
}
/** What came of one scenario. */
export interface Played {
  readonly name: string;
  readonly run: Run;
  readonly passed: boolean;
  /** Of all that gateways said, and of all that the room made of it; only of runs that can be repeated. */
  readonly digest: { readonly sha256: string; readonly messages: number; readonly room: string } | undefined;
  /** Wall seconds. */
  readonly took: number;
}
interface Booked {
  readonly name: string;
  readonly scenario: Scenario;
  /** Where its file lies. */
  readonly folder: string;
  readonly baseline: Baseline;
}

/** Plays scenarios in cities of their own: those that share city, seed, begin and baseline in one, set back in between. */
export async function runScenarios(
  config: Config,
  request: RunRequest,
  say: (line: string) => void,
  onPlayed: (played: Played) => Promise<void> | void,
): Promise<boolean> {
  const booked = await book(config, request);
  const groups = groupsOf(booked);
  let held = true;
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const city = await openOwnCity(config, first.baseline, say);
    try {
      for (const one of group) {
        await layRecordings(city.dataDir, one.scenario, one.folder);
        const played = await play(city, one, request, say);
        held &&= played.passed;
        await onPlayed(played);
      }
    } finally {
      await city.close();
    }
  }
  return held;
}

async function book(config: Config, { files, all, seed }: RunRequest): Promise<readonly Booked[]> {
  const names = all ? [...new Set([...(await scenarioNames(config.GWANJE_DATA_DIR)).library, ...files])] : files;
  if (names.length === 0) throw new Complaint("name a scenario or a file, or give --all; npx gwanje scenario list names what there is", 2);
  const read = sound(await Promise.all(names.map((name) => scenarioFile(name, config.GWANJE_DATA_DIR))));
  return read.map(({ name, path, scenario: written }) => {
    const scenario = seed === undefined ? written : { ...written, seed };
    const until = startOf(scenario.start) ?? 0;
    return {
      name,
      scenario,
      folder: dirname(path),
      baseline: { city: scenario.city, seed: scenario.seed, until, start: until - secondsOf(scenario.baseline) * 1000 },
    };
  });
}
function groupsOf(booked: readonly Booked[]): readonly (readonly Booked[])[] {
  const groups = new Map<string, Booked[]>();
  for (const one of booked) {
    const key = JSON.stringify(one.baseline);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

async function play(
  { director, port, rewind }: OwnCity,
  { name, scenario }: Booked,
  { rate }: RunRequest,
  say: (line: string) => void,
): Promise<Played> {
  const began = Date.now();
  await rewind();
  await setResponses(port.room, scenario.responses);
  const repeat = `npx gwanje scenario run ${name} --seed ${scenario.seed}`;
  const progress = progressOf(scenario.scenario, say);
  const row = soundRow(scenario, "own");
  if (rate !== null) {
    const run = await playLive({ director, port, scenario, row, rate, repeat: `${repeat} --rate ${rate}`, onMark: progress });
    return { name, run, passed: run.view().passed === true, digest: undefined, took: (Date.now() - began) / 1000 };
  }
  const done = await director.rehearse({ scenario, row, seed: scenario.seed, repeat, onMark: progress });
  if (!done.ok) throw new Complaint(`${scenario.scenario}: ${done.reason}`);
  const { run, digest } = done.value;
  return {
    name,
    run,
    passed: run.view().passed === true,
    digest: { ...digest, room: roomDigest(run.evidence()) },
    took: (Date.now() - began) / 1000,
  };
}

/** A line every other second of wall time. */
function progressOf(name: string, say: (line: string) => void): (mark: number, from: number, to: number) => void {
  let told = Date.now();
  return (mark, from, to) => {
    if (Date.now() - told < 2000) return;
    told = Date.now();
    say(`${name}: ${durationOf((mark - from) / 1000)} of ${durationOf((to - from) / 1000)}`);
  };
}

export async function writeReports(
  played: readonly Played[],
  { junit, report }: { readonly junit?: string; readonly report?: string },
): Promise<void> {
  const runs = played.map(({ run }) => run);
  if (junit !== undefined) await writeFile(junit, junitReport(runs));
  if (report !== undefined) await writeFile(report, htmlReport(played.map(({ run, digest }) => ({ run, digest }))));
}
