import type { PositionLimits, Response, Rule, SensingLimits } from "./alarm-rule.ts";
import type { CommandType } from "./command.ts";
import type { InjectionKind, TruthClass } from "./scenario/injection.ts";
import type { OutcomeMeasure } from "./scenario/outcome.ts";
import { type Text, text } from "./text.ts";

export { type Text, text };

/**
 * What a city service IS, as data. How it behaves lives in `simulator/services/`; how it looks is drawn from this.
 * Strict where written (a misspelt metric does not compile), plain where read (`Service` has string names).
 */

/** How values of one metric are joined over time: counts are summed, levels averaged, registers take the last. */
type Aggregate = "mean" | "sum" | "max" | "last";

export interface NumberMetric {
  readonly kind: "number";
  readonly label: Text;
  /** UCUM code, e.g. `m`, `km/h`, `{veh}`, `1`. */
  readonly unit: string;
  /** Physical range: a reading outside it is refused. */
  readonly min: number;
  readonly max: number;
  /** Decimals on the wire; values are published from integers of this precision. */
  readonly precision: number;
  readonly aggregate: Aggregate;
  /** By what its sensor's own trouble shows. */
  readonly sensing?: SensingLimits;
}
export interface FlagMetric {
  readonly kind: "flag";
  readonly label: Text;
  readonly on: Text;
  readonly off: Text;
}
export interface StateMetric {
  readonly kind: "state";
  readonly label: Text;
  /** Append-only: the position of a word is its code in the store and in the live feed. */
  readonly words: readonly string[];
  readonly texts: Readonly<Record<string, Text>>;
  /** Words that mean that the thing itself is out of order: told as ground truth, for scoring. */
  readonly broken?: readonly string[];
}
/** Two numbers on the wire, `[lat, lon]` in degrees (WGS 84); for devices that move. `[0, 0]`, what a receiver says that hears no satellite, is refused. */
export interface PositionMetric {
  readonly kind: "position";
  readonly label: Text;
  readonly sensing?: PositionLimits;
}
export type Metric = NumberMetric | FlagMetric | StateMetric | PositionMetric;

/** One kind of device of a service; all kinds of a service share its table. */
export interface DeviceKind<M extends string = string> {
  readonly label: Text;
  /** In this order they stand in the live feed. */
  readonly metrics: readonly M[];
  /** Seconds between two periodic readings. */
  readonly every: number;
  /** A device that has been silent for longer than this many seconds is stale. */
  readonly stale: number;
  /** Names of per-device numbers in the birth document, e.g. the reference level of a gauge. */
  readonly constants?: readonly string[];
}

export type EventField =
  | { readonly kind: "number"; readonly label: Text; readonly unit: string; readonly min: number; readonly max: number }
  | { readonly kind: "word"; readonly label: Text; readonly words: readonly string[] }
  /** Pseudonymous token, `[a-z0-9]{1,32}`: never a plate, a name or an address. */
  | { readonly kind: "token"; readonly label: Text };

export interface EventType {
  readonly label: Text;
  readonly fields: Readonly<Record<string, EventField>>;
  /** It may well be called when it happens in ordinary life: told as ground truth, for scoring. */
  readonly truth?: TruthClass;
}

/** A metric that the room computes from others and from the device's constants; never on the wire. */
export interface Derived<M extends string = string> {
  readonly metric: M;
  readonly from: readonly M[];
  readonly constants: readonly string[];
  /** Values in the order of `from`, then constants in their order. */
  readonly value: (values: readonly number[], constants: readonly number[]) => number;
  /** Formula or source, for people. */
  readonly source: string;
}

/** A figure of the service's tile: one number over all fresh devices of one kind. */
export interface Figure<M extends string = string, K extends string = string> {
  readonly id: string;
  readonly label: Text;
  readonly unit: string;
  readonly precision: number;
  readonly kind: K;
  readonly metric: M;
  /** `count` and `share` count flags that are on, states among `words`, or numbers at or above `atLeast`. */
  readonly reduce: "mean" | "sum" | "max" | "min" | "count" | "share";
  readonly words?: readonly string[];
  readonly atLeast?: number;
  /** Multiplies the result, e.g. 60 from vehicles per minute to vehicles per hour. */
  readonly factor?: number;
  /** Ends of the analog bar. With `perDevice`, both are multiplied by the number of devices of the kind. */
  readonly scale: readonly [number, number];
  readonly perDevice?: boolean;
  /** Design profile: the usual middle by hour of day; band = middle x (1 +- spread). Holds until weeks of history exist. */
  readonly usual: { readonly weekday: readonly number[]; readonly weekend: readonly number[]; readonly spread: number };
}

/** An injection that only the service's model can play: it strikes the place of each device that is named. */
export type Incident<K extends string = string> = Omit<InjectionKind, "on" | "kinds"> & { readonly kinds: readonly K[] };

type Names<Ms, Wanted> = string extends keyof Ms ? string : { [M in keyof Ms]: Ms[M] extends Wanted ? M : never }[keyof Ms] & string;

export interface ServiceSpec<Id extends string, Ms extends Readonly<Record<string, Metric>>, K extends string, E extends string, C extends string> {
  readonly id: Id;
  readonly title: Text;
  /** Inline SVG path data on a 24 x 24 grid, stroke only: the service's quiet mark. */
  readonly mark: string;
  /** Only the `care` right may see devices of this service; everybody else gets district aggregates. */
  readonly sensitive: boolean;
  readonly metrics: Ms;
  readonly kinds: Readonly<Record<K, DeviceKind<NoInfer<keyof Ms & string>>>>;
  readonly events: Readonly<Record<E, EventType>>;
  readonly derived: readonly Derived<NoInfer<keyof Ms & string>>[];
  readonly commands: Readonly<Record<C, CommandType<NoInfer<K>>>>;
  /** Beside them, every kind has the rules of `shared/sensor-rules.ts`: trouble of sensors is the same in every service. */
  readonly rules: readonly Rule<
    Names<NoInfer<Ms>, NumberMetric>,
    Names<NoInfer<Ms>, FlagMetric>,
    Names<NoInfer<Ms>, StateMetric>,
    NoInfer<K>,
    NoInfer<E>
  >[];
  readonly responses: readonly Response<NoInfer<K>>[];
  /** What can befall the service's places in a scenario: events of the city, and ordinary life that must stay quiet. */
  readonly incidents: Readonly<Record<string, Incident<NoInfer<K>>>>;
  /** By what two nights are held against each other; the model sums them up. */
  readonly outcomes: Readonly<Record<string, OutcomeMeasure>>;
  readonly panel: {
    /** Three figures, in the order of the tile's rows. */
    readonly figures: readonly Figure<NoInfer<keyof Ms & string>, NoInfer<K>>[];
    /** The figure whose last hour the tile draws. */
    readonly trend: string;
    /** Metric shown first on a device page, per kind. */
    readonly main: Readonly<Record<NoInfer<K>, NoInfer<keyof Ms & string>>>;
  };
}

export type Service = ServiceSpec<string, Readonly<Record<string, Metric>>, string, string, string>;

/** Checks the author's spec against its own metric and kind names; what is read from it keeps the names. */
export function defineService<
  const Id extends string,
  const Ms extends Readonly<Record<string, Metric>>,
  const K extends string,
  const E extends string,
  const C extends string,
>(spec: ServiceSpec<Id, Ms, K, E, C>): ServiceSpec<Id, Ms, K, E, C> {
  return spec;
}

type NumberOptions = Omit<NumberMetric, "kind" | "label">;
export const number = (ko: string, en: string, options: NumberOptions): NumberMetric => ({ kind: "number", label: { ko, en }, ...options });
export const flag = (ko: string, en: string, on: Text, off: Text): FlagMetric => ({ kind: "flag", label: { ko, en }, on, off });
export const state = (ko: string, en: string, texts: Readonly<Record<string, Text>>, broken: readonly string[] = []): StateMetric => ({
  kind: "state",
  label: { ko, en },
  words: Object.keys(texts),
  texts,
  ...(broken.length === 0 ? {} : { broken }),
});
export const position = (ko: string, en: string, sensing?: PositionLimits): PositionMetric => ({
  kind: "position",
  label: { ko, en },
  ...(sensing === undefined ? {} : { sensing }),
});

/** The same middle at every hour, for figures without a daily rhythm. */
export const steady = (middle: number, spread: number) => ({
  weekday: new Array<number>(24).fill(middle),
  weekend: new Array<number>(24).fill(middle),
  spread,
});
