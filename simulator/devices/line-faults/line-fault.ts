import type { Rng } from "../../random.ts";

type Args = Readonly<Record<string, number | string>>;

/** What a gateway says to the broker, apart from births and states. */
export interface LineMessage {
  readonly topic: string;
  readonly payload: string;
}
/** `late`: it comes after its time. */
export interface Passed extends LineMessage {
  readonly late?: true;
}
interface Held extends LineMessage {
  /** City time at which it goes on at the latest. */
  readonly due: number;
}
/** What a fault remembers at one gateway. Plain data, with a generator of its own. */
export interface LineMemory {
  readonly rng: Rng;
  held: Held[];
}
interface LinePlace {
  readonly t: number;
  readonly args: Args;
  readonly memory: LineMemory;
}

/** What the gateway's socket does while the fault lasts. Its wall time is no part of the city: what would have been said waits in the spool. */
export type SocketFault = "cut" | "freeze" | "takeover";

/** What is wrong between a gateway and the broker. */
export type LineFault =
  /** Messages change on their way. */
  | { readonly on: "message"; pass(message: LineMessage, at: LinePlace): readonly Passed[] }
  /** Nothing passes; what is said waits in the gateway's spool and comes after. */
  | { readonly on: "line"; readonly socket?: SocketFault }
  /** Somebody else speaks, beside the gateway. */
  | { readonly on: "beside"; readonly socket: "stranger" };
