import type { CityClock } from "../../../../../shared/clock.ts";
import type { ScenarioRow } from "../../../../../shared/scenario/scenario-port.ts";
import { type Text, text } from "../../../../../shared/text.ts";
import { rateFigure } from "../../../app/time/mode.ts";
import { lengthText } from "../lengths.ts";

/** How fast it will be, once it is started: from its beginning at its own pace, else at that of the city, which may stand still. */
export function paceText({ rate, lasts }: Pick<ScenarioRow, "rate" | "lasts">, reset: boolean, clock: Pick<CityClock, "asked" | "paused">): Text {
  if (!reset && clock.paused)
    return text("도시가 멈춰 있음: 계속할 때까지 이야기도 멈춰 있습니다.", "The city stands still, and so does the story until it goes on.");
  const pace = reset ? rate : clock.asked;
  if (pace === null) return text("가장 빠르게 흐릅니다.", "As fast as the city goes.");
  const wall = lengthText(lasts / pace);
  const figure = rateFigure(pace);
  return reset
    ? text(`×${figure}로 흐르며 실제로 ${wall.ko} 걸립니다.`, `At ${figure}×: takes ${wall.en} of real time.`)
    : text(`지금 도시의 속도 ×${figure}로 흐르며 실제로 ${wall.ko} 걸립니다.`, `At the city's present ${figure}×: takes ${wall.en} of real time.`);
}

/** Of the story that is being played: whether it moves. */
export const movesText = (clock: Pick<CityClock, "asked" | "paused">): Text => {
  if (clock.paused) return text("진행 중, 멈춰 있음", "going on, stands still");
  const pace = clock.asked === null ? text("가장 빠르게", "fastest") : text(`×${rateFigure(clock.asked)}`, `${rateFigure(clock.asked)}×`);
  return text(`진행 중, ${pace.ko}`, `going on, ${pace.en}`);
};
