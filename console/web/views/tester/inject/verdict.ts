import type { JournalLine } from "../../../../../shared/alarm.ts";
import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import type { Found } from "../../../../../shared/scenario/scorecard.ts";
import { type Text, text } from "../../../../../shared/text.ts";
import { lengthText } from "../lengths.ts";

/** What came of one injection: `unscored` = no run scores it, so only what its device itself raised is told. */
export interface Verdict {
  readonly is: "found" | "missed" | "waiting" | "quiet" | "disturbed" | "unscored";
  readonly words: Text;
  /** Name of the rule that speaks, as `service/rule`. */
  readonly rule: string | null;
}
const secondsFrom = (from: number, to: number): number => Math.max(0, to - from) / 1000;
const goesOn = ({ state }: InjectionState): boolean => state === "active" || state === "waits";

function scored(injection: InjectionState, { truth, by, delay }: Found, now: number): Verdict {
  const rule = by?.rule ?? null;
  if (truth.class === "quiet")
    return by === null
      ? { is: "quiet", rule, words: text("조용함 · 경보가 없어야 맞음", "quiet, as it should be") }
      : { is: "disturbed", rule, words: text("경보가 없어야 하는데 울림", "raised, and should have been quiet") };
  if (by !== null) {
    const late = lengthText(delay ?? secondsFrom(truth.onset, by.t));
    return { is: "found", rule, words: text(`찾음 · ${late.ko} 뒤`, `found after ${late.en}`) };
  }
  if (!goesOn(injection)) return { is: "missed", rule, words: text("놓침", "missed") };
  const long = lengthText(secondsFrom(truth.observable ?? truth.onset, now));
  return { is: "waiting", rule, words: text(`기다림 · ${long.ko}째`, `waiting for ${long.en}`) };
}

/** The run's card has the word; where no run scores it, the first alarm that its own device raised since. */
export function verdictOf(injection: InjectionState, found: Found | undefined, raised: JournalLine | undefined, now: number): Verdict {
  if (found !== undefined) return scored(injection, found, now);
  const none = { is: "unscored", rule: null } as const;
  if (raised !== undefined) {
    const late = lengthText(secondsFrom(injection.t, raised.t));
    return {
      ...none,
      rule: raised.rule,
      words: text(`이 기기의 경보 ${late.ko} 뒤 · 이야기 밖이라 채점은 안 함`, `an alarm here after ${late.en} · not scored outside a story`),
    };
  }
  return {
    ...none,
    words: goesOn(injection)
      ? text("이 기기의 경보 아직 없음 · 이야기 밖이라 채점은 안 함", "no alarm here yet · not scored outside a story")
      : text("이 기기의 경보 없었음 · 이야기 밖이라 채점은 안 함", "no alarm came here · not scored outside a story"),
  };
}

/** The first alarm of the device from the injection's begin on. `lines` oldest first. */
export const raisedSince = (lines: readonly JournalLine[], device: string, { t }: InjectionState): JournalLine | undefined =>
  lines.find((line) => line.what === "raised" && line.device === device && line.timeline === "city" && line.t >= t);
