import type { Engine } from "./engine.ts";
import { isPassable } from "./services/stream/gate.ts";
import { type StreamState, waterAt } from "./services/stream/state.ts";
import type { TrafficState } from "./services/traffic/state.ts";

/** What is true in the city, whoever measures it: for tests and labs. Neither the wire nor the room ever sees it. All plain copies. */
export interface GateTruth {
  readonly device: string;
  /** EL in m. */
  readonly water: number;
  readonly sill: number;
  readonly gate: string;
  /** People can walk in: it neither is closed nor opens. */
  readonly passable: boolean;
  /** Somebody stands in the gap. */
  readonly person: boolean;
}
export interface TrafficTruth {
  /** Vehicles past a stop line so far, and the vehicle-seconds that they have lost at red and in queues. */
  readonly passed: number;
  readonly delay: number;
}

// The engine's table of models is keyed by service: what stands under an id is that model's state.
const stateOf = <State>(engine: Pick<Engine, "stateOf">, service: Parameters<Engine["stateOf"]>[0]): State => engine.stateOf(service) as State;

export function gateTruth(engine: Pick<Engine, "stateOf" | "now">): readonly GateTruth[] {
  const state = stateOf<StreamState>(engine, "stream");
  return state.barriers.map((barrier) => {
    return {
      device: barrier.id,
      water: waterAt(state, barrier),
      sill: barrier.sill,
      gate: barrier.gate.word,
      passable: isPassable(barrier.gate),
      person: engine.now() < barrier.personUntil,
    };
  });
}

export function trafficTruth(engine: Pick<Engine, "stateOf">): TrafficTruth {
  const { passed, delay } = stateOf<TrafficState>(engine, "traffic");
  return { passed, delay };
}
