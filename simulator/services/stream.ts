import { incidents } from "../../shared/services/stream/incidents.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Sites, Truth } from "../model.ts";
import { createRng, exponential, uniform } from "../random.ts";
import { hourAt, minuteMs, secondMs } from "./day-clock.ts";
import { incidentsBy } from "./incidents.ts";
import { createBarrier, live, stepSeconds, walkOn } from "./stream/barrier.ts";
import { createCatchment, rainOver, returnFactor, settleBasin, stepBasin } from "./stream/basin.ts";
import { disturb, streamPlays } from "./stream/incidents.ts";
import { obey } from "./stream/obey.ts";
import { echo, radar, rainGauge, surface } from "./stream/parameters.ts";
import { placeStream } from "./stream/place.ts";
import { level } from "./stream/rating.ts";
import type { Gauge, StreamState } from "./stream/state.ts";
import { echoLoss, stepWave, waveHeight } from "./stream/water-surface.ts";

type Out = Happening<"stream">[];

/** An urban stream: rain runs off, the wave travels from gauge to gauge, gates on the path close before it. */
export const stream: Model<"stream", StreamState> = {
  place: placeStream,
  stepSeconds,
  sensing: { dist: radar, rain: rainGauge },
  init,
  step,
  obey,
  ...incidentsBy(incidents, streamPlays, (state, _city, env, t) => begin(state, env, t)),
  outcome: ({ onFloodedPath, openUnderWater }) => ({ "on-flooded-path": onFloodedPath, "open-under-water": openUnderWater }),
  observe,
};

function init({ sites }: Sites<"stream">, seed: number, start: number): StreamState {
  const gauges: Gauge[] = [];
  const places: number[] = [];
  for (const site of sites) {
    const device = site.devices.find(({ kind }) => kind === "gauge");
    if (device === undefined) throw new Error(`the reach ${site.id} of the stream has no gauge`);
    const {
      rating_a: a = 1,
      rating_h0: h0 = 0,
      rating_b: b = 1.7,
      datum = 0,
      reference = 0,
      bankfull = 0,
      chainage = 0,
    } = device.meta.constants ?? {};
    const fixed = { id: device.id, rng: createRng(seed, `stream ${device.id}`), rating: { a, h0, b }, bankfull, datum, reference };
    const water = { flow: 0, level: h0, tail: h0, rain: 0, wave: 0 };
    gauges.push({ ...fixed, ...water, design: site.facts.design ?? 1, loses: 0, lostUntil: 0, drowned: false });
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
    incidents: [],
    disturbance: null,
    onFloodedPath: 0,
    openUnderWater: 0,
  };
}

function step(state: StreamState, _city: Sites<"stream">, env: Environment, t: number): readonly Happening<"stream">[] {
  const out: Out = [];
  if (!state.begun) begin(state, env, t);
  if (t % minuteMs === 0) flowOn(state, env, t);
  for (const gauge of state.gauges) loseEcho(gauge, t, out);
  for (const barrier of state.barriers) live(state, barrier, env, t, out);
  if (t % minuteMs === 0) walkOn(state);
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
  disturb(state, flows, t);
  state.gauges.forEach((gauge, k) => {
    flowPast(gauge, Math.max(0, (flows[k] ?? 0) + (state.disturbance?.flows[k] ?? 0)), rain[k] ?? 0);
    gauge.level = state.disturbance?.ponds[k] ?? gauge.level;
    gauge.wave = stepWave(gauge.rng, gauge.wave, waveHeight(gauge.flow, gauge.design), 60);
    const second = uniform(gauge.rng);
    if (uniform(gauge.rng) < echoLoss(gauge.flow, gauge.design, gauge.rain)) gauge.loses = t + Math.floor(60 * second) * secondMs;
  });
}

function flowPast(gauge: Gauge, flow: number, rain: number): void {
  gauge.flow = flow;
  gauge.level = level(gauge.rating, flow);
  gauge.tail = gauge.level;
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
