import { lengthOf, type Point } from "../../city/plane.ts";
import type { StreetGraph } from "../../city/street-graph.ts";
import type { Environment } from "../../environment/environment.ts";
import type { Happening } from "../../model.ts";
import { normal, uniform } from "../../random.ts";
import { secondMs } from "../day-clock.ts";
import { pseudonym } from "../pseudonym.ts";
import { turnOff } from "./astray.ts";
import { destinationOf, dueFarm, orderedFarm } from "./day-plan.ts";
import { truck as fleet } from "./parameters.ts";
import { pointAlong, routeBetween } from "./route.ts";
import { type ManureState, type Tank, type Truck, tankOf, within } from "./state.ts";

export interface Scene {
  readonly state: ManureState;
  readonly streets: StreetGraph;
  readonly env: Environment;
  readonly t: number;
  readonly seconds: number;
  readonly out: Happening<"manure">[];
}

/** One step of one truck through its trip. */
export function liveTruck(scene: Scene, truck: Truck): void {
  const { t } = scene;
  truck.moves = 0;
  if (truck.answersAt > 0 && truck.answersAt <= t) answer(scene, truck);
  if (truck.phase === "idle") leave(scene, truck);
  else if (truck.phase === "loading" || truck.phase === "unloading") handle(scene, truck);
  else drive(scene, truck);
}

function leave({ state, streets, t }: Scene, truck: Truck): void {
  const farm = orderedFarm(state) ?? dueFarm(state, truck, t);
  if (farm === undefined) return;
  farm.ordered = false;
  truck.farm = farm.id;
  truck.trips += 1;
  setOut(truck, "fetching", farm.at, streets);
}
function setOut(truck: Truck, phase: Truck["phase"], to: Point, streets: StreetGraph): void {
  truck.phase = phase;
  truck.route = routeBetween(streets, truck.at, to);
  truck.way = truck.route;
  truck.along = 0;
}

function drive(scene: Scene, truck: Truck): void {
  const { state, env, t, seconds } = scene;
  turnOff(state, truck);
  wander(truck);
  if (letsOut(scene, truck)) return;
  const [waits, haste] = [uniform(truck.rng) < fleet.halts, 0.85 + 0.3 * uniform(truck.rng)];
  const wet = 1 - fleet.rainLoss * Math.min(1, env.rainMean / 20);
  truck.moves = waits ? 0 : (truck.pace * haste * wet) / 3.6;
  truck.along += truck.moves * seconds;
  // the step ends where the valve opens
  if (truck.astray !== null && truck.astray.left > 0) truck.along = Math.min(truck.along, truck.astray.spotAt);
  truck.load = Math.max(0, truck.load - truck.dripping * seconds);
  truck.at = pointAlong(truck.way, truck.along);
  if (truck.along >= lengthOf(truck.way)) arrive(truck, t);
}

/** The error of a receiver creeps from step to step. */
function wander(truck: Truck): void {
  const drift = (old: number): number => 0.9 * old + 0.44 * fleet.gpsError * normal(truck.rng);
  truck.gps = [drift(truck.gps[0]), drift(truck.gps[1])];
}

/** It stands at its spot; the step that brought it there has moved it. */
export const isDumping = ({ astray: off, along, load, moves }: Truck): boolean =>
  off !== null && off.left > 0 && along >= off.spotAt && load > 0 && moves === 0;

function letsOut({ state, seconds }: Scene, truck: Truck): boolean {
  const off = truck.astray;
  if (off === null || !isDumping(truck)) return false;
  const kg = Math.min(fleet.dumps * seconds, off.left, truck.load);
  off.left -= kg;
  truck.load -= kg;
  state.dumped += kg;
  return true;
}

function arrive(truck: Truck, t: number): void {
  truck.moves = 0;
  truck.astray = null;
  truck.dripping = 0;
  truck.pumped = false;
  if (truck.phase === "returning") truck.phase = "idle";
  else {
    truck.phase = truck.phase === "fetching" ? "loading" : "unloading";
    // what the slip will say: as much as is to be loaded, or what has arrived
    truck.target = truck.phase === "loading" ? fleet.capacity * within(truck.rng, fleet.filled) : truck.load;
    truck.busyUntil = handled(truck, t);
  }
}
const handled = (truck: Truck, t: number): number => t + Math.round(within(truck.rng, fleet.handling)) * secondMs;
export const isUnloading = ({ phase, busyUntil, pumped }: Truck, t: number): boolean => phase === "unloading" && !pumped && t >= busyUntil;

/** Hoses and papers, pumping, hoses and papers. */
function handle(scene: Scene, truck: Truck): void {
  wander(truck);
  if (scene.t < truck.busyUntil) return;
  const tank = tankOf(scene.state, truck.phase === "loading" ? truck.farm : truck.to);
  if (truck.pumped || tank === undefined) handOn(scene, truck);
  else pump(scene, truck, tank);
}

function pump(scene: Scene, truck: Truck, tank: Tank): void {
  const { t, seconds } = scene;
  const loads = truck.phase === "loading";
  const kg = loads ? Math.min(fleet.loads * seconds, truck.target - truck.load, tank.tons * 1000) : -Math.min(fleet.unloads * seconds, truck.load);
  truck.load += kg;
  tank.tons -= kg / 1000;
  if (loads ? truck.load < truck.target - 1 && tank.tons > 0.001 : truck.load > 0) return;
  truck.pumped = true;
  truck.busyUntil = handled(truck, t);
  slip(scene, truck, tank);
}

/** Giver and taker sign; the slip has a number and says what the scale says. */
function slip({ state, t, out }: Scene, truck: Truck, tank: Tank): void {
  const doc = pseudonym(state.seed, "slip", `${truck.id} ${truck.trips}`);
  const loads = truck.phase === "loading";
  const kg = Math.round(loads ? truck.load : truck.target);
  if (!loads) {
    out.push({ t, device: truck.id, event: "unloaded", x: { doc, kg }, report: [truck.id] });
    return;
  }
  out.push({ t, device: truck.id, event: "loaded", x: { doc, kg }, report: [truck.id] });
  out.push({ t, device: tank.id, event: "fetched", x: { kg }, report: [tank.id] });
}

function handOn({ state, streets, env }: Scene, truck: Truck): void {
  if (truck.phase === "unloading") {
    setOut(truck, "returning", truck.home, streets);
    return;
  }
  const to = destinationOf(state, env, uniform(truck.rng));
  truck.to = to?.id ?? "";
  setOut(truck, "carrying", to?.at ?? truck.home, streets);
}

/** Who is asked while he lets something out, or is about to, shuts the valve. */
function answer({ t, out }: Scene, truck: Truck): void {
  truck.answersAt = 0;
  const off = truck.astray;
  const says = off === null ? "usual" : off.how === "dump" && off.left > 0 ? "stops" : "detour";
  if (off !== null) off.left = 0;
  out.push({ t, device: truck.id, event: "answered", x: { says }, report: [truck.id] });
}
