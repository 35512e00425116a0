import { incidents } from "../../shared/services/manure/incidents.ts";
import { toLatLon, toPoint } from "../city/plane.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Order, Site, Sites, Truth } from "../model.ts";
import { createRng } from "../random.ts";
import { minuteMs, secondMs } from "./day-clock.ts";
import { incidentsBy, refused } from "./incidents.ts";
import { planDay } from "./manure/day-plan.ts";
import { isDumping, isUnloading, liveTruck } from "./manure/drive.ts";
import { manurePlays } from "./manure/incidents.ts";
import { astray, days, truck as fleet, flows } from "./manure/parameters.ts";
import { placeManure } from "./manure/place.ts";
import { offLine } from "./manure/route.ts";
import { type ManureState, type Tank, type Truck, tankOf, truckOf, within } from "./manure/state.ts";
import { fillTanks } from "./manure/tanks.ts";

const stepSeconds = 10;

/** Livestock manure: pits fill, trucks fetch, plant and fields take. */
export const manure: Model<"manure", ManureState> = {
  place: placeManure,
  stepSeconds,
  sensing: { load: { sd: 12, step: 10 }, speed: { sd: 0.5 }, fill: { sd: 0.002 } },
  init(city, seed) {
    const kindOf = ({ devices: [first] }: Site<"manure">) => first?.kind ?? "truck";
    return {
      seed,
      begun: false,
      tanks: city.sites.flatMap((site) => {
        const role = kindOf(site);
        return role === "truck" ? [] : [newTank(seed, site, role)];
      }),
      trucks: city.sites.filter((site) => kindOf(site) === "truck").map((site) => newTruck(seed, site)),
      planned: 0,
      rng: createRng(seed, "manure plan"),
      incidents: [],
      dumped: 0,
      overflowed: 0,
    };
  },
  step,
  obey,
  ...incidentsBy(incidents, manurePlays, (state, _city, env, t) => begin(state, env, t)),
  outcome: ({ dumped, overflowed }) => ({ dumped, overflowed }),
  observe,
};

function newTank(seed: number, { id, district, facts }: Site<"manure">, role: Tank["role"]): Tank {
  const { lat = 0, lon = 0, tank: holds = 100, radius = 100 } = facts;
  const rng = createRng(seed, `manure ${id}`);
  const tons = holds * within(rng, role === "farm" ? [0.38, 0.58] : [0.25, 0.5]);
  const daily = role === "farm" ? within(rng, flows.farm) : 0;
  return { ...{ id, role, district, at: toPoint({ lat, lon }), radius, holds, daily, tons }, ordered: false, extra: 0 };
}
function newTruck(seed: number, { id, facts }: Site<"manure">): Truck {
  const { lat = 0, lon = 0 } = facts;
  const rng = createRng(seed, `manure ${id}`);
  const at = toPoint({ lat, lon });
  return {
    ...{ id, home: at, at, rng, pace: within(rng, fleet.cruise) },
    ...{ phase: "idle", plan: [], farm: "", to: "", trips: 0, route: [], way: [], along: 0, moves: 0 },
    ...{ load: 0, target: 0, busyUntil: 0, pumped: false, astray: null, marked: { dump: 0, aside: 0, round: 0, drip: 0 } },
    ...{ dripping: 0, blind: false, answersAt: 0, gps: [0, 0] },
  };
}

/** A city that begins in the middle of a day has that day's later departures. */
function begin(state: ManureState, env: Environment, t: number): void {
  state.begun = true;
  planDay(state, env, t);
}

function step(state: ManureState, { streets }: Sites<"manure">, env: Environment, t: number): readonly Happening<"manure">[] {
  if (!state.begun) begin(state, env, t);
  if (env.day !== state.planned && env.hour >= days.planHour) planDay(state, env, t);
  const out: Happening<"manure">[] = [];
  if (t % minuteMs === 0) fillTanks(state, env, 1 / 60);
  for (const truck of state.trucks) liveTruck({ state, streets, env, t, seconds: stepSeconds, out }, truck);
  return out;
}

/** A driver is called; a farm gets the next truck that is free. */
function obey(state: ManureState, _city: Sites<"manure">, device: Device<"manure">, { op }: Order, _env: Environment, t: number): Obeyed<"manure"> {
  if (op === "call") {
    const truck = truckOf(state, device.id);
    if (truck === undefined) return refused(`no truck ${device.id}`);
    if (truck.phase === "idle") return refused("nobody is in the truck");
    if (truck.answersAt > 0) return refused("the driver is being called already");
    truck.answersAt = t + Math.round(within(truck.rng, astray.answers)) * secondMs;
    return { ok: true, happenings: [] };
  }
  const farm = tankOf(state, device.id);
  if (farm === undefined) return refused(`no pit ${device.id}`);
  if (farm.ordered || state.trucks.some(({ phase, farm: to }) => to === farm.id && (phase === "fetching" || phase === "loading")))
    return refused("a truck is on its way already");
  farm.ordered = true;
  return { ok: true, happenings: [] };
}

function observe(state: ManureState, _city: Sites<"manure">, device: Device<"manure">, _env: Environment, t: number): Truth<"manure"> {
  const tank = tankOf(state, device.id);
  if (tank !== undefined) return { fill: tank.tons / tank.holds };
  const truck = truckOf(state, device.id);
  if (truck === undefined) return {};
  const { at, gps, load, moves, phase, blind } = truck;
  const seen = [at[0] + gps[0], at[1] + gps[1]] as const;
  const { lat, lon } = toLatLon(seen);
  return {
    ...(blind ? {} : { pos: [lat, lon], off: phase === "idle" ? 0 : offLine(truck.route, seen) }),
    load,
    speed: moves * 3.6,
    valve: isUnloading(truck, t) || isDumping(truck),
    engine: phase !== "idle",
    trip: phase,
    gps: !blind,
  };
}
