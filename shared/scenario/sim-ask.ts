import { z } from "zod";
import { injectionSchema } from "./injection.ts";

const named = z.string().regex(/^[a-z0-9-]{1,80}$/);

/** Which of the room's commands a fork lives with: those of people, of automatic responses and of the adviser are told apart by their ids. */
const keptCommands = z.union([z.literal("all"), z.literal("none"), z.array(z.string().max(64)).max(20_000)]);

/** Cities that stay kept, the newest of them. */
export const mostKept = 12;

/** Injections that begin, or end, by one ask. */
export const mostAtOnce = 5000;

/** What can be asked of the simulator beside its clock. */
const simAskSchema = z.union([
  z.strictObject({ inject: z.array(injectionSchema).min(1).max(mostAtOnce) }),
  /** Ids; those that wait never come, those that are active end. */
  z.strictObject({ clear: z.array(z.string().max(64)).max(mostAtOnce) }),
  /** `truths`: the newest word on what was told of this run, for whoever has missed some of it. */
  z.strictObject({ list: z.enum(["injections", "truths"]) }),
  /**
   * Resolves when these commands (`d`: to whom) are inputs of the run, or `patience` ms of wall time have gone: then the answer says which are missing.
   * Nobody waits for what cannot be heard now, because no socket leads there.
   */
  z.strictObject({
    heard: z.array(z.strictObject({ id: z.string().max(64), d: z.string().max(64) })).max(20_000),
    patience: z.number().int().min(0).max(60_000),
  }),
  /** Keeps the whole city as it is now, under this name, in the simulator's folder. */
  z.strictObject({ keep: named }),
  /** Lives from a kept city to `to` in silence, at the highest rate, with the inputs of this run that come after it. */
  z.strictObject({ fork: z.strictObject({ from: named, to: z.number().int(), commands: keptCommands }) }),
  z.strictObject({ digest: z.literal("transcript") }),
]);
export type SimAsk = z.infer<typeof simAskSchema>;

/** Payloads of `_sim/set` and `_sim/ack`. */
export const simAskMessageSchema = z.strictObject({ id: z.string().max(64), ask: simAskSchema });
export type SimAskMessage = z.infer<typeof simAskMessageSchema>;
export const simAnswerSchema = z.strictObject({
  id: z.string().max(64),
  ok: z.boolean(),
  reason: z.string().max(2000).optional(),
  /** As the ask needs it: `InjectionState[]` (inject, list, and clear, with `ends` where it ends by that), `{run, truths: Truth[]}` (list of truths), `{missing: string[]}` (heard), `Outcome` (fork), `{sha256, messages}` (digest). */
  data: z.unknown().optional(),
});
export type SimAnswer = z.infer<typeof simAnswerSchema>;
