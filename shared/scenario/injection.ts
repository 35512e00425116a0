import { z } from "zod";
import type { CommandField } from "../command.ts";
import type { Text } from "../text.ts";
import { idPattern } from "../topics.ts";

/**
 * What can be done to the city, as data. Environment, sensor and transport kinds stand in this folder; incidents of a service in its contract.
 * An *event* is true in the city, a *fault* is not, *quiet* is ordinary life that must not be called either.
 */
export const injectionGroups = ["environment", "incident", "sensor", "transport"] as const;
export type InjectionGroup = (typeof injectionGroups)[number];
export type TruthClass = "event" | "fault" | "quiet";

/** `metric`: one of the target's metrics of the wire; `file`: name of a recording in the city's folder; number fields hold what the injection needs in its own unit. */
export type InjectionField = CommandField | { readonly kind: "metric"; readonly label: Text } | { readonly kind: "file"; readonly label: Text };

export interface InjectionKind {
  readonly truth: TruthClass;
  readonly title: Text;
  /** What will happen, in plain words; `{name}` stands for an argument, `{where}` for the targets. */
  readonly effect: Text;
  readonly fields: Readonly<Record<string, InjectionField>>;
  /** `city`: takes no target; `gateway`: strikes the whole gateway of each device that is named. */
  readonly on: "city" | "district" | "gateway" | "device";
  /**
   * Services, or rules as `service/rule` (of every service: a star and the rule), that can find it. Of what the whole city feels others that are raised
   * meanwhile have nothing to do with it. Trouble of sensors that is named here tells it rightly.
   */
  readonly shows?: readonly string[];
  /** Kinds of device that it can strike; absent: every kind. */
  readonly kinds?: readonly string[];
  /** Seconds for which it lasts when nobody says; `null` = it is over by itself. */
  readonly lasts: number | null;
}

/** Over the wire (`_sim/set`) and in the inputs of a run: with the same inputs a run repeats. Devices are resolved, nothing is drawn any more. */
export const injectionSchema = z.strictObject({
  id: z.string().min(1).max(64),
  kind: z.string().max(64),
  /** Ids of devices, sorted; for `district` kinds ids of districts; empty for `city`. */
  targets: z.array(z.string().regex(idPattern)).max(20_000),
  /** Epoch ms, a whole second; `null` = the first second that the clock has not promised yet. */
  t: z.number().int().nullable(),
  /** Seconds; `null` = until it is cleared, or over by itself. */
  lasts: z.number().int().positive().nullable(),
  args: z.record(z.string().max(64), z.union([z.number(), z.string().max(64)])),
});
export type Injection = z.infer<typeof injectionSchema>;

/** Of an injection's id: which story's plan it belongs to; undefined: somebody has asked for it by itself. */
export const prefixIn = (id: string): string | undefined => (id.includes(".") ? id.slice(0, id.indexOf(".")) : undefined);

/** Where an injection stands. */
export interface InjectionState extends Injection {
  readonly t: number;
  readonly state: "waits" | "active" | "over" | "refused";
  readonly reason: string | null;
}
/** The answer to whoever ends it: the city does so at its next second, so that it is cleared before it is over. */
export interface ClearedInjection extends Omit<InjectionState, "state"> {
  readonly state: InjectionState["state"] | "cleared";
  /** City time from which on it is no more, and who wanted that; null: it had ended before. */
  readonly cleared: { readonly t: number; readonly by: string } | null;
}
