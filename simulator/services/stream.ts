import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Order, Sites, Truth } from "../model.ts";
import { createRng, exponential, lognormal, type Rng, uniform } from "../random.ts";
import { dayMs, hourAt, minuteMs, secondMs, wholeSecond } from "./day-clock.ts";
import { type Catchment, createCatchment, rainOver, returnFactor, settleBasin, stepBasin } from "./stream/basin.ts";
import { type Float, readFloat } from "./stream/float-switch.ts";
import { advanceGate, type Gate } from "./stream/gate.ts";
import { echo, gates as gateFacts, radar, rainGauge, surface } from "./stream/parameters.ts";
import { comes, type DisplayWord, inGap, isDisplayWord, nextCandidate, passers } from "./stream/path.ts";
import { placeStream } from "./stream/place.ts";
import { level, type Rating } from "./stream/rating.ts";
import { type GateOrder, wantedOf, whyNotOpen } from "./stream/room-order.ts";
import { echoLoss, stepWave, waveHeight } from "./stream/water-surface.ts";

/** Gates and people live in seconds; the water is carried on once a minute. */
const stepSeconds = 5;

interface Gauge {
  readonly id: string;
  readonly rng: Rng;
  readonly rating: Rating;
  readonly design: number;
  readonly datum: number;
  readonly reference: number;
  flow: number;
  level: number;
  rain: number;
  wave: number;
  /** The next loss of the echo that is known (0 = none), and until when the last one lasts. */
  loses: number;
  lostUntil: number;
  /** The water has come up to the sensor. */
  drowned: boolean;
}
/** A gate on the path, between the gauge of index `reach - 1` and the next one at `share` of the way. */
interface Barrier {
  readonly id: string;
  readonly rng: Rng;
  readonly reach: number;
  readonly share: number;
  readonly sill: number;
  /** Second of the minute at which the float is read. */
  readonly reads: number;
  gate: Gate;
  float: Float;
  order: GateOrder;
  display: DisplayWord;
  /** Somebody stands in the gap until then; the next may come at `candidate`. */
  personUntil: number;
  candidate: number;
  faultAt: number;
}
export interface StreamState {
  begun: boolean;
  /** One per gauge, upstream first. */
  readonly catchments: Catchment[];
  readonly gauges: Gauge[];
  readonly barriers: Barrier[];
  readonly gaugeOf: Record<string, number>;
  readonly barrierOf: Record<string, number>;
  /** How wet the last rain before the run has left the basin. */
  readonly wetness: number;
}
type Out = Happening<"stream">[];

/** An urban stream: rain runs off, the wave travels from gauge to gauge, gates on the path close before it. */
export const stream: Model<"stream", StreamState> = {
  place: placeStream,
  stepSeconds,
  sensing: { dist: radar, rain: rainGauge },
  init,
  step,
  obey,
  observe,
};

function init({ sites }: Sites<"stream">, seed: number, start: number): StreamState {
  const gauges: Gauge[] = [];
  const places: number[] = [];
  for (const site of sites) {
    const device = site.devices.find(({ kind }) => kind === "gauge");
    if (device === undefined) throw new Error(`the reach ${site.id} of the stream has no gauge`);
    const { rating_a: a = 1, rating_h0: h0 = 0, rating_b: b = 1.7, datum = 0, reference = 0, chainage = 0 } = device.meta.constants ?? {};
    const fixed = { id: device.id, rng: createRng(seed, `stream ${device.id}`), rating: { a, h0, b }, datum, reference };
    gauges.push({ ...fixed, design: site.facts.design ?? 1, flow: 0, level: h0, rain: 0, wave: 0, loses: 0, lostUntil: 0, drowned: false });
    places.push(chainage);
  }
  const barriers = sites
    .flatMap((site) => site.devices)
    .filter(({ kind }) => kind === "gate")
    .map((device) => createBarrier(device, places, seed, start));
  return {
    begun: false,
    catchments: sites.map(createCatchment),
    gauges,
    barriers,
    gaugeOf: Object.fromEntries(gauges.map(({ id }, k) => [id, k])),
    barrierOf: Object.fromEntries(barriers.map(({ id }, k) => [id, k])),
    wetness: exponential(createRng(seed, "stream basin"), 1),
  };
}

function createBarrier({ id, meta }: Device<"stream">, places: readonly number[], seed: number, start: number): Barrier {
  const { chainage = 0, sill = 0 } = meta.constants ?? {};
  const rng = createRng(seed, `stream ${id}`);
  const below = places.findIndex((place) => place >= chainage);
  const reach = Math.max(1, below < 0 ? places.length - 1 : below);
  const [upper = 0, lower = upper + 1] = places.slice(reach - 1, reach + 1);
  const [quick, slow] = gateFacts.travelSeconds;
  const gate: Gate = { word: "open", since: start, wanted: "open", moved: 0, travel: Math.round(quick + (slow - quick) * uniform(rng)), mended: 0 };
  return {
    id,
    rng,
    reach,
    share: Math.min(1, Math.max(0, (chainage - upper) / (lower - upper))),
    sill,
    reads: stepSeconds * Math.floor((uniform(rng) * 60) / stepSeconds),
    gate,
    float: { wanted: "open", low: 0 },
    order: "auto",
    display: "off",
    personUntil: start,
    candidate: start + nextCandidate(rng),
    faultAt: nextFault(rng, start),
  };
}
const nextFault = (rng: Rng, t: number): number => wholeSecond(t + exponential(rng, (365 * dayMs) / gateFacts.faultsPerYear));

function step(state: StreamState, _city: Sites<"stream">, env: Environment, t: number): readonly Happening<"stream">[] {
  const out: Out = [];
  if (!state.begun) begin(state, env, t);
  if (t % minuteMs === 0) flowOn(state, env, t);
  for (const gauge of state.gauges) loseEcho(gauge, t, out);
  for (const barrier of state.barriers) live(state, barrier, env, t, out);
  return out.length > 1 ? out.sort((a, b) => a.t - b.t) : out;
}

/** The stream as season and recent weather have left it. */
function begin(state: StreamState, env: Environment, t: number): void {
  state.begun = true;
  const flows = settleBasin(state.catchments, env.month, state.wetness, returnFactor(env, hourAt(env, t)));
  state.gauges.forEach((gauge, k) => {
    flowPast(gauge, flows[k] ?? 0, rainOver(env.rain, k, state.gauges.length));
  });
}

/** One minute of water. */
function flowOn(state: StreamState, env: Environment, t: number): void {
  const count = state.gauges.length;
  const rain = state.gauges.map((_, k) => rainOver(env.rain, k, count));
  const flows = stepBasin(state.catchments, rain, returnFactor(env, hourAt(env, t)));
  state.gauges.forEach((gauge, k) => {
    flowPast(gauge, flows[k] ?? 0, rain[k] ?? 0);
    gauge.wave = stepWave(gauge.rng, gauge.wave, waveHeight(gauge.flow, gauge.design), 60);
    const second = uniform(gauge.rng);
    if (uniform(gauge.rng) < echoLoss(gauge.flow, gauge.design, gauge.rain)) gauge.loses = t + Math.floor(60 * second) * secondMs;
  });
}

function flowPast(gauge: Gauge, flow: number, rain: number): void {
  gauge.flow = flow;
  gauge.level = level(gauge.rating, flow);
  gauge.rain = rain;
}

/** Foam or spray takes one reading; a sensor that the water reaches sees nothing until it falls. */
function loseEcho(gauge: Gauge, t: number, out: Out): void {
  const drowned = gauge.reference - gauge.level < surface.blind;
  const lost = gauge.loses > 0 && gauge.loses <= t;
  if (lost || (drowned && !gauge.drowned)) out.push({ t: lost ? gauge.loses : t, device: gauge.id, event: "echo-lost", x: {} });
  if (lost) {
    gauge.lostUntil = t + echo.lastsSeconds * secondMs;
    gauge.loses = 0;
  }
  gauge.drowned = drowned;
}

/** EL of the water beside the gate, without waves: the float floats in a tube. */
export function waterAt({ gauges }: StreamState, { reach, share }: Pick<Barrier, "reach" | "share">): number {
  const upper = gauges[reach - 1];
  const lower = gauges[reach] ?? upper;
  if (upper === undefined || lower === undefined) return 0;
  return (1 - share) * (upper.datum + upper.level) + share * (lower.datum + lower.level);
}

/** Some seconds at a gate: who passes, what the float says, what the gate does. */
function live(state: StreamState, barrier: Barrier, env: Environment, t: number, out: Out): void {
  if ((t / secondMs) % 60 === barrier.reads) {
    barrier.float = readFloat(barrier.float, waterAt(state, barrier), barrier.sill, t);
    want(barrier);
  }
  if (barrier.gate.word !== barrier.gate.wanted || barrier.faultAt <= t) move(barrier, t, out);
  if (barrier.candidate > t) return;
  const rain = state.gauges[barrier.reach]?.rain ?? env.rainMean;
  const dry = waterAt(state, barrier) < barrier.sill;
  if (dry && comes(barrier.rng, passers(env, t, { rain, gate: barrier.gate.word, display: barrier.display })))
    barrier.personUntil = t + inGap(barrier.rng);
  barrier.candidate = Math.max(t, barrier.personUntil) + nextCandidate(barrier.rng);
}

function want(barrier: Barrier): void {
  const wanted = wantedOf(barrier.order, barrier.float);
  if (wanted !== barrier.gate.wanted) barrier.gate = { ...barrier.gate, wanted };
}

/** Orders to a gate and to the display beside it. What it then does, its next steps show. */
function obey(state: StreamState, _city: Sites<"stream">, device: Device<"stream">, { op, args }: Order): Obeyed<"stream"> {
  const barrier = state.barriers[state.barrierOf[device.id] ?? -1];
  if (barrier === undefined) return { ok: false, reason: `${device.id} is no gate` };
  const refused = op === "show" ? show(barrier, args.text) : takeOrder(barrier, op, waterAt(state, barrier));
  if (refused !== undefined) return { ok: false, reason: refused };
  return { ok: true, happenings: [], report: [barrier.id] };
}

function show(barrier: Barrier, text: unknown): string | undefined {
  if (!isDisplayWord(text)) return `the display has no text "${String(text)}"`;
  barrier.display = text;
  return undefined;
}

function takeOrder(barrier: Barrier, op: string, water: number): string | undefined {
  if (op === "auto") barrier.order = "auto";
  else if (barrier.gate.word === "fault") return "the gate is out of order";
  else if (op === "close") barrier.order = "closed";
  else {
    const reason = whyNotOpen(water, barrier.sill);
    if (reason !== undefined) return reason;
    barrier.order = "open";
    // the room sees more than a float that waits until the path has dried
    barrier.float = { wanted: "open", low: 0 };
  }
  want(barrier);
  return undefined;
}

function move(barrier: Barrier, t: number, out: Out): void {
  const before = barrier.gate;
  const blocked = barrier.personUntil > t - stepSeconds * secondMs;
  barrier.gate = advanceGate(before, { t, seconds: stepSeconds, blocked, breaks: breaks(barrier, t) });
  const { word, since, travel } = barrier.gate;
  if (word === before.word) return;
  out.push({ t: since, device: barrier.id, event: "gate", x: { to: word }, report: [barrier.id] });
  const jams = (word === "closing" || word === "opening") && uniform(barrier.rng) < gateFacts.faultPerMove;
  if (jams) barrier.faultAt = t + Math.floor(travel * uniform(barrier.rng)) * secondMs;
}

/** When the fault that strikes now will be mended; 0 = none strikes. */
function breaks(barrier: Barrier, t: number): number {
  if (barrier.faultAt > t) return 0;
  const minutes = lognormal(barrier.rng, gateFacts.repairMedianMinutes, gateFacts.repairSigma);
  const mended = wholeSecond(t + minutes * minuteMs);
  barrier.faultAt = nextFault(barrier.rng, mended);
  return mended;
}

function observe(state: StreamState, _city: Sites<"stream">, device: Device<"stream">, env: Environment, t: number): Truth<"stream"> {
  // in the first seconds of a run, before the first step
  if (!state.begun) begin(state, env, t);
  const barrier = state.barriers[state.barrierOf[device.id] ?? -1];
  if (barrier !== undefined) return { gate: barrier.gate.word, person: t < barrier.personUntil, display: barrier.display };
  const gauge = state.gauges[state.gaugeOf[device.id] ?? -1];
  if (gauge === undefined) return {};
  const truth: Truth<"stream"> = { rain: Math.min(300, gauge.rain) };
  if (!gauge.drowned && t >= gauge.lostUntil) truth.dist = gauge.reference - gauge.level - gauge.wave;
  return truth;
}
