import { z } from "zod";
import { count, type Whole, when, word } from "../answer-fields.ts";
import { instant, list, text } from "../api-fields.ts";
import { ok, type Result, refuse } from "../result.ts";
import { idPattern } from "../topics.ts";
import { type ClearedInjection, type InjectionState, injectionGroups, injectionSchema } from "./injection.ts";
import { longestInjection } from "./lasting.ts";
import type { Outcome } from "./outcome.ts";
import { scenarioSchema } from "./scenario.ts";
import {
  type Comparison,
  type InjectRequest,
  type Mistake,
  type PlannedStep,
  type Preview,
  runStates,
  type ScenarioRow,
  type ScenarioRun,
} from "./scenario-port.ts";
import type { ExpectationState, Found, KindScore, Scorecard } from "./scorecard.ts";
import { type Selector, selectorSchema } from "./selector.ts";
import { bytesOf, inBytes, largestText } from "./text-size.ts";
import { truthSchema } from "./truth.ts";

/** Scenarios, runs and injections, as HTTP takes and tells them. */
const scenarioId = z.string().max(64).describe("name of a scenario, as the list has it");
export const runParams = z.strictObject({ id: z.string().max(64).describe("id of a run, as the list has it") });
export const scenarioParams = z.strictObject({ id: scenarioId });
export const injectionParams = z.strictObject({ id: z.string().max(64).describe("id of an injection, or `all`") });
export const clearQuery = z.strictObject({
  story: z.enum(["leave", "take"]).default("leave").describe("with `all`: what a story that is on has injected; default leave"),
});
export const reportQuery = z.strictObject({ format: z.enum(["html", "junit"]).default("html").describe("html or junit; default html") });
export const spanQuery = z.strictObject({
  id: scenarioId,
  from: z.coerce.number().int().describe("begin, city time in epoch ms"),
  to: z.coerce.number().int().describe("end, city time in epoch ms"),
  run: z.string().max(200).optional().describe("of this run of the city alone; refused when the city has begun anew since then"),
});
export const planQuery = z.strictObject({
  reset: z.enum(["true", "false"]).default("false").describe("times as if the city began anew with it; default false: as if it were started now"),
});
export const startBody = z.strictObject({
  scenario: scenarioId,
  drill: z.boolean().default(false).describe("truth and scorecard stay hidden from everybody until the end"),
  reset: z
    .boolean()
    .default(false)
    .describe("begins at the scenario's own instant, seed and rate: another run of the city, with a history of the same length before it"),
});
const scenarioText = z
  .string()
  .refine((given) => bytesOf(given) <= largestText, { error: ({ input }) => `has ${inBytes(bytesOf(String(input)))} as UTF-8, which is too many` })
  .describe(`text of a scenario file, ${inBytes(largestText)} of UTF-8 at most`);
export const checkBody = z.strictObject({ text: scenarioText });
export const saveBody = z.strictObject({ id: scenarioId, text: scenarioText });

const seconds = z.number().int().optional();
const args = z.record(z.string().max(64), z.union([z.number(), z.string().max(64)])).optional();
/** Where and what each have a short name and a long one: a single device is not worth a selector. */
export const injectBody = z.strictObject({
  kind: z.string().max(80).optional().describe("kind of injection, as /api/v1/injections/kinds has it"),
  fault: z.string().max(80).optional().describe("the same"),
  incident: z.string().max(80).optional().describe("the same; an incident's name without its service will do"),
  on: selectorSchema.optional().describe("selector: which devices"),
  select: selectorSchema.optional().describe("the same"),
  device: z.string().regex(idPattern).optional().describe("a single device"),
  lasts: seconds.describe(`city seconds, ${longestInjection} at most; default: as the kind says`),
  duration: seconds.describe("the same"),
  with: args.describe("arguments of the kind"),
});
export type InjectBody = z.infer<typeof injectBody>;

/** Names of one and the same thing: whoever gives two of them may mean two things, and one would be lost. */
const oneOf = [
  ["kind", "fault", "incident"],
  ["on", "select", "device"],
  ["lasts", "duration"],
] as const;

/** What the body asks for, or which of its fields is wrong. @param known ids of kinds. */
export function requestIn(
  body: InjectBody,
  known: readonly string[],
): Result<InjectRequest, { readonly parameter: string; readonly detail: string }> {
  for (const names of oneOf) {
    const given = names.filter((name) => body[name] !== undefined);
    const [, second] = given;
    if (second !== undefined) return refuse({ parameter: second, detail: `${given.join(" and ")} say the same thing: give only one of them` });
  }
  const { kind, fault, incident, on, select, device, lasts, duration, with: given } = body;
  const named = kind ?? fault ?? incident;
  if (named === undefined) return refuse({ parameter: "kind", detail: "is missing: name one of GET /api/v1/injections/kinds" });
  const full = known.includes(named) ? undefined : known.filter((id) => id.endsWith(`/${named}`));
  const where: Selector = on ?? select ?? (device === undefined ? {} : { device });
  const time = lasts ?? duration;
  return ok({
    kind: full?.length === 1 ? (full[0] ?? named) : named,
    on: where,
    ...(time === undefined ? {} : { lasts: time }),
    ...(given === undefined ? {} : { with: given }),
  });
}

const mistakeSchema = z.object({ line: count, column: count, path: z.string(), message: z.string() }) satisfies Whole<Mistake>;
export const mistakesSchema = z.object({ mistakes: list(mistakeSchema) });
export const scenarioRowSchema = z.object({
  id: z.string(),
  title: text,
  story: text,
  city: z.string(),
  lasts: z.number().describe("city seconds"),
  rate: z.number(),
  tags: list(z.string()),
  from: z.enum(["library", "own"]),
  mistakes: list(mistakeSchema),
  lacks: list(z.string()).describe("what it needs and the city that runs here does not have: then it cannot be started"),
}) satisfies Whole<ScenarioRow>;
export const scenariosSchema = z.object({ scenarios: list(scenarioRowSchema) });

const stepSchema = z.object({
  id: z.string(),
  t: when,
  what: z.enum(["inject", "clear", "command", "act", "cue"]),
  step: scenarioSchema.shape.timeline.element,
  words: text,
  devices: list(z.string()),
  ends: when,
  state: z.enum(["to-come", "done", "failed"]),
  reason: word,
}) satisfies Whole<PlannedStep>;
export const planAnswer = z.object({ steps: list(stepSchema) });

const expectationSchema = z.object({
  id: z.string(),
  say: text,
  state: z.enum(["to-come", "held", "failed"]),
  seen: text,
  t: when,
}) satisfies Whole<ExpectationState>;
export const runSchema = z.object({
  id: z.string(),
  scenario: scenarioRowSchema.nullable(),
  cityRun: z.string(),
  seed: z.number(),
  by: z.string(),
  startedAt: instant.describe("Wall clock"),
  from: instant,
  to: instant,
  now: instant,
  state: z.enum(runStates),
  drill: z.boolean(),
  steps: list(stepSchema),
  expectations: list(expectationSchema),
  truths: list(truthSchema),
  passed: z.boolean().nullable(),
  reason: word,
  repeat: z.string().describe("the one command that repeats it"),
  noTwin: text.nullable().describe("why it cannot be lived again without the room; null: it can"),
}) satisfies Whole<ScenarioRun>;
export const runsSchema = z.object({ runs: list(runSchema) });

const tookSchema = z.object({ city: z.number(), wall: z.number() });
const foundSchema = z.object({
  truth: truthSchema,
  title: text,
  by: z
    .object({
      id: z.string(),
      what: z.enum(["alarm", "item", "refusal"]),
      class: z.enum(["operations", "maintenance"]).nullable(),
      rule: z.string(),
      t: instant,
    })
    .nullable(),
  delay: z.number().nullable().describe("city seconds from the first observable moment"),
  alarms: count,
  acknowledged: tookSchema.nullable(),
  acted: z.object({ ...tookSchema.shape, command: z.string() }).nullable(),
}) satisfies Whole<Found>;
const kindScoreSchema = z.object({
  kind: z.string(),
  title: text,
  class: z.enum(["event", "fault", "quiet"]),
  found: count,
  of: count,
  delays: list(z.number()),
  alarms: count,
}) satisfies Whole<KindScore>;
const raisedAs = z.object({ operations: count, maintenance: count, nothing: count });
const medianSchema = z.object({ city: z.number().nullable(), wall: z.number().nullable(), count });
export const scorecardSchema = z.object({
  from: instant,
  to: instant,
  found: list(foundSchema),
  kinds: list(kindScoreSchema),
  confusion: z.object({ event: raisedAs, fault: raisedAs, nothing: z.object({ operations: count, maintenance: count }) }),
  false: list(z.object({ alarm: z.string(), rule: z.string(), device: z.string(), class: z.enum(["operations", "maintenance"]), t: instant })),
  falsePerSensorDay: z.number(),
  sensors: count,
  medianDelay: z.number().nullable(),
  worstDelay: z.number().nullable(),
  alarmsPerIncident: z.number().nullable(),
  toAcknowledge: medianSchema,
  toAction: medianSchema,
}) satisfies Whole<Scorecard>;

const outcomeSchema = z.object({
  from: instant,
  to: instant,
  t: list(instant),
  sums: z.record(z.string(), list(z.number())),
}) satisfies Whole<Outcome>;
export const comparisonSchema = z.object({ run: z.string(), asItWas: outcomeSchema, without: outcomeSchema }) satisfies Whole<Comparison>;

const stateSchema = z.object({
  ...injectionSchema.shape,
  t: instant,
  state: z.enum(["waits", "active", "over", "refused"]),
  reason: word,
}) satisfies Whole<InjectionState>;
export const injectionsSchema = z.object({ injections: list(stateSchema) });
const clearedSchema = z.object({
  ...stateSchema.shape,
  state: z.enum([...stateSchema.shape.state.options, "cleared"]),
  cleared: z
    .object({ t: instant.describe("city time from which on it is no more"), by: z.string() })
    .nullable()
    .describe("null: it had ended before"),
}) satisfies Whole<ClearedInjection>;
export const clearedInjectionsSchema = z.object({
  injections: list(clearedSchema),
  staying: z.number().int().describe("how many a story has injected that go on, since `all` leaves them"),
});
export const kindsSchema = z.object({
  kinds: list(
    z.looseObject({
      id: z.string(),
      group: z.enum(injectionGroups),
      service: word,
      title: text,
      effect: text,
      on: z.string(),
      lasts: z.number().nullable(),
    }),
  ),
});
export const previewSchema = z.object({ words: text, devices: list(z.string()), expected: list(z.string()) }) satisfies Whole<Preview>;
