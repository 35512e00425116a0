import type { Device, Obeyed, Order, Sites } from "../../model.ts";
import { want } from "./barrier.ts";
import { isDisplayWord } from "./path.ts";
import { whyNotOpen } from "./room-order.ts";
import { type Barrier, type StreamState, waterAt } from "./state.ts";

/** Orders to a gate and to the display beside it. What it then does, its next steps show. */
export function obey(state: StreamState, _city: Sites<"stream">, device: Device<"stream">, { op, args }: Order): Obeyed<"stream"> {
  const barrier = state.barriers[state.barrierOf[device.id] ?? -1];
  if (barrier === undefined) return { ok: false, reason: `${device.id} is no gate` };
  const refused = op === "show" ? show(barrier, args.text) : takeOrder(barrier, op, waterAt(state, barrier));
  if (refused !== undefined) return { ok: false, reason: refused };
  return { ok: true, happenings: [], report: [barrier.id] };
}

function show(barrier: Barrier, text: unknown): string | undefined {
  if (!isDisplayWord(text)) return `the display has no text "${String(text)}"`;
  barrier.display = text;
  return undefined;
}

function takeOrder(barrier: Barrier, op: string, water: number): string | undefined {
  if (op === "auto") barrier.order = "auto";
  else if (barrier.gate.word === "fault") return "the gate is out of order";
  else if (op === "close") barrier.order = "closed";
  else {
    const reason = whyNotOpen(water, barrier.sill);
    if (reason !== undefined) return reason;
    barrier.order = "open";
    // the room sees more than a float that waits until the path has dried
    barrier.float = { wanted: "open", low: 0 };
  }
  want(barrier);
  return undefined;
}
