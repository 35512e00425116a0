import type { ForecastCondition } from "../../../../../shared/alarm-rule.ts";
import { fadingRise, slopeMinutes, slopeOver, still } from "../../../../../shared/level-course.ts";
import { text } from "../../../../../shared/text.ts";
import type { Watched } from "../../../observed.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { type Delayed, notYet, settle } from "../../known/delayed.ts";
import { asEvidence, heardNeighbours } from "../../known/neighbours.ts";
import { downTheStream } from "../../known/places.ts";
import { labelOf } from "../../known/words.ts";
import { boundOf } from "../bound.ts";
import { addSample, newRise, type Rise } from "./rise.ts";

interface LevelState {
  readonly delayed: Delayed;
  readonly rise: Rise;
}

const minuteMs = 60_000;
/** A flood wave's speed, m/s (domain.md B2: 2.5 to 4); the slower one promises less. */
const celerity = 3;
/** Below this share of the limit's discharge nothing is forecast: a first shower is not yet a flood. */
const leastShare = 0.25;
/** A forecast that stands is over when the water would stay this far below, m. */
const deadband = 0.15;

/** Share of a level's discharge in that of the limit, by the rating curve Q = a (h - h0)^b. */
function shareOf({ meta }: Watched, level: number, limit: number): number {
  const { rating_h0: h0 = 0, rating_b: b = 1.7 } = meta.constants ?? {};
  return level <= h0 || limit <= h0 ? 0 : ((level - h0) / (limit - h0)) ** b;
}
function levelAt({ meta }: Watched, share: number, limit: number): number {
  const { rating_h0: h0 = 0, rating_b: b = 1.7 } = meta.constants ?? {};
  return share <= 0 ? h0 : h0 + share ** (1 / b) * (limit - h0);
}

interface Expected {
  readonly level: number;
  readonly minutes: number;
  readonly upstream: Watched | undefined;
}

/** The level of a gauge will pass the limit within the lead: by its own slope, which fades, or because the water upstream is there already. */
export function levelForecast(condition: ForecastCondition<string>): Evaluator<LevelState> {
  const { metric } = condition;
  const lead = condition.lead / 60;

  /** The highest that comes down from upstream within the lead, as a level here. */
  function fromUpstream(ask: Ask, limit: number): Expected | undefined {
    const at = ask.device.meta.constants?.chainage ?? 0;
    let best: Expected | undefined;
    for (const gauge of downTheStream(ask.world.kin(ask.device))) {
      const km = at - (gauge.meta.constants?.chainage ?? 0);
      if (km <= 0) break;
      const minutes = (1000 * km) / celerity / 60;
      const there = boundOf(condition.limit, gauge);
      const known = ask.world.value(gauge.id, metric);
      if (minutes > lead || there === undefined || typeof known?.value !== "number") continue;
      if (ask.t - known.t > gauge.stale * 1000 || !ask.world.trusts(gauge.id, metric)) continue;
      const level = levelAt(ask.device, shareOf(gauge, known.value, there), limit);
      if (best === undefined || level > best.level) best = { level, minutes, upstream: gauge };
    }
    return best;
  }
  function ownCourse(state: LevelState, value: number, need: number): Expected | undefined {
    const perMinute = slopeOver(state.rise, slopeMinutes) ?? 0;
    if (perMinute < still) return undefined;
    for (let minutes = 1; minutes <= lead; minutes++) {
      const level = value + fadingRise(perMinute, minutes);
      if (level >= need) return { level, minutes, upstream: undefined };
    }
    return undefined;
  }
  function expect(state: LevelState, ask: Ask, value: number, limit: number): Expected | undefined {
    const need = state.delayed.on ? limit - deadband : limit;
    if (value >= need) return { level: value, minutes: 0, upstream: undefined };
    if (shareOf(ask.device, value, limit) < leastShare) return undefined;
    const own = ownCourse(state, value, need);
    if (own !== undefined) return own;
    const above = fromUpstream(ask, limit);
    const rising = (slopeOver(state.rise, slopeMinutes) ?? 0) >= still;
    return above !== undefined && above.level >= need && (rising || state.delayed.on) ? above : undefined;
  }
  function tell(ask: Ask, value: number, limit: number, { minutes, upstream }: Expected): void {
    const whole = Math.max(1, Math.round(minutes));
    const label = labelOf(ask.device.contract, metric);
    const why =
      upstream === undefined
        ? text("지금 오르는 기울기로", "by its present slope")
        : text(`상류 ${upstream.meta.name.ko}의 수위로`, `by the level of ${upstream.meta.name.en} upstream`);
    ask.raise({
      metric,
      value,
      limit,
      respondBy: ask.t + whole * minuteMs,
      evidence: () => ({
        condition: text(
          `${label.ko} ${value.toFixed(2)} m: ${why.ko} 약 ${whole}분 뒤 ${limit.toFixed(2)} m`,
          `${label.en} ${value.toFixed(2)} m: ${limit.toFixed(2)} m in some ${whole} min ${why.en}`,
        ),
        inputs: [{ device: ask.device.id, metric, t: ask.t, value }],
        baseline: null,
        neighbours: asEvidence(metric, heardNeighbours(ask, metric), ({ moved }) => (moved ?? 0) > 0),
        verdict: null,
      }),
    });
  }
  return {
    begin: () => ({ delayed: notYet(), rise: newRise() }),
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number" || !ask.trusted(metric)) return;
      addSample(state.rise, ask.t, value);
      const limit = boundOf(condition.limit, ask.device);
      if (limit === undefined || (!state.delayed.holds && shareOf(ask.device, value, limit) < leastShare)) return;
      const expected = expect(state, ask, value, limit);
      const change = settle(state.delayed, ask.t, condition, expected !== undefined);
      if (change === "clear") ask.clear(value);
      else if (change === "raise" && expected !== undefined) tell(ask, value, limit, expected);
    },
  };
}
