import type { Director } from "../../director/director.ts";
import type { Run } from "../../director/play/run.ts";
import { stageManager } from "../../director/play/scripted-actor.ts";
import type { CityPort } from "../../shared/city-port.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import type { ScenarioRow } from "../../shared/scenario/scenario-port.ts";
import { Complaint } from "../talk.ts";

export interface LivePlay {
  readonly director: Director;
  readonly port: CityPort;
  readonly scenario: Scenario;
  readonly row: ScenarioRow;
  /** City seconds per second. */
  readonly rate: number;
  readonly repeat: string;
  onMark(mark: number, from: number, to: number): void;
}

/** As people see it: time goes by, and nobody waits for anybody. */
export async function playLive({ director, port, scenario, row, rate, repeat, onMark }: LivePlay): Promise<Run> {
  const begun = await director.play({ scenario, row, seed: scenario.seed, repeat }, stageManager);
  if (!begun.ok) throw new Complaint(`${scenario.scenario}: ${begun.reason}`);
  const run = begun.value;
  const over = new Promise<void>((resolve) => {
    const look = (): void => {
      const { now, from, to } = run.view();
      onMark(now, from, to);
      if (run.running()) return;
      stop();
      resolve();
    };
    const stop = director.onChange(look);
    look();
  });
  for (const action of [{ rate }, { paused: false }] as const) {
    const done = await port.act(action, stageManager);
    if (!done.ok) throw new Complaint(done.reason);
  }
  await over;
  return run;
}
