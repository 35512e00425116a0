import type { CityClock } from "../../../../shared/clock.ts";
import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { type Text, text } from "../../../../shared/text.ts";
import type { Progress } from "../../app/time/progress.ts";
import { figureText } from "../../trend/words.ts";
import { titleOf } from "../tester/run-words.ts";

/** A story that has been asked for and does not go yet. */
export interface Preparation {
  readonly title: Text;
  /** By the wall. */
  readonly since: number;
  /** The city in which it was asked for; undefined: not known here, somebody else has asked. */
  readonly cityRun: string | undefined;
}

/** What is being prepared: what was asked for here, else what the director says of a run that has not begun. */
export function preparationOf(
  asked: Preparation | undefined,
  open: Pick<ScenarioRun, "scenario" | "state" | "startedAt"> | undefined,
): Preparation | undefined {
  if (open !== undefined && open.state !== "preparing") return undefined;
  return asked ?? (open && { title: titleOf(open), since: open.startedAt, cityRun: undefined });
}

const hourMs = 3_600_000;
const hours = (ms: number): string => figureText(ms / hourMs, 1);

/** What is being done for it now: the city is taken back, lives its history, and hears of the story's steps. */
export function preparingText({ cityRun }: Preparation, clock: Pick<CityClock, "run"> | undefined, progress: Progress | undefined): Text {
  const isBack = cityRun === undefined || (clock !== undefined && clock.run !== cityRun);
  if (!isBack) return text("도시를 이야기의 처음으로 되돌리는 중", "Taking the city back to where the story begins");
  if (progress === undefined) return text("이야기의 단계를 도시에 미리 알리는 중", "Telling the city the steps of the story");
  const { done, whole } = progress;
  return text(
    `이야기 앞의 기록을 만드는 중 · ${hours(whole)}시간 가운데 ${hours(done)}시간`,
    `Making the history before it · ${hours(done)} of ${hours(whole)} h`,
  );
}
