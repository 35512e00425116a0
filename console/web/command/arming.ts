import type { CommandArgs } from "../../../shared/command.ts";

/** One order to one or several devices of a kind; each device gets a command of its own. */
export interface Order {
  readonly op: string;
  readonly args: CommandArgs;
  readonly devices: readonly string[];
  /** The alarm for which it is given. */
  readonly alarm?: string;
}
/** What came of asking the server for one device: a command on its way, or a reason. */
export interface Sent {
  readonly device: string;
  readonly command: string | null;
  readonly reason: string | null;
}
/** By what a person did it: a key's place on the board, or the pointer. */
export type Hand = "pointer" | "Enter" | "Space" | "KeyC";

export type Arming =
  | { readonly step: "idle" }
  /** `until`: wall clock, epoch ms. */
  | { readonly step: "armed"; readonly order: Order; readonly by: Hand; readonly until: number }
  | { readonly step: "sending"; readonly order: Order }
  | { readonly step: "sent"; readonly order: Order; readonly sent: readonly Sent[] };

export const idle: Arming = { step: "idle" };
/** Whoever thinks for longer begins anew (wall time: it is a person who waits). */
export const disarmMs = 30_000;

export const armed = (order: Order, by: Hand, wall: number): Arming => ({ step: "armed", order, by, until: wall + disarmMs });
export const isOver = (arming: Arming, wall: number): boolean => arming.step === "armed" && wall >= arming.until;
/** Two gestures, never the same key twice: a key that is held down or bounces must not send what it has armed. */
export const mayConfirm = (arming: Arming, by: Hand, wall: number): boolean =>
  arming.step === "armed" && wall < arming.until && (by === "pointer" || by !== arming.by);
/** The key that confirms what was armed by this one. */
export const confirmKey = (by: Hand): "Enter" | "Space" => (by === "Enter" ? "Space" : "Enter");
