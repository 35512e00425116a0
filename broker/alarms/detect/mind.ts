import type { Priority } from "../../../shared/alarm-rule.ts";
import type { Value } from "../../../shared/reading.ts";

type Values = Readonly<Record<string, Value>>;
/** What detection remembers of one device. Plain data. */
export interface Mind {
  /** Time and values of the newest reading that was judged; 0 = none. Behind the times while its device is at rest (`AtRest`). */
  t: number;
  values: Values;
  /** Metrics that the newest reading does not have, as they were last. */
  older: Record<string, { readonly t: number; readonly value: Value }>;
  /** Values as they were when the last and the last but one stretch of ten minutes began, and when the last did. */
  recent: Values;
  past: Values;
  turned: number;
  /** Metrics whose sensor is in trouble: how many rules say so, and how often all rules together do; almost always never. */
  doubts: Record<string, number>;
  doubted: number;
  /** State of each rule's evaluator by the seat's key; event time at which a rule is to be woken (0 = not); priority while it is raised. */
  rules: Record<string, unknown>;
  wakes: Record<string, number>;
  raised: Record<string, Priority>;
}
const nothing: Values = {};
export const newMind = (): Mind => ({
  ...{ t: 0, values: nothing, older: {}, recent: nothing, past: nothing, turned: 0 },
  ...{ doubts: {}, doubted: 0, rules: {}, wakes: {}, raised: {} },
});

const stretchMs = 600_000;
/** With a reading of this instant or later the last stretch is over. */
export const turnsAt = ({ turned }: Mind): number => turned + stretchMs;

/** Takes in what was measured at t. `whole`: number of metrics of the kind; a reading of so many leaves nothing older. */
export function remember(mind: Mind, t: number, m: Values, whole: number): void {
  const { values } = mind;
  if (t >= turnsAt(mind)) {
    mind.past = mind.recent;
    mind.recent = values;
    mind.turned = t;
  }
  if (sizeOf(m) < whole) keepOlder(mind, m);
  mind.t = t;
  mind.values = m;
}

function sizeOf(m: Values): number {
  let size = 0;
  for (const _name in m) size += 1;
  return size;
}
function keepOlder({ t, values, older }: Mind, m: Values): void {
  for (const name in values) {
    const value = values[name];
    if (m[name] === undefined && value !== undefined) older[name] = { t, value };
  }
}

/** The newest of one metric. */
export function recall({ t, values, older }: Mind, metric: string): { readonly t: number; readonly value: Value } | undefined {
  const value = values[metric];
  return value === undefined ? older[metric] : { t, value };
}
