import type { CityPlan } from "../../shared/city-plan.ts";
import type { Handoff, LinkId } from "../../shared/links.ts";
import { type ReceiptRefusal, receiptBodySchema, type SignedReceipt } from "../../shared/receipt.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import { roomTopic } from "../../shared/topics.ts";
import { parseJson } from "../ingest/decode.ts";
import type { Incoming } from "../mqtt/door.ts";
import type { Destination } from "./courier.ts";
import { type HandoffRecord, viewOf } from "./handoff-record.ts";
import { type LinkReceipt, receiptPayload } from "./link-receipt.ts";
import { checkSignature } from "./signature.ts";

export interface ReceiptDeskParts {
  readonly city: CityPlan["id"];
  readonly destination: (link: LinkId) => Destination;
  readonly handoff: (id: string) => HandoffRecord | undefined;
  /** Into the log; `done` when it is durable and has been taken in its turn. */
  readonly take: (message: Incoming, done: () => void) => void;
  /** Why the log takes nothing at present. */
  readonly trouble: () => string | undefined;
}
/** The way of what is said of hand-overs into the log: by our courier, and by the other side. */
export interface ReceiptDesk {
  note(receipt: LinkReceipt): Promise<void>;
  receipt(link: LinkId, receipt: SignedReceipt): Promise<Result<Handoff, ReceiptRefusal>>;
}

export function createReceiptDesk({ city, destination, handoff, take, trouble }: ReceiptDeskParts): ReceiptDesk {
  const note = (receipt: LinkReceipt): Promise<void> =>
    new Promise((resolve) => take({ user: "", topic: roomTopic(city, "receipt"), payload: receiptPayload(receipt) }, resolve));
  const no = (code: ReceiptRefusal["code"], reason: string): { ok: false; reason: ReceiptRefusal } => refuse({ code, reason });

  return {
    note,
    async receipt(link, { headers, body }) {
      const to = destination(link);
      if (to.receiver === "off") return no("unknown", `the link ${link} is off`);
      // first whose it is: a stranger learns nothing of what there is
      const genuine = checkSignature(to.secret, headers, body);
      if (!genuine.ok) return no("signature", `it is not signed as Standard Webhooks says with the link's secret: ${genuine.reason}`);
      const json = parseJson(body);
      const parsed = json.ok ? receiptBodySchema.safeParse(json.value) : undefined;
      if (!parsed?.success) {
        const issues = parsed?.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? ["it is not JSON"];
        return no("shape", `a receipt is {"id","state":"received"|"dispatched"|"closed","note"?}: ${issues.join("; ")}`);
      }
      const known = handoff(parsed.data.id);
      if (known === undefined || known.to !== link) return no("unknown", `nothing of the id "${parsed.data.id}" was handed to ${link}`);
      const broken = trouble();
      if (broken !== undefined) return no("away", `nothing can be taken while the log takes nothing: ${broken}`);
      const { note: said, ...rest } = parsed.data;
      await note(said === undefined ? rest : { ...rest, note: said });
      return ok(viewOf(handoff(known.id) ?? known));
    },
  };
}
