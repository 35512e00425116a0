import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { FigureSeries } from "../../../../../shared/city-port.ts";
import { t } from "../../../language.ts";
import { catalogue, clock } from "../../../live/state.ts";
import { useAnswer } from "../../../trend/use-answer.ts";
import { useSize } from "../../../trend/use-size.ts";
import { clockText } from "../../../trend/words.ts";
import { laneActs, laneFinds } from "./lane-found.ts";
import { actTold, boxTold, findTold } from "./lane-words.ts";
import { LanesDrawing, scaleFor } from "./lanes-drawing.tsx";
import "./lanes.css";
import type { JournalLine } from "../../../../../shared/alarm.ts";
import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import type { ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import type { Scorecard } from "../../../../../shared/scenario/scorecard.ts";
import { say } from "../../../language.ts";
import { lines } from "../../../live/desk.ts";
import type { Kinds } from "../kinds.ts";
import { laneContent } from "./lane-boxes.ts";
import { noRain, rainFigure, rainPath } from "./rain-curve.ts";

const minuteMs = 60_000;

export interface LanesPanelProps {
  readonly run: ScenarioRun;
  readonly card: Scorecard | undefined;
  readonly kinds: Kinds;
  readonly injections: readonly InjectionState[];
  readonly zone: string;
  /** City time that is shown as now. */
  readonly now: number;
  readonly isOver: boolean;
  readonly isHidden: boolean;
  readonly picked: Picked | undefined;
  readonly onPick: (picked: Picked | undefined) => void;
  readonly end: ComponentChildren;
  readonly children?: ComponentChildren;
}
export interface Picked {
  readonly from: number;
  readonly to: number;
}

/** Rain of the run so far; undefined: nobody knows it any more. */
function useRain(run: ScenarioRun, now: number): Pick<FigureSeries, "t" | "v"> | undefined {
  const cityRun = clock.value?.run;
  const path = rainPath(run, cityRun, catalogue.value, now);
  const { value } = useAnswer<{ figures: readonly FigureSeries[] }>(path, 0, true);
  if (path === undefined) return cityRun === undefined || cityRun === run.cityRun ? nothing : undefined;
  return value?.figures.find(({ id }) => id === rainFigure(catalogue.value)?.figure) ?? nothing;
}
const nothing = { t: [], v: [] };

/** The journal of the run: what was written before this page was opened is asked for, the rest comes by itself. */
function useJournal(run: ScenarioRun): readonly JournalLine[] {
  const { value } = useAnswer<{ lines: readonly JournalLine[] }>(
    `/api/v1/journal?from=${run.from}&run=${encodeURIComponent(run.cityRun)}&limit=5000`,
  );
  const asked = value?.lines ?? [];
  const newest = asked.at(-1)?.n ?? 0;
  return [...asked, ...lines.value.filter((line) => line.n > newest && line.run === run.cityRun)];
}

const Legend = () => (
  <ul class="t-legend" aria-hidden="true">
    <li class="is-event">{t("사건", "event")}</li>
    <li class="is-fault">{t("고장", "fault")}</li>
    <li class="is-planned">{t("예정", "not yet")}</li>
  </ul>
);

/** What happens, what is true, and what the room saw of it, on one axis. */
export function LanesPanel(props: LanesPanelProps) {
  const { run, card, kinds, injections, zone, now, isOver, isHidden, picked } = props;
  const { place, size } = useSize<HTMLElement>();
  const content = laneContent({ run, kinds, injections });
  const finds = card === undefined ? [] : laneFinds(card, content.marks);
  const acts = laneActs(useJournal(run), run.from, Math.max(now, run.from));
  const rain = useRain(run, now);
  const begun = useRef<number | undefined>(undefined);
  const width = Math.max(size.width, 720);
  const timeAt = (event: PointerEvent): number => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = scaleFor({ from: run.from, to: run.to, width }).t(event.clientX - box.left);
    return Math.max(run.from, Math.min(isOver ? run.to : now, Math.round(at / minuteMs) * minuteMs));
  };
  const pull = (event: PointerEvent): void => {
    if (begun.current === undefined) return;
    const [from, to] = [begun.current, timeAt(event)].sort((a, b) => a - b) as [number, number];
    props.onPick(to - from < 2 * minuteMs ? undefined : { from, to });
  };
  return (
    <section class="s-panel t-lanes-panel" aria-labelledby="t-lanes">
      <header class="s-head">
        <h2 id="t-lanes">{t("일어난 일, 사실, 관제실이 본 것", "What happens, what is true, what the room saw")}</h2>
        <div class="s-end">
          <Legend />
          {props.end}
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <section class="s-scroll t-lanes-scroll" tabIndex={0} aria-label={t("시간 위의 레인", "Lanes over time")} ref={place}>
        <div
          class="t-lanes-hand"
          style={{ width: `${width}px` }}
          onPointerDown={(event) => {
            if (event.button === 0) begun.current = timeAt(event);
          }}
          onPointerMove={pull}
          onPointerUp={(event) => {
            pull(event);
            begun.current = undefined;
          }}
        >
          {size.width === 0 ? null : (
            <LanesDrawing
              from={run.from}
              to={run.to}
              now={now}
              isOver={isOver}
              zone={zone}
              content={content}
              finds={finds}
              acts={acts}
              rain={rain}
              isHidden={isHidden}
              picked={picked}
              width={width}
              height={size.height}
            />
          )}
        </div>
        <Told
          groups={[
            {
              title: t("큐", "Cues"),
              told: content.cues.map(
                (cue) => `${clockText(cue.t, zone, false)} · ${say(cue.words)}${cue.isPlanned ? ` · ${t("예정", "planned")}` : ""}`,
              ),
            },
            ...(isHidden
              ? []
              : [
                  {
                    title: t("환경", "Environment"),
                    told: [...content.environment.map((box) => boxTold(box, zone)), ...(rain === undefined ? [say(noRain)] : [])],
                  },
                  { title: t("실제 사건", "True events"), told: content.events.map((box) => boxTold(box, zone)) },
                  { title: t("고장", "Faults"), told: content.faults.map((box) => boxTold(box, zone)) },
                  { title: t("탐지", "Detected"), told: finds.map((find) => findTold(find, zone)) },
                  { title: t("조용해야 함", "Must stay quiet"), told: content.quiet.map((box) => boxTold(box, zone)) },
                ]),
            { title: t("관제원", "Operator"), told: acts.map((act) => actTold(act, zone)) },
          ]}
        />
      </section>
      {props.children}
    </section>
  );
}

/** The drawing in words. */
const Told = ({ groups }: { readonly groups: readonly { readonly title: string; readonly told: readonly string[] }[] }) => (
  <div class="unseen">
    {groups.map(({ title, told }) => (
      <section key={title} aria-label={title}>
        <ul>
          {told.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
    ))}
  </div>
);
