import { z } from "zod";
import type { Occurrence } from "../../broker/alarms/score/occurrences.ts";
import type { CityClock } from "../../shared/clock.ts";
import { jsonOf } from "./said.ts";

/** An occurrence as `_alarm` told it. `cleared` undefined: it was over when nobody told of it any more. */
export interface HeardAlarm extends Omit<Occurrence, "cleared"> {
  readonly cleared: number | null | undefined;
}

/** As much of an alarm's document as tells one occurrence from another. */
const documentSchema = z.object({
  id: z.string(),
  rule: z.string(),
  device: z.string(),
  timeline: z.string(),
  active: z.boolean(),
  occurrence: z.number(),
  raisedAt: z.number(),
  clearedAt: z.number().nullable(),
});

/** Gathers what a recorded room raised since its city was live and the recorder listened; what stood before belongs to nobody. */
export function createAlarmsHeard() {
  const heard = new Map<string, HeardAlarm>();
  let since: number | undefined;
  return {
    clock({ phase, mark }: CityClock): void {
      if (phase === "live") since ??= mark;
    },
    take(payload: Buffer): void {
      const read = documentSchema.safeParse(jsonOf(payload));
      if (!read.success || read.data.timeline !== "city" || since === undefined || read.data.raisedAt <= since) return;
      const { id, rule, device, active, occurrence, raisedAt, clearedAt } = read.data;
      heard.set(`${id} ${occurrence}`, { rule, device, raised: raisedAt, cleared: active ? null : (clearedAt ?? undefined) });
    },
    since: (): number | undefined => since,
    all: (): readonly HeardAlarm[] => [...heard.values()],
  };
}

export interface Difference {
  /** Raised in the recording, not in the replay; and the other way round. */
  readonly missing: readonly HeardAlarm[];
  readonly more: readonly Occurrence[];
  /** Raised in both, and not over at the same instant. */
  readonly otherwise: readonly { readonly recorded: HeardAlarm; readonly replayed: Occurrence }[];
}

/** What a replay raised against what was heard; `judged` says of which of the replay's own the recording could have told. */
export function differenceOf(heard: readonly HeardAlarm[], replayed: readonly Occurrence[], judged: (one: Occurrence) => boolean): Difference {
  const keyOf = ({ rule, device, raised }: HeardAlarm | Occurrence): string => `${rule} ${device} ${raised}`;
  const [told, raised] = [new Map(heard.map((one) => [keyOf(one), one])), new Map(replayed.map((one) => [keyOf(one), one]))];
  return {
    missing: heard.filter((one) => !raised.has(keyOf(one))),
    more: replayed.filter((one) => judged(one) && !told.has(keyOf(one))),
    otherwise: heard.flatMap((recorded) => {
      const one = raised.get(keyOf(recorded));
      return one === undefined || recorded.cleared === undefined || recorded.cleared === one.cleared ? [] : [{ recorded, replayed: one }];
    }),
  };
}
