import type { ReceiptState } from "../../../../shared/links.ts";
import type { Text } from "../../../../shared/text.ts";

/** How far a hand-over has come. */
export const receiptTexts: Readonly<Record<ReceiptState, Text>> = {
  waiting: { ko: "대기", en: "waiting" },
  sent: { ko: "보냄", en: "sent" },
  received: { ko: "받음", en: "received" },
  dispatched: { ko: "출동", en: "dispatched" },
  closed: { ko: "종결", en: "closed" },
  failed: { ko: "실패", en: "failed" },
};
