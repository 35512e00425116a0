import type { Environment } from "../../environment/environment.ts";
import type { Site } from "../../model.ts";
import { effluentFactor, type Stores, seasonalDetained, seasonalGround, seasonalSlow, stepStores } from "./baseflow.ts";
import { cascadeShare, stepCascade } from "./nash-cascade.ts";
import { channel, losses, stores } from "./parameters.ts";
import { createReach, type Reach, route, settle } from "./routing.ts";
import { splitExcess, stepRunoff, type Wetness } from "./runoff.ts";

const stepSeconds = 60;
const stepHours = stepSeconds / 3600;

/** Land that drains to one gauge, and the reach above it. Plain data. */
export interface Catchment {
  readonly area: number;
  readonly paved: number;
  readonly effluent: number;
  readonly share: number;
  readonly wet: Wetness;
  readonly held: Stores;
  /** mm a step. */
  readonly cascade: number[];
  readonly reach: Reach;
}

export function createCatchment({ facts }: Pick<Site, "facts">): Catchment {
  const { area = 10, paved = 0.5, nash = 25, effluent = 0, reach = 0 } = facts;
  return {
    area,
    paved,
    effluent,
    share: cascadeShare(stepSeconds / 60, nash),
    wet: { paved: 0, green: 0 },
    held: { detained: 0, slow: 0, ground: 0 },
    cascade: new Array<number>(losses.reservoirs).fill(0),
    reach: createReach({ travelSeconds: (reach * 1000) / channel.celerity, weight: channel.weight, stepSeconds }),
  };
}

/** m3/s of so many mm in a step over so many km2. */
const cubicMetres = (mm: number, area: number): number => (mm * area * 1000) / stepSeconds;

/** Rain over one of `places` equal parts of the basin, whatever number of parts the weather knows, mm/h. */
export function rainOver(rain: readonly number[], place: number, places: number): number {
  if (rain.length === places || rain.length === 0) return rain[place] ?? 0;
  const from = (place * rain.length) / places;
  const to = ((place + 1) * rain.length) / places;
  let sum = 0;
  for (let i = Math.floor(from); i < to; i++) sum += (Math.min(i + 1, to) - Math.max(i, from)) * (rain[i] ?? 0);
  return sum / (to - from);
}

/** Rain to runoff of one step: what reaches the stream along this reach, m3/s. */
function drain(catchment: Catchment, rain: number, factor: number): number {
  const { area, paved, wet, held, cascade, share, effluent } = catchment;
  const excess = stepRunoff(wet, rain * stepHours, paved, stepHours);
  const { quick, late } = splitExcess(excess, stepHours);
  const slow = stepStores(held, { late, ground: stores.recharge * excess.kept }, stepHours);
  return cubicMetres(stepCascade(cascade, quick, share) + slow, area) + effluent * factor;
}

/** One minute of the whole stream: the flow at each gauge, upstream first. */
export function stepBasin(catchments: readonly Catchment[], rain: readonly number[], factor: number): number[] {
  let flow = 0;
  return catchments.map((catchment, k) => {
    flow = route(catchment.reach, flow, drain(catchment, rain[k] ?? 0, factor));
    return flow;
  });
}

export const returnFactor = (env: Environment, hour: number): number => env.demand * effluentFactor(hour);

/** The stream as the season leaves it; `wetness` = how much of the last rain is still on its way, 1 = as on average. */
export function settleBasin(catchments: readonly Catchment[], month: number, wetness: number, factor: number): number[] {
  let flow = 0;
  return catchments.map(({ held, area, paved, effluent, reach }) => {
    held.ground = seasonalGround(month, paved);
    held.detained = seasonalDetained(month) * wetness;
    held.slow = seasonalSlow(month) * wetness;
    const late = stepStores({ ...held }, { late: 0, ground: 0 }, stepHours);
    flow = settle(reach, flow, cubicMetres(late, area) + effluent * factor);
    return flow;
  });
}
