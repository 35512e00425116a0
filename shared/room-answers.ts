import { z } from "zod";
import type { ResponseState, WorkItem } from "./alarm.ts";
import { count, timeline, type Whole, when, word } from "./answer-fields.ts";
import { instant, list, text } from "./api-fields.ts";
import type { CaseRow } from "./case-rows.ts";
import { type Command, commandStates } from "./command.ts";
import { type Handoff, linkIds, receiptStates } from "./links.ts";
import type { Acted } from "./room-action.ts";
import type { SignalAdvice } from "./signal-advice.ts";

/** Actions, queues, commands, hand-overs and advice, as HTTP tells them. Each schema has every field of the type that it stands for. */

export const actedSchema = z.object({
  n: count.describe("Newest number of the journal after it"),
  alarms: list(z.string()),
  command: word,
  left: list(z.object({ id: z.string(), reason: z.string() })).describe("What was not touched, and why"),
}) satisfies Whole<Acted>;

const itemSchema = z.object({
  id: z.string(),
  queue: z.enum(["case", "task"]),
  rule: z.string(),
  service: z.string(),
  device: z.string(),
  district: z.string(),
  timeline,
  title: text,
  openedAt: instant,
  closedAt: when,
  state: z.enum(["open", "taken", "closed"]),
  owner: word,
  facts: list(z.object({ t: instant, text })),
  law: z.object({ clause: text, from: z.string(), amount: z.number().describe("KRW") }).nullable(),
  active: z.boolean(),
  cause: word.describe("Id of the open item whose cause it has in common with others"),
  result: word,
  note: word,
  exportedAt: when.describe("Handed to the fining office, wall clock"),
}) satisfies Whole<WorkItem>;
export const itemsSchema = z.object({ items: list(itemSchema) });
const caseRowSchema = z.object({
  id: z.string(),
  device: z.string(),
  district: z.string(),
  violation: z.string(),
  clause: z.string(),
  lawFrom: z.string().describe("First day on which this version of the law held, yyyy-mm-dd"),
  amount: z.number().describe("KRW"),
  openedAt: z.string().describe("ISO 8601 with the city's offset"),
  closedAt: z.string(),
  result: z.string(),
  facts: z.string().describe("Timed facts, oldest first, one line each"),
  note: z.string(),
  simulated: z.boolean(),
}) satisfies Whole<CaseRow>;
export const itemsExportSchema = z.object({ rows: list(caseRowSchema), left: actedSchema.shape.left });

export const commandRowSchema = z.object({
  id: z.string(),
  service: z.string(),
  device: z.string(),
  op: z.string(),
  args: z.record(z.string(), z.union([z.number(), z.string()])),
  state: z.enum(commandStates).describe("confirmed: the device's own readings say so"),
  commanded: z.string(),
  actual: word,
  by: z.string(),
  role: z.string(),
  t: instant,
  at: instant,
  expires: instant,
  heardAt: when,
  doneAt: when,
  reason: word,
  alarm: word,
  response: word,
}) satisfies Whole<Command>;
export const commandsSchema = z.object({ commands: list(commandRowSchema) });

export const responsesSchema = z.object({
  responses: list(
    z.object({
      id: z.string(),
      service: z.string(),
      title: text,
      mode: z.enum(["auto", "manual"]),
      by: word,
      armed: list(z.object({ key: z.string(), device: z.string(), fires: instant, waits: text.nullable() })),
      offered: list(z.object({ key: z.string(), device: z.string() })).describe(
        "In manual mode: where its rule stands, and the command is left to a person",
      ),
    }) satisfies Whole<ResponseState>,
  ),
});

export const receiptSchema = z.object({ id: z.string().describe("The hand-over"), state: z.enum(receiptStates) });
export const handoffsSchema = z.object({
  handoffs: list(
    z.object({
      id: z.string(),
      to: z.enum(linkIds),
      alarm: z.string(),
      occurrence: count,
      rule: z.string(),
      service: z.string(),
      device: z.string(),
      district: z.string(),
      t: instant,
      by: z.string(),
      state: z.enum(receiptStates),
      tries: count,
      receipts: list(z.object({ state: z.enum(receiptStates), at: instant, note: z.string().exactOptional() })),
      receiver: z.enum(["built-in", "outside"]).exactOptional().describe("built-in: the built-in receiver of demonstrations, which is nobody"),
      trouble: z.string().exactOptional(),
    }) satisfies Whole<Handoff>,
  ),
});

const timing = z.object({ cycle: z.number(), main: z.number(), cross: z.number(), offset: z.number() });
export const adviceSchema = z.object({
  advice: list(
    z.object({
      device: z.string(),
      district: z.string(),
      mode: z.enum(["auto", "manual"]),
      t: instant,
      flows: z.record(z.string(), z.number()).describe("veh/h by approach device"),
      present: timing,
      proposed: timing,
      delayPresent: z.number().describe("s/veh"),
      delayProposed: z.number().describe("s/veh"),
      held: text.nullable(),
      applied: z.object({ t: instant, by: z.string(), predicted: z.number(), measured: z.number().nullable() }).nullable(),
    }) satisfies Whole<SignalAdvice>,
  ),
});
