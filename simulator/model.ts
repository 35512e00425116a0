import type { CommandArgs } from "../shared/command.ts";
import type { Meta, Value } from "../shared/reading.ts";
import type { Text } from "../shared/service.ts";
import type { ContractOf, ServiceId } from "../shared/services/index.ts";
import type { Ground } from "./city/ground.ts";
import type { StreetGraph } from "./city/street-graph.ts";
import type { Environment } from "./environment/environment.ts";

/** A device as the city has it. `meta` is its birth document. */
export interface Device<Id extends ServiceId = ServiceId> {
  readonly id: string;
  readonly service: Id;
  readonly kind: keyof ContractOf<Id>["kinds"] & string;
  readonly gateway: string;
  /** Site that several devices share: an intersection, a zone, a home. */
  readonly site: string;
  readonly meta: Meta;
}
export interface Site<Id extends ServiceId = ServiceId> {
  readonly id: string;
  readonly district: string;
  readonly devices: readonly Device<Id>[];
  /** Numbers of the place that the model needs, e.g. households, lanes, land use. */
  readonly facts: Readonly<Record<string, number>>;
  /** Its name, when everybody knows the place: then it stands on the map, and what lies around it can be named by it. */
  readonly landmark?: Text;
}
/** One service's share of the city. */
export interface Sites<Id extends ServiceId = ServiceId> {
  readonly sites: readonly Site<Id>[];
  readonly streets: StreetGraph;
}

type MetricOf<Id extends ServiceId> = keyof ContractOf<Id>["metrics"] & string;
type EventOf<Id extends ServiceId> = keyof ContractOf<Id>["events"] & string;
/** What is true at the sensor's place, before sensing: absent = not measurable now. */
export type Truth<Id extends ServiceId> = { [M in MetricOf<Id>]?: Value };

export interface Happening<Id extends ServiceId = ServiceId> {
  readonly t: number;
  readonly device: string;
  readonly event: EventOf<Id>;
  readonly x: Readonly<Record<string, number | string>>;
  /** Ids of devices that also send their metrics at this instant (reading on change). */
  readonly report?: readonly string[];
}

/** What the room asks of a device, one of its contract's commands with arguments that fit it. */
export interface Order {
  readonly op: string;
  readonly args: CommandArgs;
}
/** A device that refuses says why. `happenings` as from `step`: what is told of it at once. */
export type Obeyed<Id extends ServiceId = ServiceId> =
  | { readonly ok: true; readonly happenings: readonly Happening<Id>[]; readonly report?: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** One of the contract's incidents at one device's place; `args` are complete. Its chance comes from `seed` and `id`, so that ordinary life draws as without it. */
export interface Struck {
  readonly id: string;
  readonly kind: string;
  readonly args: Readonly<Record<string, number | string>>;
  readonly seed: number;
}

/** How a sensor bends the truth: white noise (absolute and relative standard deviation), then rounding to `step` (default: the metric's precision). */
export interface Sensing {
  readonly sd?: number;
  readonly relative?: number;
  readonly step?: number;
}

/**
 * How a service behaves: physics, with memory. `State` is plain JSON data, its generators included (never undefined, NaN, Infinity, Map, Date
 * or typed arrays in it); all time is the argument `t`; no Math.pow, no `**`, no Math.random, no Date.now in here (they differ between engines or runs).
 */
export interface Model<Id extends ServiceId, State> {
  /** What of this service stands where: sites with their devices and gateways, the same for every seed. */
  place(ground: Ground): readonly Site<Id>[];
  readonly sensing: { readonly [M in MetricOf<Id>]?: Sensing };
  /** City seconds between two calls of `step`: a divisor of 60. */
  readonly stepSeconds: number;
  init(city: Sites<Id>, seed: number, start: number): State;
  /** Advances the whole service to instant `t` (a multiple of stepSeconds); returns what happened since the last step, in order of t. */
  step(state: State, city: Sites<Id>, env: Environment, t: number): readonly Happening<Id>[];
  /** Takes effect at t, between two steps; what `report` names is read at the same instant. May change `state`. */
  obey(state: State, city: Sites<Id>, device: Device<Id>, order: Order, env: Environment, t: number): Obeyed<Id>;
  /** An incident begins at t, between two steps. What cannot befall this place now is refused with the reason. May change `state`, which remembers it by id. */
  incite(state: State, city: Sites<Id>, device: Device<Id>, struck: Struck, env: Environment, t: number): Obeyed<Id>;
  /** It ends at t; what follows from it (a queue, water) goes by itself. */
  relent(state: State, city: Sites<Id>, device: Device<Id>, struck: Struck, env: Environment, t: number): readonly Happening<Id>[];
  /** It has come to an end by itself: who fell was helped, the car has gone. `relent` is called then, too. */
  over(state: State, city: Sites<Id>, device: Device<Id>, struck: Struck, env: Environment, t: number): boolean;
  /** A reading of this device at t would differ because of it. */
  felt(state: State, city: Sites<Id>, device: Device<Id>, struck: Struck, env: Environment, t: number): boolean;
  /** The contract's outcomes, summed since the city began. */
  outcome(state: State): Readonly<Record<string, number>>;
  /** What the device measures at t. Windowed metrics (counts) cover the time since its last periodic `observe`; called once per sampling instant, seeded phases. */
  observe(state: State, city: Sites<Id>, device: Device<Id>, env: Environment, t: number): Truth<Id>;
}

/** Exists for every catalogue id: the compiler says so. */
export type Models = { readonly [Id in ServiceId]: Model<Id, unknown> };
