import type { StateWord } from "../../shared/reading.ts";
import { lostOf, newSequence, type Sequence } from "./sequence.ts";

/** What the fold over the log knows of one device; plain data, part of every checkpoint. */
export interface Track {
  sequence: Sequence;
  /** Time of the newest accepted reading; 0 = never. */
  newest: number;
  /** Its silence has been told. */
  silent: boolean;
  state: StateWord | "unknown";
  received: number;
  accepted: number;
  duplicate: number;
  refused: number;
  late: number;
  /** Log position of the newest accepted reading, and how many were accepted since the store last had them all. */
  lastPosition: number;
  unsettled: number;
  /** Cells of the live board from the device's first: values, and when each was measured. */
  values: number[];
  times: number[];
  /** Packed as in column batches, of the newest reading. */
  quality: number;
}

export const newTrack = (): Track => ({
  sequence: newSequence(),
  newest: 0,
  silent: false,
  state: "unknown",
  received: 0,
  accepted: 0,
  duplicate: 0,
  refused: 0,
  late: 0,
  lastPosition: 0,
  unsettled: 0,
  values: [],
  times: [],
  quality: 0,
});

export const lostBy = (track: Track): number => lostOf(track.sequence);
