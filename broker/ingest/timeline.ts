import type { ChronicleLine } from "../../shared/city-port.ts";
import { fieldLagMs, type Timeline } from "../../shared/timeline.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import type { Fold } from "./fold.ts";
import type { Track } from "./track.ts";

/**
 * Event time moves on: everything that does not hang on one device's own reading happens here, in (t, device) order: silence, the chronicle,
 * the figures. The city's timeline follows the clock's mark, the field's the wall clock.
 */
export interface Timelines {
  advance(timeline: Timeline, mark: number): readonly ChronicleLine[];
  /** Newest instant of the timeline that is known to be complete; 0 = none. */
  markOf(timeline: Timeline): number;
  /** A new run begins at an earlier instant. */
  rewind(mark: number): void;
}

export function createTimelines(fold: Fold, registry: Registry): Timelines {
  const marks = { city: 0, field: 0 };

  function silence(entry: Entry, mark: number): void {
    const track = fold.tracks.get(entry.id);
    if (track === undefined || track.silent || track.newest === 0) return;
    const due = track.newest + entry.stale * 1000;
    // the mark says that everything up to and with its instant has come: who has not spoken by then did not speak at the limit either
    if (due > mark) return;
    track.silent = true;
    fold.chronicle.add({ t: due, service: entry.service, device: entry.id, what: "silent", x: {}, timeline: entry.timeline });
  }

  /** Whose devices the figures show: the city's, or the field's where there is no city. */
  const shown = (): Timeline => (fold.clock === undefined ? "field" : "city");
  function tracked(timeline: Timeline): readonly (readonly [Entry, Track])[] {
    const all: [Entry, Track][] = [];
    for (const entry of registry.entries.values()) {
      const track = entry.timeline === timeline ? fold.tracks.get(entry.id) : undefined;
      if (track !== undefined) all.push([entry, track]);
    }
    return all;
  }
  const showFigure = (slot: number, value: number | null): void => fold.board.set(registry.figureCells[slot]?.cell ?? slot, value ?? Number.NaN);

  return {
    advance(timeline, mark) {
      if (mark <= marks[timeline]) return [];
      marks[timeline] = mark;
      for (const entry of registry.entries.values()) if (entry.timeline === timeline) silence(entry, mark);
      if (timeline === shown()) fold.figures.advance(mark, () => tracked(timeline), showFigure);
      return fold.chronicle.advance(timeline, mark);
    },
    rewind(mark) {
      marks.city = mark;
    },
    markOf: (timeline) => (timeline === "field" ? Date.now() - fieldLagMs : marks.city),
  };
}
