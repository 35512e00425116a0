import type { CityPlan } from "./city-plan.ts";
import type { CityClock, ClockAction } from "./clock.ts";
import type { Quality, StateWord, Value } from "./reading.ts";
import type { Result } from "./result.ts";
import type { Actor } from "./roles.ts";
import type { RoomPort } from "./room-port.ts";
import type { Text } from "./service.ts";
import type { Timeline } from "./timeline.ts";

/**
 * What a room can ask of a city. The console knows nothing else: no MQTT, no store, no simulator.
 * All times are epoch ms UTC. Methods reject only when the city itself is broken (store away); a wrong question is a `Result`.
 * Rights are the asker's business: the port answers everything, the console's server filters by role.
 */
export interface CityPort {
  /** undefined while no simulator and no run has ever been seen: then there is only the field timeline. */
  clock(): CityClock | undefined;
  plan(): CityPlan;
  devices(): readonly DeviceRow[];
  device(id: string): DeviceDetail | undefined;
  series(query: SeriesQuery): Promise<Result<Series>>;
  spans(query: SpansQuery): Promise<Result<readonly Span[]>>;
  aggregate(query: AggregateQuery): Promise<Result<readonly AggregateRow[]>>;
  lastAbove(query: LastAboveQuery): Promise<Result<readonly LastAbove[]>>;
  /** Per city minute, oldest first; `null` = no fresh device then. */
  figures(service: string, from: number, to: number): readonly FigureSeries[];
  chronicle(query: { from: number; to: number; service?: string; limit: number }): readonly ChronicleLine[];
  quarantine(query: { limit: number; device?: string }): QuarantinePage;
  ledger(): Ledger;
  deviceLedger(id: string): Counters | undefined;
  /** Latest raw messages of a device or gateway, newest first; bounded, in memory. */
  recent(device: string, limit: number): readonly RawMessage[];
  hops(): Hops;
  /** Asks the simulator; resolves when it has taken effect (a reset: when panels are full again). */
  act(action: ClockAction, by: Actor): Promise<Result<CityClock>>;
  register(request: DeviceRequest, by: Actor): Promise<Result<DeviceAccess>>;
  readonly feed: LiveFeed;
  /** Alarms, queues, commands and hand-overs. */
  readonly room: RoomPort;
  health(): { status: "ok" | "degraded" | "down"; parts: Record<string, { status: "ok" | "degraded" | "down"; text: string }> };
}

export interface DeviceRow {
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly name: Text;
  readonly district: string;
  readonly gateway: string;
  readonly lat: number;
  readonly lon: number;
  readonly timeline: Timeline;
  readonly every: number;
  readonly stale: number;
  /** Last retained state, `lost` also when its gateway is. */
  readonly state: StateWord | "unknown";
  /** Time of the newest reading on its own timeline; 0 = never. */
  readonly lastSeen: number;
  /** First cell in the live feed: see `LiveFeed`. */
  readonly cell: number;
}
export interface DeviceDetail extends DeviceRow {
  readonly model: string | undefined;
  readonly fw: string | undefined;
  readonly constants: Readonly<Record<string, number>>;
  /** Newest value of each metric that was ever seen. */
  readonly last: Readonly<Record<string, { readonly t: number; readonly value: Value; readonly quality: Quality }>>;
  readonly counters: Counters;
  readonly boot: number | undefined;
}

export interface SeriesQuery {
  readonly device: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  /** At most so many points; 10..2000. */
  readonly points: number;
}
/** `min = mean = max` when the store's own step is finer than the grid. Missing stays missing. */
export interface SeriesPoint {
  readonly t: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly n: number;
  /** Worst quality among the readings of the bucket; absent = good. */
  readonly q?: Quality;
}
export interface Series {
  readonly points: readonly SeriesPoint[];
  /** No reading for longer than the device's stale limit. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Width of a bucket in ms. */
  readonly step: number;
}
export interface SpansQuery {
  readonly device: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
}
/** A state or flag that held from..to; `value` is the word, or true / false. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: string | boolean;
}
export interface AggregateQuery {
  readonly service: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
}
/** Hours begin on the hour of UTC. Flags: share of readings that are on. `sum` metrics: `mean` is the mean of readings, `sum` their sum. */
export interface AggregateRow {
  readonly t: number;
  readonly district: string;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly sum: number;
  readonly n: number;
}
/** When a number was above a bound last, at every device of a service that has said it in from..to. */
export interface LastAboveQuery {
  readonly service: string;
  readonly metric: string;
  readonly above: number;
  readonly from: number;
  readonly to: number;
}
export interface LastAbove {
  readonly device: string;
  /** Newest reading above the bound; null = none was. */
  readonly last: number | null;
  /** Oldest reading of all in from..to. */
  readonly first: number;
}
export interface FigureSeries {
  readonly id: string;
  readonly t: readonly number[];
  readonly v: readonly (number | null)[];
}

/** What happened, in the order of city time: device events, and devices falling silent or speaking again. */
export interface ChronicleLine {
  /** Grows by one per line; a cursor. */
  readonly n: number;
  readonly t: number;
  readonly service: string;
  readonly device: string;
  /** An event of the contract, or `silent`, `back`. */
  readonly what: string;
  readonly x: Readonly<Record<string, number | string>>;
}

export interface QuarantineItem {
  readonly n: number;
  /** Wall clock of arrival. */
  readonly t: number;
  readonly topic: string;
  /** Client id and user name of the sender. */
  readonly client: string;
  readonly device: string | undefined;
  readonly code: RefusalCode;
  /** A sentence that a person understands, naming the place. */
  readonly reason: string;
  /** At most 2,000 characters; binary is shown as `\xNN`. */
  readonly payload: string;
}
export const refusalCodes = ["rights", "size", "topic", "json", "shape", "device", "metric", "range", "time", "event", "meta", "reserved"] as const;
export type RefusalCode = (typeof refusalCodes)[number];
export interface QuarantinePage {
  readonly items: readonly QuarantineItem[];
  /** Ever refused, also those that made room for newer ones. */
  readonly total: number;
  readonly byCode: Readonly<Partial<Record<RefusalCode, number>>>;
}

/** received = accepted + duplicate + refused; stored = accepted once `pending` is 0; lost and late stand apart. Counted in readings and events. */
export interface Counters {
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Holes in the sequence that did not close within the window. */
  readonly lost: number;
  readonly late: number;
  readonly stored: number;
  readonly pending: number;
}
export interface Ledger extends Counters {
  /** Messages (a pack is one). */
  readonly messages: number;
  readonly since: number;
}
export interface RawMessage {
  readonly t: number;
  readonly topic: string;
  readonly payload: string;
  readonly verdict: "accepted" | "duplicate" | "refused" | "partly";
}
/** Freshness of each hop, for the chain in the top bar. */
export interface Hops {
  readonly gateways: { readonly connected: number; readonly total: number };
  /** Arrival to durable in the log, ms, median of the last seconds. */
  readonly broker: number;
  /** Arrival to accepted. */
  readonly ingest: number;
  /** Age of the oldest accepted reading that is not in the store yet, ms; `away` when the store does not answer. */
  readonly store: { readonly lag: number; readonly away: boolean; readonly rows: number };
  readonly readingsPerSecond: number;
}

/** Registers a real device; it lives on the field timeline. */
export interface DeviceRequest {
  readonly service: string;
  readonly device: string;
  readonly kind?: string;
  readonly name?: Text;
  readonly district?: string;
  readonly lat?: number;
  readonly lon?: number;
  /** Per-device numbers that its kind names, e.g. the reference level of a gauge; fixed once it is registered. */
  readonly constants?: Readonly<Record<string, number>>;
}
export interface DeviceAccess {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly topics: Readonly<Record<string, string>>;
  readonly example: string;
}

/** Care devices go to `care` alone. */
export type Room = "public" | "care";

/**
 * Live values as numbered cells. Device row `cell` = c: cell c holds the time of its newest reading (epoch ms), then one cell per metric in
 * the order of its kind (`position` takes two). Flags are 0 or 1, states the index of their word, NaN = never seen. Figures have cells of their own.
 */
export interface LiveFeed {
  /** Changes when cells are numbered anew (another run, another fleet): then everybody needs a new snapshot. */
  epoch(): string;
  /** Version of the newest change. */
  version(): number;
  roomOf(cell: number): Room;
  figureCells(): readonly { readonly service: string; readonly figure: string; readonly cell: number }[];
  /** Cells of the room that changed after `after`, or all that hold a value with `after` = -1. */
  changed(room: Room, after: number): { readonly i: number[]; readonly v: (number | null)[] };
  /** Each accepted reading of one device, in order of arrival. Returns the way to stop. */
  onReading(device: string, listener: (reading: LiveReading) => void): () => void;
  onChronicle(listener: (lines: readonly ChronicleLine[]) => void): () => void;
  onClock(listener: (clock: CityClock | undefined) => void): () => void;
  /** The device table changed (birth, state); rows that are new or different. */
  onDevices(listener: (rows: readonly DeviceRow[]) => void): () => void;
}
export interface LiveReading {
  readonly t: number;
  /** Older than the device's newest: to be inserted, not appended. */
  readonly late: boolean;
  readonly m: Readonly<Record<string, Value>>;
  readonly q: Readonly<Record<string, Quality>>;
}
