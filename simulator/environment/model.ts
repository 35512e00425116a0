import { createRng, normal, type Rng } from "../random.ts";
import { daysToFeast, isHoliday, localTime } from "./calendar.ts";
import type { Environment, EnvironmentModel } from "./environment.ts";
import { initPower, type PowerState, stepPower } from "./power.ts";
import { initWeather, stepWeather, type WeatherState } from "./weather.ts";

type State = {
  readonly weather: WeatherState;
  readonly power: PowerState;
  readonly demandRng: Rng;
  /** The day that the rest of the calendar was looked up for. */
  day: number;
  demand: number;
  holiday: boolean;
  daysToFeast: number;
};

/** City-wide sums differ by 3 to 5 % between days of one kind; the rest is the services' own noise. */
const demandSd = 0.03;

/** Holidays and the day's demand change at local midnight only. */
function turnDay(state: State, day: number): void {
  // Draws per day of the calendar, not per call: a run that begins at noon draws once.
  state.day = day;
  state.demand = 1 + demandSd * Math.max(-3, Math.min(3, normal(state.demandRng)));
  state.holiday = isHoliday(day);
  state.daysToFeast = daysToFeast(day);
}

export const environment: EnvironmentModel = {
  init({ seed, start, districts, catchments }) {
    const state: State = {
      weather: initWeather(seed, start, catchments),
      power: initPower(seed, districts),
      demandRng: createRng(seed, "demand"),
      day: -1,
      demand: 1,
      holiday: false,
      daysToFeast: 99,
    };
    return state;
  },
  step(held, t): Environment {
    const state = held as State;
    const local = localTime(t);
    if (local.day !== state.day) turnDay(state, local.day);
    const weather = stepWeather(state.weather, local, t);
    return {
      t,
      hour: local.hour,
      weekday: local.weekday,
      day: local.day,
      month: local.month,
      holiday: state.holiday,
      daysToFeast: state.daysToFeast,
      dayOff: state.holiday || local.weekday === 0 || local.weekday === 6,
      ...weather,
      demand: state.demand,
      powerCut: stepPower(state.power, weather.rainMean, t),
      crowds: {},
    };
  },
};
