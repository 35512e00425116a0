import { type Quality, qualities, type Value } from "../../shared/reading.ts";
import type { Entry } from "../devices/registry.ts";
import type { Fields } from "./check.ts";
import type { Fold } from "./fold.ts";
import type { PipelineParts } from "./pipeline-parts.ts";
import { type Measured, type RowPlan, withDerived } from "./row-plan.ts";
import type { Track } from "./track.ts";

/** All metrics are good. */
const noDoubt: Measured["q"] = {};

export interface AcceptedReading {
  readonly t: number;
  /** How far its timeline was known to be complete when it came. */
  readonly mark: number;
  /** By how much its time was ahead of that, ms; mostly below zero. */
  readonly ahead: number;
  /** The device said the time itself. */
  readonly stamped: boolean;
  readonly fields: Fields;
  /** In the log. */
  readonly position: number;
}

/** A reading that is new: into the store's columns, and, unless it comes late, into the latest values. */
export function takeReading(parts: PipelineParts, entry: Entry, track: Track, { t, mark, ahead, stamped, fields, position }: AcceptedReading): void {
  const { fold } = parts;
  const said = measuredOf(fields, stamped);
  const { m, q } = withDerived(entry.plan, said, entry.meta.constants ?? {});
  const late = t <= track.newest;
  if (t < track.newest) track.late += 1;
  if (!late) passTime(fold, entry, track, t, mark);
  track.unsettled = track.lastPosition <= parts.confirmed(entry) ? 1 : track.unsettled + 1;
  track.lastPosition = position;
  const quality = packQuality(entry.plan, q, m);
  const lane = parts.target(entry, late, position);
  lane?.add(entry.ix, t, typeof fields.i === "number" ? fields.i : Number.NaN, quality);
  const newest = t >= track.newest;
  writeValues(entry, m, (column, offset, value) => {
    lane?.set(column, value);
    if (newest) show(fold, entry, track, { offset, value, t });
  });
  if (newest) {
    track.newest = t;
    if (track.quality !== 0 || quality !== 0) track.quality = (track.quality & ~bitsOf(entry.plan, m)) | quality;
    track.values[0] = t;
    fold.board.set(entry.cell, t);
  }
  parts.announce(entry, { t, late: !newest, m, q });
  if (newest) parts.observe(entry, ahead > 0 ? { t, device: entry.id, m, q, ahead } : { t, device: entry.id, m, q });
}

function show(fold: Fold, entry: Entry, { values, times }: Track, { offset, value, t }: { offset: number; value: number; t: number }): void {
  while (values.length <= offset) values.push(Number.NaN);
  while (times.length <= offset) times.push(0);
  values[offset] = value;
  times[offset] = t;
  fold.board.set(entry.cell + offset, value);
}

/** What hangs on the device's own time, before the reading of t is taken in: its silence, and its part in the minutes that end now. */
function passTime(fold: Fold, entry: Entry, track: Track, t: number, mark: number): void {
  if (entry.timeline === (fold.clock === undefined ? "field" : "city")) fold.figures.pass(entry, track, t);
  const due = track.newest + entry.stale * 1000;
  const line = { service: entry.service, device: entry.id, x: {}, timeline: entry.timeline };
  if (track.newest > 0 && !track.silent && due < t) {
    fold.chronicle.add({ ...line, t: due, what: "silent" });
    track.silent = true;
  }
  if (!track.silent) return;
  track.silent = false;
  // what a gateway kept for us ends the silence when it comes, not when it was measured
  fold.chronicle.add({ ...line, t: Math.max(t, mark), what: "back" });
}

function writeValues(entry: Entry, m: Measured["m"], write: (column: number, offset: number, value: number) => void): void {
  for (const name in m) {
    const value = m[name];
    const place = entry.plan.metrics.get(name);
    if (place === undefined || value === undefined) continue;
    const { column, offset, codes } = place;
    if (typeof value === "number") write(column, offset, value);
    else if (typeof value === "boolean") write(column, offset, Number(value));
    else if (typeof value === "string") write(column, offset, codes?.get(value) ?? Number.NaN);
    else {
      write(column, offset, value[0]);
      write(column + 1, offset + 1, value[1]);
    }
  }
}

/** All bits of the metrics that are given. */
const bitsOf = (plan: RowPlan, m: Readonly<Record<string, Value>>): number =>
  Object.keys(m).reduce((bits, name) => bits | (7 << (3 * (plan.metrics.get(name)?.bit ?? 0))), 0);

/** A reading that does not say its time is an estimate in all that does not say worse of itself. */
function measuredOf(fields: Fields, stamped: boolean): Measured {
  const m = fields.m as Record<string, Value>;
  const q = (fields.q ?? noDoubt) as Record<string, Quality>;
  return stamped ? { m, q } : { m, q: { ...Object.fromEntries(Object.keys(m).map((name) => [name, "est"])), ...q } };
}

/** 3 bits per metric in the order of the contract. */
function packQuality(plan: RowPlan, q: Measured["q"], m: Measured["m"]): number {
  if (q === noDoubt) return 0;
  let packed = 0;
  for (const name in m) packed |= qualities.indexOf(q[name] ?? "good") << (3 * (plan.metrics.get(name)?.bit ?? 0));
  return packed;
}
