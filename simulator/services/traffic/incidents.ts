import type { incidents } from "../../../shared/services/traffic/incidents.ts";
import type { Obeyed } from "../../model.ts";
import { poisson, uniform } from "../../random.ts";
import { amountOf, begun, type Play, type Played, refused, type Stage } from "../incidents.ts";
import { runFrom } from "./green-wave.ts";
import { type Approach, type Network, networkOf } from "./network.ts";
import { blockages } from "./parameters.ts";
import { planNow } from "./signal-plan.ts";
import type { TrafficState } from "./state.ts";

type TrafficStage = Stage<"traffic", TrafficState>;
type TrafficPlay = Play<"traffic", TrafficState>;

const approachAt = ({ city, device }: TrafficStage): Approach | undefined => {
  const network = networkOf(city);
  return network.approaches[network.approachOf.get(device.id) ?? -1];
};
const crossingAt = ({ city, device }: TrafficStage): number => networkOf(city).signalOf.get(device.id) ?? -1;

/** Share of an approach's capacity that one incident leaves. */
function leftBy({ kind, args }: Played, { lanes }: Approach): number {
  const shut = Math.min(lanes, amountOf({ args }, "lanes"));
  if (kind === "crash") return blockages.crash[Math.min(4, lanes)]?.[shut - 1] ?? 1;
  if (kind === "lane-closed") return (blockages.besideWorks * (lanes - shut)) / lanes;
  return kind === "stalled-car" ? blockages.stalled : 1;
}
interface Blockage {
  /** Share of its capacity that each struck approach has left; absent: all of it. */
  readonly left: ReadonlyMap<number, number>;
  /** Vehicles of incidents that come out of side streets in this minute. */
  readonly more: ReadonlyMap<number, number>;
}
const none: Blockage = { left: new Map(), more: new Map() };

/** What incidents do to approaches in one minute. */
export function blockageOf({ incidents: all, links }: TrafficState, network: Network): Blockage {
  if (all.length === 0) return none;
  const left = new Map<number, number>();
  const more = new Map<number, number>();
  for (const played of all) {
    const k = network.approachOf.get(played.device) ?? -1;
    const approach = network.approaches[k];
    if (approach !== undefined) left.set(k, (left.get(k) ?? 1) * leftBy(played, approach));
    if (played.kind !== "school-rush") continue;
    const { first = 0, end = 0 } = network.crossings[network.signalOf.get(played.device) ?? -1] ?? {};
    for (let at = first; at < end; at++)
      more.set(at, (more.get(at) ?? 0) + poisson(played.rng, ((links[at]?.demand ?? 0) / 60) * (amountOf(played, "more") / 100)));
  }
  return { left, more };
}

/** An incident in the road has been felt since it first held somebody back. */
export function noteHeldBack({ incidents: all }: TrafficState, device: string, t: number): void {
  for (const { device: at, marks } of all) if (at === device) marks.felt ??= t;
}

const inTheRoad = (begin: (stage: TrafficStage, approach: Approach) => Obeyed<"traffic">): TrafficPlay => ({
  begin(stage) {
    const approach = approachAt(stage);
    return approach === undefined ? refused(`${stage.device.id} is no approach`) : begin(stage, approach);
  },
  end: () => [],
  felt: ({ played }) => played.marks.felt !== undefined,
});

/** The plan that the controller would run by itself. */
const runsBy = ({ state, city, env }: TrafficStage, k: number): void => {
  const crossing = state.crossings[k];
  if (crossing !== undefined)
    crossing.plan = crossing.fault === null ? planNow(env, networkOf(city).crossings[k]?.district ?? "", crossing.order) : "flash";
};

export const trafficPlays: Readonly<Record<keyof typeof incidents, TrafficPlay>> = {
  crash: inTheRoad(() => begun()),
  "lane-closed": inTheRoad(({ played, device }, { lanes }) =>
    amountOf(played, "lanes") < lanes ? begun() : refused(`${device.id} has ${lanes} lane${lanes === 1 ? "" : "s"}: works leave one open`),
  ),
  "stalled-car": inTheRoad(() => begun()),
  "signal-fault": {
    begin(stage) {
      const k = crossingAt(stage);
      const crossing = stage.state.crossings[k];
      if (crossing === undefined) return refused(`${stage.device.id} is no signal controller`);
      if (crossing.plan === "flash") return refused("the signal is flashing already");
      crossing.fault = stage.played.args.shows === "dark" ? "dark" : "flashing";
      runsBy(stage, k);
      return begun(stage.device.id);
    },
    end(stage) {
      const k = crossingAt(stage);
      const crossing = stage.state.crossings[k];
      if (crossing !== undefined) crossing.fault = null;
      runsBy(stage, k);
      return [];
    },
    felt: () => true,
  },
  "emergency-run": {
    begin({ state, city, device, played, t }) {
      const network = networkOf(city);
      const { first, end } = network.crossings[network.signalOf.get(device.id) ?? -1] ?? { first: 0, end: 0 };
      if (first === end) return refused(`no way leads to ${device.id}`);
      const at = first + Math.floor((end - first) * uniform(played.rng));
      const run = runFrom(played.rng, network, { at, t, crossings: amountOf(played, "crossings") });
      state.emergencies.ahead.push(...run.map((one) => ({ ...one, by: played.id })));
      return begun();
    },
    end({ state, played }) {
      state.emergencies.ahead = state.emergencies.ahead.filter(({ by }) => by !== played.id);
      return [];
    },
    felt: () => true,
    over: ({ state, played }) => !state.emergencies.ahead.some(({ by }) => by === played.id),
  },
  "school-rush": {
    begin: (stage) => (crossingAt(stage) < 0 ? refused(`${stage.device.id} is no signal controller`) : begun()),
    end: () => [],
    // the first of them reach the stop line within the minute
    felt: ({ played, t }) => t - played.since >= 60_000,
  },
};
