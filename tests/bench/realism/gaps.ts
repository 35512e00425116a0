import { quantile, shareOf, sum } from "./statistics.ts";

/** Silences as an archive shows them: holes between the times of a sensor's periodic readings, whatever arrived later. Plain data. */
export interface Gaps {
  /** Of all sensors together. */
  readonly sensorHours: number;
  readonly silentHours: number;
  /** Hours of each, and how many of them were of one slot. */
  readonly lengths: readonly number[];
  readonly single: number;
}
export interface GapListener {
  /** A sensor that speaks every so many ms has spoken of this instant. */
  hear(device: string, every: number, t: number): void;
  gaps(end: number): Gaps;
}

const hourMs = 3_600_000;
export function createGapListener(start: number): GapListener {
  const last = new Map<string, { at: number; readonly every: number }>();
  const lengths: number[] = [];
  let single = 0;
  const note = (from: number, every: number, to: number): void => {
    const missed = Math.round((to - from) / every) - 1;
    // phases of readings on change lie between the periodic ones
    if (missed < 1) return;
    lengths.push((missed * every) / hourMs);
    // five years of detectors were kept in slots of 5 min
    if (missed * every <= Math.max(every, 300_000)) single += 1;
  };
  return {
    hear(device, every, t) {
      const before = last.get(device);
      if (before === undefined) {
        last.set(device, { at: t, every });
        note(start, every, t);
      } else if (t > before.at) {
        note(before.at, every, t);
        before.at = t;
      }
    },
    gaps(end) {
      for (const { at, every } of last.values()) note(at, every, end);
      return { sensorHours: (last.size * (end - start)) / hourMs, silentHours: sum(lengths), lengths, single };
    },
  };
}

export const together = (all: readonly Gaps[]): Gaps => ({
  sensorHours: sum(all.map((one) => one.sensorHours)),
  silentHours: sum(all.map((one) => one.silentHours)),
  lengths: all.flatMap((one) => one.lengths),
  single: sum(all.map((one) => one.single)),
});

/** Share of time, per year, lengths. */
export function gapValues({ sensorHours, silentHours, lengths, single }: Gaps): Record<string, number> {
  return {
    silent: silentHours / sensorHours,
    perYear: lengths.length / (sensorHours / 8766),
    wholeDays: shareOf(lengths, (hours) => hours >= 23.9),
    oneSlot: single / lengths.length,
    length50: quantile(lengths, 0.5),
    length90: quantile(lengths, 0.9),
    length99: quantile(lengths, 0.99),
  };
}
