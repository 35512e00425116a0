import type { Sites } from "../../simulator/model.ts";
import type { StreamState } from "../../simulator/services/stream/state.ts";
import { stream } from "../../simulator/services/stream.ts";
import { ground, monday, type World, weatherAt } from "./service-world.ts";

export type StreamWorld = World<"stream", StreamState>;

/** The default gauges and gates along as many kilometres as the default city has. */
export function longStream(seed = 1): StreamWorld {
  const sites: Sites<"stream"> = { sites: stream.place({ ...ground("default"), streamLength: 16.6 }), streets: { nodes: [], links: [] } };
  return { model: stream, sites, state: stream.init(sites, seed, monday), env: weatherAt(monday), happenings: [] };
}
