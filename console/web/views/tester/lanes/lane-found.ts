import type { JournalLine } from "../../../../../shared/alarm.ts";
import type { Scorecard } from "../../../../../shared/scenario/scorecard.ts";

/** The first alarm of a truth, or a false one, where it was raised. */
export interface LaneFind {
  readonly id: string;
  /** Id of the alarm, item or refusal. */
  readonly by: string;
  readonly t: number;
  readonly rule: string;
  readonly look: "alarm" | "maintenance" | "item" | "refusal";
  /** Of its truth. */
  readonly mark: string | undefined;
  /** No truth explains it. */
  readonly isFalse: boolean;
  /** City seconds from the first observable moment. */
  readonly delay: number | null;
}

export function laneFinds(card: Pick<Scorecard, "found" | "false">, marks: ReadonlyMap<string, string>): readonly LaneFind[] {
  const found = card.found.flatMap(({ truth, by, delay }): LaneFind[] =>
    by === null
      ? []
      : [
          {
            id: `${truth.id} ${by.id}`,
            by: by.id,
            t: by.t,
            rule: by.rule,
            look: by.what === "alarm" ? (by.class === "maintenance" ? "maintenance" : "alarm") : by.what,
            mark: marks.get(truth.id),
            isFalse: false,
            delay,
          },
        ],
  );
  const wrong = card.false.map(
    (one): LaneFind => ({
      id: `${one.alarm} ${one.t}`,
      by: one.alarm,
      t: one.t,
      rule: one.rule,
      look: one.class === "maintenance" ? "maintenance" : "alarm",
      mark: undefined,
      isFalse: true,
      delay: null,
    }),
  );
  return [...found, ...wrong].sort((a, b) => a.t - b.t);
}

/** What people did (rules and the system have no role): `✓` acknowledged, `▲` commanded, `•` anything else that somebody had to do. */
export interface LaneAct {
  readonly n: number;
  readonly t: number;
  readonly look: "acknowledged" | "command" | "other";
  readonly line: JournalLine;
}
/** A command is told again when it ends; its asking is the act. */
const isEnd = ({ what, after }: JournalLine): boolean => what === "command" && after !== "pending";

export const laneActs = (lines: readonly JournalLine[], from: number, to: number): readonly LaneAct[] =>
  lines
    .filter((line) => line.t >= from && line.t <= to && line.role !== null && !isEnd(line))
    .map((line) => ({ n: line.n, t: line.t, look: line.what === "acknowledged" || line.what === "command" ? line.what : "other", line }));
