import { z } from "zod";
import { type Alarm, type AlarmDetail, type AlarmScore, type JournalLine, stateLetters } from "./alarm.ts";
import { alarmClasses, priorities } from "./alarm-rule.ts";
import { count, timeline, type Whole, when, word } from "./answer-fields.ts";
import { instant, list, text } from "./api-fields.ts";
import { value } from "./reading.ts";

/** Alarms, journal and score, as HTTP and MQTT tell them. Each schema has every field of the type that it stands for. */

const priority = z.literal(priorities).describe("1 = highest");

export const alarmSchema = z.object({
  id: z.string(),
  state: z
    .enum(stateLetters)
    .describe("IEC 62682: A normal, B unacknowledged, C acknowledged, D returned unacknowledged, E shelved, F suppressed, G out of service"),
  active: z.boolean(),
  acked: z.boolean(),
  latched: z.boolean().describe("Stays until somebody resets it"),
  shelved: z.object({ until: instant, by: z.string(), reason: z.string(), once: z.boolean() }).nullable(),
  suppressed: z.object({ by: z.string() }).nullable(),
  outOfService: z.object({ since: instant, by: z.string(), order: z.string() }).nullable(),
  rule: z.string().describe("service/rule"),
  class: z.enum(alarmClasses).describe("maintenance: the sensor is in trouble, not the city"),
  priority,
  service: z.string(),
  kind: z.string(),
  device: z.string(),
  gateway: z.string(),
  district: z.string(),
  timeline,
  occurrence: count.describe("What one acknowledges: this occurrence and no later one"),
  run: z.string().describe("Run of the city, `field` for a real device: another run counts its occurrences anew"),
  raisedAt: instant,
  clearedAt: when,
  ackedAt: when,
  ackedBy: word,
  changedAt: instant,
  respondBy: when.describe("By when somebody should have acted; null = the rule knows no such time"),
  metric: word,
  value: value.nullable(),
  limit: value.nullable(),
  text,
  group: word.describe("Alarm at the top of its group"),
  cause: word.describe("Alarm of which it is a consequence"),
  first: z.boolean().describe("First of its group"),
  consequences: count,
  count: count.describe("Occurrences within 24 hours"),
  chattering: z.boolean(),
  owner: word,
  comments: count,
  inherited: z.boolean().describe("The previous shift's"),
}) satisfies Whole<Alarm>;

const alarmRowSchema = alarmSchema.extend({ shelvedUntil: when });
export const alarmsSchema = z.object({ alarms: list(alarmRowSchema), cursor: z.string().nullable() });
export const alarmCountsSchema = z.object({
  counts: list(
    z.object({
      service: z.string(),
      district: z.string(),
      class: z.enum(alarmClasses),
      priority,
      alarms: count.describe("Unacknowledged, acknowledged or returned: states B, C and D"),
      unacknowledged: count,
    }),
  ),
});

const lineSchema = z.object({
  n: count,
  run: z.string(),
  timeline,
  t: instant.describe("Event time of the timeline, epoch ms UTC"),
  at: instant.describe("Wall clock, epoch ms UTC"),
  what: z.string(),
  alarm: word,
  occurrence: count.nullable(),
  rule: word,
  service: word,
  device: word,
  by: z.string().describe("A person's name, `rule` or `system`"),
  role: word,
  before: word,
  after: word,
  reason: word,
  x: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
}) satisfies Whole<JournalLine>;
export const journalSchema = z.object({ lines: list(lineSchema), next: count.describe("Give it as `after` to go on") });

const spot = { device: z.string(), metric: z.string(), t: instant };
const input = z.object({ ...spot, value });
const evidenceSchema = z.object({
  t: instant,
  rule: z.string(),
  version: count,
  condition: text,
  inputs: list(input),
  baseline: z.object({ middle: z.number(), low: z.number(), high: z.number(), from: z.string() }).nullable(),
  neighbours: list(z.object({ ...spot, value: z.number(), agrees: z.boolean() })),
  verdict: z.object({ what: z.enum(["event", "sensor"]), because: text }).nullable(),
  earlier: list(z.object({ t: instant, priority, condition: text, inputs: list(input) })).exactOptional(),
});
const alarmDetailSchema = alarmSchema.extend({
  title: text,
  why: z.object({ cause: text, consequence: text, response: list(text), minutes: z.number() }),
  evidence: evidenceSchema.nullable(),
  notes: list(z.object({ t: instant, at: instant, by: z.string(), text: z.string() })),
  journal: list(lineSchema),
}) satisfies Whole<AlarmDetail>;
export const alarmDetailRowSchema = alarmDetailSchema.extend({ shelvedUntil: when });

const counted = list(z.object({ rule: z.string(), device: z.string(), count }));
export const scoreSchema = z.object({
  from: instant,
  to: instant,
  hours: z.number(),
  rate: z.number().describe("Mean city seconds per wall second of that time"),
  judged: z.boolean().describe("false: less than 30 days; figures are shown, no verdict is drawn"),
  perTenMinutes: z.object({ now: z.number(), mean: z.number(), peak: z.number(), peakAt: when }),
  flood: z.object({ share: z.number(), times: list(z.object({ from: instant, to: when, alarms: count, peak: z.number() })) }),
  top: z.object({ share: z.number(), list: counted }),
  chattering: counted,
  fleeting: counted,
  stale: list(z.string()),
  split: z.object({ 1: count, 2: count, 3: count, 4: count }),
  standing: count,
  shelved: count,
  suppressed: count,
  outOfService: count,
  toAcknowledge: z.object({ city: z.number().nullable(), wall: z.number().nullable(), count }),
  maintenance: z.object({ raised: count, standing: count }),
  byService: z.record(z.string(), z.object({ operations: count, maintenance: count })),
}) satisfies Whole<AlarmScore>;
