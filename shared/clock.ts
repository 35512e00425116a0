import { z } from "zod";

export const phases = ["backfill", "live", "jump", "gone"] as const;

/** Retained on `_clock`. Times in epoch ms UTC. */
export const clockSchema = z.strictObject({
  /** One life of a city: start, reset and another seed open a run. */
  run: z.string().max(64),
  city: z.string().max(64),
  seed: z.number().int(),
  scale: z.number().positive(),
  /** First instant of the run; backfilled history begins here. */
  start: z.number(),
  /** The simulator sends nothing later than this. */
  head: z.number(),
  /** Everything up to here has been acknowledged on every gateway. */
  mark: z.number(),
  /** City seconds per wall second as measured, and as asked for (`null` = as fast as the chain goes). */
  rate: z.number(),
  asked: z.number().nullable(),
  paused: z.boolean(),
  phase: z.enum(phases),
  /** Where a backfill or a jump ends; while `phase` is one of these. */
  until: z.number().optional(),
  /** Names a saved image of the whole city. First seen within a run: everybody saves an image of this instant under the name; in the first
   *  document of a new run: the run begins from it. */
  image: z.string().max(120).optional(),
});
export type CityClock = z.infer<typeof clockSchema>;

/** A city lives in these years: its calendar of holidays and its laws are those of now. */
export const earliestMs = Date.UTC(2000, 0, 1);
export const latestMs = Date.UTC(2100, 0, 1);

/** What a demonstrator may ask of the clock: exactly one of these. */
export const clockActionSchema = z.union([
  z.strictObject({ rate: z.number().min(0.1).max(3600) }),
  z.strictObject({ paused: z.boolean() }),
  /** Forward only; run at the highest rate. */
  z.strictObject({ jumpTo: z.number().int().max(8.64e15) }),
  /** City seconds to advance while paused. */
  z.strictObject({ step: z.number().int().min(1).max(86_400) }),
  /**
   * `at`: where its history ends and its life begins, e.g. the evening of a story; `history`: so many seconds of it. What is absent stays as it is.
   * `paused`: it stands still there.
   */
  z.strictObject({
    reset: z.strictObject({
      seed: z.number().int().min(0).max(0xffff_ffff).optional(),
      at: z.number().int().min(earliestMs).max(latestMs).optional(),
      history: z
        .number()
        .int()
        .min(60)
        .max(28 * 86_400)
        .optional(),
      paused: z.boolean().optional(),
    }),
  }),
]);
export type ClockAction = z.infer<typeof clockActionSchema>;

/** Payload of `_clock/set`; `images`: those that the broker has as well, so that a reset may begin from one of them. */
export const clockAskSchema = z.strictObject({
  id: z.string().max(64),
  action: clockActionSchema,
  images: z.array(z.string().max(120)).max(64).optional(),
});
export type ClockAsk = z.infer<typeof clockAskSchema>;
/** Payload of `_clock/ack`: sent when it has taken effect (a reset or jump: when the clock is live again). */
export const clockAnswerSchema = z.strictObject({ id: z.string().max(64), ok: z.boolean(), reason: z.string().max(500).optional() });
export type ClockAnswer = z.infer<typeof clockAnswerSchema>;
