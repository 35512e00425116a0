import { z } from "zod";
import { isoIn } from "../console/server/local-iso.ts";
import { alarmDetailRowSchema } from "../shared/alarm-answers.ts";
import type { Condition } from "../shared/alarm-rule.ts";
import { ruleNamed } from "../shared/rules-of.ts";
import { serviceOf } from "../shared/services/index.ts";
import type { Text } from "../shared/text.ts";
import { alarmNameFault } from "./alarm-names.ts";
import { cityDevices } from "./city-devices.ts";
import { Complaint, get } from "./talk.ts";

type Detail = z.infer<typeof alarmDetailRowSchema>;
const zoneSchema = z.looseObject({ zone: z.string() });
type AnyCondition = Condition<string, string, string, string>;

/** Everything behind an alarm. Times are event time, epoch ms. */
export interface Explained
  extends Pick<Detail, "id" | "occurrence" | "state" | "device" | "kind" | "district" | "timeline" | "text" | "metric" | "value"> {
  readonly priority: Detail["priority"];
  readonly limit: Detail["limit"];
  /** null = never in this run of the city. */
  readonly raisedAt: number | null;
  readonly clearedAt: number | null;
  readonly group: string | null;
  readonly cause: string | null;
  readonly why: Detail["why"];
  readonly rule: {
    readonly name: string;
    /** With which it was judged; null = no evidence is kept. */
    readonly version: number | null;
    /** Of the contract that this program has. */
    readonly present: { readonly version: number; readonly when: AnyCondition } | null;
  };
  /** In words, with the device's own numbers. */
  readonly condition: Text | null;
  readonly inputs: NonNullable<Detail["evidence"]>["inputs"];
  readonly baseline: NonNullable<Detail["evidence"]>["baseline"];
  readonly neighbours: NonNullable<Detail["evidence"]>["neighbours"];
  readonly verdict: NonNullable<Detail["evidence"]>["verdict"];
  /** Judgements of this occurrence before the one above, oldest first. */
  readonly earlier: NonNullable<NonNullable<Detail["evidence"]>["earlier"]>;
  /** Of the city: people read times by it. */
  readonly zone: string;
}

/** @throws Complaint when no city runs, or it has no such alarm. */
export async function explain(dataDir: string, alarm: string): Promise<Explained> {
  const told = await get(dataDir, `/api/v1/alarms/${encodeURIComponent(alarm)}`).catch((cause: unknown) => withName(dataDir, alarm, cause));
  const detail = alarmDetailRowSchema.parse(told);
  const { id, occurrence, state, device, kind, district, timeline, text, metric, value, limit, evidence, why, priority } = detail;
  const { zone } = zoneSchema.parse(await get(dataDir, "/api/v1/plan"));
  const { clearedAt, group, cause } = detail;
  // a rule whose alarm is out of service or shelved before it was ever raised has no onset
  const raisedAt = occurrence === 0 ? null : detail.raisedAt;
  const service = serviceOf(detail.service);
  const present = service && ruleNamed(service, kind, detail.rule);
  return {
    ...{ id, occurrence, state, priority, device, kind, district, timeline, text, metric, value, limit, raisedAt, clearedAt, group, cause, why },
    rule: {
      name: evidence?.rule ?? detail.rule,
      version: evidence?.version ?? null,
      present: present === undefined ? null : { version: present.version, when: present.when },
    },
    condition: evidence?.condition ?? null,
    inputs: evidence?.inputs ?? [],
    baseline: evidence?.baseline ?? null,
    neighbours: evidence?.neighbours ?? [],
    verdict: evidence?.verdict ?? null,
    earlier: evidence?.earlier ?? [],
    zone,
  };
}

/** Says what the name was probably meant to be, where the city is there to tell. */
async function withName(dataDir: string, alarm: string, cause: unknown): Promise<never> {
  if (!(cause instanceof Complaint) || cause.status !== 404) throw cause;
  const fault = alarmNameFault(alarm, await cityDevices(dataDir));
  throw fault === undefined ? cause : new Complaint(fault);
}

const both = ({ ko, en }: Text): string => (ko === en ? en : `${en} / ${ko}`);

/** The same for people. */
export function describeExplained(explained: Explained): string {
  const {
    id,
    occurrence,
    state,
    priority,
    text,
    device,
    kind,
    district,
    raisedAt,
    clearedAt,
    rule,
    condition,
    inputs,
    baseline,
    neighbours,
    verdict,
    earlier,
    zone,
  } = explained;
  const iso = isoIn(zone);
  const { version, present } = rule;
  const changed = version !== null && present !== null && present.version !== version;
  const ended = clearedAt === null ? "" : `, over at ${iso(clearedAt)}`;
  const said = (spot: { device: string; metric: string; t: number; value: unknown }): string =>
    `${iso(spot.t)}  ${spot.device}  ${spot.metric} = ${JSON.stringify(spot.value)}`;
  return [
    `${id}  state ${state}, priority ${priority}, occurrence ${occurrence}`,
    `  ${both(text)}`,
    `  ${kind} ${device} in ${district}, ${raisedAt === null ? "never raised in this run" : `raised at ${iso(raisedAt)}${ended}`}`,
    `rule        ${rule.name}, ${version === null ? "no evidence of this occurrence is kept" : `version ${version}`}${changed ? ` (the contract is at version ${present.version} now)` : ""}`,
    ...(present === null ? [] : [`  ${JSON.stringify(present.when)}`]),
    ...(condition === null ? [] : [`condition   ${both(condition)}`]),
    ...(earlier.length === 0 ? [] : ["before that"]),
    ...earlier.flatMap((one) => [
      `  ${iso(one.t)}  priority ${one.priority}: ${both(one.condition)}`,
      ...one.inputs.map((input) => `    ${said(input)}`),
    ]),
    `inputs      ${inputs.length === 0 ? "none" : ""}`,
    ...inputs.map((input) => `  ${said(input)}`),
    baseline === null ? "baseline    none" : `baseline    ${baseline.middle}, usually ${baseline.low} to ${baseline.high} (${baseline.from})`,
    `neighbours  ${neighbours.length === 0 ? "none" : ""}`,
    ...neighbours.map((neighbour) => `  ${said(neighbour)}  ${neighbour.agrees ? "agrees" : "contradicts"}`),
    verdict === null
      ? "verdict     none was needed"
      : `verdict     ${verdict.what === "event" ? "a real event" : "the sensor is in trouble"}: ${both(verdict.because)}`,
  ]
    .map((line) => line.trimEnd())
    .join("\n");
}
