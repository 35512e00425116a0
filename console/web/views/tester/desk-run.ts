import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { isOpen } from "./run-progress.ts";

/** The one that goes on; a scenario before single injections. */
export const openRun = (list: readonly ScenarioRun[] | undefined): ScenarioRun | undefined => {
  const open = (list ?? []).filter(isOpen);
  return open.find(({ scenario }) => scenario !== null) ?? open[0];
};

/** What the desk opens with: the run that goes on, else the newest, as long as it was played in this city: after a reset it is a story to choose. */
export const deskRun = (list: readonly ScenarioRun[] | undefined, cityRun: string | undefined): ScenarioRun | undefined =>
  openRun(list) ?? list?.find((run) => run.cityRun === cityRun);
