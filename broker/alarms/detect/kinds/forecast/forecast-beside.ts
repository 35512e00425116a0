import type { ForecastCondition } from "../../../../../shared/alarm-rule.ts";
import { text } from "../../../../../shared/text.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { type Delayed, notYet, settle } from "../../known/delayed.ts";
import { boundOf } from "../bound.ts";
import { addSample, type Course, courseOf, newRise, type Rise } from "./rise.ts";
import { newWater, type Water, type WaterBeside, waterBeside } from "./water.ts";

interface BesideState {
  readonly delayed: Delayed;
  readonly rise: Rise;
  readonly water: Water;
}

const minuteMs = 60_000;
/** What waves, rating and interpolation may be wrong by, m, and the share of the expected rise that may come on top. */
const margin = 0.05;
const marginShare = 0.1;
/** A forecast that stands is over when the water would stay this far below, m. */
const deadband = 0.15;

/** Water beside the device (between its gauges, in EL) will pass the limit within the lead. Looked at once a minute. */
export function besideForecast(condition: ForecastCondition<string>, gaugeKind: string): Evaluator<BesideState> {
  const lead = condition.lead / 60;
  const expected = (course: Course, minutes: number): number => {
    const rise = Math.max(0, course.after(minutes));
    return rise > 0 ? margin + (1 + marginShare) * rise : 0;
  };
  /** Minutes until it may be there; undefined = not within the lead. */
  function minutesTo(course: Course, missing: number): number | undefined {
    if (missing <= 0) return 0;
    for (let minutes = 1; minutes <= lead; minutes++) if (expected(course, minutes) >= missing) return minutes;
    return undefined;
  }
  function tell(ask: Ask, water: WaterBeside, course: Course, limit: number, minutes: number): void {
    const [el, sill] = [water.el.toFixed(2), limit.toFixed(2)];
    const perTen = (10 * course.perMinute).toFixed(2);
    ask.raise({
      metric: condition.metric,
      value: Math.round(water.el * 100) / 100,
      limit,
      respondBy: ask.t + minutes * minuteMs,
      evidence: () => ({
        condition: text(
          `옆 수면 EL ${el} m, 10분에 ${perTen} m 상승: 약 ${minutes}분 안에 EL ${sill} m에 닿을 수 있음`,
          `water beside it EL ${el} m, rising ${perTen} m in 10 min: may reach EL ${sill} m within some ${minutes} min`,
        ),
        inputs: water.inputs,
        baseline: null,
        neighbours: [],
        verdict: water.partly
          ? {
              what: "event",
              because: text("한쪽 수위계를 믿을 수 없어 다른 쪽 변화로 추정했습니다", "one gauge is not trusted; the other one's change stands in"),
            }
          : null,
      }),
    });
  }
  function judge(state: BesideState, ask: Ask): void {
    const limit = boundOf(condition.limit, ask.device);
    const water = waterBeside(state.water, ask, gaugeKind);
    // nobody to ask: what stands stays as it is
    if (limit === undefined || water === undefined) return;
    addSample(state.rise, ask.t, water.el);
    const course = courseOf(state.rise);
    if (course === undefined) return;
    const missing = limit - water.el;
    const minutes = minutesTo(course, state.delayed.on ? missing - deadband : missing);
    const change = settle(state.delayed, ask.t, condition, minutes !== undefined);
    if (change === "raise") tell(ask, water, course, limit, minutes ?? 0);
    else if (change === "clear") ask.clear(Math.round(water.el * 100) / 100);
  }
  return {
    begin: () => ({ delayed: notYet(), rise: newRise(), water: newWater() }),
    minute: judge,
  };
}
