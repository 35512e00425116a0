import type { Environment } from "../../environment/environment.ts";
import type { Happening } from "../../model.ts";
import { climate, gas } from "./parameters.ts";
import { coldTarget, gasLevel, roomTemperature, towards } from "./rooms.ts";
import type { Home } from "./state.ts";

export const climateSeconds = 60;

/** Air of the rooms; a leak that reaches the alarm level is reported and the valve shuts it. */
export function air(home: Home, env: Environment, t: number, out: Happening<"ucare">[]): void {
  const living = { asleep: home.activity === "sleep", home: home.activity !== "out", powered: !env.powerCut.has(home.district) };
  const hours = climateSeconds / 3600;
  if (home.heat !== null) home.temp = towards(home.temp, home.heat.to, hours / home.heat.hours);
  else if (home.cold) home.temp = towards(home.temp, coldTarget(env), hours / climate.tauAjarHours);
  else home.temp = roomTemperature(home.temp, home.comfort, env, living, hours);
  home.gas = gasLevel(home.gas, home, climateSeconds / 60);
  if (home.leak > 0 && home.gas >= gas.alarm) {
    out.push({ t, device: home.id, event: "gas", x: { ppm: Math.round(home.gas) } });
    home.leak = 0;
  }
}
