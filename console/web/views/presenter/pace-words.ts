import { type Text, text } from "../../../../shared/text.ts";
import { clockText } from "../../trend/words.ts";

/** Rates to choose from, and the city's own where it is none of them: what it runs at can always be seen. */
export const shownRates = (rates: readonly number[], asked: number | null | undefined): readonly number[] =>
  typeof asked !== "number" || rates.includes(asked) ? rates : [...rates, asked];

/** While the city is taken on to a cue; `t`: when that is, as far as it is known. */
export function seekingText(t: number | null, zone: string): Text {
  if (t === null) return text("다음 큐로 가는 중", "Going on to the next cue");
  const time = clockText(t, zone, false);
  return text(`다음 큐로 가는 중, ${time}`, `Going on to the next cue, ${time}`);
}
