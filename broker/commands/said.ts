import type { Quality, Value } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Observed, Watched } from "../alarms/observed.ts";

interface SaidValue {
  t: number;
  value: Value;
  q: Quality | null;
}
export type SaidState = Readonly<Record<string, Readonly<Record<string, SaidValue>>>>;

/** What devices that can be told something have last said of it, in the order of event time: only what commands are read back by, and what guards and rules of responses look at. */
export interface Said {
  /** Names that are kept of this device; empty for most kinds. */
  metricsOf(device: Pick<Watched, "contract" | "kind">): readonly string[];
  take(device: Watched, observed: Observed): void;
  value(device: string, metric: string): Readonly<SaidValue> | undefined;
  state(): SaidState;
  restore(state: SaidState, only?: Timeline): void;
  forget(timeline: Timeline): void;
}

export function createSaid(timelineOf: (device: string) => Timeline | undefined): Said {
  const kept = new WeakMap<Service, Map<string, readonly string[]>>();
  const said = new Map<string, Record<string, SaidValue>>();

  function metricsOf({ contract, kind }: Pick<Watched, "contract" | "kind">): readonly string[] {
    const known = kept.get(contract) ?? new Map<string, readonly string[]>();
    kept.set(contract, known);
    const made = known.get(kind) ?? keptOf(contract, kind);
    known.set(kind, made);
    return made;
  }
  function put(device: string, values: Readonly<Record<string, SaidValue>>): void {
    said.set(device, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ...value }])));
  }

  return {
    metricsOf,
    take(device, { t, m, q }) {
      const names = metricsOf(device);
      if (m === undefined || names.length === 0) return;
      const values = said.get(device.id) ?? {};
      for (const name of names) {
        const value = m[name];
        if (value === undefined) continue;
        values[name] ??= { t, value, q: null };
        const known = values[name];
        if (t < known.t) continue;
        // in place: whoever asks looks at once, and signals speak often
        known.t = t;
        known.value = value;
        known.q = q?.[name] ?? null;
      }
      said.set(device.id, values);
    },
    value: (device, metric) => said.get(device)?.[metric],
    state: () => Object.fromEntries(said),
    restore(state, only) {
      if (only === undefined) said.clear();
      for (const [device, values] of Object.entries(state)) if (only === undefined || timelineOf(device) === only) put(device, values);
    },
    forget(timeline) {
      // a device that is no more is of no timeline
      for (const device of said.keys()) if ((timelineOf(device) ?? timeline) === timeline) said.delete(device);
    },
  };
}

function keptOf({ commands, responses, rules, kinds }: Service, kind: string): readonly string[] {
  const readBacks = Object.values(commands).flatMap((type) => (type.kind === kind && "metric" in type.readBack ? [type.readBack.metric] : []));
  const guards = responses.flatMap((response) => response.guards.map(({ metric }) => metric));
  const judged = responses.flatMap(({ rule: id }) =>
    rules.flatMap(({ id: known, kind: of, when }) => (known === id && of === kind && "metric" in when ? [when.metric] : [])),
  );
  return [...new Set([...readBacks, ...guards, ...judged])].filter((metric) => kinds[kind]?.metrics.includes(metric));
}
