import { z } from "zod";
import { roles } from "../roles.ts";
import { durationPattern } from "./duration.ts";
import { selectorSchema } from "./selector.ts";

/**
 * The scenario file (YAML), as data: one source for the check, the types, and the schema with which editors complete. Unknown words are errors.
 * Durations are written `90s`, `10m`, `1h30m`, `2d`; all instants are city time since the scenario's start.
 */
const duration = z.string().regex(durationPattern, 'a duration is written like "90s", "10m", "1h30m" or "2d"');
const name = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, "a name is of a-z, 0-9 and -");
/** Shorter than other names: ids of injections are made of it. */
const stepName = name.max(36);
const both = z.strictObject({ ko: z.string().min(1).max(400), en: z.string().min(1).max(400) });
const value = z.union([z.number(), z.string().max(64), z.boolean()]);
const args = z.record(z.string().max(64), z.union([z.number(), z.string().max(64)]));

/** When a step comes: exactly one of `at` and `after`; `every` repeats it (`times`, or until the end). */
const when = {
  at: duration.optional().describe("city time since the scenario's start"),
  after: z
    .union([name, z.strictObject({ step: name, by: duration })])
    .optional()
    .describe("when that step has come, or so long after it"),
  every: duration.optional(),
  times: z.number().int().min(2).max(10_000).optional(),
  id: stepName.optional().describe("by which other steps and expectations speak of it"),
};

const step = z.strictObject({
  ...when,
  /** Exactly one of what follows says what the step does. */
  inject: z.string().max(64).optional().describe("kind of injection: `gwanje inject kinds` names them"),
  on: selectorSchema.optional(),
  for: duration.optional().describe("how long it lasts; default: as the kind says"),
  with: args.optional().describe("arguments of the injection or of the command"),
  clear: name.optional().describe("ends the injection of that step"),
  command: z.string().max(64).optional().describe("one of the contract's commands, to each device of `on`"),
  act: z
    .strictObject({
      do: z.enum(["acknowledge", "shelve", "comment", "assign", "hand-over", "response-mode", "adviser-mode", "take-item", "close-item"]),
      rule: z.string().max(64).optional().describe("on the alarms or items of this rule"),
      as: z.enum(roles).optional(),
      with: args.optional(),
    })
    .optional(),
  cue: both.optional().describe("what the demonstrator says now: in the presenter's window, never in the room"),
});
export type ScenarioStep = z.infer<typeof step>;

/** What must come true. `alarm`, `item`, `event`, `quarantine`: appears on one of the devices within `within` of the step it follows (or of the start). */
const expectation = z.strictObject({
  id: name.optional(),
  say: both.optional().describe("in words, for report and desk"),
  follows: name.optional().describe("step whose instant everything is measured from; default: the start"),
  alarm: z.string().max(80).optional().describe("rule of a service or of its sensors"),
  item: z.string().max(80).optional().describe("rule whose case or task is opened"),
  event: z.string().max(80).optional().describe("event of the chronicle, or `silent`, `back`"),
  action: z.string().max(80).optional().describe("command that is confirmed, by a person or a response"),
  refused: z.string().max(80).optional().describe("reason code of the quarantine"),
  flood: z.enum(["begins", "ends"]).optional(),
  /** None of these may come between `follows` and `within` (default: the end). */
  none: z
    .strictObject({
      class: z.enum(["operations", "maintenance"]).optional(),
      rule: z.string().max(80).optional(),
      item: z.string().max(80).optional(),
    })
    .optional(),
  /** How things stand at the end of `within`. */
  state: z
    .strictObject({
      metric: z.string().max(64),
      is: value.optional(),
      above: z.number().optional(),
      below: z.number().optional(),
      share: z.number().min(0).max(1).optional().describe("of the devices; default: all"),
    })
    .optional(),
  /** Of the ledger, at the end. */
  count: z
    .strictObject({
      of: z.enum(["received", "accepted", "duplicate", "refused", "lost", "late"]),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    })
    .optional(),
  on: selectorSchema.optional(),
  onStep: name.optional().describe("on the devices that this step strikes"),
  within: duration.optional(),
  class: z.enum(["operations", "maintenance"]).optional(),
  clears: duration.optional().describe("the alarm clears within this time after the step's injection has ended"),
  atMost: z.number().int().min(0).optional().describe("no more of them than this, e.g. one for a whole gateway"),
});
export type ScenarioExpectation = z.infer<typeof expectation>;

export const scenarioSchema = z.strictObject({
  scenario: name.describe("the file's name without .yaml"),
  title: both,
  story: both.describe("one paragraph: what happens, and what the room should make of it"),
  city: z.enum(["default", "small"]).default("small"),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  /** Local time of the city. */
  start: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, "a local time, like 2026-07-14T18:00")
    .describe("local time of the city at which the scenario begins"),
  lasts: duration.describe("city time from start to end"),
  rate: z.number().min(0.1).max(3600).default(60).describe("city seconds per second when it is shown; tests run as fast as the chain goes"),
  baseline: duration.default("2h").describe("history that the room has learned from before the start; built once and cached"),
  responses: z.enum(["auto", "manual"]).default("auto"),
  tags: z.array(name).default([]),
  timeline: z.array(step).min(1).max(2000),
  expect: z.array(expectation).min(1).max(500),
});
export type Scenario = z.infer<typeof scenarioSchema>;
