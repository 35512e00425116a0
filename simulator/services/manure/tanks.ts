import type { Environment } from "../../environment/environment.ts";
import { flows } from "./parameters.ts";
import type { ManureState, Tank } from "./state.ts";

/** One step of all tanks: animals and rain fill pits, the plant treats, fields are fed in their season. */
export function fillTanks(state: ManureState, env: Environment, hours: number): void {
  for (const tank of state.tanks) {
    const change = tank.role === "farm" ? inflow(tank, env) : -outflow(tank, env, state.trucks.length);
    tank.tons = Math.max(0, tank.tons + change * hours);
    if (tank.tons <= tank.holds) continue;
    state.overflowed += (tank.tons - tank.holds) * 1000;
    tank.tons = tank.holds;
  }
}

/** t/h. */
const inflow = ({ daily, extra }: Tank, { rainMean }: Environment): number => daily / 24 + flows.perMillimetre * rainMean + extra;

function outflow({ role, tons, holds }: Tank, env: Environment, trucks: number): number {
  if (role === "plant") return tons > 0.15 * holds ? flows.plantTonsPerHour * trucks : 0;
  return spreads(env) ? flows.spreadTons / 9 : 0;
}

/** Nobody spreads in the rain, in winter or summer, or on a day off. */
export const inSeason = ({ month }: Pick<Environment, "month">): boolean => flows.spreading.some((one) => one === month);
const spreads = (env: Environment): boolean => inSeason(env) && !env.dayOff && env.rainMean < 0.2 && env.hour >= 8 && env.hour < 17;
