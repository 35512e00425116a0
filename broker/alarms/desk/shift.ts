import type { AlarmClass } from "../../../shared/alarm-rule.ts";
import { createFloodWatch, type FloodWatch, type FloodWatchState, noFlood } from "../score/flood.ts";
import { addTo, createTally, noTally, type Source, type Tally, type TallyState } from "../score/tally.ts";
import type { AlarmRecord } from "./alarm-record.ts";
import { repeatMs } from "./lifecycle.ts";

/**
 * What one operator has been told on one timeline since the room opened. Only what stands before his eyes when its instant is over counts: an alarm
 * that its cause suppresses in the same instant was never told, and what happened before the room opened was the previous shift's.
 */
export interface Shift {
  openedAt(): number | null;
  opens(t: number, at: number): void;
  /** It calls for a person now; counted when the instant is over. */
  calls(alarm: AlarmRecord, t: number, at: number): void;
  cleared(alarm: AlarmRecord, kind: AlarmClass): void;
  acknowledged(alarm: AlarmRecord, t: number, at: number): void;
  /** Everything before this instant has been told. */
  passTo(t: number): void;
  /** Event time has come to here, at this wall clock. */
  watched(t: number, at: number): void;
  readonly flood: FloodWatch;
  readonly tally: Tally;
  state(): ShiftState;
  restore(state: ShiftState): void;
}
export interface ShiftState {
  readonly openedAt: number | null;
  readonly seen: { readonly t: number; readonly at: number };
  /** Ended so lately that it may yet come again: by source, the bin's instant and the end. */
  readonly brief: readonly (readonly [Source, { readonly t: number; readonly end: number }])[];
  readonly flood: FloodWatchState;
  readonly tally: TallyState;
}
export interface ShiftParts {
  /** Its time goes on while the room is down: then nobody watches it. */
  readonly goesOn: boolean;
  /** What is still called for at the end of its instant; undefined when it has gone from the list meanwhile. */
  told(id: string, t: number, at: number): { readonly alarm: AlarmRecord; readonly kind: AlarmClass } | undefined;
}

/** A longer step of the wall clock was no watching: a pause, or the room was down. */
const longestStepMs = 10_000;
export const noShift: ShiftState = { openedAt: null, seen: { t: 0, at: 0 }, brief: [], flood: noFlood, tally: noTally };
const sourceOf = ({ rule, device }: Pick<AlarmRecord, "rule" | "device">): Source => `${rule} ${device}`;

export function createShift({ goesOn, told }: ShiftParts): Shift {
  const flood = createFloodWatch();
  const tally = createTally();
  let openedAt: number | null = null;
  let seen = { t: 0, at: 0 };
  let calling = new Map<string, { readonly t: number; readonly at: number }>();
  const brief = new Map<Source, { readonly t: number; readonly end: number }>();

  function count(id: string, t: number, at: number): void {
    const said = told(id, t, at);
    if (said === undefined) return;
    const { alarm, kind } = said;
    const source = sourceOf(alarm);
    const bin = tally.at(t);
    addTo(bin[kind], source);
    if (kind === "maintenance") return;
    bin.split[alarm.priority] += 1;
    const third = alarm.raises.at(-3);
    if (third !== undefined && t - third <= repeatMs && alarm.raisedAt === t) addTo(bin.chattering, source);
    const window = flood.count(t);
    if (window <= bin.peak) return;
    bin.peak = window;
    bin.peakAt = t;
  }
  function passTo(t: number): void {
    if (calling.size > 0) {
      const over = [...calling].filter(([, call]) => call.t < t);
      if (over.length === calling.size) calling = new Map();
      else for (const [id] of over) calling.delete(id);
      for (const [id, call] of over) count(id, call.t, call.at);
    }
    // in the order of their ends
    for (const [source, { t: began, end }] of brief) {
      if (end + repeatMs >= t) break;
      brief.delete(source);
      addTo(tally.at(began).fleeting, source);
    }
    flood.pass(t - 1);
  }

  return {
    openedAt: () => openedAt,
    opens(t, at) {
      openedAt = t;
      seen = { t, at };
    },
    calls(alarm, t, at) {
      brief.delete(sourceOf(alarm));
      if (openedAt !== null) calling.set(alarm.id, { t, at });
    },
    cleared(alarm, kind) {
      const { raisedAt, clearedAt, repeats } = alarm;
      if (kind !== "operations" || clearedAt === null || openedAt === null || raisedAt < openedAt) return;
      if (repeats || alarm.annunciated === null || clearedAt - raisedAt >= repeatMs) return;
      brief.delete(sourceOf(alarm));
      brief.set(sourceOf(alarm), { t: raisedAt, end: clearedAt });
    },
    acknowledged({ annunciated }, t, at) {
      if (annunciated !== null) tally.waited({ t, own: t - annunciated.t, wall: Math.max(0, at - annunciated.at) });
    },
    passTo,
    watched(t, at) {
      if (openedAt === null) return;
      const wall = Math.max(0, at - seen.at);
      const asleep = wall > longestStepMs;
      // the clock speaks many times between two steps of the mark: that wall time belongs to the next step, unless it is a pause
      if (t <= seen.t) {
        if (asleep) seen = { t, at };
        return;
      }
      if (!(asleep && goesOn)) tally.passed(seen.t, t, Math.min(wall, longestStepMs));
      seen = { t, at };
    },
    flood,
    tally,
    state: () => ({ openedAt, seen, brief: [...brief], flood: flood.state(), tally: tally.state() }),
    restore(state) {
      openedAt = state.openedAt;
      seen = state.seen;
      calling = new Map();
      brief.clear();
      for (const [source, span] of state.brief) brief.set(source, span);
      flood.restore(state.flood);
      tally.restore(state.tally);
    },
  };
}
