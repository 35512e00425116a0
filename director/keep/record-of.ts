import type { Comparison } from "../../shared/scenario/scenario-port.ts";
import type { Run } from "../play/run.ts";
import { reportOf } from "../report/report.ts";
import type { RunRecord } from "./run-records.ts";

/** Everything that can be asked of a run that is over. */
export const recordOf = (run: Run, comparison: Comparison | null): RunRecord => ({
  run: run.view(),
  told: { scorecard: run.scorecard(), html: reportOf(run, "html"), junit: reportOf(run, "junit") },
  comparison,
});
