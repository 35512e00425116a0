import { z } from "zod";
import { stateLetters } from "./alarm.ts";
import { alarmClasses } from "./alarm-rule.ts";
import { from, timeHelp, to, whole } from "./api-fields.ts";
import { linkIds } from "./links.ts";

/** What is asked of alarms, queues, commands and hand-overs over HTTP; what is answered stands in `alarm-answers.ts` and `room-answers.ts`. */

const alarmId = z.string().max(200).describe("Id of the alarm, as in /api/v1/alarms");
const deviceId = z.string().max(64).describe("Id of the device, as in /api/v1/devices");
export const alarmParams = z.strictObject({ id: alarmId });
export const itemParams = z.strictObject({ id: z.string().max(200).describe("Id of the item, as in /api/v1/items") });
export const commandParams = z.strictObject({ id: z.string().max(64).describe("Id of the command, as in /api/v1/commands") });
export const responseParams = z.strictObject({ id: z.string().max(140).describe("Id of the response, as in /api/v1/responses") });
export const linkParams = z.strictObject({ link: z.enum(linkIds).describe("Id of the link that says it") });
export const capParams = z.strictObject({ id: z.string().max(300).describe("Id of the message, as the feed links it") });

const letters = z
  .string()
  .max(20)
  .transform((given, context) => {
    const named = given.split(",").map((letter) => stateLetters.find((known) => known === letter.trim().toUpperCase()));
    if (named.every((letter) => letter !== undefined)) return named;
    context.addIssue({ code: "custom", message: "not a state" });
    return z.NEVER;
  });
export const alarmsQuery = z.strictObject({
  state: letters
    .optional()
    .describe(`One or several of ${stateLetters.join(", ")}, with commas between; default: all that are in a list, which A never is`),
  service: z.string().max(64).optional().describe("Id of a service, as in /api/v1/services; default: all"),
  class: z
    .enum(alarmClasses)
    .optional()
    .describe(`${alarmClasses.join(" or ")}; default: both`),
  district: z.string().max(64).optional().describe("Id of a district, as in /api/v1/plan; default: all"),
  device: z.string().max(64).optional().describe("Only this device; default: all"),
  limit: whole(1, 5000, 1000, "Alarms per page"),
  cursor: z.string().max(500).optional().describe("`cursor` of the page before; leave it out for the first page"),
});
export const journalQuery = z.strictObject({
  from: from.describe(`Event time of the first line, ${timeHelp}; default: no bound`),
  to: to.describe(`Event time of the last line, ${timeHelp}; default: no bound`),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe("Only lines with a greater number, and then the oldest of them first: `next` of the answer before; default: the newest lines"),
  run: z.string().max(64).optional().describe("Only this life of the city, as in /api/v1/city, or `field`: real devices; default: all"),
  alarm: z.string().max(200).optional().describe("Only this alarm; default: all"),
  device: z.string().max(64).optional().describe("Only this device; default: all"),
  limit: whole(1, 10_000, 1000, "Lines"),
  format: z.enum(["json", "csv"]).optional().describe("json or csv; default: as the Accept header asks, json otherwise"),
});
export const scoreQuery = z.strictObject({
  hours: z.coerce
    .number()
    .positive()
    .max(24 * 366)
    .optional()
    .describe("Hours of event time up to now, above 0; default: all that is known of the run"),
});
export const itemsQuery = z.strictObject({
  queue: z.enum(["case", "task"]).optional().describe("case (enforcement) or task (the care desk); default: both"),
  limit: whole(1, 5000, 1000, "Items, newest first"),
});
export const commandsQuery = z.strictObject({
  device: deviceId.optional().describe("Only this device; default: all"),
  alarm: alarmId.optional().describe("Only those sent for this alarm; default: all"),
  limit: whole(1, 2000, 200, "Commands, newest first"),
});
export const handoffsQuery = z.strictObject({
  alarm: alarmId.optional().describe("Only those of this alarm; default: all"),
  limit: whole(1, 2000, 200, "Hand-overs, newest first"),
});

const occurrence = z.number().int().min(1).describe("Occurrence of the alarm that the person saw");
/** 0 = it has never been raised: planned work. */
const seen = z.number().int().min(0).optional().describe("Occurrence that the person saw");
const run = z.string().max(100).optional().describe("Run in which the person saw it, as the alarm says it; refused in another one");
const note = z.string().max(2000);
const reason = z.string().trim().min(1).max(500).describe("Why: 1 to 500 characters");
export const acknowledgeBody = z.strictObject({ occurrence, run, note: note.optional().describe("A note, up to 2,000 characters") });
export const acknowledgeManyBody = z.strictObject({
  alarms: z
    .array(z.strictObject({ id: alarmId, occurrence, run }))
    .min(1)
    .max(500)
    .describe("1 to 500 of {id, occurrence, run}"),
  note: note.optional().describe("A note, up to 2,000 characters"),
});
export const shelveBody = z.strictObject({
  occurrence: seen,
  run,
  until: z.number().int().max(8.64e15).describe("Event time at which it returns, epoch ms; beyond 12 hours needs the right `supervise`"),
  reason,
  once: z.boolean().default(false).describe("Returns when the condition has gone, at most at `until`"),
});
export const reasonBody = z.strictObject({ occurrence: seen, run, reason: reason.optional() });
export const commentBody = z.strictObject({ occurrence: seen, run, note: note.trim().min(1).describe("1 to 2,000 characters") });
export const assignBody = z.strictObject({
  occurrence: seen,
  run,
  to: z.string().trim().max(80).nullable().describe("A person's name; null = nobody"),
});
export const outOfServiceBody = z.strictObject({
  occurrence: seen,
  run,
  order: z.string().trim().min(1).max(120).describe("The work order: 1 to 120 characters"),
  reason: reason.optional(),
});
export const resetBody = z.strictObject({ occurrence: seen, run });
export const handOverBody = z.strictObject({
  occurrence: seen,
  run,
  to: z.enum(linkIds).describe(`One of ${linkIds.join(", ")}`),
  note: note.optional().describe("A note, up to 2,000 characters"),
});
export const noBody = z.strictObject({});
export const closeItemBody = z.strictObject({
  result: z.string().trim().min(1).max(80).describe("What came of it: 1 to 80 characters"),
  note: note.optional().describe("A note, up to 2,000 characters"),
});
export const exportItemsBody = z.strictObject({
  items: z.array(z.string().max(200)).min(1).max(1000).describe("Ids of 1 to 1,000 items"),
  format: z.enum(["json", "csv"]).optional().describe("json or csv; default: as the Accept header asks, json otherwise"),
  language: z.enum(["ko", "en"]).default("ko").describe("ko or en; default ko"),
});
export const commandBody = z.strictObject({
  device: deviceId,
  op: z.string().min(1).max(64).describe("A command of the device's kind, as in /api/v1/services"),
  args: z
    .record(z.string().max(64), z.union([z.number(), z.string().max(64)]))
    .default({})
    .describe("Arguments by name, as the command's fields say"),
  alarm: alarmId.optional().describe("The alarm for which it is sent"),
});
const mode = z.enum(["auto", "manual"]).describe("auto or manual");
export const modeBody = z.strictObject({ mode });
export const abortBody = z.strictObject({
  key: z.string().max(200).describe("Which countdown: `key` as in the response's `armed`"),
  reason: reason.optional(),
});
export const adviceModeBody = z.strictObject({ device: z.string().max(64).nullable().describe("A signal as in /api/v1/advice; null = all"), mode });
