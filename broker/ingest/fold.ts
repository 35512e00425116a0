import { serialize } from "node:v8";
import type { ChronicleLine, RefusalCode } from "../../shared/city-port.ts";
import type { CityClock } from "../../shared/clock.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import type { Room, RoomState } from "../room/room.ts";
import { type Board, createBoard } from "./board.ts";
import type { Chronicle, Waiting } from "./chronicle.ts";
import { type FigureState, type Figures, noFigures } from "./figures.ts";
import type { Quarantine } from "./quarantine.ts";
import { newTrack, type Track } from "./track.ts";

/** Everything that the ingest knows, as one fold over the log: its checkpoint is `FoldState`, plain data. */
export interface FoldState {
  /** Of how it is written; absent: 1, before it had a number. */
  readonly v?: number;
  readonly position: number;
  readonly clock: CityClock | undefined;
  readonly tracks: Readonly<Record<string, Track>>;
  readonly gatewayStates: Readonly<Record<string, string>>;
  readonly figures: FigureState;
  readonly chronicle: { n: number; waiting: Waiting[] };
  /** In an image: what had been told of the city. */
  readonly told?: readonly ChronicleLine[];
  readonly quarantine: { total: number; byCode: Partial<Record<RefusalCode, number>> };
  readonly totals: Totals;
  /** Absent: written before there were alarms; the room begins with an empty desk. */
  readonly room?: RoomState;
}
const format = 3;
/** Why this program cannot go on from it; undefined = it can. What an older program wrote is taken as it is. */
export const troubleOf = ({ v = 1 }: Pick<FoldState, "v">): string | undefined =>
  v > format ? `it was written by a newer program (format ${v}, this one knows up to ${format}): start that program or a newer one` : undefined;

/** A `FoldState` as `node:v8` serializes it, and the log position that it is of. */
export interface SavedFold {
  readonly position: number;
  readonly bytes: Uint8Array;
}
/** Counted here because their device is not known, or for the whole house. */
interface Totals {
  messages: number;
  since: number;
  strayReceived: number;
  strayRefused: number;
}

export interface Fold {
  position: number;
  clock: CityClock | undefined;
  readonly tracks: Map<string, Track>;
  readonly gatewayStates: Map<string, string>;
  readonly board: Board;
  readonly figures: Figures;
  readonly chronicle: Chronicle;
  readonly quarantine: Quarantine;
  readonly room: Room;
  totals: Totals;
  trackOf(entry: Entry): Track;
  /** Copy of now; nothing in it changes later. */
  state(): FoldState;
  /** The same as bytes for the checkpoint, in one pass over everything: the main loop stands still meanwhile. */
  saved(): SavedFold;
  /** The same, for a run that begins from it. */
  image(): FoldState;
  /** `only` = city: devices of the field timeline keep what they have. */
  restore(state: FoldState, only?: Timeline): void;
  /** Forgets the city's readings, for a run that begins at this instant. */
  forgetCity(start: number, run: string): void;
}

export interface FoldParts {
  readonly registry: Registry;
  readonly figures: Figures;
  readonly chronicle: Chronicle;
  readonly quarantine: Quarantine;
  readonly room: Room;
}

export function createFold({ registry, figures, chronicle, quarantine, room }: FoldParts): Fold {
  const tracks = new Map<string, Track>();
  /** The same by the devices' numbers, which the hot path has at hand. */
  const numbered: (Track | undefined)[] = [];
  const gatewayStates = new Map<string, string>();
  const board = createBoard();
  const isField = (id: string): boolean => registry.entries.get(id)?.timeline === "field";

  function show(id: string, track: Track): void {
    const entry = registry.entries.get(id);
    if (entry === undefined) return;
    for (const [offset, value] of track.values.entries()) board.set(entry.cell + offset, value);
  }

  /** All that is known, by reference. */
  const whole = ({ position, clock, totals }: Pick<Fold, "position" | "clock" | "totals">): FoldState & { readonly room: RoomState } => ({
    v: format,
    position,
    clock,
    tracks: Object.fromEntries(tracks),
    gatewayStates: Object.fromEntries(gatewayStates),
    figures: figures.state(),
    chronicle: chronicle.state(),
    quarantine: quarantine.state(),
    totals,
    room: room.state(),
  });
  const ofField = ({ device }: ChronicleLine): boolean => isField(device);

  return {
    position: 0,
    clock: undefined,
    tracks,
    gatewayStates,
    board,
    figures,
    chronicle,
    quarantine,
    room,
    totals: { messages: 0, since: 0, strayReceived: 0, strayRefused: 0 },
    trackOf(entry) {
      const track = numbered[entry.ix] ?? tracks.get(entry.id) ?? newTrack();
      if (numbered[entry.ix] === undefined) {
        numbered[entry.ix] = track;
        tracks.set(entry.id, track);
      }
      return track;
    },
    state() {
      return structuredClone(whole(this));
    },
    saved() {
      return { position: this.position, bytes: serialize(whole(this)) };
    },
    image() {
      const state = structuredClone(whole(this));
      return { ...state, room: { ...state.room, told: room.told() }, told: chronicle.lines().filter((line) => !ofField(line)) };
    },
    restore(given, only) {
      const trouble = troubleOf(given);
      if (trouble !== undefined) throw new Error(trouble);
      const state = structuredClone(given);
      numbered.length = 0;
      for (const [id, track] of Object.entries(state.tracks)) {
        if (only === "city" && isField(id)) continue;
        tracks.set(id, track);
        show(id, track);
      }
      figures.restore(state.figures);
      figures.show((slot, value) => board.set(registry.figureCells[slot]?.cell ?? slot, value ?? Number.NaN));
      if (state.room !== undefined) room.restore(state.room, only);
      if (only === "city") {
        chronicle.retell(state.told ?? []);
        return;
      }
      this.position = state.position;
      this.clock = state.clock;
      for (const [gateway, word] of Object.entries(state.gatewayStates)) gatewayStates.set(gateway, word);
      chronicle.restore(state.chronicle);
      quarantine.restore(state.quarantine);
      this.totals = state.totals;
    },
    forgetCity(start, run) {
      room.begin(run, start);
      const field = [...tracks].filter(([id]) => isField(id));
      tracks.clear();
      numbered.length = 0;
      board.clear();
      figures.restore(noFigures(start));
      this.totals.messages = 0;
      this.totals.since = 0;
      chronicle.forget("city", ofField);
      for (const [id, track] of field) {
        tracks.set(id, track);
        show(id, track);
      }
    },
  };
}
