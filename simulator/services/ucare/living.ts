import type { Environment } from "../../environment/environment.ts";
import type { Happening } from "../../model.ts";
import { exponential, lognormal, type Rng, uniform } from "../../random.ts";
import { dayMs, hourAt, hourMs, minuteMs, secondMs, wholeSecond } from "../day-clock.ts";
import { doors, falls, gas } from "./parameters.ts";
import { boutSize, doorTime, dwell, nextActivity, nextBout, weakened } from "./routine.ts";
import { type CareState, type Home, never, rareTime } from "./state.ts";

export function move(home: Home, t: number): void {
  const size = boutSize(home.rng, home.person, home.activity);
  home.act = Math.min(600, home.act + (home.weak === null ? size : weakened(home.weak, size, t)));
  home.lastMotion = t;
  home.bout = nextBout(home.rng, home.person, home.activity, home.visitor, t) ?? never;
}

/** The resident turns to something else; leaving and coming home use the door. */
export function turn(home: Home, env: Environment, t: number, out: Happening<"ucare">[]): void {
  const before = home.activity;
  if (home.visitor && before !== "cook") home.activity = before === "rest" ? "toilet" : "rest";
  else home.activity = nextActivity(home.rng, home.person, env, t, before);
  // Changing rooms moves something: counted before the door opens, so that the hub can tell going out from coming home.
  if (before !== "out") move(home, t - secondMs);
  if (before === "out" || home.activity === "out") door(home, "open", t, out);
  home.until = t + dwell(home.rng, home.person, home.activity);
  home.burner = home.activity === "cook" ? gas.cooking[0] + (gas.cooking[1] - gas.cooking[0]) * uniform(home.rng) : 0;
  home.bout =
    home.activity === "out"
      ? never
      : before === "out"
        ? t + 20 * secondMs
        : (nextBout(home.rng, home.person, home.activity, home.visitor, t) ?? never);
}

export function door(home: Home, to: "open" | "closed", t: number, out: Happening<"ucare">[]): void {
  home.lastDoor = t;
  home.doorCloses = to === "open" ? t + doorTime(home.rng) : never;
  out.push({ t, device: home.id, event: "door", x: { to } });
}

/** A visitor comes when the resident is up and at home, by day; or the one who is here leaves. */
export function receive(state: CareState, home: Home, env: Environment, t: number, out: Happening<"ucare">[]): void {
  const hour = hourAt(env, t);
  const welcome =
    home.down === 0 && hour >= doors.visitHours[0] && hour < doors.visitHours[1] && home.activity !== "out" && home.activity !== "sleep";
  if (home.doorCloses !== never) {
    home.visit = t + minuteMs;
  } else if (home.visitor) {
    home.visitor = false;
    door(home, "open", t, out);
    home.visit = nextVisit(home.rng, t);
    if (home.farewell > 0) fallAtTheDoor(state, home, t);
  } else if (welcome) {
    home.visitor = true;
    door(home, "open", t, out);
    home.bout = t + 20 * secondMs;
    home.visit = wholeSecond(t + minuteMs + lognormal(home.rng, doors.visitMedianMinutes, doors.visitSigma) * minuteMs);
  } else home.visit = nextVisit(home.rng, t);
}
export const nextVisit = (rng: Rng, t: number): number => wholeSecond(t + hourMs + exponential(rng, dayMs / doors.visitsPerDay / 3));

/** Somebody who is up and at home, and alone, falls; and lies there without a movement that a sensor sees. */
export function fall(state: CareState, home: Home, t: number): void {
  const may = home.down === 0 && !home.visitor && home.activity !== "out" && home.activity !== "sleep" && home.activity !== "nap";
  home.fall = may ? rareTime(home.rng, t, falls.perYear) : t + hourMs;
  if (!may) return;
  const [least, most] = falls.hours;
  const hours = Math.min(most, Math.max(least, lognormal(home.rng, falls.medianHours, falls.sigma)));
  goDown(home, t, hours * hourMs);
  needHelp(state, home, t);
}

/** On the floor for so many ms, when nobody helps. */
export function goDown(home: Home, t: number, ms: number): void {
  home.down = wholeSecond(t + ms);
  home.until = home.down;
  home.bout = never;
  home.burner = 0;
}
/** From now on somebody should come. */
export function needHelp(state: CareState, home: Home, t: number): void {
  if (home.need > 0) return;
  home.need = t;
  state.needs += 1;
}

/** Back on the feet, by oneself or with somebody's help. */
export function getUp(home: Home, t: number): void {
  home.down = 0;
  home.speaks = false;
  home.need = 0;
  home.activity = "rest";
  move(home, t);
  home.until = t + dwell(home.rng, home.person, "rest");
}

/** Whoever sees the visitor off falls behind the door: nothing moves after it has closed, as if the resident had gone along. */
function fallAtTheDoor(state: CareState, home: Home, t: number): void {
  goDown(home, t, home.farewell);
  needHelp(state, home, t);
  home.farewell = 0;
}
