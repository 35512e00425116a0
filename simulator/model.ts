import type { Meta, Value } from "../shared/reading.ts";
import type { ContractOf, ServiceId } from "../shared/services/index.ts";
import type { StreetGraph } from "./city/street-graph.ts";
import type { Environment } from "./environment/environment.ts";

/** A device as the city has it: its birth document and whatever only the simulator knows about its place. */
export interface Device<Id extends ServiceId = ServiceId> {
  readonly id: string;
  readonly service: Id;
  readonly kind: keyof ContractOf<Id>["kinds"] & string;
  readonly gateway: string;
  readonly meta: Meta;
  /** Site that several devices share: an intersection, a zone, a home. */
  readonly site: string;
}
export interface Site<Id extends ServiceId = ServiceId> {
  readonly id: string;
  readonly district: string;
  readonly devices: readonly Device<Id>[];
  /** Numbers of the place that the model needs, e.g. households, lanes, land use. */
  readonly facts: Readonly<Record<string, number>>;
}
/** One service's share of the city. */
export interface Sites<Id extends ServiceId = ServiceId> {
  readonly sites: readonly Site<Id>[];
  readonly streets: StreetGraph;
}

type MetricOf<Id extends ServiceId> = keyof ContractOf<Id>["metrics"] & string;
export type EventOf<Id extends ServiceId> = keyof ContractOf<Id>["events"] & string;
/** What is true at the sensor's place, before sensing: absent = not measurable now. */
export type Truth<Id extends ServiceId> = { [M in MetricOf<Id>]?: Value };

export interface Happening<Id extends ServiceId> {
  readonly t: number;
  readonly device: string;
  readonly event: EventOf<Id>;
  readonly x: Readonly<Record<string, number | string>>;
  /** True = the device also sends its metrics at this instant (on change). */
  readonly report?: boolean;
}

/**
 * How a service behaves: physics, with memory. `State` is plain JSON data, its generators included; all time is the argument `t`;
 * no Math.pow, no `**`, no Math.random, no Date in here (they differ between engines or between runs).
 */
export interface Model<Id extends ServiceId, State> {
  /** City seconds between two calls of `step`; a divisor of 60. */
  readonly stepSeconds: number;
  init(city: Sites<Id>, seed: number, start: number): State;
  /** Advances the whole service to `env.t`-or-later instant `t`; returns what happened since the last step, in order of t. */
  step(state: State, city: Sites<Id>, env: Environment, t: number): readonly Happening<Id>[];
  /** What the device measures at t. Windowed metrics (counts) cover the time since its last `observe`; called once per sampling instant. */
  observe(state: State, city: Sites<Id>, device: Device<Id>, env: Environment, t: number): Truth<Id>;
}

/** Exists for every catalogue id: the compiler says so. */
export type Models = { readonly [Id in ServiceId]: Model<Id, unknown> };
