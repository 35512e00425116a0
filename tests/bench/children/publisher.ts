import type { Tense } from "../bench-device.ts";
import { answerParent } from "../child.ts";
import { Line } from "../line.ts";
import { createDurations, monotonicMs, type Percentiles, stampNow } from "../monotonic.ts";
import type { Credentialed } from "./chain.ts";

/** The load: raw sockets, bounded in flight. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly devices: readonly Credentialed[];
  readonly tense: Tense;
}
export interface Burst {
  readonly name: string;
  readonly pack: number;
  readonly warmUpMs: number;
  readonly windowMs: number;
}
/** Counted in messages, but for `readings`. */
export interface BurstResult {
  readonly sent: number;
  readonly acknowledged: number;
  readonly readings: number;
  /** Acknowledged messages per second within the window. */
  readonly perSecond: number;
  readonly payloadBytes: number;
}
export interface PaceResult {
  readonly sent: number;
  readonly acknowledged: number;
  readonly seconds: number;
  /** From the write of a message to its acknowledgement. */
  readonly acknowledgedAfter: Percentiles;
}

/** Readings on their way, over all connections. */
const inFlightReadings = 20_000;
const opening = 64;
const groups = new Map<string, Line[]>();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const linesOf = (name: string): readonly Line[] => groups.get(name) ?? [];
const sum = (lines: readonly Line[], of: (line: Line) => number): number => lines.reduce((total, line) => total + of(line), 0);

async function open({ name, port, devices, tense }: Target): Promise<void> {
  const lines: Line[] = [];
  const queue = [...devices];
  const openSome = async (): Promise<void> => {
    for (let device = queue.shift(); device !== undefined; device = queue.shift()) lines.push(await Line.open(port, device, tense));
  };
  await Promise.all(Array.from({ length: opening }, openSome));
  groups.set(name, lines);
}

/** Until nothing is on its way. @throws Error when something is never acknowledged. */
async function drained(lines: readonly Line[]): Promise<void> {
  const patience = monotonicMs() + 30_000;
  while (lines.some((line) => line.flying > 0)) {
    if (monotonicMs() > patience) throw new Error(`${sum(lines, (line) => line.flying)} messages were never acknowledged`);
    await pause(5);
  }
}

/** As fast as they are acknowledged. */
async function burst({ name, pack, warmUpMs, windowMs }: Burst): Promise<BurstResult> {
  const lines = linesOf(name);
  const window = Math.max(1, Math.floor(inFlightReadings / pack / lines.length));
  const before = {
    sent: sum(lines, (line) => line.sent),
    acknowledged: sum(lines, (line) => line.acknowledged),
    bytes: sum(lines, (line) => line.bytes),
  };
  let acknowledged = 0;
  let going = true;
  let ready: Line[] = [];
  let planned = false;
  const refill = (): void => {
    planned = false;
    const filling = ready;
    ready = [];
    const stamp = stampNow();
    for (const line of filling) {
      const room = window - line.flying;
      if (room > 0) line.send(room, pack, stamp);
    }
  };
  for (const line of lines)
    line.onAcknowledged = (its, count) => {
      acknowledged += count;
      if (!going) return;
      ready.push(its);
      if (planned) return;
      planned = true;
      setImmediate(refill);
    };
  ready.push(...lines);
  refill();
  await pause(warmUpMs);
  const from = { at: monotonicMs(), acknowledged };
  await pause(windowMs);
  const perSecond = ((acknowledged - from.acknowledged) / (monotonicMs() - from.at)) * 1000;
  going = false;
  await drained(lines);
  const sent = sum(lines, (line) => line.sent) - before.sent;
  return {
    sent,
    acknowledged: sum(lines, (line) => line.acknowledged) - before.acknowledged,
    readings: sent * pack,
    perSecond,
    payloadBytes: (sum(lines, (line) => line.bytes) - before.bytes) / Math.max(1, sent),
  };
}

interface Flood extends Burst {
  /** What the receiver had taken in before. */
  readonly from: number;
  readonly inFlight?: number;
}
/** What the receiver has told of its count, for those that acknowledge nothing. */
let taken = 0;

/**
 * QoS 0, as fast as the receiver takes it in: every line says one message in its turn, in a write of its own, and so many readings at most are on their way.
 * Ends when everything has been taken in.
 * @throws Error when something never arrives.
 */
async function flood({ name, pack, warmUpMs, windowMs, from, inFlight = inFlightReadings }: Flood): Promise<BurstResult> {
  const lines = linesOf(name);
  const bytes = sum(lines, (line) => line.bytes);
  const began = monotonicMs();
  taken = from;
  let sent = 0;
  let at = 0;
  let opened: { readonly at: number; readonly taken: number } | undefined;
  const flying = (): number => sent * pack - (taken - from);
  for (let now = began; now < began + warmUpMs + windowMs; now = monotonicMs()) {
    if (opened === undefined && now >= began + warmUpMs) opened = { at: now, taken };
    const stamp = stampNow();
    for (let n = 0; n < turn && flying() < inFlight; n++) {
      if (lines[at % lines.length]?.say(pack, stamp)) sent += 1;
      at += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { at: openedAt, taken: before } = opened ?? { at: began, taken: from };
  const perSecond = (((taken - before) / (monotonicMs() - openedAt)) * 1000) / pack;
  for (const patience = monotonicMs() + 30_000; flying() > 0; await pause(5))
    if (monotonicMs() > patience) throw new Error(`${flying()} readings never arrived`);
  return {
    ...{ sent, acknowledged: sent, readings: sent * pack, perSecond },
    payloadBytes: (sum(lines, (line) => line.bytes) - bytes) / Math.max(1, sent),
  };
}
/** Messages between two looks at what came back. */
const turn = 256;

export interface Pace {
  readonly name: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** 0: each message in a write of its own, and nothing is acknowledged. */
  readonly qos: 0 | 1;
}
/** At a rate: what is due is sent every millisecond, round robin. Held back, and so visible in the rate, when too much is on its way. */
async function pace({ name, perSecond, seconds, qos }: Pace): Promise<PaceResult> {
  const lines = linesOf(name);
  const durations = createDurations();
  const times = new Map<Line, number[]>(lines.map((line) => [line, []]));
  let flying = 0;
  let acknowledged = 0;
  for (const line of lines)
    line.onAcknowledged = (its, count) => {
      const now = monotonicMs();
      for (const at of times.get(its)?.splice(0, count) ?? []) durations.add(now - at);
      acknowledged += count;
      flying -= count;
    };
  /** False: its line is full. */
  function say(line: Line): boolean {
    if (qos === 0) return line.say(1, stampNow());
    const at = monotonicMs();
    line.send(1, 1, stampNow());
    times.get(line)?.push(at);
    flying += 1;
    return true;
  }
  const began = monotonicMs();
  const end = began + seconds * 1000;
  let sent = 0;
  for (let now = began; now < end; now = monotonicMs()) {
    const due = Math.floor(((now - began) / 1000) * perSecond);
    for (let tries = due - sent; tries > 0 && sent < due && flying < inFlightReadings; tries--) {
      const line = lines[sent % lines.length];
      if (line !== undefined && say(line)) sent += 1;
    }
    await pause(1);
  }
  const took = (monotonicMs() - began) / 1000;
  if (qos === 1) await drained(lines);
  return { sent, acknowledged, seconds: took, acknowledgedAfter: durations.take() };
}

const answers = {
  open,
  burst,
  flood,
  taken(count: number): void {
    taken = count;
  },
  pace,
  close(name: string): void {
    for (const line of linesOf(name)) line.close();
    groups.delete(name);
  },
};
export type PublisherProcess = typeof answers;
answerParent(answers);
