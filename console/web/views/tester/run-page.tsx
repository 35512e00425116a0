import { useState } from "preact/hooks";
import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import type { Scorecard } from "../../../../shared/scenario/scorecard.ts";
import { t } from "../../language.ts";
import { now as cityNow, clock, rights, zone } from "../../live/state.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { Columns } from "../service/columns.tsx";
import { keepSpan } from "./editor/draft.ts";
import { ExpectationsPanel } from "./expectations.tsx";
import { InjectPanel } from "./inject/inject-panel.tsx";
import { useInjections } from "./inject/use-injections.ts";
import { useKinds } from "./kinds.ts";
import { LanesPanel, type Picked } from "./lanes/lanes-panel.tsx";
import { StepList, StepPanel } from "./library/step-list.tsx";
import { RunHead } from "./run-head.tsx";
import { hidesTruth, isOpen, runNow } from "./run-progress.ts";
import { SaveBar } from "./save-bar.tsx";
import { ScorecardPanel } from "./score/scorecard-panel.tsx";
import { reportPath, scorecardPath } from "./use-runs.ts";

const minuteMs = 60_000;
const halfHour = 30 * minuteMs;

/** A run on one axis: what happens, what is true, what the room made of it, and how that is scored. */
export function RunPage({ run }: { readonly run: ScenarioRun }) {
  const isTester = rights.value.includes("inject");
  const open = isOpen(run);
  // of a city that has begun anew since then nothing is left that could be saved
  const isHere = run.cityRun === clock.value?.run;
  const { kinds } = useKinds(isTester);
  const injected = useInjections(isTester);
  // A card that covers nothing yet is no mistake of the server's: it comes with the first truth.
  const card = useAnswer<Scorecard>(isTester && !hidesTruth(run) ? scorecardPath(run.id) : undefined, open ? 2000 : 0);
  const [covered, setCovered] = useState(false);
  const [picked, setPicked] = useState<Picked | undefined>(undefined);
  const now = runNow(run, cityNow.value);
  const hidden = hidesTruth(run) || covered || !isTester;
  const place = zone.value;
  // In a drill steps would tell what is true.
  const steps = hidesTruth(run) ? run.steps.filter(({ what }) => what === "cue") : run.steps;
  if (!isTester)
    return (
      <Columns
        title={run.id}
        top={<RunHead run={run} now={now} />}
        left={[
          {
            id: "cues",
            label: { ko: "큐", en: "Cues" },
            node: (
              <StepPanel key="cues" title={t("큐", "Cues")} steps={run.steps.filter(({ what }) => what === "cue")} zone={place} isAhead={false} />
            ),
          },
        ]}
        right={[]}
      />
    );
  return (
    <Columns
      title={run.id}
      top={<RunHead run={run} now={now} />}
      left={[
        {
          id: "lanes",
          label: { ko: "레인", en: "Lanes" },
          node: (
            <LanesPanel
              key="lanes"
              run={run}
              card={hidden ? undefined : card.value}
              kinds={kinds}
              injections={injected.value?.injections ?? []}
              zone={place}
              now={now}
              isOver={!open}
              isHidden={hidden}
              picked={picked}
              onPick={setPicked}
              end={
                <>
                  {picked === undefined && isHere ? (
                    <button
                      type="button"
                      class="button"
                      disabled={now - run.from < 2 * minuteMs}
                      title={t("구간을 끌어서 골라도 됩니다.", "Or drag over a span of the lanes.")}
                      onClick={() => setPicked({ from: Math.max(run.from, now - halfHour), to: now })}
                    >
                      {t("최근 30분을 시나리오로…", "Last 30 min as scenario…")}
                    </button>
                  ) : null}
                  {hidesTruth(run) ? null : (
                    <button type="button" class="button" aria-pressed={covered} onClick={() => setCovered(!covered)}>
                      {t("사실 가리기", "Hide truth")}
                    </button>
                  )}
                </>
              }
            >
              {picked === undefined || !isHere ? null : (
                <SaveBar run={run} now={now} picked={picked} onPick={setPicked} onSave={(span) => keepSpan({ ...span, run: run.cityRun })} />
              )}
            </LanesPanel>
          ),
        },
        {
          id: "low",
          label: { ko: "주입과 기대", en: "Inject, expectations" },
          node: (
            <div class="t-low" key="low">
              <InjectPanel kinds={kinds} injected={injected} run={open ? run : undefined} />
              <ExpectationsPanel all={run.expectations} isOver={!open} zone={place} steps={<StepList steps={steps} zone={place} isAhead={false} />} />
            </div>
          ),
        },
      ]}
      right={[
        {
          id: "score",
          label: { ko: "채점표", en: "Scorecard" },
          node: (
            <ScorecardPanel
              key="score"
              card={card.value}
              reason={card.reason}
              again={card.again}
              isOver={!open}
              isWhole={run.state === "finished"}
              isHidden={hidden}
              zone={place}
              report={open ? undefined : reportPath(run.id)}
              repeat={run.repeat}
            />
          ),
        },
      ]}
    />
  );
}
