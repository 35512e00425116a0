import { type AlarmScore, letterOf } from "../../../shared/alarm.ts";
import type { AlarmClass, Priority } from "../../../shared/alarm-rule.ts";
import type { AlarmRecord } from "../desk/alarm-record.ts";
import type { Shift } from "../desk/shift.ts";
import type { FloodTime } from "./flood.ts";
import { type Bin, binMs, daysJudged, type Source } from "./tally.ts";

/**
 * The alarm system judged by ISA-18.2 / EEMUA 191 (control-room.md 2.3): what was newly annunciated to one operator, never acknowledgements, nor what
 * was shelved or suppressed. It says how much event time it covers and how fast that went by; means never stand without their peak.
 */
const hourMs = 3_600_000;
const staleMs = 24 * hourMs;
const listed = 10;

export interface Scored {
  readonly alarm: AlarmRecord;
  readonly kind: AlarmClass;
}

/** @param now event time of the shift's timeline; `open`: every alarm that is in a list. */
export function scoreOf(shift: Shift, open: Iterable<Scored>, now: number, hours = Number.POSITIVE_INFINITY): AlarmScore {
  const openedAt = shift.openedAt() ?? now;
  const kept = daysJudged * 24;
  const wanted = now - Math.min(hours, kept) * hourMs;
  // a window begins with a whole bin, the running one at the latest, or when the room opened
  const from = Math.max(openedAt, Math.min(Math.ceil(wanted / binMs), Math.floor(now / binMs)) * binMs);
  const bins = shift.tally.since(from).filter(({ t }) => t <= now);
  const sum = (of: (bin: Bin) => number): number => bins.reduce((total, bin) => total + of(bin), 0);
  const passed = sum((bin) => bin.passed);
  const wall = sum((bin) => bin.wall);
  const operations = joined(bins.map((bin) => bin.operations));
  const maintenance = joined(bins.map((bin) => bin.maintenance));
  const raised = total(operations);
  const lately = shift.flood.lately(now);
  const fullest = bins.reduce<Bin | undefined>((best, bin) => (bin.peak > (best?.peak ?? 0) ? bin : best), undefined);
  // what is in the list of the last ten minutes may have come before the first bin
  const peak = fullest !== undefined && fullest.peak >= lately ? fullest : { peak: lately, peakAt: lately > 0 ? now : null };
  const top = ranked(operations).slice(0, listed);
  const floods = shift.flood.times().filter(({ to }) => to === null || to > from);
  return {
    from,
    to: now,
    hours: passed / hourMs,
    rate: wall > 0 ? passed / wall : 0,
    judged: passed >= kept * hourMs,
    perTenMinutes: {
      now: lately,
      mean: passed > 0 ? (raised * binMs) / passed : 0,
      peak: peak.peak,
      peakAt: peak.peakAt,
    },
    flood: { share: passed > 0 ? Math.min(1, flooded(floods, from, now) / passed) : 0, times: floods },
    top: { share: raised > 0 ? top.reduce((all, { count }) => all + count, 0) / raised : 0, list: top },
    chattering: ranked(joined(bins.map((bin) => bin.chattering))),
    fleeting: ranked(joined(bins.map((bin) => bin.fleeting))),
    split: splitOf(bins),
    toAcknowledge: waited(shift, from),
    byService: byService(operations, maintenance),
    ...standing([...open], now, total(maintenance)),
  };
}

function standing(open: readonly Scored[], now: number, raised: number) {
  const letters = (kind: AlarmClass, wanted: string): number =>
    open.filter((one) => one.kind === kind && wanted.includes(letterOf(one.alarm))).length;
  const old = open.filter(({ alarm, kind }) => kind === "operations" && "BC".includes(letterOf(alarm)) && now - alarm.raisedAt > staleMs);
  return {
    stale: old.map(({ alarm }) => alarm.id),
    standing: letters("operations", "BC"),
    shelved: letters("operations", "E"),
    suppressed: letters("operations", "F"),
    outOfService: letters("operations", "G"),
    maintenance: { raised, standing: letters("maintenance", "BC") },
  };
}

function waited(shift: Shift, from: number): AlarmScore["toAcknowledge"] {
  const waits = shift.tally.waits().filter(({ t }) => t >= from);
  const seconds = (of: (wait: (typeof waits)[number]) => number): number | null => {
    const middle = median(waits.map(of));
    return middle === null ? null : middle / 1000;
  };
  return { city: seconds(({ own }) => own), wall: seconds(({ wall }) => wall), count: waits.length };
}

function joined(all: readonly ReadonlyMap<Source, number>[]): ReadonlyMap<Source, number> {
  const sums = new Map<Source, number>();
  for (const counts of all) for (const [source, count] of counts) sums.set(source, (sums.get(source) ?? 0) + count);
  return sums;
}
const total = (counts: ReadonlyMap<Source, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
const partsOf = (source: Source) => {
  const [rule = "", device = ""] = source.split(" ");
  return { rule, device };
};
const ranked = (counts: ReadonlyMap<Source, number>) =>
  [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1)).map(([source, count]) => ({ ...partsOf(source), count }));

const flooded = (floods: readonly FloodTime[], from: number, now: number): number =>
  floods.reduce((sum, flood) => sum + Math.max(0, Math.min(flood.to ?? now, now) - Math.max(flood.from, from)), 0);

function splitOf(bins: readonly Bin[]): Record<Priority, number> {
  const split = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const bin of bins) for (const priority of [1, 2, 3, 4] as const) split[priority] += bin.split[priority];
  return split;
}

function byService(operations: ReadonlyMap<Source, number>, maintenance: ReadonlyMap<Source, number>): AlarmScore["byService"] {
  const services: Record<string, { operations: number; maintenance: number }> = {};
  const add = (counts: ReadonlyMap<Source, number>, kind: AlarmClass): void => {
    for (const [source, count] of counts) {
      const service = source.slice(0, source.indexOf("/"));
      services[service] ??= { operations: 0, maintenance: 0 };
      services[service][kind] += count;
    }
  };
  add(operations, "operations");
  add(maintenance, "maintenance");
  return services;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
