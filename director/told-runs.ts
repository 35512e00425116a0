import { ok, refuse } from "../shared/result.ts";
import type { ScenarioPort, ScenarioRun } from "../shared/scenario/scenario-port.ts";
import { text } from "../shared/text.ts";
import type { Comparer } from "./comparer.ts";
import type { RunRecord, RunRecords } from "./keep/run-records.ts";
import type { Run, RunView } from "./play/run.ts";
import { hidden, shown } from "./play/shown.ts";
import type { Plays } from "./plays.ts";
import { reportOf } from "./report/report.ts";

/** What of a run is told; the same thing as long as nothing of it has changed. */
export function createTold({ hindrance }: Pick<Comparer, "hindrance">): (run: Run) => ScenarioRun {
  const known = new WeakMap<RunView, ScenarioRun>();
  return (run) => {
    const [view, noTwin] = [shown(run), hindrance(run)];
    const before = known.get(view);
    const told = before?.noTwin === noTwin ? before : { ...view, noTwin };
    known.set(view, told);
    return told;
  };
}

const noRun = (id: string) => refuse(`there is no run "${id}"`);
const cityGone = text(
  "그 뒤에 프로그램이 다시 시작되어, 이 실행의 도시는 이제 없습니다",
  "the program was restarted since then: the city of this run is there no more",
);
const fromDisk = ({ run, comparison }: RunRecord): ScenarioRun => ({ ...run, noTwin: comparison === null ? cityGone : null });

type RunMethods = Pick<ScenarioPort, "runs" | "run" | "scorecard" | "stop" | "report" | "compare">;
/** The runs of this process and those of the ones before it. */
export function toldRuns(plays: Plays, records: RunRecords, comparer: Comparer, told: (run: Run) => ScenarioRun): RunMethods {
  const past = new Map(records.past().map((record) => [record.run.id, { record, told: fromDisk(record) }]));
  const over = (id: string): Run | undefined => {
    const run = plays.one(id);
    return run === undefined || hidden(run) ? undefined : run;
  };
  return {
    runs: () => [...plays.all().map(told), ...records.past().flatMap(({ run }) => past.get(run.id)?.told ?? [])],
    run(id) {
      const run = plays.one(id);
      return run === undefined ? past.get(id)?.told : told(run);
    },
    scorecard: (id) => over(id)?.scorecard() ?? past.get(id)?.record.told?.scorecard,
    async stop(id, by) {
      const [run, before] = [plays.one(id), past.get(id)];
      if (run === undefined) return before === undefined ? noRun(id) : ok(before.told);
      await run.end("stopped", `stopped by ${by.name}`);
      return ok(told(run));
    },
    async report(id, format) {
      const run = over(id);
      return run === undefined ? past.get(id)?.record.told?.[format] : reportOf(run, format);
    },
    async compare(id) {
      const [run, before] = [plays.one(id), past.get(id)];
      if (run === undefined)
        return before === undefined ? noRun(id) : before.record.comparison === null ? refuse(cityGone.en) : ok(before.record.comparison);
      const compared = await comparer.compare(run);
      if (compared.ok) plays.compared(run, compared.value);
      return compared;
    },
  };
}
