import { t } from "../../language.ts";
import { exercise } from "../../live/exercise.ts";
import "./exercise-chip.css";

/** Somebody tries the room: that, and nothing of what, where or by whom. */
export const ExerciseChip = () =>
  exercise.value ? (
    <b class="exercise-chip" role="status">
      {t("훈련", "EXERCISE")}
    </b>
  ) : null;
