import { incidents } from "../../shared/services/ucare/incidents.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Sites, Truth } from "../model.ts";
import { createRng, uniform } from "../random.ts";
import { dayMs, hourMs, secondMs, wholeSecond } from "./day-clock.ts";
import { incidentsBy } from "./incidents.ts";
import { air, climateSeconds } from "./ucare/air.ts";
import { answerCall, lookIn, obey } from "./ucare/help.ts";
import { carePlays } from "./ucare/incidents.ts";
import { door, fall, getUp, move, needHelp, nextVisit, receive, turn } from "./ucare/living.ts";
import { climate, falls, gas, habits, need, rare } from "./ucare/parameters.ts";
import { placeHomes } from "./ucare/place.ts";
import { drawComfort, enduredTemperature, roomHumidity, roomLight } from "./ucare/rooms.ts";
import { drawPerson, dwell, isAway, nextBout, ownHour } from "./ucare/routine.ts";
import { type CareState, type Home, never, rareTime, soonest } from "./ucare/state.ts";

const stepSeconds = 10;
type Out = Happening<"ucare">[];

/** Homes of people who live alone: a day of rooms, meals, nights and outings, as the hub's few sensors see it. */
export const ucare: Model<"ucare", CareState> = {
  place: placeHomes,
  stepSeconds,
  sensing: { temp: { sd: 0.08 }, hum: { sd: 0.8 }, lux: { relative: 0.05 }, gas: { sd: 2 } },
  init,
  step,
  obey,
  ...incidentsBy(incidents, carePlays, (state, _city, env, t) => begin(state, env, t)),
  outcome: ({ waited, needs }) => ({ waited, needs }),
  observe,
};

function init(city: Sites<"ucare">, seed: number, start: number): CareState {
  const homes = city.sites.map((site): Home => {
    const rng = createRng(seed, `ucare ${site.id}`);
    const fixed = { id: site.devices[0]?.id ?? site.id, district: site.district, rng, person: drawPerson(rng), comfort: drawComfort(rng) };
    const plans = { until: start, bout: never, doorCloses: never, visit: never };
    const trouble = { button: rareTime(rng, start, rare.button), fire: rareTime(rng, start, rare.fire), leaks: rareTime(rng, start, rare.leak) };
    const room = {
      down: 0,
      needy: 0,
      rings: never,
      says: "none" as const,
      worker: never,
      fall: rareTime(createRng(seed, `ucare fall ${site.id}`), start, falls.perYear),
    };
    const air = { temp: fixed.comfort.heat, gas: gas.background, burner: 0, leak: 0, heat: null, cold: false };
    const harm = { need: 0, speaks: false, farewell: 0, weak: null };
    return {
      ...fixed,
      ...plans,
      ...trouble,
      ...room,
      ...air,
      ...harm,
      activity: "rest",
      visitor: false,
      act: 0,
      lastMotion: start,
      lastDoor: start - dayMs,
    };
  });
  const indexOf = Object.fromEntries(homes.map((home, i) => [home.id, i]));
  return { begun: false, homes, next: homes.map(() => start), indexOf, incidents: [], waited: 0, needs: 0 };
}

function step(state: CareState, _city: Sites<"ucare">, env: Environment, t: number): readonly Happening<"ucare">[] {
  if (!state.begun) begin(state, env, t);
  const out: Out = [];
  const airs = t % (climateSeconds * secondMs) === 0;
  for (let i = 0; i < state.homes.length; i++) {
    const home = state.homes[i];
    if (home === undefined) continue;
    for (let due = state.next[i] ?? t; due <= t; due = state.next[i] ?? t + 1) {
      live(state, home, env, due, out);
      state.next[i] = soonest(home);
    }
    if (!airs) continue;
    air(home, env, t, out);
    wait(state, home, t);
  }
  return out.length > 1 ? out.sort((a, b) => a.t - b.t) : out;
}

/** Everything that is planned for this instant. */
function live(state: CareState, home: Home, env: Environment, t: number, out: Out): void {
  if (home.doorCloses <= t) door(home, "closed", t, out);
  if (home.bout <= t) move(home, t);
  if (home.rings <= t) answerCall(home, t, out);
  if (home.worker <= t) lookIn(home, t, out);
  if (home.visit <= t) receive(state, home, env, t, out);
  if (home.fall <= t) fall(state, home, t);
  if (home.until <= t) {
    if (home.down > 0) getUp(home, t);
    else turn(home, env, t, out);
  }
  if (home.button <= t || home.fire <= t || home.leaks <= t) trouble(state, home, t, out);
}

/** A minute of somebody who needs help, until it is there, or who asked for some has got over it. */
function wait(state: CareState, home: Home, t: number): void {
  if (home.need === 0) return;
  if (home.down === 0 && t >= home.needy) home.need = 0;
  else state.waited += climateSeconds / 60;
}

/** Rare calls for help. A person who is out presses nothing, nor one whom the button is out of reach of: the plan moves on by hours. */
function trouble(state: CareState, home: Home, t: number, out: Out): void {
  const absent = home.activity === "out" || home.down > 0;
  if (home.button <= t) {
    if (!absent) {
      out.push({ t, device: home.id, event: "button", x: {} });
      if (uniform(home.rng) < need.share) {
        home.needy = t + need.hours * hourMs;
        needHelp(state, home, t);
      }
    }
    home.button = absent ? t + 2 * hourMs : rareTime(home.rng, t, rare.button);
  }
  if (home.fire <= t) {
    out.push({ t, device: home.id, event: "fire", x: {} });
    home.fire = rareTime(home.rng, t, rare.fire);
  }
  if (home.leaks <= t) {
    home.leak = gas.leak[0] + (gas.leak[1] - gas.leak[0]) * uniform(home.rng);
    home.leaks = rareTime(home.rng, t, rare.leak);
  }
}

/** Finds each resident asleep at night and up by day, in rooms as warm as they keep them. */
function begin(state: CareState, env: Environment, t: number): void {
  state.begun = true;
  state.homes.forEach((home, i) => {
    const hour = ownHour(home.person, env, t);
    home.activity = hour < 6.5 || hour >= 22.5 ? "sleep" : "rest";
    home.until = wholeSecond(t + secondMs + dwell(home.rng, home.person, home.activity) * uniform(home.rng));
    home.bout = nextBout(home.rng, home.person, home.activity, false, t) ?? never;
    home.lastMotion = t;
    home.visit = nextVisit(home.rng, t);
    const { heat, cool, cools } = home.comfort;
    home.temp = Math.max(heat - 0.5, cools ? Math.min(cool, env.temp + climate.gain) : enduredTemperature(home.comfort, env));
    state.next[i] = soonest(home);
  });
}

function observe(state: CareState, _city: Sites<"ucare">, device: Device<"ucare">, env: Environment, t: number): Truth<"ucare"> {
  // in the first seconds of a run, before the first step
  if (!state.begun) begin(state, env, t);
  const home = state.homes[state.indexOf[device.id] ?? -1];
  if (home === undefined) return {};
  const act = home.act;
  home.act = 0;
  const { activity, comfort, temp } = home;
  return {
    act,
    away: isAway(home.lastDoor, home.lastMotion, t),
    temp,
    hum: roomHumidity(temp, env, activity === "cook"),
    lux: roomLight(env, comfort.windows, habits[activity].lamp),
    gas: home.gas,
  };
}
