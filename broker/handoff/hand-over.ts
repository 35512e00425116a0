import type { Logger } from "pino";
import { startCourier } from "./courier.ts";
import type { Handoffs } from "./handoffs.ts";
import { allBuiltIn, type LinkOptions, openLinks } from "./links-out.ts";
import { createReceiptDesk, type ReceiptDesk, type ReceiptDeskParts } from "./receipt-desk.ts";

export interface HandOverParts extends Pick<ReceiptDeskParts, "city" | "take" | "trouble"> {
  readonly options: LinkOptions | undefined;
  readonly views: Pick<Handoffs, "handoff" | "handoffs" | "unanswered">;
  readonly log: Logger;
}
/** The way out and back of hand-overs: courier, built-in receiver, receipts. */
export interface HandOver {
  readonly receipt: ReceiptDesk["receipt"];
  /** Hand-overs may have to be carried; cheap when there are none. */
  carry(): void;
  /** The console has opened at this address: the built-in receiver answers there. */
  openedAt(console: string): void;
  close(): Promise<void>;
}

export async function startHandOver({ city, options = allBuiltIn, views, take, trouble, log }: HandOverParts): Promise<HandOver> {
  const { handoff, handoffs, unanswered } = views;
  const { builtIn, destination, close } = await openLinks(options, log);
  const { note, receipt } = createReceiptDesk({ city, destination, handoff, take, trouble });
  const { patience } = options;
  const courier = startCourier({ city, unanswered, destination, note, log, ...(patience === undefined ? {} : { patience }) });
  const taken = handoffs({ limit: 1000 }).filter(
    ({ receiver, state }) => receiver === "built-in" && (state === "received" || state === "dispatched"),
  );
  builtIn?.resume(taken);
  return {
    receipt,
    carry: courier.look,
    openedAt: (console) => builtIn?.answerTo(console),
    async close() {
      courier.close();
      await close();
    },
  };
}
