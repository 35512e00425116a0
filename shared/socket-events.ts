import type { ChronicleLine, DeviceRow, FigureSeries, Hops, Ledger, Room, SeriesPoint } from "./city-port.ts";
import type { CityClock, ClockAction } from "./clock.ts";
import type { Result } from "./result.ts";
import type { Actor, Right } from "./roles.ts";
import type { Acted, RoomAction } from "./room-action.ts";
import type { RoomNews } from "./room-port.ts";
import type { ScenarioRun } from "./scenario/scenario-port.ts";

/** Columns of one tick: cell numbers and their new values. A browser that sees a hole (prev is not its n) asks `catchup`. */
export interface Tick {
  readonly room: Room;
  readonly epoch: string;
  readonly n: number;
  readonly prev: number;
  readonly i: readonly number[];
  readonly v: readonly (number | null)[];
  /** Wall clock of the server, for measuring the way to the screen. */
  readonly at: number;
}
export interface Snapshot {
  readonly epoch: string;
  readonly me: Actor & { readonly rights: readonly Right[] };
  readonly clock: CityClock | null;
  readonly devices: readonly DeviceRow[];
  readonly figureCells: readonly { readonly service: string; readonly figure: string; readonly cell: number }[];
  readonly figures: Readonly<Record<string, readonly FigureSeries[]>>;
  readonly rooms: readonly Tick[];
  readonly chronicle: readonly ChronicleLine[];
  readonly desk: DeskSnapshot;
}
/** The desk as it stands at journal number `n`: all that is in a list, and the newest lines. */
export type DeskSnapshot = RoomNews;
export interface Status {
  readonly hops: Hops;
  readonly ledger: Ledger;
  readonly quarantine: number;
  /** Server to browser, ms: filled in by the browser from `at`. */
  readonly at: number;
}
export interface WatchPoint {
  readonly t: number;
  readonly v: number | null;
  readonly q?: string;
  readonly late?: true;
}
export interface WatchStart {
  readonly id: number;
  readonly points: readonly SeriesPoint[];
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  readonly step: number;
}

export interface ServerToClient {
  /** After connecting, and again with another epoch. */
  snapshot(snapshot: Snapshot): void;
  /** Volatile, 20 Hz at most, only when something changed. */
  tick(tick: Tick): void;
  /** Volatile, once a second. */
  status(status: Status): void;
  clock(clock: CityClock | null): void;
  devices(rows: readonly DeviceRow[]): void;
  chronicle(lines: readonly ChronicleLine[]): void;
  /**
   * Something is injected or a scenario runs, and whether the city is being taken on to the next cue: all that the room is told of it, and to everybody.
   * When it changes, and after connecting.
   */
  exercise(on: boolean, seeks: boolean): void;
  /** Runs that changed, once a second at most: to those with the right `inject` or `clock`; after connecting those that go on. */
  runs(runs: readonly ScenarioRun[]): void;
  /** Reliable, in order; at most 20 Hz. */
  desk(news: RoomNews): void;
  /** Reliable, in order; `skipped` says how many were left out when more than 20 a second came. */
  points(batch: { readonly id: number; readonly points: readonly WatchPoint[]; readonly skipped: number }): void;
}
export interface ClientToServer {
  catchup(request: { room: Room; n: number }, answer: (tick: Tick | null) => void): void;
  /** History since `from` (at most `points`), then every point as it comes. */
  watch(request: { device: string; metric: string; from: number; points: number }, answer: (start: Result<WatchStart>) => void): void;
  unwatch(id: number): void;
  clock(action: ClockAction, answer: (result: Result<CityClock>) => void): void;
  /** Alarms, commands and queues; answers when it is durable and has taken effect. */
  act(action: RoomAction, answer: (result: Result<Acted>) => void): void;
}
