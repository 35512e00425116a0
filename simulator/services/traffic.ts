import { incidents } from "../../shared/services/traffic/incidents.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Order, Sites, Truth } from "../model.ts";
import { createRng, normal, poisson } from "../random.ts";
import { incidentsBy } from "./incidents.ts";
import { drift, heavyShare, setDemand, weatherFactors } from "./traffic/demand.ts";
import { detect, drivingSpeed, incrementalDelay, type Light } from "./traffic/flow.ts";
import { createEmergencies, type Preemption, preemptedGreen, takePreemptions, toHappening } from "./traffic/green-wave.ts";
import { blockageOf, noteHeldBack, trafficPlays } from "./traffic/incidents.ts";
import { arrive, createLink, discharge, record } from "./traffic/link.ts";
import { type Approach, criticalRatio, type Network, networkOf } from "./traffic/network.ts";
import { roads, signals, slow } from "./traffic/parameters.ts";
import { placeCrossings } from "./traffic/place.ts";
import { greenFit, progression, withOffsets } from "./traffic/progression.ts";
import {
  type DailyPlan,
  designHours,
  designPlan,
  isDailyPlan,
  type Plan,
  type PlanWord,
  planAt,
  planNow,
  whyNotTiming,
} from "./traffic/signal-plan.ts";
import { type CrossingState, metPlan, type TrafficState, timingOf } from "./traffic/state.ts";

const stepSeconds = 60;
const minuteMs = 60_000;
/** Demand moves slowly: every five minutes is fine enough. */
const demandSeconds = 300;

/** Signalised crossings and the streets between them: whole vehicles, queues at the stop lines, signals by the time of day. */
export const traffic: Model<"traffic", TrafficState> = {
  place: placeCrossings,
  stepSeconds,
  sensing: { volume: { relative: 0.02 }, occ: { relative: 0.03 }, speed: { sd: 0.6 }, queue: { relative: 0.05 } },
  init,
  step,
  obey,
  ...incidentsBy(incidents, trafficPlays, (state, city, env) => begin(state, networkOf(city), env)),
  outcome: ({ delay, passed }) => ({ delay, vehicles: passed }),
  observe,
};

function init(city: Sites<"traffic">, seed: number, start: number): TrafficState {
  const network = networkOf(city);
  const plans = withOffsets(
    network,
    network.crossings.map((_, k) => designPlans(network, k)),
  );
  return {
    begun: false,
    crossings: plans.map((one) => ({ plans: one, plan: "night", order: "auto", manual: null, fault: null })),
    links: network.approaches.map(({ device }) => createLink(createRng(seed, `traffic ${device}`))),
    emergencies: createEmergencies(network.crossings.length, seed, start),
    incidents: [],
    entered: 0,
    left: 0,
    passed: 0,
    delay: 0,
  };
}

/** A plan for each part of a weekday, by the busiest of its hours. */
function designPlans(network: Network, k: number): Readonly<Record<DailyPlan, Plan>> {
  const crossing = network.crossings[k];
  const here = network.approaches.slice(crossing?.first, crossing?.end);
  const ratioOf = (main: boolean, hours: readonly number[]): number =>
    Math.max(here.some((one) => one.main === main) ? 0 : signals.unseenRatio, ...hours.map((hour) => criticalRatio(here, main, hour)));
  const plan = (word: DailyPlan): Plan => {
    const hours = designHours(word);
    const ratio = { main: ratioOf(true, hours), cross: ratioOf(false, hours) };
    return designPlan({ ratio, lanes: crossing?.lanes ?? { main: 0, cross: 0 } });
  };
  return { night: plan("night"), am: plan("am"), day: plan("day"), pm: plan("pm"), evening: plan("evening") };
}

function step(state: TrafficState, city: Sites<"traffic">, env: Environment, t: number): readonly Happening<"traffic">[] {
  const network = networkOf(city);
  state.crossings.forEach((crossing, k) => {
    crossing.plan = crossing.fault === null ? planNow(env, network.crossings[k]?.district ?? "", crossing.order) : "flash";
  });
  if (!state.begun) begin(state, network, env);
  else if (t % (demandSeconds * 1000) === 0) {
    for (const link of state.links) drift(link, demandSeconds);
    setDemand(network, state.links, env);
  }
  const preemptions = takePreemptions(state.emergencies, network, t);
  moveVehicles(state, network, env, { t, minute: Math.floor(t / minuteMs), preemptions });
  return preemptions.map((one) => toHappening(one, network));
}

interface Now {
  readonly t: number;
  readonly minute: number;
  readonly preemptions: readonly Preemption[];
}
function moveVehicles(state: TrafficState, network: Network, env: Environment, { t, minute, preemptions }: Now): void {
  const { links } = state;
  const { approaches } = network;
  const blockage = blockageOf(state, network);
  const arrivals = links.map((link, k) => {
    const { arrived, entered } = arrive(link, approaches[k]?.storage ?? 0, minute, blockage.more.get(k));
    state.entered += entered;
    return arrived;
  });
  const factors = weatherFactors(env);
  const heavies = heavyShare(env);
  network.crossings.forEach(({ first, end }, at) => {
    const crossing = state.crossings[at];
    if (crossing === undefined) return;
    const preempted = preemptions.find((one) => one.crossing === at);
    const lights = { main: lightFor(crossing, true, preempted), cross: lightFor(crossing, false, preempted) };
    for (let n = first; n < end; n++) {
      // Who goes first into a link that is almost full changes from minute to minute.
      const k = first + ((n + minute) % (end - first));
      const [link, approach, arrived = 0] = [links[k], approaches[k], arrivals[k]];
      if (link === undefined || approach === undefined) continue;
      const light = approach.main ? met(lights.main, progressionAt(state, approach, env)) : lights.cross;
      const saturation = approach.saturation * factors.capacity * (blockage.left.get(k) ?? 1);
      const waited = link.queue - arrived;
      const { passed, left } = discharge(link, approach, links, approaches, { green: light.green, saturation, minute });
      state.left += left;
      if (blockage.left.has(k) && link.queue > 0) noteHeldBack(state, approach.device, t);
      const speed = factors.speed * drivingSpeed(approach, link.demand);
      state.passed += passed;
      state.delay += record(link, approach, { arrived, passed, waited, light, saturation, speed, heavy: heavies * approach.heavy });
    }
  });
}

function lightFor(crossing: CrossingState, main: boolean, preempted: Preemption | undefined): Light {
  const plan = metPlan(crossing);
  const planned = (main ? plan.main : plan.cross) / plan.cycle;
  const green = preempted === undefined ? planned : preemptedGreen(planned, preempted.main === main, preempted.seconds);
  const coordinated = main && crossing.plan !== "flash" && crossing.plan !== "night";
  return { cycle: plan.cycle, green, progression: coordinated ? signals.progression : 1 };
}
/** The light as platoons meet it on one of its approaches: nearly always as the design has it. */
const met = (light: Light, progression: number): Light => (light.progression === progression ? light : { ...light, progression });

/** Share of stops that is left on a main road: where both crossings run the plan that was designed for them it is the design's. Nobody waits for platoons at night. */
function progressionAt({ crossings }: TrafficState, approach: Approach, env: Environment): number {
  const [up, down] = [crossings[approach.from], crossings[approach.crossing]];
  if (up === undefined || down === undefined) return 1;
  if (up.plan === down.plan && isDailyPlan(up.plan)) return up.plan === "night" ? 1 : signals.progression;
  if (runsAlone(up) || runsAlone(down)) return 1;
  const [from, to] = [timingOf(up), timingOf(down)];
  if (from === undefined || to === undefined) return 1;
  const word = designWord([down.plan, up.plan, planAt(env.hour, env.dayOff)]);
  const [designedFrom, designedTo] = [up.plans[word], down.plans[word]];
  // Cycles that differ drift past each other: platoons come at any time. Those of the design were tuned to each other on the street.
  const inStep = from.cycle === to.cycle || (from.cycle === designedFrom.cycle && to.cycle === designedTo.cycle);
  return progression(inStep ? greenFit(from, to, approach) : 0, greenFit(designedFrom, designedTo, approach));
}
const runsAlone = ({ plan }: CrossingState): boolean => plan === "flash" || plan === "night";
/** The design that a pair of crossings is held against: the first of these that coordinates. */
const designWord = (words: readonly PlanWord[]): DailyPlan =>
  words.find((word): word is DailyPlan => isDailyPlan(word) && word !== "night") ?? "evening";

/** Puts vehicles on the roads as they would be had the city lived before: on their way, and queues as random arrivals make them (d2). */
function begin(state: TrafficState, network: Network, env: Environment): void {
  state.begun = true;
  for (const link of state.links) link.slow = slow.sigma * normal(link.rng);
  setDemand(network, state.links, env);
  state.links.forEach((link, k) => {
    const approach = network.approaches[k];
    const crossing = state.crossings[approach?.crossing ?? -1];
    if (approach === undefined || crossing === undefined) return;
    const capacity = Math.max(1, 3600 * approach.saturation * lightFor(crossing, approach.main, undefined).green);
    const upstream = Math.max(0, link.demand / 60 - link.source);
    const first = Math.floor(env.t / minuteMs);
    for (let minute = 0; minute < approach.minutes; minute++) link.coming[(first + minute) % roads.longestMinutes] = poisson(link.rng, upstream);
    link.queue = Math.min(
      Math.floor(approach.storage / 2),
      Math.round((incrementalDelay(Math.min(1, link.demand / capacity), capacity) * link.demand) / 3600),
    );
    link.stock = link.queue + link.coming.reduce((sum, count) => sum + count, 0);
    state.entered += link.stock;
  });
}

/** Orders to a signal controller; it runs them from the next minute on, and says so at once. */
function obey(state: TrafficState, city: Sites<"traffic">, device: Device<"traffic">, { op, args }: Order, env: Environment): Obeyed<"traffic"> {
  const network = networkOf(city);
  const k = network.signalOf.get(device.id) ?? -1;
  const [crossing, place] = [state.crossings[k], network.crossings[k]];
  if (crossing === undefined || place === undefined) return { ok: false, reason: `${device.id} is no signal controller` };
  if (crossing.fault !== null) return { ok: false, reason: "the controller is out of order" };
  if (op === "timing") {
    const timing = { cycle: Number(args.cycle), main: Number(args.main), cross: Number(args.cross), offset: Number(args.offset) };
    const reason = whyNotTiming(timing, place.lanes);
    if (reason !== undefined) return { ok: false, reason };
    crossing.manual = timing;
    crossing.order = "manual";
  } else crossing.order = isDailyPlan(args.plan) ? args.plan : "auto";
  crossing.plan = planNow(env, place.district, crossing.order);
  return { ok: true, happenings: [], report: [device.id] };
}

function observe(state: TrafficState, city: Sites<"traffic">, device: Device<"traffic">, _env: Environment, _t: number): Truth<"traffic"> {
  const network = networkOf(city);
  const k = network.approachOf.get(device.id);
  if (k === undefined) return observeSignal(state.crossings[network.signalOf.get(device.id) ?? -1]);
  const [link, approach] = [state.links[k], network.approaches[k]];
  if (link === undefined || approach === undefined || link.seconds === 0) return {};
  const { volume, spent, seconds } = link;
  const { metres, lanes } = approach;
  const truth: Truth<"traffic"> = detect({ vehicles: volume, spent, seconds, metres, lanes });
  truth.volume = volume;
  truth.queue = Math.round(link.back);
  if (volume > 0) truth.hv = link.heavy / volume;
  link.volume = link.heavy = link.spent = link.back = link.seconds = 0;
  return truth;
}

/** A flashing controller runs no cycle: there is none to tell. */
function observeSignal(crossing: CrossingState | undefined): Truth<"traffic"> {
  if (crossing === undefined) return {};
  const timing = timingOf(crossing);
  if (timing === undefined) return { plan: "flash" };
  const { cycle, main, cross, offset } = timing;
  return { plan: crossing.plan, cycle, green_main: main, green_cross: cross, offset };
}
