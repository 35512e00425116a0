import type { ChronicleLine } from "../../shared/city-port.ts";
import { fieldLagMs, type Timeline } from "../../shared/clock.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import type { Seen } from "./figures.ts";
import type { Fold } from "./fold.ts";
import { planOf } from "./row-plan.ts";

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
  let seen: { entries: number; wanted: Timeline; byService: Map<string, Seen[]> } = { entries: -1, wanted: "city", byService: new Map() };

  function silence(entry: Entry, mark: number): void {
    const track = fold.tracks.get(entry.id);
    if (track === undefined || track.silent || track.newest === 0) return;
    const due = track.newest + entry.stale * 1000;
    if (due >= mark) return;
    track.silent = true;
    fold.chronicle.add({ t: due, service: entry.service, device: entry.id, what: "silent", x: {}, timeline: entry.timeline });
  }

  const look = (entry: Entry): Seen => {
    const plan = planOf(entry);
    return {
      kind: entry.kind,
      fresh: (now) => fold.board.get(entry.cell) + entry.stale * 1000 >= now,
      value: (metric) => fold.board.get(entry.cell + (plan.metrics.get(metric)?.offset ?? 0)),
    };
  };
  /** Devices as figures see them: the city's, or the field's where there is no city. */
  function seenOf(service: string): readonly Seen[] {
    const wanted: Timeline = fold.clock === undefined ? "field" : "city";
    if (seen.entries !== registry.entries.size || seen.wanted !== wanted) {
      const byService = new Map<string, Seen[]>();
      for (const entry of registry.entries.values()) {
        if (entry.timeline !== wanted) continue;
        const list = byService.get(entry.service) ?? [];
        byService.set(entry.service, list);
        list.push(look(entry));
      }
      seen = { entries: registry.entries.size, wanted, byService };
    }
    return seen.byService.get(service) ?? [];
  }
  const cellOf = new Map(registry.figureCells.map(({ service, figure, cell }) => [`${service}/${figure}`, cell]));

  return {
    advance(timeline, mark) {
      if (mark <= marks[timeline]) return [];
      marks[timeline] = mark;
      for (const entry of registry.entries.values()) if (entry.timeline === timeline) silence(entry, mark);
      if (timeline === "city" || fold.clock === undefined)
        fold.figures.advance(mark, seenOf, (service, figure, value) => fold.board.set(cellOf.get(`${service}/${figure}`) ?? 0, value ?? Number.NaN));
      return fold.chronicle.advance(timeline, mark);
    },
    rewind(mark) {
      marks.city = mark;
    },
    markOf: (timeline) => (timeline === "field" ? Date.now() - fieldLagMs : marks.city),
  };
}
