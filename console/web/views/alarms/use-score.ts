import type { AlarmScore } from "../../../../shared/alarm.ts";
import { type Answer, useAnswer } from "../../trend/use-answer.ts";

const everyMs = 5000;
/** The score of the last `hours` of event time; absent = of all that is known. */
export const useScore = (hours?: number): Answer<AlarmScore> =>
  useAnswer<AlarmScore>(hours === undefined ? "/api/v1/score" : `/api/v1/score?hours=${hours}`, everyMs, true);
