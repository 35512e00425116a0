import type { Found, KindScore, Scorecard } from "../../../../../shared/scenario/scorecard.ts";
import { type Text, text } from "../../../../../shared/text.ts";
import { figureText } from "../../../trend/words.ts";
import { figureLength, shortLength } from "../lengths.ts";

export interface ScoreFigure {
  readonly id: string;
  readonly label: Text;
  /** "—" = there is none yet. */
  readonly figure: string;
  readonly unit: Text;
  readonly note: Text;
  readonly isWrong: boolean;
}
const none = text("", "");
const dash = text("—", "—");
const found = (of: readonly { readonly found: number; readonly of: number }[]) =>
  of.reduce((sum, one) => ({ found: sum.found + one.found, of: sum.of + one.of }), { found: 0, of: 0 });
/** What must stay quiet is not there to be found. */
export const soughtKinds = ({ kinds }: Pick<Scorecard, "kinds">): readonly KindScore[] => kinds.filter((kind) => kind.class !== "quiet");

function missedText(missed: readonly Pick<Found, "title">[], isWhole: boolean): Text {
  if (missed.length === 0) return text("놓친 것 없음", "none missed");
  const [first] = missed;
  const more = missed.length > 1 ? ` +${missed.length - 1}` : "";
  if (!isWhole) return text(`아직 ${missed.length}: ${first?.title.ko}${more}`, `${missed.length} not yet: ${first?.title.en}${more}`);
  return text(`놓침 ${missed.length}: ${first?.title.ko}${more}`, `${missed.length} missed: ${first?.title.en}${more}`);
}
const timed = (id: string, label: Text, seconds: number | null, note: Text): ScoreFigure => {
  const { figure, unit } = seconds === null ? { figure: "—", unit: none } : figureLength(seconds);
  return { id, label, figure, unit, note, isWrong: false };
};

/** A scenario at sixty times the wall's pace must not hide how long people took. */
const wallText = (wall: number | null): Text => (wall === null ? none : text(` · 벽시계 ${shortLength(wall).ko}`, ` · wall ${shortLength(wall).en}`));

/**
 * The six that stand in large type.
 * @param isWhole the run came to its end: what was not found by then is missed.
 */
export function scoreFigures(card: Scorecard, isWhole: boolean): readonly ScoreFigure[] {
  const sum = found(soughtKinds(card));
  const missed = card.found.filter(({ truth, by }) => truth.class !== "quiet" && by === null);
  const wrong = card.false.length;
  return [
    {
      id: "found",
      label: text("찾음", "Found"),
      figure: String(sum.found),
      unit: text(`/ ${sum.of}`, `/ ${sum.of}`),
      note: sum.of === 0 ? text("아직 없음", "nothing yet") : missedText(missed, isWhole),
      isWrong: false,
    },
    timed(
      "delay",
      text("지연의 중앙값", "Median delay"),
      card.medianDelay,
      card.worstDelay === null ? dash : text(`최대 ${shortLength(card.worstDelay).ko}`, `worst ${shortLength(card.worstDelay).en}`),
    ),
    {
      id: "false",
      label: text("오경보", "False alarms"),
      figure: String(wrong),
      unit: none,
      note: text(
        `센서·일 1,000당 ${figureText(card.falsePerSensorDay * 1000, 1)}`,
        `${figureText(card.falsePerSensorDay * 1000, 1)} per 1,000 sensor-days`,
      ),
      isWrong: false,
    },
    timed(
      "acknowledge",
      text("확인까지", "To acknowledge"),
      card.toAcknowledge.city,
      card.toAcknowledge.count === 0
        ? text("아직 확인 없음", "none yet")
        : text(
            `${card.toAcknowledge.count}건의 중앙값${wallText(card.toAcknowledge.wall).ko}`,
            `median of ${card.toAcknowledge.count}${wallText(card.toAcknowledge.wall).en}`,
          ),
    ),
    timed(
      "action",
      text("맞는 조치까지", "To right action"),
      card.toAction.city,
      card.toAction.count === 0
        ? text("아직 조치 없음", "none yet")
        : text(`${card.toAction.count}건${wallText(card.toAction.wall).ko}`, `${card.toAction.count} done${wallText(card.toAction.wall).en}`),
    ),
    {
      id: "per-incident",
      label: text("사건당 경보", "Alarms per incident"),
      figure: card.alarmsPerIncident === null ? "—" : figureText(card.alarmsPerIncident, 1),
      unit: none,
      note: text("목표 3 이하", "target ≤ 3"),
      isWrong: false,
    },
  ];
}

export interface ConfusionCell {
  readonly row: "event" | "fault" | "nothing";
  readonly column: "operations" | "maintenance" | "nothing";
  /** undefined: nothing that was not raised of nothing that was true. */
  readonly count: number | undefined;
  readonly isWrong: boolean;
  readonly isRight: boolean;
}
/** What was true against what was raised: right on two cells, wrong on all others that are not zero. */
export function confusionCells({ confusion }: Pick<Scorecard, "confusion">): readonly ConfusionCell[] {
  const rows = ["event", "fault", "nothing"] as const;
  const columns = ["operations", "maintenance", "nothing"] as const;
  return rows.flatMap((row) =>
    columns.map((column): ConfusionCell => {
      const count = row === "nothing" ? (column === "nothing" ? undefined : confusion.nothing[column]) : confusion[row][column];
      const isRight = (row === "event" && column === "operations") || (row === "fault" && column === "maintenance");
      return { row, column, count, isRight, isWrong: !isRight && count !== undefined && count > 0 };
    }),
  );
}
