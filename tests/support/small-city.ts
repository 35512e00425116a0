import type { Value } from "../../shared/reading.ts";
import { buildCity } from "../../simulator/city/build-city.ts";
import type { Profile } from "../../simulator/devices/outage.ts";
import { createEngine, type Engine, type EngineState, type Outgoing } from "../../simulator/engine.ts";
import { environment } from "../../simulator/environment/model.ts";
import { models } from "../../simulator/services/index.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";

/** The small city as `gwanje --city small` has it, without a socket. */
export const smallCity = buildCity("small", 1, models);
/** Midnight of a Monday in Seoul, 2026-10-12. */
export const cityStart = Date.UTC(2026, 9, 11, 15);

export const smallEngine = ({ seed = 1, profile = "calm" as Profile, start = cityStart } = {}, state?: EngineState): Engine =>
  createEngine({ city: smallCity, models, environment, catchments, seed, start, profile }, state);

export function messagesTo(engine: Engine, to: number): Outgoing[] {
  const out: Outgoing[] = [];
  engine.advance(to, (message) => out.push(message));
  return out;
}

/** One object of the wire: a reading has `m`, an event `e`. */
export interface Said {
  readonly d: string;
  readonly t: number;
  readonly b: number;
  readonly seq: number;
  readonly i?: number;
  readonly m?: Readonly<Record<string, Value>>;
  readonly q?: Readonly<Record<string, string>>;
  readonly e?: string;
}
/** What devices said, in order of sending; retained messages apart. */
export const saidIn = (messages: readonly Outgoing[]): Said[] =>
  messages.filter(({ retain }) => !retain).flatMap(({ payload }): Said[] => [JSON.parse(payload)].flat() as Said[]);
