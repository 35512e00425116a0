import type { Environment } from "../../environment/environment.ts";
import type { Happening } from "../../model.ts";
import type { Rng } from "../../random.ts";
import { secondMs } from "../day-clock.ts";
import { pseudonym } from "../pseudonym.ts";
import { changeStatus } from "./charge-point.ts";
import { cars } from "./parameters.ts";
import type { Bay, EvState } from "./state.ts";
import { between, drawArrival, nextCandidate, nextWarning, type Stay, warningNumber } from "./stay.ts";

/** City seconds between two looks at a bay. */
export const stepSeconds = 10;

/** The next thing that a driver does; returns the instant of the one after it. */
export function advance(state: EvState, bay: Bay, env: Environment, t: number, out: Happening<"evzone">[]): number {
  const { stay, rng } = bay;
  if (stay === null) return arrive(state, bay, env, t, out);
  switch (stay.stage) {
    case "parked":
      if (bay.cp !== "Available") return leaveLater(stay);
      changeStatus(bay, "Preparing", t);
      stay.stage = "authorising";
      return t + between(rng, cars.authoriseSeconds);
    case "authorising":
      changeStatus(bay, "Charging", t);
      stay.stage = "connected";
      return Math.max(stay.stop, t + stepSeconds * secondMs);
    case "connected":
      if (bay.cp === "Faulted") return leaveLater(stay);
      changeStatus(bay, "Finishing", t);
      stay.stage = "unplugging";
      return t + between(rng, cars.unplugSeconds);
    case "unplugging":
      changeStatus(bay, "Available", t);
      stay.leave = Math.max(stay.leave, t + stepSeconds * secondMs);
      return leaveLater(stay);
    case "intruding":
      if (t < stay.leave) return warn(bay, stay, t, out);
      return leave(bay, stay, t, out);
    default:
      return leave(bay, stay, t, out);
  }
}

function arrive(state: EvState, bay: Bay, env: Environment, t: number, out: Happening<"evzone">[]): number {
  const stay = drawArrival(bay.rng, bay, env, t, () => pseudonym(state.seed, `day ${env.day}`, `${bay.id} ${t}`));
  if (stay === undefined) return nextCandidate(bay.rng, bay, t);
  out.push(comeIn(bay, stay, t));
  return nextOf(bay.rng, stay, t);
}

/** The car stands in the bay, and the zone tells it. */
export function comeIn(bay: Bay, stay: Stay, t: number): Happening<"evzone"> {
  bay.stay = stay;
  bay.previous = null;
  bay.turned = t;
  return { t, device: bay.id, event: "in", x: { class: stay.class, token: stay.token }, report: [bay.id] };
}
/** When something is next to be seen of a car that has just come. */
export function nextOf(rng: Rng, stay: Stay, t: number): number {
  if (stay.stage === "parked") return t + between(rng, cars.plugSeconds);
  return stay.stage === "intruding" ? nextWarning(stay) : stay.leave;
}

function warn(bay: Bay, stay: Stay, t: number, out: Happening<"evzone">[]): number {
  stay.warned += 1;
  out.push({ t, device: bay.id, event: "warn", x: { n: warningNumber(stay) } });
  return nextWarning(stay);
}

export function leaveLater(stay: Stay): number {
  stay.stage = "leaving";
  return stay.leave;
}

function leave(bay: Bay, stay: Stay, t: number, out: Happening<"evzone">[]): number {
  bay.stay = null;
  bay.light = false;
  bay.previous = stay;
  bay.turned = t;
  out.push({ t, device: bay.id, event: "out", x: { dwell: (t - stay.since) / secondMs }, report: [bay.id, bay.charger] });
  return nextCandidate(bay.rng, bay, t);
}
