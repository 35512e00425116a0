import { z } from "zod";

/** What the other side says of a hand-over, posted to `/api/v1/links/{link}/receipts`, signed as Standard Webhooks says. */
export const receiptBodySchema = z.strictObject({
  /** Id of the CloudEvent that it answers. */
  id: z.string().min(1).max(400),
  state: z.enum(["received", "dispatched", "closed"]),
  note: z.string().max(2000).optional(),
});
export type ReceiptBody = z.infer<typeof receiptBodySchema>;

/** Why a receipt was not taken. signature: not theirs; unknown: no such hand-over on this link; shape: not a receipt; away: the log takes nothing. */
export interface ReceiptRefusal {
  readonly code: "signature" | "unknown" | "shape" | "away";
  readonly reason: string;
}
/** Headers of a receipt, in small letters, and its body as it came: the signature is over the bytes. */
export interface SignedReceipt {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}
