import type { Alarm } from "../../shared/alarm.ts";
import type { Priority, Rule } from "../../shared/alarm-rule.ts";
import type { Value } from "../../shared/reading.ts";
import type { Text } from "../../shared/text.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Watched } from "../alarms/observed.ts";

/** One public message of one occurrence, as it was when it went out; plain data, written as XML when somebody asks. */
export interface CapMessage {
  /** `[\w.-]`: also its file name. */
  readonly id: string;
  readonly alarm: string;
  readonly occurrence: number;
  readonly type: "Alert" | "Update" | "Cancel";
  /** Back to normal: an Update whose words are all clear. */
  readonly over: boolean;
  readonly timeline: Timeline;
  /** Event time, epoch ms. */
  readonly t: number;
  readonly raisedAt: number;
  readonly respondBy: number | null;
  readonly rule: string;
  readonly priority: Priority;
  readonly certainty: "Observed" | "Likely" | "Possible" | "Unknown";
  readonly category: NonNullable<Rule["public"]>["category"];
  readonly event: Text;
  readonly text: Text;
  readonly cause: Text;
  readonly consequence: Text;
  readonly instruction: Text;
  readonly measured: { readonly label: Text; readonly unit: string; readonly value: Value; readonly limit: Value | null } | null;
  readonly district: string;
  readonly place: { readonly name: Text; readonly lat: number; readonly lon: number };
  /** Earlier messages of the occurrence, oldest first. */
  readonly references: readonly { readonly id: string; readonly t: number }[];
}

export type PublicAlarm = Pick<
  Alarm,
  | "id"
  | "occurrence"
  | "active"
  | "outOfService"
  | "suppressed"
  | "priority"
  | "raisedAt"
  | "respondBy"
  | "metric"
  | "value"
  | "limit"
  | "text"
  | "rule"
  | "device"
> & {
  readonly evidence: { readonly verdict: { readonly what: "event" | "sensor" } | null } | null;
};

/** A receiver follows the newest ones; longer chains help nobody. */
const referencesKept = 20;

export interface Change {
  readonly type: CapMessage["type"];
  readonly over: boolean;
}
/**
 * What has to be said now; undefined = nothing new. Raised: Alert. Graver or milder: Update. Back to normal: Update, all clear. Still standing, but its
 * sensor was taken out of service or the alarm is suppressed by its cause: what was said is withdrawn, Cancel.
 */
export function changeOf(last: CapMessage | undefined, { active, outOfService, suppressed, priority, occurrence }: PublicAlarm): Change | undefined {
  const stands = active && outOfService === null && suppressed === null;
  const said = last === undefined || last.over || last.type === "Cancel" || last.occurrence !== occurrence ? undefined : last;
  if (stands && said === undefined) return { type: "Alert", over: false };
  if (stands) return said?.priority === priority ? undefined : { type: "Update", over: false };
  if (said === undefined) return undefined;
  return active ? { type: "Cancel", over: false } : { type: "Update", over: true };
}

export function messageOf(
  change: Change,
  chain: readonly CapMessage[],
  scope: string,
  alarm: PublicAlarm,
  { rule, where, moment }: { readonly rule: Rule; readonly where: Watched; readonly moment: Moment },
): CapMessage {
  const metric = alarm.metric === null ? undefined : where.contract.metrics[alarm.metric];
  const number = 1 + chain.length;
  return {
    id: `${scope.replace(/[^\w-]/g, "-")}.${alarm.id}.${alarm.occurrence}.${alarm.raisedAt}.${number}`,
    alarm: alarm.id,
    occurrence: alarm.occurrence,
    ...change,
    timeline: where.timeline,
    t: moment.t,
    raisedAt: alarm.raisedAt,
    respondBy: alarm.respondBy,
    rule: alarm.rule,
    priority: alarm.priority,
    certainty: certaintyOf(rule, alarm),
    category: rule.public?.category ?? "Safety",
    event: rule.title,
    text: alarm.text,
    cause: rule.cause,
    consequence: rule.consequence,
    instruction: rule.public?.instruction ?? rule.title,
    measured:
      metric === undefined || alarm.value === null
        ? null
        : { label: metric.label, unit: metric.kind === "number" ? metric.unit : "1", value: alarm.value, limit: alarm.limit },
    district: where.district,
    place: { name: where.meta.name, lat: where.meta.lat, lon: where.meta.lon },
    references: referencesTo(chain),
  };
}
const referencesTo = (chain: readonly CapMessage[]): CapMessage["references"] => chain.slice(-referencesKept).map(({ id, t }) => ({ id, t }));

/** Takes back what the chain said last, in its own words: there is no alarm any more to make others of. */
export const withdrawalOf = (last: CapMessage, chain: readonly CapMessage[], t: number): CapMessage => ({
  ...last,
  id: last.id.replace(/\d+$/, String(1 + chain.length)),
  type: "Cancel",
  over: false,
  t: Math.max(t, last.t),
  references: referencesTo(chain),
});

/** CAP 1.2, 3.2.2: Observed = has occurred; Likely = p above 50 %; Possible below; Unknown when the sensor itself is doubted. */
function certaintyOf({ when }: Rule, { evidence }: PublicAlarm): CapMessage["certainty"] {
  if (evidence?.verdict?.what === "sensor") return "Unknown";
  if (when.kind === "forecast") return "Likely";
  return when.kind === "seasonal" || when.kind === "unusual" || when.kind === "consistency" ? "Possible" : "Observed";
}
