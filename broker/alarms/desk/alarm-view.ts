import { type Alarm, type AlarmDetail, letterOf } from "../../../shared/alarm.ts";
import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Grouping } from "../groups/grouping.ts";
import type { Watched } from "../observed.ts";
import type { AlarmRecord } from "./alarm-record.ts";
import { repeatMs } from "./lifecycle.ts";

/** All of an alarm but its lines of the journal, which have to be looked for. */
export type AlarmCard = Omit<AlarmDetail, "journal">;

const dayMs = 86_400_000;
/** Three begins within a minute; said for ten minutes after the last. */
const chatterSaidMs = 600_000;

const chatters = ({ raises }: AlarmRecord): boolean => (raises.at(-1) ?? 0) - (raises.at(-3) ?? Number.NEGATIVE_INFINITY) <= repeatMs;

/** What the list shows of it in this run, as of event time `now`. */
export function viewOf(
  alarm: AlarmRecord,
  rule: Rule,
  where: Watched,
  groups: Pick<Grouping, "causeOf" | "topOf" | "sizeOf" | "firstOf">,
  { run, now }: { readonly run: string; readonly now: number },
): Alarm {
  const { notes, evidence: _evidence, step, raises, repeats: _repeats, annunciated: _annunciated, releaseAt: _releaseAt, ...facts } = alarm;
  const { id } = alarm;
  const cause = groups.causeOf(id);
  const consequences = groups.sizeOf(id);
  const grouped = cause !== null || consequences > 0;
  return {
    ...facts,
    run,
    state: letterOf(alarm),
    class: rule.class,
    service: where.service,
    kind: where.kind,
    gateway: where.meta.gateway,
    district: where.district,
    text: step === null ? rule.title : { ko: `${rule.title.ko}: ${step.ko}`, en: `${rule.title.en}: ${step.en}` },
    group: grouped ? groups.topOf(id) : null,
    cause,
    first: grouped && groups.firstOf(id) === id,
    consequences,
    count: raises.reduce((sum, t) => sum + Number(t > now - dayMs), 0),
    chattering: chatters(alarm) && now - (raises.at(-1) ?? 0) < chatterSaidMs,
    comments: notes.length,
    // silencing is a matter of one screen's sound, not of the alarm
  };
}

/** Event time up to which a view made now still says the truth if nothing happens. */
export function trueUntil(alarm: AlarmRecord, now: number): number {
  const oldest = alarm.raises.find((t) => t > now - dayMs);
  const counted = oldest === undefined ? Number.POSITIVE_INFINITY : oldest + dayMs;
  const last = alarm.raises.at(-1) ?? 0;
  const chattering = chatters(alarm) && now - last < chatterSaidMs ? last + chatterSaidMs : Number.POSITIVE_INFINITY;
  return Math.min(counted, chattering);
}
