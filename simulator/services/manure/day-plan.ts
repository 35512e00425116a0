import type { Environment } from "../../environment/environment.ts";
import { hourMs, midnightBefore, minuteMs, wholeSecond } from "../day-clock.ts";
import { days, flows } from "./parameters.ts";
import { type ManureState, type Tank, tankOf, within } from "./state.ts";
import { inSeason } from "./tanks.ts";

const fillOf = ({ tons, holds }: Pick<Tank, "tons" | "holds">): number => tons / holds;

/** Sends trucks to the fullest pits of this morning, by weekday; nobody drives on a holiday. Only departures after `t`. */
export function planDay(state: ManureState, env: Environment, t: number): void {
  state.planned = env.day;
  const midnight = midnightBefore(env, t);
  const trips = env.holiday ? 0 : (days.trips[env.weekday] ?? 0);
  const departures = state.trucks.flatMap((truck) => {
    truck.plan = [];
    let hour = within(state.rng, days.firstHour);
    return Array.from({ length: trips }, () => {
      const at = wholeSecond(midnight + hour * hourMs);
      hour += (within(state.rng, days.every) * minuteMs) / hourMs;
      return { at, truck };
    });
  });
  const plant = state.tanks.find(({ role }) => role === "plant");
  if (plant !== undefined && fillOf(plant) > days.full) return;
  const pits = state.tanks.filter(({ role }) => role === "farm").map(({ id, tons, holds }) => ({ id, tons, holds }));
  for (const { at, truck } of departures.sort((a, b) => a.at - b.at)) {
    const fullest = pits.reduce((most, pit) => (fillOf(pit) > fillOf(most) ? pit : most), pits[0] ?? { id: "", tons: 0, holds: 1 });
    if (at > midnight + days.lastHour * hourMs || at <= t || fillOf(fullest) < days.worth) continue;
    fullest.tons -= days.load;
    truck.plan.push({ at, farm: fullest.id });
  }
}

/** Where a load goes: to the plant, or, when liquid fertiliser is spread on dry days, to a field that has room for it. */
export function destinationOf(state: ManureState, env: Environment, share: number): Tank | undefined {
  const plant = state.tanks.find(({ role }) => role === "plant");
  if (!inSeason(env) || env.rainMean > 0.5 || share > flows.toFields) return plant;
  const [emptiest] = state.tanks.filter((tank) => tank.role === "field" && fillOf(tank) < days.room).sort((a, b) => fillOf(a) - fillOf(b));
  return emptiest ?? plant;
}

/** A farm for which the room has ordered a truck, the first of them. */
export const orderedFarm = ({ tanks }: ManureState): Tank | undefined => tanks.find(({ ordered }) => ordered);
/** Next planned farm that is due and has something to fetch. */
export function dueFarm(state: ManureState, truck: ManureState["trucks"][number], t: number): Tank | undefined {
  while ((truck.plan[0]?.at ?? t + 1) <= t) {
    const farm = tankOf(state, truck.plan.shift()?.farm ?? "");
    if (farm !== undefined && farm.tons > 4) return farm;
  }
  return undefined;
}
