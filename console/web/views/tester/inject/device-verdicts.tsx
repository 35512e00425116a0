import type { DeviceRow } from "../../../../../shared/city-port.ts";
import { ruleNamed } from "../../../../../shared/rules-of.ts";
import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import type { Scorecard } from "../../../../../shared/scenario/scorecard.ts";
import { say, t } from "../../../language.ts";
import { lines } from "../../../live/desk.ts";
import { catalogue, clock, now, zone } from "../../../live/state.ts";
import { useAnswer } from "../../../trend/use-answer.ts";
import { clockText } from "../../../trend/words.ts";
import { deskRun } from "../desk-run.ts";
import type { Kinds } from "../kinds.ts";
import { hidesTruth, isOpen } from "../run-progress.ts";
import { scorecardPath, useRuns } from "../use-runs.ts";
import { raisedSince, verdictOf } from "./verdict.ts";

/** Older ones are on the runs' pages. */
const shown = 5;

interface VerdictsProps {
  readonly row: DeviceRow;
  /** Of this device, in this city. */
  readonly injections: readonly InjectionState[] | undefined;
  readonly kinds: Kinds;
}
/** Whether what was injected here has been found, as the run's page says it; in a drill nobody is told before its end. */
export function DeviceVerdicts({ row, injections, kinds }: VerdictsProps) {
  const { list } = useRuns(true);
  const run = deskRun(list, clock.value?.run);
  const isHidden = list?.some(hidesTruth) ?? true;
  const card = useAnswer<Scorecard>(run === undefined || isHidden ? undefined : scorecardPath(run.id), run !== undefined && isOpen(run) ? 2000 : 0);
  const newest = (injections ?? [])
    .filter(({ state }) => state !== "refused")
    .sort((a, b) => b.t - a.t)
    .slice(0, shown);
  if (newest.length === 0 || list === undefined) return null;
  if (isHidden)
    return <p class="s-note">{t("훈련 중: 찾았는지는 끝난 뒤에 보입니다.", "A drill: whether it was found is shown once it has ended.")}</p>;
  const service = catalogue.value.find(({ id }) => id === row.service);
  return (
    <ul class="t-verdicts" aria-label={t("찾았는가", "Was it found?")}>
      {newest.map((one) => {
        const found = card.value?.found.find(({ truth }) => truth.id === one.id);
        const { is, words, rule } = verdictOf(one, found, raisedSince(lines.value, row.id, one), now.value);
        const title = rule === null ? undefined : service && ruleNamed(service, row.kind, rule)?.title;
        return (
          <li key={one.id} data-verdict={is}>
            <span>
              {say(kinds.get(one.kind)?.title ?? { ko: one.kind, en: one.kind })} <small>{clockText(one.t, zone.value, false)}</small>
            </span>
            <b>
              {say(words)}
              {rule === null ? null : <small> {title === undefined ? rule : say(title)}</small>}
            </b>
          </li>
        );
      })}
    </ul>
  );
}
