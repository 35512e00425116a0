import type { Outlet } from "./outlet.ts";
import { createPace, type Pace } from "./pace.ts";
import type { Head, Recorded } from "./recorded.ts";
import { kindOf, timesOf } from "./said.ts";

/** A recorded message as it is said again, and by whom. */
export interface Again {
  readonly party: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly retain: boolean;
}
type Times = readonly [oldest: number, newest: number] | undefined;

export interface PlayOptions {
  readonly outlet: Outlet;
  /** Times as fast as it was heard; `null` = as fast as the other side takes it. */
  readonly rate: number | null;
  /** City times; what lies outside stays unsaid, except births. */
  readonly span: { readonly from: number; readonly to: number };
  /** None: it stays unsaid. */
  readonly again: (message: Recorded, pace: Pace) => readonly Again[];
  /** Clocks are said when everything before them is acknowledged, and before everything behind them. Absent: they are messages like others. */
  readonly clocks?: ClockKeeper;
  readonly until: AbortSignal;
}
export interface ClockKeeper {
  take(message: Recorded, pace: Pace): Promise<void>;
  before(message: Recorded, times: Times, pace: Pace): Promise<void>;
  rest(pace: Pace): Promise<void>;
}
export interface Played {
  readonly messages: number;
  readonly unsaid: number;
  readonly seconds: number;
  readonly error: ReturnType<Pace["error"]>;
}

/** On their way at once. */
const inFlight = 4096;

/** Says a recording again: its own distances, its own order. */
export async function play(recording: AsyncIterable<Head | Recorded>, options: PlayOptions): Promise<Played> {
  const { rate, span, clocks, until, outlet } = options;
  const began = performance.now();
  let messages = 0;
  let unsaid = 0;
  let pace: Pace | undefined;
  for await (const { line, times, place } of placed(recording, span)) {
    if (until.aborted) break;
    // what stood before the recording began was heard at once
    if (place === "in" && !line.retain) pace ??= createPace(rate, line.at);
    const running = pace ?? createPace(null, line.at);
    if (clocks !== undefined && kindOf(line.topic).kind === "clock") await clocks.take(line, running);
    else if (place !== "out" && (await sayOne(line, times, options, running))) messages += 1;
    else unsaid += 1;
  }
  if (pace !== undefined) await clocks?.rest(pace);
  await outlet.drained();
  return { messages, unsaid, seconds: Math.round(performance.now() - began) / 1000, error: pace?.error() };
}

interface Placed {
  readonly line: Recorded;
  readonly times: Times;
  readonly place: "in" | "out" | "birth";
}
type Span = PlayOptions["span"];

function placeOf(line: Recorded, { from, to }: Span): Placed {
  const about = kindOf(line.topic);
  if (about.kind === "device" && about.channel === "meta") return { line, times: undefined, place: "birth" };
  const times = about.kind === "device" ? timesOf(line.payload) : undefined;
  const [oldest, newest] = times ?? [line.t ?? from, line.t ?? from];
  return { line, times, place: newest < from || oldest > to ? "out" : "in" };
}

/** From the newest clock before the first instant, which opens the run, up to the one that has passed the last. */
async function* placed(recording: AsyncIterable<Head | Recorded>, span: Span): AsyncGenerator<Placed> {
  let opening: Placed | undefined;
  for await (const line of recording) {
    if ("what" in line) continue;
    const one = placeOf(line, span);
    const isClock = kindOf(line.topic).kind === "clock";
    if (isClock && (line.t ?? span.from) > span.to) return;
    if (isClock && one.place === "out") {
      opening = one;
      continue;
    }
    if (one.place === "in" && opening !== undefined) yield opening;
    if (one.place === "in") opening = undefined;
    yield one;
  }
}

/** False: nobody says it. */
async function sayOne(line: Recorded, times: Times, { outlet, again, clocks }: PlayOptions, pace: Pace): Promise<boolean> {
  const said = again(line, pace).filter(({ party }) => outlet.knows(party));
  if (said.length === 0) return false;
  await clocks?.before(line, times, pace);
  await pace.until(line.at);
  for (const { party, topic, payload, retain } of said) outlet.send(party, topic, payload, retain);
  pace.said(line.at);
  if (outlet.waiting() > inFlight) await outlet.drained(inFlight / 2);
  return true;
}
