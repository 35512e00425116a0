import { type Command, Option } from "commander";
import type { Config } from "../../shared/runtime/config.ts";
import { realDevices } from "../city-devices.ts";
import { durationGiven, type GivenRate, instantGiven, perSecond, rateGiven } from "../given-times.ts";
import { Complaint } from "../talk.ts";
import { mqttTarget } from "./mqtt-target.ts";
import type { Played } from "./play.ts";
import { type RecordProgress, record, unheardByReader } from "./record.ts";
import { recordLog } from "./record-log.ts";
import { type Replayed, type ReplayRequest, replay } from "./replay.ts";
import { replayIntoCity, replayTo } from "./replay-out.ts";
import { openSink, type Sink } from "./sink.ts";
import { createTopicFilter } from "./topic-filters.ts";

export interface CommandLine {
  readonly config: () => Config;
  readonly out: (line: string) => void;
  readonly examples: (...lines: string[]) => string;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Ends with Ctrl-C, or after so many seconds. */
function ending(seconds?: number): AbortSignal {
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
  if (seconds !== undefined) setTimeout(() => end.abort(), seconds * 1000).unref();
  return end.signal;
}

/** `gwanje record` and `gwanje replay`. */
export function recordingCommands(program: Command, line: CommandLine): void {
  program
    .command("record")
    .description("MQTT traffic of the city that runs here, or of any broker, as NDJSON: one message a line")
    .option("--out <file>", "default: standard output")
    .option("--topics <filter...>", "MQTT filters, e.g. 'urban/v1/+/stream/#'; default: all that may be heard")
    .option("--for <duration>", "of the wall clock, e.g. 10m; default: until Ctrl-C", durationGiven)
    .option("--url <url>", "another broker, e.g. mqtt://127.0.0.1:1883, with MQTT_USERNAME and MQTT_PASSWORD")
    .option("--log", "out of the data folder's log, as far back as it is kept, homes too; the city may be stopped")
    .addHelpText(
      "after",
      line.examples(
        "npx gwanje record --out night.ndjson --for 10m",
        "npx gwanje record --url mqtt://10.0.0.7:1883 --topics 'urban/v1/+/stream/#' > stream.ndjson",
      ),
    )
    .action((options: RecordOptions) => runRecord(line, options));
  program
    .command("replay <file>")
    .description("a recording into a room of its own: alarms as they are raised and cleared, as NDJSON; what came of it on standard error")
    .option("--rate <r>", "times as fast as it was heard, or max", rateGiven, 1)
    .option("--topics <filter...>", "these topics alone; births and the clock come always")
    .option("--from <iso>", "city time", instantGiven)
    .option("--to <iso>", "city time", instantGiven)
    .option("--check", "exit code 1 unless the room raises and clears what the recorded room did")
    .option("--url <url>", "to another broker instead, as it was said, with MQTT_USERNAME and MQTT_PASSWORD")
    .option("--into-city [prefix]", "into the city that runs here instead, by real devices of these ids behind a prefix (re-)")
    .addOption(new Option("--shift <how>", "with --url: times of readings as they were, or as they are said again").choices(["now", "none"]))
    .option("--json", "the summary as one JSON line at the end")
    .addHelpText(
      "after",
      line.examples("npx gwanje replay night.ndjson --rate max --check", "npx gwanje replay night.ndjson --rate 10 --topics 'urban/v1/+/stream/#'"),
    )
    .action((file: string, options: ReplayOptions) => runReplay(line, file, options));
}

interface RecordOptions {
  readonly out?: string;
  readonly topics?: string[];
  readonly for?: number;
  readonly url?: string;
  readonly log?: boolean;
}
async function runRecord({ config, out }: CommandLine, { out: file, topics = [], for: seconds, url, log }: RecordOptions): Promise<void> {
  const wanted = createTopicFilter(topics);
  const sink = file === undefined ? undefined : await openSink(file);
  const write = sink?.write ?? out;
  let told: string;
  try {
    told = log ? await ofLog(config().GWANJE_DATA_DIR, wanted, write, sink) : await ofTraffic();
  } finally {
    await sink?.close();
  }
  tell(told);

  async function ofTraffic(): Promise<string> {
    const target = await mqttTarget(config(), url);
    if (target.own) tell(`not in it, because MQTT readers may not hear it: ${unheardByReader.join("; ")}`);
    const field = target.own ? await realDevices(config().GWANJE_DATA_DIR) : [];
    const until = AbortSignal.any([ending(seconds), ...(sink === undefined ? [] : [sink.failed])]);
    const done = await record({ target, topics, field, until }, write, (now) => tell(progressOf(now)));
    return `done: ${progressOf(done)}${file === undefined ? "" : ` in ${file}`}`;
  }
}
async function ofLog(dataDir: string, wanted: (topic: string) => boolean, write: (line: string) => unknown, sink?: Sink): Promise<string> {
  let lines = 0;
  for (const text of recordLog(dataDir, wanted)) {
    if (sink?.failed.aborted) break;
    write(text);
    lines += 1;
    // a log may be larger than memory
    await sink?.drained();
  }
  return `${lines - 1} messages of the log`;
}
const progressOf = ({ messages, bytes, from, to }: RecordProgress): string =>
  `${messages} messages, ${(bytes / 1e6).toFixed(1)} MB${from === null || to === null ? "" : `, city time ${new Date(to).toISOString()} (${((to - from) / 60_000).toFixed(1)} min)`}`;

interface ReplayOptions {
  readonly rate: GivenRate;
  readonly topics?: string[];
  readonly from?: number;
  readonly to?: number;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly url?: string;
  readonly intoCity?: string | true;
  readonly shift?: "now" | "none";
}
async function runReplay(line: CommandLine, file: string, options: ReplayOptions): Promise<void> {
  const { topics = [], check = false, json, url, intoCity, shift, rate, ...rest } = options;
  const request = { file, topics, until: ending(), rate: perSecond(rate), ...rest };
  const outward = url !== undefined || intoCity !== undefined;
  if (outward && check) throw new Complaint("--check needs the replay's own room: leave out --url and --into-city", 2);
  if (!outward && shift !== undefined) throw new Complaint("--shift goes with --url: the replay's own room lives in the recorded time", 2);
  if (outward) return runOut(line, request, options);
  const done = await replay(line.config(), { ...request, check }, (row) => line.out(JSON.stringify(row)));
  if (json) line.out(JSON.stringify({ summary: done }));
  for (const text of summaryOf(done)) tell(text);
  if (done.difference !== null && !isNone(done.difference)) process.exitCode = 1;
}
async function runOut(
  { config, out }: CommandLine,
  request: Omit<ReplayRequest, "check">,
  { url, intoCity, shift, json }: ReplayOptions,
): Promise<void> {
  const prefix = intoCity === true || intoCity === undefined ? "re-" : intoCity;
  const done =
    url === undefined
      ? await replayIntoCity(config().GWANJE_DATA_DIR, prefix, { ...request, shift: "now" })
      : await replayTo(await mqttTarget(config(), url), { ...request, shift: shift ?? "none" });
  if (json) out(JSON.stringify({ summary: done }));
  tell(`${done.messages} messages said again in ${done.seconds} s (${done.unsaid} left out)`);
  tell(timingOf(done));
}
const timingOf = ({ error }: Played): string =>
  error === undefined ? "as fast as they were taken" : `timing error p50 ${error.p50} ms, p99 ${error.p99} ms, worst ${error.worst} ms`;

const isNone = ({ missing, more, otherwise }: NonNullable<Replayed["difference"]>): boolean => missing.length + more.length + otherwise.length === 0;

function summaryOf(done: Replayed): string[] {
  const { messages, unsaid, seconds, ledger, refusals, raised, cleared, devices, guessed, whole, difference } = done;
  const iso = (t: number | null | undefined): string => (t === null ? "still active" : t === undefined ? "?" : new Date(t).toISOString());
  return [
    `${messages} messages of ${devices} devices said again in ${seconds} s (${unsaid} left out); alarms raised ${raised}, cleared ${cleared}`,
    timingOf(done),
    `received ${ledger.received} = accepted ${ledger.accepted} + duplicate ${ledger.duplicate} + refused ${ledger.refused}; lost ${ledger.lost}, late ${ledger.late}`,
    ...Object.entries(refusals).map(([code, { count, reason }]) => `refused as ${code}: ${count}, e.g. ${reason}`),
    ...(guessed.length === 0
      ? []
      : [`${guessed.length} devices have no birth document in it; their kind was told by what they measure: ${guessed.slice(0, 5).join(", ")}`]),
    ...(whole ? [] : ["it does not begin with its run: alarms that rest on what came before may differ"]),
    ...(difference === null
      ? []
      : isNone(difference)
        ? ["alarms are as they were recorded"]
        : [
            ...difference.missing.map(({ rule, device, raised: t }) => `missing: ${rule} at ${device}, raised ${iso(t)} in the recording`),
            ...difference.more.map(({ rule, device, raised: t }) => `more: ${rule} at ${device}, raised ${iso(t)} now`),
            ...difference.otherwise.map(
              ({ recorded, replayed }) =>
                `otherwise: ${recorded.rule} at ${recorded.device} ended ${iso(recorded.cleared)}, now ${iso(replayed.cleared)}`,
            ),
          ]),
  ];
}
