import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Order, Sites, Truth } from "../model.ts";
import { createRng, exponential, lognormal, type Rng, uniform } from "../random.ts";
import { dayMs, hourAt, hourMs, minuteMs, secondMs, wholeSecond } from "./day-clock.ts";
import { arrival, ring, type Says, stayOf } from "./ucare/call.ts";
import { type Activity, doors, falls, gas, habits, need, rare } from "./ucare/parameters.ts";
import { placeHomes } from "./ucare/place.ts";
import { type Comfort, drawComfort, gasLevel, roomHumidity, roomLight, roomTemperature } from "./ucare/rooms.ts";
import { boutSize, doorTime, drawPerson, dwell, isAway, nextActivity, nextBout, ownHour, type Person } from "./ucare/routine.ts";

const stepSeconds = 10;
const climateSeconds = 60;
/** Beyond any run: "not planned". Infinity would not survive a snapshot. */
const never = 8e15;

interface Home {
  readonly id: string;
  readonly district: string;
  readonly rng: Rng;
  readonly person: Person;
  readonly comfort: Comfort;
  activity: Activity;
  until: number;
  bout: number;
  doorCloses: number;
  visitor: boolean;
  /** The next visitor comes, or the present one leaves. */
  visit: number;
  /** Counts since the last periodic reading. */
  act: number;
  lastMotion: number;
  lastDoor: number;
  temp: number;
  gas: number;
  burner: number;
  leak: number;
  button: number;
  fire: number;
  leaks: number;
  /** The next fall, and when a resident who lies on the floor gets up without help (0 = is up). */
  fall: number;
  down: number;
  /** Until then the resident would say that help is needed. */
  needy: number;
  /** The hub's call ends then, with this; the care worker is at the door then. */
  rings: number;
  says: Says;
  worker: number;
}
export interface CareState {
  begun: boolean;
  readonly homes: Home[];
  /** Earliest of a home's plans. */
  readonly next: number[];
  readonly indexOf: Record<string, number>;
}
type Out = Happening<"ucare">[];

/** Homes of people who live alone: a day of rooms, meals, nights and outings, as the hub's few sensors see it. */
export const ucare: Model<"ucare", CareState> = {
  place: placeHomes,
  stepSeconds,
  sensing: { temp: { sd: 0.08 }, hum: { sd: 0.8 }, lux: { relative: 0.05 }, gas: { sd: 2 } },
  init,
  step,
  obey,
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
    const air = { temp: fixed.comfort.heat, gas: gas.background, burner: 0, leak: 0 };
    return { ...fixed, ...plans, ...trouble, ...room, ...air, activity: "rest", visitor: false, act: 0, lastMotion: start, lastDoor: start - dayMs };
  });
  return { begun: false, homes, next: homes.map(() => start), indexOf: Object.fromEntries(homes.map((home, i) => [home.id, i])) };
}

const rareTime = (rng: Rng, t: number, perYear: number): number => wholeSecond(t + exponential(rng, (365 * dayMs) / perYear));

function step(state: CareState, _city: Sites<"ucare">, env: Environment, t: number): readonly Happening<"ucare">[] {
  if (!state.begun) begin(state, env, t);
  const out: Out = [];
  const airs = t % (climateSeconds * secondMs) === 0;
  for (let i = 0; i < state.homes.length; i++) {
    const home = state.homes[i];
    if (home === undefined) continue;
    for (let due = state.next[i] ?? t; due <= t; due = state.next[i] ?? t + 1) {
      live(home, env, due, out);
      state.next[i] = soonest(home);
    }
    if (airs) air(home, env, t, out);
  }
  return out.length > 1 ? out.sort((a, b) => a.t - b.t) : out;
}

const soonest = (home: Home): number =>
  Math.min(home.until, home.bout, home.doorCloses, home.visit, home.button, home.fire, home.leaks, home.fall, home.rings, home.worker);

/** Everything that is planned for this instant. */
function live(home: Home, env: Environment, t: number, out: Out): void {
  if (home.doorCloses <= t) door(home, "closed", t, out);
  if (home.bout <= t) move(home, t);
  if (home.rings <= t) answerCall(home, t, out);
  if (home.worker <= t) lookIn(home, t, out);
  if (home.visit <= t) receive(home, env, t, out);
  if (home.fall <= t) fall(home, t);
  if (home.until <= t) {
    if (home.down > 0) getUp(home, t);
    else turn(home, env, t, out);
  }
  if (home.button <= t || home.fire <= t || home.leaks <= t) trouble(home, t, out);
}

function move(home: Home, t: number): void {
  home.act = Math.min(600, home.act + boutSize(home.rng, home.person, home.activity));
  home.lastMotion = t;
  home.bout = nextBout(home.rng, home.person, home.activity, home.visitor, t) ?? never;
}

/** The resident turns to something else; leaving and coming home use the door. */
function turn(home: Home, env: Environment, t: number, out: Out): void {
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

function door(home: Home, to: "open" | "closed", t: number, out: Out): void {
  home.lastDoor = t;
  home.doorCloses = to === "open" ? t + doorTime(home.rng) : never;
  out.push({ t, device: home.id, event: "door", x: { to } });
}

/** A visitor comes when the resident is up and at home, by day; or the one who is here leaves. */
function receive(home: Home, env: Environment, t: number, out: Out): void {
  const hour = hourAt(env, t);
  const welcome =
    home.down === 0 && hour >= doors.visitHours[0] && hour < doors.visitHours[1] && home.activity !== "out" && home.activity !== "sleep";
  if (home.doorCloses !== never) {
    home.visit = t + minuteMs;
  } else if (home.visitor) {
    home.visitor = false;
    door(home, "open", t, out);
    home.visit = nextVisit(home.rng, t);
  } else if (welcome) {
    home.visitor = true;
    door(home, "open", t, out);
    home.bout = t + 20 * secondMs;
    home.visit = wholeSecond(t + minuteMs + lognormal(home.rng, doors.visitMedianMinutes, doors.visitSigma) * minuteMs);
  } else home.visit = nextVisit(home.rng, t);
}
const nextVisit = (rng: Rng, t: number): number => wholeSecond(t + hourMs + exponential(rng, dayMs / doors.visitsPerDay / 3));

/** Somebody who is up and at home, and alone, falls; and lies there without a movement that a sensor sees. */
function fall(home: Home, t: number): void {
  const may = home.down === 0 && !home.visitor && home.activity !== "out" && home.activity !== "sleep" && home.activity !== "nap";
  home.fall = may ? rareTime(home.rng, t, falls.perYear) : t + hourMs;
  if (!may) return;
  const [least, most] = falls.hours;
  const hours = Math.min(most, Math.max(least, lognormal(home.rng, falls.medianHours, falls.sigma)));
  home.down = wholeSecond(t + hours * hourMs);
  home.until = home.down;
  home.bout = never;
  home.burner = 0;
}

/** Back on the feet, by oneself or with somebody's help. */
function getUp(home: Home, t: number): void {
  home.down = 0;
  home.activity = "rest";
  move(home, t);
  home.until = t + dwell(home.rng, home.person, "rest");
}

function answerCall(home: Home, t: number, out: Out): void {
  const answered = home.says !== "none";
  // who goes to the hub moves
  if (answered && home.activity !== "out") move(home, t);
  out.push({ t, device: home.id, event: "call", x: { result: answered ? "answered" : "no-answer", says: home.says } });
  home.rings = never;
  home.says = "none";
}

/** The worker is at the door: nobody opens where nobody is; who lies on the floor is found, because the worker has the key. */
function lookIn(home: Home, t: number, out: Out): void {
  if (home.activity === "out" && home.down === 0) {
    home.worker = never;
    out.push({ t, device: home.id, event: "visit", x: { result: "nobody" } });
    return;
  }
  if (home.doorCloses !== never) {
    home.worker = t + minuteMs;
    return;
  }
  const help = home.down > 0 || t < home.needy;
  home.worker = never;
  home.needy = 0;
  door(home, "open", t, out);
  out.push({ t, device: home.id, event: "visit", x: { result: help ? "help" : "ok" } });
  home.visitor = true;
  home.visit = t + stayOf(home.rng, help);
  if (home.down > 0) getUp(home, t + secondMs);
  else if (home.activity === "sleep" || home.activity === "nap") home.until = t + minuteMs;
  home.bout = t + 20 * secondMs;
}

/** What the care desk asks of a home: the hub rings, or somebody goes there. How it ends, an event tells. */
function obey(state: CareState, _city: Sites<"ucare">, device: Device<"ucare">, { op }: Order, _env: Environment, t: number): Obeyed<"ucare"> {
  const i = state.indexOf[device.id] ?? -1;
  const home = state.homes[i];
  if (home === undefined) return { ok: false, reason: `no home ${device.id}` };
  if (op === "call") {
    if (home.rings !== never) return { ok: false, reason: "it is ringing already" };
    const call = ring(home.rng, { activity: home.activity, down: home.down > 0, needsHelp: t < home.needy || home.leak > 0 }, t);
    home.rings = call.at;
    home.says = call.says;
  } else {
    if (home.worker !== never) return { ok: false, reason: "a worker is on the way already" };
    home.worker = arrival(home.rng, t);
  }
  state.next[i] = soonest(home);
  return { ok: true, happenings: [] };
}

/** Rare calls for help. A person who is out presses nothing, nor one whom the button is out of reach of: the plan moves on by hours. */
function trouble(home: Home, t: number, out: Out): void {
  const absent = home.activity === "out" || home.down > 0;
  if (home.button <= t) {
    if (!absent) {
      out.push({ t, device: home.id, event: "button", x: {} });
      if (uniform(home.rng) < need.share) home.needy = t + need.hours * hourMs;
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

/** Air of the rooms; a leak that reaches the alarm level is reported and the valve shuts it. */
function air(home: Home, env: Environment, t: number, out: Out): void {
  const living = { asleep: home.activity === "sleep", home: home.activity !== "out", powered: !env.powerCut.has(home.district) };
  home.temp = roomTemperature(home.temp, home.comfort, env, living, climateSeconds / 3600);
  home.gas = gasLevel(home.gas, home, climateSeconds / 60);
  if (home.leak > 0 && home.gas >= gas.alarm) {
    out.push({ t, device: home.id, event: "gas", x: { ppm: Math.round(home.gas) } });
    home.leak = 0;
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
    home.temp = Math.max(heat - 0.5, cools ? Math.min(cool, env.temp + 4) : env.temp + 4);
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
