import type { airIncidents } from "../../../shared/services/ucare/air-incidents.ts";
import { hourMs, minuteMs } from "../day-clock.ts";
import { amountOf, begun, type Play, type Stage } from "../incidents.ts";
import { needHelp } from "./living.ts";
import { climate, gas, need } from "./parameters.ts";
import { coldTarget } from "./rooms.ts";
import { nextBout } from "./routine.ts";
import { type CareState, type Home, never } from "./state.ts";
import { atHome, whyNobody } from "./struck-home.ts";

type CareStage = Stage<"ucare", CareState>;

/** Half a Kelvin, and some ppm: more than the sensors' noise. */
const warmer = 0.5;
const someGas = 20;
/** A room that cools to no less stays above the rules' levels, Celsius. */
const mild = 13;

/** The temperature that the incident found. */
const note = ({ played }: CareStage, { temp }: Home): void => {
  played.marks.temp = temp;
};
const isFeltIn = ({ played }: CareStage, { temp }: Home): boolean => Math.abs(temp - (played.marks.temp ?? temp)) >= warmer;
const smells = (_stage: CareStage, home: Home): boolean => home.gas >= gas.background + someGas;
const whyHot = ({ heat }: Home): string | undefined => (heat === null ? undefined : "something heats the room already");

export const airPlays: Readonly<Record<keyof typeof airIncidents, Play<"ucare", CareState>>> = {
  "gas-left-on": atHome({
    why: ({ leak }) => (leak > 0 ? "gas is leaking already" : undefined),
    begin({ played }, home) {
      home.leak = amountOf(played, "rate");
      return begun();
    },
    end(_stage, home) {
      home.leak = 0;
    },
    felt: smells,
    over: (_stage, { leak }) => leak === 0,
  }),
  cooking: atHome({
    why: (home) => whyNobody(home) ?? (home.activity === "sleep" || home.activity === "nap" ? "the resident sleeps" : undefined),
    begin({ played, t }, home) {
      home.activity = "cook";
      home.burner = amountOf(played, "ppm");
      home.until = t + amountOf(played, "minutes") * minuteMs;
      home.bout = nextBout(played.rng, home.person, "cook", home.visitor, t) ?? never;
      return begun();
    },
    end({ t }, home) {
      if (home.activity === "cook" && home.down === 0) home.until = t;
    },
    felt: smells,
    over: (_stage, { activity, burner }) => activity !== "cook" || burner === 0,
  }),
  fire: atHome({
    why: whyHot,
    begin({ state, t }, home) {
      home.heat = { to: climate.fire, hours: climate.tauFireHours };
      if (home.activity !== "out") {
        home.needy = t + need.hours * hourMs;
        needHelp(state, home, t);
      }
      return { ok: true, happenings: [{ t, device: home.id, event: "fire", x: {} }] };
    },
    end(_stage, home) {
      home.heat = null;
    },
    felt: () => true,
  }),
  "hot-room": atHome({
    why: whyHot,
    begin(stage, home) {
      note(stage, home);
      home.heat = { to: amountOf(stage.played, "heat"), hours: climate.tauHotHours };
      return begun();
    },
    end(_stage, home) {
      home.heat = null;
    },
    felt: isFeltIn,
  }),
  "cold-room": atHome({
    why: ({ cold }, { env }) => {
      if (cold) return "the boiler is off already";
      return coldTarget(env) > mild ? `it is ${Math.round(env.temp)} °C outside: the room stays warm enough` : undefined;
    },
    begin(stage, home) {
      note(stage, home);
      home.cold = true;
      return begun();
    },
    end(_stage, home) {
      home.cold = false;
    },
    felt: isFeltIn,
  }),
};
