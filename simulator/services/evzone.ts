import { incidents } from "../../shared/services/evzone/incidents.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Order, Sites, Truth } from "../model.ts";
import { createRng, exponential, lognormal } from "../random.ts";
import { dayMs, hourMs, minuteMs, wholeSecond } from "./day-clock.ts";
import { changeStatus } from "./evzone/charge-point.ts";
import { chargePower, socGain } from "./evzone/charging.ts";
import { advance, leaveLater, stepSeconds } from "./evzone/driver.ts";
import { evzonePlays } from "./evzone/incidents.ts";
import { faults, meters, zoneKinds } from "./evzone/parameters.ts";
import { placeZones } from "./evzone/place.ts";
import { type Bay, type EvState, isBlocked } from "./evzone/state.ts";
import { ask, drawArrival, nextCandidate, type Stay, warningNumber } from "./evzone/stay.ts";
import { incidentsBy } from "./incidents.ts";
import { pseudonym } from "./pseudonym.ts";

const warmUpHours = 60;

/** Charging zones: cars come and go, plug in, charge, overstay; some have no business there. */
export const evzone: Model<"evzone", EvState> = {
  place: placeZones,
  stepSeconds,
  sensing: { power: { relative: 0.004 }, energy: {}, soc: {} },
  init,
  step,
  obey,
  ...incidentsBy(incidents, evzonePlays, (state, _city, env, t) => begin(state, env, t)),
  outcome: ({ blocked }) => ({ blocked }),
  observe,
};

function init(city: Sites<"evzone">, seed: number, start: number): EvState {
  const bays: Bay[] = [];
  const indexOf: Record<string, number> = {};
  for (const site of city.sites) {
    const chargers = new Map(site.devices.filter((device) => device.kind === "charger").map((device) => [device.meta.constants?.number, device]));
    for (const device of site.devices) {
      const charger = chargers.get(device.meta.constants?.number);
      if (device.kind !== "bay" || charger === undefined) continue;
      const rng = createRng(seed, `evzone ${device.id}`);
      indexOf[device.id] = bays.length;
      indexOf[charger.id] = bays.length;
      bays.push({
        id: device.id,
        charger: charger.id,
        district: site.district,
        kind: zoneKinds[site.facts.kind ?? 1] ?? "public",
        fast: device.meta.constants?.fast === 1,
        lure: site.facts.lure ?? 1,
        rated: charger.meta.constants?.rated ?? 7,
        rng,
        stay: null,
        turned: start,
        previous: null,
        light: false,
        cp: "Available",
        before: "Available",
        since: start,
        power: 0,
        energy: lognormal(rng, meters.median, meters.sigma),
        faultAt: wholeSecond(start + exponential(rng, dayMs / faults.perChargerDay)),
      });
    }
  }
  return { seed, begun: false, bays, next: bays.map(() => start), indexOf, incidents: [], blocked: 0 };
}

function step(state: EvState, _city: Sites<"evzone">, env: Environment, t: number): readonly Happening<"evzone">[] {
  if (!state.begun) begin(state, env, t);
  const happenings: Happening<"evzone">[] = [];
  for (let i = 0; i < state.bays.length; i++) {
    const bay = state.bays[i];
    if (bay === undefined) continue;
    if (bay.faultAt <= t) breakOrRepair(bay);
    for (let due = state.next[i] ?? t; due <= t; due = state.next[i] ?? t + 1) state.next[i] = advance(state, bay, env, due, happenings);
    if (bay.cp === "Charging" || bay.cp === "SuspendedEVSE") charge(bay, env, t);
    else bay.power = 0;
  }
  if (t % minuteMs === 0) for (const bay of state.bays) if (isBlocked(bay, t)) state.blocked += 1;
  return happenings.sort((a, b) => a.t - b.t);
}

/** One step of charging: power from the state of charge, register and battery from the power. */
function charge(bay: Bay, env: Environment, t: number): void {
  const stay = bay.stay;
  if (stay === null) return;
  const dark = env.powerCut.has(bay.district);
  if (dark !== (bay.cp === "SuspendedEVSE")) changeStatus(bay, dark ? "SuspendedEVSE" : "Charging", t);
  bay.power = 0;
  if (dark) return;
  const connection = { rated: bay.rated, fast: bay.fast, onboard: stay.onboard, battery: stay.battery, soc: stay.soc };
  bay.power = chargePower(connection);
  bay.energy += (bay.power * stepSeconds) / 3600;
  stay.soc = Math.min(1, stay.soc + socGain(connection, bay.power, stepSeconds / 3600));
  if (stay.soc >= stay.target) changeStatus(bay, "SuspendedEV", t);
}

function breakOrRepair(bay: Bay): void {
  const t = bay.faultAt;
  if (bay.cp === "Faulted") {
    changeStatus(bay, bay.stay?.stage === "connected" ? "Charging" : "Available", t);
    bay.faultAt = wholeSecond(t + exponential(bay.rng, dayMs / faults.perChargerDay));
    return;
  }
  const exposed = bay.cp === "Available" || bay.cp === "Charging";
  if (exposed) changeStatus(bay, "Faulted", t);
  const minutes = exposed ? lognormal(bay.rng, faults.medianMinutes, faults.sigma) : 10;
  bay.faultAt = wholeSecond(t + Math.max(1, minutes) * minuteMs);
}

/** Fills the bays as some 60 h of coming and going would have. */
function begin(state: EvState, env: Environment, t: number): void {
  state.begun = true;
  state.bays.forEach((bay, i) => {
    let at = nextCandidate(bay.rng, bay, t - warmUpHours * hourMs);
    while (at < t && bay.stay === null) {
      const stay = drawArrival(bay.rng, bay, env, at, () => pseudonym(state.seed, `day ${env.day}`, `${bay.id} ${at}`));
      if (stay !== undefined && stay.leave > t) bay.stay = stay;
      else at = nextCandidate(bay.rng, bay, stay?.leave ?? at);
    }
    bay.turned = bay.stay === null ? t : at;
    state.next[i] = bay.stay === null ? at : resume(bay, bay.stay, t);
  });
}

/** Puts a car that came before the run where it would be by now. */
function resume(bay: Bay, stay: Stay, t: number): number {
  if (stay.stage === "intruding") return stay.leave;
  if (stay.stage !== "parked" || stay.stop <= t) return leaveLater(stay);
  const connection = { rated: bay.rated, fast: bay.fast, onboard: stay.onboard, battery: stay.battery, soc: stay.soc };
  const gained = socGain(connection, chargePower(connection), (t - stay.since) / hourMs);
  stay.soc = Math.min(stay.target, stay.soc + gained);
  stay.stage = "connected";
  bay.cp = stay.soc < stay.target ? "Charging" : "SuspendedEV";
  return stay.stop;
}

/** Voice and light at a bay. */
function obey(state: EvState, _city: Sites<"evzone">, device: Device<"evzone">, { op }: Order, _env: Environment, t: number): Obeyed<"evzone"> {
  const i = state.indexOf[device.id] ?? -1;
  const bay = state.bays[i];
  if (bay === undefined) return { ok: false, reason: `no bay ${device.id}` };
  if (op === "light-off") bay.light = false;
  else if (bay.stay === null) return { ok: false, reason: "the bay is free" };
  else if (op === "light") bay.light = true;
  else {
    ask(bay.rng, bay.stay, t);
    if (bay.stay.stage === "intruding") state.next[i] = Math.min(state.next[i] ?? t, bay.stay.leave);
    return { ok: true, happenings: [{ t, device: bay.id, event: "warn", x: { n: warningNumber(bay.stay) } }] };
  }
  return { ok: true, happenings: [], report: [bay.id] };
}

function observe(state: EvState, _city: Sites<"evzone">, device: Device<"evzone">, env: Environment, t: number): Truth<"evzone"> {
  // in the first seconds of a run, before the first step
  if (!state.begun) begin(state, env, t);
  const bay = state.bays[state.indexOf[device.id] ?? -1];
  if (bay === undefined) return {};
  if (device.kind === "bay") {
    const stay = t < bay.turned ? bay.previous : bay.stay;
    return { occupied: stay !== null, vehicle: stay?.class ?? "none", light: bay.light };
  }
  const cp = t < bay.since ? bay.before : bay.cp;
  const truth: Truth<"evzone"> = { cp, power: bay.power, energy: bay.energy };
  if (bay.fast && bay.stay !== null && ["Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"].includes(cp)) truth.soc = bay.stay.soc * 100;
  return truth;
}
