import type { TransportKindId } from "../../../shared/scenario/transport-kinds.ts";
import { backlog } from "./backlog.ts";
import { delay } from "./delay.ts";
import { disconnect } from "./disconnect.ts";
import { duplicate } from "./duplicate.ts";
import { halfOpen } from "./half-open.ts";
import type { LineFault } from "./line-fault.ts";
import { loss } from "./loss.ts";
import { malformed } from "./malformed.ts";
import { outOfOrder } from "./out-of-order.ts";
import { stranger } from "./stranger.ts";
import { takeover } from "./takeover.ts";

/** One for every kind of the list: the compiler says so. */
export const lineFaults: { readonly [Kind in TransportKindId]: LineFault } = {
  duplicate,
  "out-of-order": outOfOrder,
  delay,
  loss,
  malformed,
  backlog,
  disconnect,
  "half-open": halfOpen,
  takeover,
  stranger,
};
