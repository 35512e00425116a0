import { z } from "zod";
import { linkIds } from "./links.ts";

/** What a person does in the room. Durable in the log before it takes effect; journalled with who, when, before and after. */
const note = z.string().max(2000);
const reason = z.string().trim().min(1, "give a reason").max(500);
const alarm = z.string().max(200);
const occurrence = z.number().int().min(1);
/** The run in which the person saw it: after a reset the same occurrence is another one, and nothing is done to it. */
const run = z.string().max(100).optional();
/** Epoch ms, event time of the alarm's timeline. */
const until = z.number().int().max(8.64e15);
const args = z.record(z.string().max(64), z.union([z.number(), z.string().max(64)])).default({});

export const roomActionSchema = z.discriminatedUnion("do", [
  /** Only what the person saw: an alarm that has occurred again meanwhile stays unacknowledged. */
  z.strictObject({
    do: z.literal("acknowledge"),
    alarms: z
      .array(z.strictObject({ id: alarm, occurrence, run }))
      .min(1)
      .max(500),
    note: note.optional(),
  }),
  /** `once`: until the condition has gone, at most until then. */
  z.strictObject({
    do: z.literal("shelve"),
    alarm,
    run,
    occurrence: z.number().int().min(0).optional(),
    until,
    reason,
    once: z.boolean().default(false),
  }),
  z.strictObject({ do: z.literal("unshelve"), alarm, run, reason: reason.optional() }),
  z.strictObject({ do: z.literal("comment"), alarm, run, note: note.trim().min(1, "say something") }),
  z.strictObject({ do: z.literal("assign"), alarm, run, to: z.string().trim().max(80).nullable() }),
  z.strictObject({
    do: z.literal("out-of-service"),
    alarm,
    run,
    order: z.string().trim().min(1, "name the work order").max(120),
    reason: reason.optional(),
  }),
  z.strictObject({ do: z.literal("in-service"), alarm, run, reason: reason.optional() }),
  /** Ends a latched alarm; refused while the condition holds. */
  z.strictObject({ do: z.literal("reset"), alarm, run, occurrence: occurrence.optional() }),
  z.strictObject({ do: z.literal("hand-over"), alarm, run, to: z.enum(linkIds), note: note.optional() }),
  z.strictObject({ do: z.literal("command"), device: z.string().max(64), op: z.string().max(64), args, alarm: alarm.optional() }),
  z.strictObject({ do: z.literal("response-mode"), response: z.string().max(140), mode: z.enum(["auto", "manual"]) }),
  /** Ends a countdown: `key` as in the response's state. */
  z.strictObject({ do: z.literal("abort"), response: z.string().max(140), key: z.string().max(200), reason: reason.optional() }),
  z.strictObject({ do: z.literal("take-item"), item: z.string().max(200) }),
  z.strictObject({
    do: z.literal("close-item"),
    item: z.string().max(200),
    result: z.string().trim().min(1, "say what came of it").max(80),
    note: note.optional(),
  }),
  z.strictObject({ do: z.literal("export-items"), items: z.array(z.string().max(200)).min(1).max(1000) }),
  /** The signal adviser: `null` device = all signals. */
  z.strictObject({ do: z.literal("adviser-mode"), device: z.string().max(64).nullable(), mode: z.enum(["auto", "manual"]) }),
]);
export type RoomAction = z.infer<typeof roomActionSchema>;

/** What came of an action: ids of what it touched, and what it did not touch, with the reason. */
export interface Acted {
  /** Newest journal number after it. */
  readonly n: number;
  readonly alarms: readonly string[];
  readonly command: string | null;
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}
