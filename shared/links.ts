import { type Text, text } from "./text.ts";

/** The five links of an integrated control centre (MOLIT's smart-city integrated platform): to whom the room hands over. */
export const linkIds = ["video-112", "dispatch-112", "dispatch-119", "disaster", "vulnerable"] as const;
export type LinkId = (typeof linkIds)[number];
export const links: Readonly<Record<LinkId, Text>> = {
  "video-112": text("112 긴급영상", "112 video"),
  "dispatch-112": text("112 긴급출동", "112 dispatch"),
  "dispatch-119": text("119 긴급출동", "119 dispatch"),
  disaster: text("재난상황 대응", "Disaster response"),
  vulnerable: text("사회적 약자 지원", "Vulnerable people"),
};

export const receiptStates = ["waiting", "sent", "received", "dispatched", "closed", "failed"] as const;
export type ReceiptState = (typeof receiptStates)[number];

/** One hand-over to one link, and what the other side has said of it. Wall-clock times, epoch ms; `t` is city time. */
export interface Handoff {
  readonly id: string;
  readonly to: LinkId;
  readonly alarm: string;
  readonly occurrence: number;
  readonly rule: string;
  readonly service: string;
  readonly device: string;
  readonly district: string;
  readonly t: number;
  readonly by: string;
  readonly state: ReceiptState;
  readonly tries: number;
  readonly receipts: readonly { readonly state: ReceiptState; readonly at: number; readonly note?: string }[];
  /** Who was told: `built-in` = the built-in receiver of demonstrations, which is nobody; absent = nobody yet. */
  readonly receiver?: "built-in" | "outside";
  /** Why the last try failed. */
  readonly trouble?: string;
}

/** Name of what plays the other side in demonstrations, wherever it appears. It is nobody: no call for help leaves the machine. */
export const builtInReceiver = text("내장 수신기(시연용)", "built-in receiver (demonstration)");
