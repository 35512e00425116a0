import { z } from "zod";
import type { Text } from "./text.ts";
import { idPattern } from "./topics.ts";

/** What the room can ask of a device, as data of the contract, and what comes of it. */
export type CommandArgs = Readonly<Record<string, number | string>>;

export type CommandField =
  | {
      readonly kind: "number";
      readonly label: Text;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly usual: number;
    }
  | { readonly kind: "word"; readonly label: Text; readonly words: Readonly<Record<string, Text>>; readonly usual: string };

/** By what the room sees that the device obeyed. `arg`: equal to the argument of that name. */
export type ReadBack =
  | { readonly metric: string; readonly is: readonly (string | boolean)[] }
  | { readonly metric: string; readonly arg: string; readonly within?: number }
  | { readonly event: string };

export interface CommandType<K extends string = string> {
  readonly label: Text;
  readonly kind: K;
  readonly fields: Readonly<Record<string, CommandField>>;
  /** What it will do, in plain words; `{name}` stands for an argument, `{device}` for the device. */
  readonly effect: Text;
  readonly readBack: ReadBack;
  /** Commands of one family undo each other, so one is on its way at a time; default: those that are read back by the same metric or event. */
  readonly family?: string;
  /** By whom, where the device has come to that word and nobody ordered it: of the command that leaves it to itself. */
  readonly ofItself?: Readonly<Record<string, Text>>;
  /** City seconds after which a missing read-back is a failure (and 5 s of wall time must have gone). */
  readonly timeout: number;
}

/** Payload of `cmd`. `t`: city time at which the room sent it. */
export const commandSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().max(64),
  d: z.string().regex(idPattern),
  t: z.number().int(),
  op: z.string().max(64),
  args: z.record(z.string().max(64), z.union([z.number(), z.string().max(64)])).optional(),
});
export type CommandMessage = z.infer<typeof commandSchema>;
/** Payload of `ack`: the device has heard it; whether it obeyed, its readings show. */
export const ackSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().max(64),
  d: z.string().regex(idPattern),
  t: z.number().int(),
  ok: z.boolean(),
  reason: z.string().max(500).optional(),
});
export type CommandAck = z.infer<typeof ackSchema>;

export const commandStates = ["pending", "confirmed", "failed"] as const;
export type CommandState = (typeof commandStates)[number];

/** One command and what came of it; commanded and actual are both there in every state. */
export interface Command {
  readonly id: string;
  readonly service: string;
  readonly device: string;
  readonly op: string;
  readonly args: CommandArgs;
  readonly state: CommandState;
  /** What was asked of the device, and what it last said of itself, as words. */
  readonly commanded: string;
  readonly actual: string | null;
  /** Who: a person's name, or `system`. */
  readonly by: string;
  readonly role: string;
  /** City time and wall clock, epoch ms. */
  readonly t: number;
  readonly at: number;
  /** City time after which it has failed. */
  readonly expires: number;
  readonly heardAt: number | null;
  readonly doneAt: number | null;
  readonly reason: string | null;
  /** The alarm for which it was sent. */
  readonly alarm: string | null;
  /** The automatic response that sent it. */
  readonly response: string | null;
}
