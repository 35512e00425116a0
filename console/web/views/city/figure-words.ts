import type { Figure } from "../../../../shared/service.ts";
import { say } from "../../language.ts";
import { figureText, shownAs, unitText } from "../../trend/words.ts";

export function figureWords(figure: Figure, value: number): { readonly text: string; readonly unit: string } {
  const { factor, precision } = shownAs(figure);
  return { text: figureText(value * factor, precision), unit: figure.unit === "" ? "" : say(unitText(figure.unit)) };
}
