import { incidents } from "../../shared/services/foodwaste/incidents.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Order, Sites, Truth } from "../model.ts";
import { createRng, uniform } from "../random.ts";
import { dayMs, minuteMs, secondMs, wholeSecond } from "./day-clock.ts";
import { burn, cellError, restTemperature, warm } from "./foodwaste/bin.ts";
import { nextRound, stops } from "./foodwaste/collection.ts";
import { dropGrams } from "./foodwaste/deposits.ts";
import { wastePlays } from "./foodwaste/incidents.ts";
import { atTheLid, minutesIn, nextPerson } from "./foodwaste/lid.ts";
import { deposits, routes } from "./foodwaste/parameters.ts";
import { placeUnits } from "./foodwaste/place.ts";
import { load, type Unit, type WasteState } from "./foodwaste/state.ts";
import { incidentsBy } from "./incidents.ts";

const stepSeconds = 10;
/** The bin follows the air within hours: once a minute is fine enough. */
const warmSeconds = 60;

type Out = Happening<"foodwaste">[];

/** RFID food-waste units: people bring, the scale weighs, the truck takes. */
export const foodwaste: Model<"foodwaste", WasteState> = {
  place: placeUnits,
  stepSeconds,
  sensing: { gross: { sd: 0.015, step: 0.05 }, fill: { sd: 0.002 }, temp: { sd: 0.15 } },
  init,
  step,
  obey,
  ...incidentsBy(incidents, wastePlays, (state, _city, env, t) => begin(state, env, t)),
  outcome: ({ overfilled }) => ({ overfilled }),
  observe,
};

function init(city: Sites<"foodwaste">, seed: number, start: number): WasteState {
  const units = city.sites.map((site): Unit => {
    const { households = 65, capacity = 100, tare = 14, rate = 100 } = site.facts;
    const rng = createRng(seed, `foodwaste ${site.id}`);
    const fixed = { id: site.devices[0]?.id ?? site.id, district: site.district, households, capacity, tare, rate, rng };
    const scale = { net: 0, netBefore: 0, changed: start, temp: 15, taredAt: start, tareTemp: 15, tareDue: 0 };
    return {
      ...fixed,
      ...scale,
      lidOpened: 0,
      lidCloses: 0,
      dropping: 0,
      household: 0,
      round: start,
      called: 0,
      ...{ locked: false, jammed: false, ajar: false, burns: 0 },
      ...{ back: [], crowd: [] },
      emptiedAt: start,
    };
  });
  const indexOf = Object.fromEntries(units.map((unit, i) => [unit.id, i]));
  return { seed, begun: false, units, nextVisit: units.map(() => start), nextTruck: units.map(() => start), indexOf, incidents: [], overfilled: 0 };
}

function step(state: WasteState, _city: Sites<"foodwaste">, env: Environment, t: number): readonly Happening<"foodwaste">[] {
  if (!state.begun) begin(state, env, t);
  const out: Out = [];
  const warms = t % (warmSeconds * secondMs) === 0;
  for (let i = 0; i < state.units.length; i++) {
    const unit = state.units[i];
    if (unit === undefined) continue;
    for (let due = state.nextVisit[i] ?? t; due <= t; due = state.nextVisit[i] ?? t + 1) state.nextVisit[i] = atTheLid(state, unit, env, due, out);
    for (let due = state.nextTruck[i] ?? t; due <= t; due = state.nextTruck[i] ?? t + 1) state.nextTruck[i] = atTheTruck(unit, i, env, due, out);
    if (!warms) continue;
    const hours = warmSeconds / 3600;
    const rest = restTemperature(env, unit.net / 1000 / unit.capacity, unit.temp);
    unit.temp = unit.burns > 0 ? burn(unit.temp, unit.burns, hours) : warm(unit.temp, rest, hours);
    state.overfilled += Math.max(0, unit.net / 1000 - unit.capacity) * hours;
  }
  return out.length > 1 ? out.sort((a, b) => a.t - b.t) : out;
}

/** The truck passes and may stop, or the scale is set to zero after it. */
function atTheTruck(unit: Unit, index: number, env: Environment, t: number, out: Out): number {
  if (unit.tareDue > 0) {
    unit.tareDue = 0;
    unit.taredAt = t;
    unit.tareTemp = unit.temp;
    out.push({ t, device: unit.id, event: "tare", x: {}, report: [unit.id] });
    return nextTruck(unit);
  }
  if (unit.called > 0 && unit.called <= t) return serve(unit, t, out);
  unit.round = nextRound(unit.rng, index, env, t);
  const net = unit.net / 1000;
  const daysSince = Math.round((t - unit.emptiedAt) / dayMs);
  const { households, capacity } = unit;
  if (unit.dropping > 0 || !stops({ weekday: env.weekday, daysSince, net, households, capacity })) return nextTruck(unit);
  return empty(unit, t, out);
}
const nextTruck = (unit: Unit): number => (unit.called > 0 ? Math.min(unit.called, unit.round) : unit.round);

/** The truck that was called waits while somebody stands at the lid. */
function serve(unit: Unit, t: number, out: Out): number {
  if (unit.dropping > 0) {
    unit.called = t + minuteMs;
    return nextTruck(unit);
  }
  unit.called = 0;
  return empty(unit, t, out);
}

function empty(unit: Unit, t: number, out: Out): number {
  const [least, most] = routes.residueGrams;
  const residue = Math.min(unit.net, 50 * Math.round((least + (most - least) * uniform(unit.rng)) / 50));
  const taken = unit.net - residue;
  load(unit, residue, t);
  unit.emptiedAt = t;
  out.push({ t, device: unit.id, event: "emptied", x: { kg: taken / 1000 }, report: [unit.id] });
  const [soonest, latest] = routes.tareSeconds;
  unit.tareDue = t + Math.round(soonest + (latest - soonest) * uniform(unit.rng)) * secondMs;
  return unit.tareDue;
}

/** Fills the bins as the days since their last emptying would have: up to two of them. */
function begin(state: WasteState, env: Environment, t: number): void {
  state.begun = true;
  state.units.forEach((unit, i) => {
    unit.round = nextRound(unit.rng, i, env, t);
    const days = (t - (unit.round - dayMs)) / dayMs + (uniform(unit.rng) < 0.6 ? 1 : 0);
    unit.emptiedAt = wholeSecond(t - days * dayMs);
    unit.taredAt = unit.emptiedAt;
    const drops = Math.round(days * unit.households * deposits.perHouseholdDay * (0.8 + 0.4 * uniform(unit.rng)));
    for (let n = 0; n < drops; n++) unit.net += dropGrams(unit.rng, env);
    unit.net = Math.min(unit.net, 900 * unit.capacity);
    unit.netBefore = unit.net;
    unit.temp = restTemperature(env, unit.net / 1000 / unit.capacity, env.temp);
    unit.tareTemp = unit.temp;
    state.nextVisit[i] = nextPerson(unit, t);
    state.nextTruck[i] = nextTruck(unit);
  });
}

/** A truck outside its round; a lid that opens for nobody. Who stands at an open lid finishes first. */
function obey(
  state: WasteState,
  _city: Sites<"foodwaste">,
  device: Device<"foodwaste">,
  { op }: Order,
  _env: Environment,
  t: number,
): Obeyed<"foodwaste"> {
  const i = state.indexOf[device.id] ?? -1;
  const unit = state.units[i];
  if (unit === undefined) return { ok: false, reason: `no unit ${device.id}` };
  if (op === "unlock" && unit.jammed) return { ok: false, reason: "the lock is jammed" };
  if (op !== "collect") {
    unit.locked = op === "lock";
    return { ok: true, happenings: [], report: [unit.id] };
  }
  if (unit.called > 0) return { ok: false, reason: "a truck is on its way already" };
  unit.called = t + minutesIn(unit, routes.calledMinutes);
  // a scale that is about to be set to zero comes first, and hands over to the truck
  if (unit.tareDue === 0) state.nextTruck[i] = nextTruck(unit);
  return { ok: true, happenings: [] };
}

function observe(state: WasteState, _city: Sites<"foodwaste">, device: Device<"foodwaste">, env: Environment, t: number): Truth<"foodwaste"> {
  // in the first seconds of a run, before the first step
  if (!state.begun) begin(state, env, t);
  const unit = state.units[state.indexOf[device.id] ?? -1];
  if (unit === undefined) return {};
  const net = (t < unit.changed ? unit.netBefore : unit.net) / 1000;
  const error = cellError(net, Math.max(0, t - unit.taredAt), unit.temp, unit.tareTemp);
  return {
    gross: unit.tare + net + error,
    fill: Math.min(1.5, net / unit.capacity),
    temp: unit.temp,
    lid: unit.ajar || (t >= unit.lidOpened && t < unit.lidCloses),
    lock: unit.locked,
  };
}
