import type { CommandArgs } from "./command.ts";
import type { LinkId } from "./links.ts";
import type { Text } from "./text.ts";

/**
 * What deserves a person's look, as data of a service's contract. Rationalisation after ISA-18.2 / IEC 62682: without an operator's action it is an
 * event, not an alarm. Evaluated in event time by `broker/alarms/`.
 */
export const priorities = [1, 2, 3, 4] as const;
/** 1 = highest. */
export type Priority = (typeof priorities)[number];
/** Maintenance: the sensor is in trouble, not the city; a list and a score of its own. */
export const alarmClasses = ["operations", "maintenance"] as const;
export type AlarmClass = (typeof alarmClasses)[number];
/** alarm = a person of the room must act at once; case = enforcement; task = the care desk; event = told in the chronicle only. */
type Outcome = "alarm" | "case" | "task" | "event";

/** A fixed bound, or one of the device's constants (times `factor`, plus `plus`). */
export type Bound = number | { readonly constant: string; readonly factor?: number; readonly plus?: number };

/** Seconds that the condition must hold before it counts, and must be gone before it is over. */
export interface Delays {
  readonly on?: number;
  readonly off?: number;
}

/** Names by kind of metric: number, flag, state; E = events. */
export type Condition<N extends string, F extends string, S extends string, E extends string> =
  | LimitCondition<N>
  | RateCondition<N>
  | HeldCondition<F, S>
  | EventCondition<E>
  | OverstayCondition<F, S>
  | InactivityCondition<N, F>
  | DeclineCondition<N, F>
  | SeasonalCondition<N>
  | UnusualCondition<N>
  | ForecastCondition<N>
  | ConsistencyCondition<N>
  | UnansweredCondition<S>
  | ManyCondition
  | OutageCondition
  | SensorCondition;

/** A number beyond a limit; several steps make one alarm whose priority steps up and down. Leaves a step when it is back by more than the deadband. */
export interface LimitCondition<N extends string> extends Delays {
  readonly kind: "limit";
  readonly metric: N;
  readonly side: "above" | "below";
  /** From the mildest to the gravest. */
  readonly steps: readonly { readonly limit: Bound; readonly priority: Priority; readonly name?: Text }[];
  readonly deadband: number;
  /** Consecutive readings beyond the limit; default 1. */
  readonly samples?: number;
  /** Only while another number of the device is at least so much. */
  readonly while?: { readonly metric: N; readonly atLeast: number };
}
/** Rises (or falls) by at least `by` within `within` seconds. Over when it has moved by less than half of it. */
export interface RateCondition<N extends string> extends Delays {
  readonly kind: "rate";
  readonly metric: N;
  readonly side: "rising" | "falling";
  readonly by: number;
  readonly within: number;
  /** Only while the metric itself is at least so much. */
  readonly from?: Bound;
  /** Only what moves away from all of these places. */
  readonly awayFrom?: AwayFrom;
}
/** Of a device that moves: it is at none of its service's devices of these kinds, each a circle round its spot whose radius, in metres, is a constant. */
export interface AwayFrom {
  /** Metric of the device that says where it is. */
  readonly position: string;
  readonly kinds: readonly string[];
  readonly radius: string;
}
/** A flag or state that holds for `seconds`. */
export interface HeldCondition<F extends string, S extends string> extends Delays {
  readonly kind: "held";
  readonly metric: F | S;
  readonly is: boolean | readonly string[];
  readonly seconds: number;
  /** Longer is graver. */
  readonly steps?: readonly { readonly seconds: number; readonly priority: Priority }[];
  /** Only while another flag or state of the same device, or of the device of `kind` at the same place (equal constant), is one of these. */
  readonly while?: {
    readonly metric: F | S;
    readonly is: boolean | readonly string[];
    readonly at?: { readonly kind: string; readonly same: string };
  };
}
/** The event itself. It is over at another event, after so many seconds, or only when somebody resets it (latched). */
export interface EventCondition<E extends string> {
  readonly kind: "event";
  readonly event: E;
  readonly where?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly overAt?: E;
  readonly overAfter?: number;
}
/** Dated law: the version whose date is the newest at the begin of the stay holds. */
export interface OverstayCondition<F extends string, S extends string> {
  readonly kind: "overstay";
  readonly occupied: F;
  readonly vehicle: S;
  readonly law: readonly StayLaw[];
}
export interface StayLaw {
  /** First day on which it holds, `yyyy-mm-dd`, city time. */
  readonly from: string;
  readonly clause: Text;
  /** KRW. */
  readonly amount: number;
  readonly limits: readonly {
    readonly vehicles: readonly string[];
    /** Value of the constant `fast` of the bay for which it holds; absent = any. */
    readonly fast?: 0 | 1;
    readonly seconds: number;
    /** Hours of the local day that do not count, `[from, to)`. */
    readonly notCounted?: readonly [number, number];
    /** Not at a place whose constant is smaller, e.g. a complex with few households; a place without the constant is not exempt. */
    readonly unless?: { readonly constant: string; readonly below: number };
  }[];
}
/** Nothing has moved for so long. Being away suspends it, but expires: a visitor who leaves while the resident lies on the floor looks like going out. */
export interface InactivityCondition<N extends string, F extends string> {
  readonly kind: "inactivity";
  readonly activity: N;
  readonly away: F;
  readonly steps: readonly { readonly seconds: number; readonly priority: Priority }[];
  /** Away for longer than this counts as inactivity. */
  readonly awayExpires: number;
}
/**
 * A sum of each day that falls slowly: its last weeks against weeks of some months ago. Time away and time unheard are filled in from the usual day, and a
 * day that was mostly away, or on which one of `unless` stood, counts as none. Silent while it learns, which takes `usual` and `recent` weeks.
 */
export interface DeclineCondition<N extends string, F extends string> {
  readonly kind: "decline";
  readonly activity: N;
  readonly away: F;
  /** Less by this share is a decline; over when it is back by more than the deadband, a share too. */
  readonly share: number;
  readonly deadband: number;
  /** Weeks that are looked back at: the oldest of them are the usual, the newest what is judged. */
  readonly weeks: { readonly usual: number; readonly recent: number; readonly memory: number };
  /** Rules of the same device that put its sensor in doubt: a sensor that fails counts less and less, too. */
  readonly unless: readonly string[];
}
/** Deviates from its own usual: median and spread of the same hour of the week, learned online. Silent while it learns. */
export interface SeasonalCondition<N extends string> extends Delays {
  readonly kind: "seasonal";
  readonly metric: N;
  readonly side: "above" | "below" | "both";
  /** So many robust spreads. */
  readonly spreads: number;
  /** And by at least so much. */
  readonly least: number;
}
/** Unlike its own past, in whatever way: level, movement, rhythm, or that nothing comes. Everything it is judged by is learned from the series itself. */
export interface UnusualCondition<N extends string> {
  readonly kind: "unusual";
  readonly metric: N;
}
/** Will pass the limit within `lead` seconds, judged from the upstream neighbour and rain. */
export interface ForecastCondition<N extends string> extends Delays {
  readonly kind: "forecast";
  /** `level`: of gauges. For a kind without it, the water beside the device: between its gauges by chainage, in EL. */
  readonly metric: N;
  readonly limit: Bound;
  readonly lead: number;
}
/** Neighbours contradict each other. */
export interface ConsistencyCondition<N extends string> extends Delays {
  readonly kind: "consistency";
  readonly metric: N;
  /** upstream: against the next gauges; neighbours: against approaches of the same crossing; balance: sum of nets against gross. */
  readonly against: "upstream" | "neighbours" | "balance";
  /** Largest difference that is still explained, in the metric's unit or, with `relative`, as a share. */
  readonly most: number;
  readonly relative?: boolean;
}
/** While another rule stands at the device, it is not in one of these states after `seconds`: what was to be done has not been done. */
export interface UnansweredCondition<S extends string> {
  readonly kind: "unanswered";
  /** Id of a rule of the same service and kind. */
  readonly rule: string;
  readonly metric: S;
  readonly is: readonly string[];
  readonly seconds: number;
}
/** Trouble of the sensor itself, judged for every metric that declares `sensing`. */
export interface SensorCondition {
  readonly kind: "sensor";
  readonly trouble: "silent" | "gateway" | "stuck" | "spike" | "drift" | "range" | "battery" | "clock";
}

/** The same rule stands at many devices of the kind within a district: they have a cause in common. Told at one of them; over when half as many stand. */
export interface ManyCondition {
  readonly kind: "many";
  /** Id of a rule of the same service and kind. */
  readonly rule: string;
  /** At least so many, and this share of those that are heard. */
  readonly least: number;
  readonly share: number;
}

/**
 * Gateways that speak for several devices fell silent within one turn of theirs: what they share is gone, not each of them. Judged from times of readings
 * alone; those that had no turn since are not counted.
 */
export interface OutageCondition {
  readonly kind: "outage";
  /** `city`: only where it has several districts. */
  readonly of: "district" | "city";
  /** At least so many, and this share of those that should have spoken since. Over when half of them speak again. */
  readonly least: number;
  readonly share: number;
}

/** What a metric's sensor can do, so that its own trouble shows. All in the metric's unit and seconds. */
export interface SensingLimits {
  /** Unchanged to the last digit for so long = stuck; absent = may stay. */
  readonly stuck?: number;
  /** Only judged stuck while values are above this (a queue of 0 may stay 0). */
  readonly stuckAbove?: number;
  /** A jump by more than this that comes back with the next readings = spike. */
  readonly spike?: number;
  /** Fastest change that physics allows, per minute. */
  readonly perMinute?: number;
  /** What can be there; narrower than the contract's range, which refuses. */
  readonly plausible?: readonly [number, number];
  /** Slow creep against its neighbours or its balance, per day. */
  readonly driftPerDay?: number;
  /** Metric of the same kind without which this one does not rise from day to day: tells creep where neighbours do not. */
  readonly fedBy?: string;
}

/** The same of a device that moves. */
export interface PositionLimits {
  /** Further outside of where the city's fixed devices lie than this, km = it cannot be there. */
  readonly away: number;
  /** The same to a metre for so many seconds, while readings say that it moves = stuck. */
  readonly stuck: number;
  readonly moving: { readonly metric: string; readonly atLeast: number };
}

/** Cause and consequence across rules: this alarm hangs under an open alarm of `rule` (`service/rule`, or `*` and a rule of any service) within the same reach. */
export interface CausedBy {
  readonly rule: string;
  readonly within: "device" | "gateway" | "downstream" | "district" | "city";
}

export interface Rule<
  N extends string = string,
  F extends string = string,
  S extends string = string,
  K extends string = string,
  E extends string = string,
> {
  /** `[a-z0-9-]`, unique in the service. */
  readonly id: string;
  /** Grows with every change of meaning; kept in the evidence. */
  readonly version: number;
  readonly kind: K;
  readonly outcome: Outcome;
  readonly class: AlarmClass;
  readonly priority: Priority;
  readonly title: Text;
  readonly cause: Text;
  readonly consequence: Text;
  /** Numbered steps. */
  readonly response: readonly Text[];
  /** Minutes until the consequence; 0 = not known. */
  readonly minutes: number;
  readonly when: Condition<N, F, S, E>;
  /** Stays until somebody resets it, also when the condition has gone. */
  readonly latched?: boolean;
  /** Goes into the public CAP feed. */
  readonly public?: {
    readonly category: "Met" | "Safety" | "Rescue" | "Fire" | "Health" | "Env" | "Transport" | "Infra";
    readonly instruction: Text;
  };
  readonly causedBy?: readonly CausedBy[];
  /** Handed to these at once, or when an operator asks. */
  readonly links?: readonly { readonly to: LinkId; readonly when: "raised" | "asked" }[];
}

/** A rule bound to a command. The journal says "system". */
export interface Response<K extends string = string> {
  readonly id: string;
  readonly title: Text;
  /** Id of a rule of the same service. */
  readonly rule: string;
  readonly op: string;
  readonly args: CommandArgs;
  /** Devices that get the command: the alarm's own, or those of a kind behind the same gateway. */
  readonly on: "self" | { readonly kind: K };
  /** City seconds in which a person can abort it. */
  readonly countdown: number;
  /** What happens by itself all the same when somebody has aborted it: he must not believe that he has prevented it. */
  readonly otherwise?: Text;
  /** Default: `raised`. At `cleared` it takes back what a response has done, unless a person has commanded the device since. */
  readonly when?: "raised" | "cleared";
  /** While one of these is true the response waits: the device's flag is on or its state is one of `is`; or the alarm's value is an estimate. */
  readonly guards: readonly { readonly metric: string; readonly is: boolean | readonly string[]; readonly says: Text }[];
  /** Mode of a fresh city. */
  readonly mode: "auto" | "manual";
}
