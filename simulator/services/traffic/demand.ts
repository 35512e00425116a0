import { crowdAt, type Environment } from "../../environment/environment.ts";
import { normal } from "../../random.ts";
import type { LinkState } from "./link.ts";
import type { Approach, Network } from "./network.ts";
import { calendar, heavy, slow, turns, weather } from "./parameters.ts";

/** What the weather takes: factors of speed, saturation flow and demand. */
export function weatherFactors({ rainMean, temp }: Pick<Environment, "rainMean" | "temp">): { speed: number; capacity: number; demand: number } {
  const wet = 1 - Math.exp(-rainMean / weather.rainScale);
  const snow = temp < weather.snowBelow;
  return {
    speed: 1 - wet * (snow ? weather.snowSpeed : weather.rainSpeed),
    capacity: 1 - wet * (snow ? weather.snowCapacity : weather.rainCapacity),
    demand: 1 - wet * (snow ? weather.snowDemand : weather.rainDemand),
  };
}

/** Level of a day by the calendar; an ordinary weekday is 1. */
export function calendarFactor({ weekday, holiday, daysToFeast }: Pick<Environment, "weekday" | "holiday" | "daysToFeast">): number {
  const usual = calendar.weekday[weekday] ?? 1;
  if (holiday) return Math.min(usual, daysToFeast === 0 ? calendar.feast : calendar.holiday);
  return daysToFeast <= 2 ? usual * calendar.feastEve : usual;
}

const offOn = (weekday: number): boolean => weekday === 0 || weekday === 6;
interface Knot {
  readonly off: boolean;
  readonly hour: number;
  readonly factor: number;
}
/** The two whole-hour values between which the instant lies; before 00:30 and after 23:30 one of them is a neighbouring day's. */
function knotsAt(env: Environment): readonly [Knot, Knot, number] {
  const at = env.hour - 0.5;
  const low = Math.floor(at);
  const today = { off: env.dayOff, factor: calendarFactor(env) };
  const other = (weekday: number): { off: boolean; factor: number } => ({ off: offOn(weekday), factor: calendar.weekday[weekday] ?? 1 });
  const before = low < 0 ? other((env.weekday + 6) % 7) : today;
  const after = low >= 23 ? other((env.weekday + 1) % 7) : today;
  return [{ ...before, hour: (low + 24) % 24 }, { ...after, hour: (low + 1) % 24 }, at - low];
}

/** Expected vehicles per hour at an approach, but for its own slow factor. */
function expectedFlow(env: Environment): (approach: Approach) => number {
  const [a, b, share] = knotsAt(env);
  const common = env.demand * weatherFactors(env).demand;
  const value = ({ profile }: Approach, { off, hour, factor }: Knot): number => ((off ? profile.dayOff : profile.weekday)[hour] ?? 0) * factor;
  return (approach) => common * ((1 - share) * value(approach, a) + share * value(approach, b));
}

export const heavyShare = (env: Environment): number => (heavy.weekday[Math.floor(env.hour)] ?? heavy.usual) * (env.dayOff ? heavy.dayOff : 1);

/** One step of the slow factor's logarithm, stationary with slow.sigma. */
export function drift(link: LinkState, seconds: number): void {
  const keep = Math.exp(-seconds / 3600 / slow.hours);
  link.slow = keep * link.slow + slow.sigma * Math.sqrt(1 - keep * keep) * normal(link.rng);
}

/**
 * Sets how vehicles divide at the crossings, and what side streets give, so that every approach meets its expected flow while roads are free:
 * turns follow the levels of the roads ahead; of an approach's vehicles three quarters come from the last crossing, as far as those suffice.
 * Who neither turns into a link nor leaves the network has reached a side street or a car park.
 */
export function setDemand({ approaches, crossings }: Network, links: readonly LinkState[], env: Environment): void {
  const flowOf = expectedFlow(env);
  const supply = links.map(() => 0);
  links.forEach((link, k) => {
    const approach = approaches[k];
    if (approach !== undefined) link.demand = flowOf(approach) * Math.exp(link.slow) * crowdAt(env, crossings[approach.crossing]?.district);
  });
  links.forEach((link, k) => {
    const ahead = approaches[k]?.ahead ?? [-1, -1, -1];
    const pull = (turn: 0 | 1 | 2): number => turns.weights[turn] * (links[ahead[turn]]?.demand ?? link.demand);
    const total = Math.max(1e-9, pull(0) + pull(1) + pull(2));
    for (const turn of [0, 1, 2] as const) {
      link.turns[turn] = pull(turn) / total;
      const into = ahead[turn];
      if (into >= 0) supply[into] = (supply[into] ?? 0) + link.demand * link.turns[turn];
    }
  });
  links.forEach((link, k) => {
    const given = supply[k] ?? 0;
    link.stays = Math.min(1, (turns.through * link.demand) / Math.max(1e-9, given));
    link.source = Math.max(0, link.demand - given * link.stays) / 60;
  });
}
