import type { Rule } from "../../shared/alarm-rule.ts";
import type { Value } from "../../shared/reading.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import type { Service } from "../../shared/service.ts";
import type { Observed, Watched } from "../alarms/observed.ts";

/** Lately, at a device that can become a case: its events, and when the flags and states that its rules look at changed. Plain data, oldest first. */
export interface Trace {
  readonly events: readonly { readonly t: number; readonly e: string; readonly x: Readonly<Record<string, number | string>> }[];
  readonly changes: readonly { readonly t: number; readonly metric: string; readonly value: Value }[];
}
const blank: Trace = { events: [], changes: [] };
/** A stay has three or four warnings and two changes; some stays may pass between two marks. */
const kept = 32;
/** A device may tell what happened some time before its next reading shows it. */
const eventAheadMs = 60_000;

/** Flags and states of which people are told, beside the one that begins it. */
const toldMetrics = ({ when }: Rule): readonly string[] => (when.kind === "overstay" ? [when.vehicle] : []);
/** The flag or state whose turning begins what the rule finds. */
const beginMetric = ({ when }: Rule): string | undefined =>
  when.kind === "overstay" ? when.occupied : when.kind === "held" ? when.metric : undefined;

const none: Trace["changes"] = [];

export interface Traces {
  /** False: nothing at this device becomes work, or the reading is of no matter to it. Asked for each reading. */
  watches(device: string, isEvent: boolean): boolean;
  deviceChanged(id: string): void;
  /** Answers what changed. */
  seen(device: Watched, observed: Observed): Trace["changes"];
  /** What led to a finding of the rule at `t`: the change that began it, and the events since. `begin`: as the detector has it, when it says so. */
  before(device: Watched, rule: Rule, t: number, begin?: number): Trace & { readonly begin: number };
  state(): Readonly<Record<string, Trace>>;
  restore(state: Readonly<Record<string, Trace>>): void;
  forget(ofTimeline: (device: string) => boolean): void;
}

export function createTraces(device: (id: string) => Watched | undefined): Traces {
  const traces = new Map<string, Trace>();
  const wanted = new Map<string, readonly string[] | undefined>();
  /** null: nothing there becomes work. One look a reading: this is asked for all of them. */
  const ofDevice = new Map<string, readonly string[] | null>();

  /** Metrics to be followed at devices of a kind; undefined: nothing there becomes work. */
  function metricsOf(service: Service, kind: string): readonly string[] | undefined {
    const key = `${service.id}/${kind}`;
    if (wanted.has(key)) return wanted.get(key);
    const rules = rulesOf(service, kind).filter(({ outcome }) => outcome === "case" || outcome === "task");
    const metrics = rules.length === 0 ? undefined : [...new Set(rules.flatMap((rule) => [beginMetric(rule) ?? [], toldMetrics(rule)].flat()))];
    wanted.set(key, metrics);
    return metrics;
  }
  const put = <T>(list: readonly T[], one: T): readonly T[] => [...list.slice(1 - kept), one];

  function wantedOf(id: string): readonly string[] | null {
    const known = ofDevice.get(id);
    if (known !== undefined) return known;
    const where = device(id);
    const metrics = (where && metricsOf(where.contract, where.kind)) ?? null;
    ofDevice.set(id, metrics);
    return metrics;
  }

  return {
    watches(id, isEvent) {
      const metrics = wantedOf(id);
      return metrics !== null && (isEvent || metrics.length > 0);
    },
    deviceChanged: (id) => void ofDevice.delete(id),
    seen({ id }, { t, m, e, x }) {
      const metrics = wantedOf(id);
      if (metrics === null || (e === undefined && metrics.length === 0)) return none;
      let trace = traces.get(id) ?? blank;
      if (e !== undefined) trace = { ...trace, events: put(trace.events, { t, e, x: x ?? {} }) };
      const changed = changesIn(trace, metrics, m ?? {}, t);
      for (const change of changed) trace = { ...trace, changes: put(trace.changes, change) };
      if (e !== undefined || changed.length > 0) traces.set(id, trace);
      return changed;
    },
    before({ id }, rule, t, given) {
      const { events, changes } = traces.get(id) ?? blank;
      const metric = beginMetric(rule);
      const turned = changes.findLast((change) => change.metric === metric && change.t <= (given ?? t) && fits(rule, change.value));
      const begin = given ?? turned?.t ?? t;
      if (turned === undefined) return { begin, ...blank, events: events.filter((event) => event.t >= begin && event.t <= t) };
      const earlier = changes.findLast((change) => change.metric === metric && change.t < turned.t)?.t ?? 0;
      const from = Math.max(earlier + 1, begin - eventAheadMs);
      const told = toldMetrics(rule);
      return {
        begin,
        events: events.filter((event) => event.t >= from && event.t <= t),
        changes: changes.filter((change) => change === turned || (told.includes(change.metric) && change.t >= begin && change.t <= t)),
      };
    },
    state: () => Object.fromEntries(traces),
    restore(state) {
      traces.clear();
      for (const [id, trace] of Object.entries(state)) traces.set(id, trace);
    },
    forget(ofTimeline) {
      for (const id of traces.keys()) if (ofTimeline(id)) traces.delete(id);
    },
  };
}

function changesIn(trace: Trace, metrics: readonly string[], m: Readonly<Record<string, Value>>, t: number): Trace["changes"] {
  return metrics.flatMap((metric) => {
    const value = m[metric];
    const known = trace.changes.findLast((change) => change.metric === metric)?.value;
    return value === undefined || value === known ? [] : [{ t, metric, value }];
  });
}

function fits({ when }: Rule, value: Value): boolean {
  if (when.kind === "overstay") return value === true;
  if (when.kind !== "held") return false;
  return typeof when.is === "boolean" ? value === when.is : when.is.includes(String(value));
}
