import { z } from "zod";

/**
 * Ground truth, payload of `_sim/{run}/truth`: for scoring, never for detection. Said again, under the same id, whenever something of it becomes known.
 * Truths without an injection are what the city does by itself: `by: "city"`.
 */
export const truthSchema = z.strictObject({
  v: z.literal(1),
  /** Id of its injection, or one of the city's own. */
  id: z.string().max(80),
  by: z.enum(["injection", "city"]),
  kind: z.string().max(64),
  class: z.enum(["event", "fault", "quiet"]),
  /** `null` = the whole city's. */
  service: z.string().max(64).nullable(),
  /** Devices that it strikes, sorted. */
  devices: z.array(z.string().max(64)),
  /** City times, epoch ms. `observable`: first reading or event on the wire that differs because of it, as the simulator knows it. */
  onset: z.number().int(),
  observable: z.number().int().nullable(),
  end: z.number().int().nullable(),
});
export type Truth = z.infer<typeof truthSchema>;
