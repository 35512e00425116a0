import { z } from "zod";
import { receiptBodySchema } from "../../shared/receipt.ts";

/** What became of a hand-over, as a record of the log: what our courier did, and what the other side said. */
const id = receiptBodySchema.shape.id;
const trouble = z.string().max(500);
export const linkReceiptSchema = z.discriminatedUnion("state", [
  /** Goes out now, for the so many-th time. */
  z.strictObject({ id, state: z.literal("sent"), try: z.number().int().min(1), receiver: z.enum(["built-in", "outside"]) }),
  /** It did not arrive, and will be tried again; or never. */
  z.strictObject({ id, state: z.literal("waiting"), trouble }),
  z.strictObject({ id, state: z.literal("failed"), trouble }),
  z.strictObject({ id, state: z.enum(["received", "dispatched", "closed"]), note: z.string().max(2000).optional() }),
]);
export type LinkReceipt = z.infer<typeof linkReceiptSchema>;
export const receiptPayload = (receipt: LinkReceipt): Buffer => Buffer.from(JSON.stringify(receipt));
