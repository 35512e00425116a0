import type { Quality, Value } from "../../../../shared/reading.ts";
import type { Service } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import { type Ask, allGood, type Calm, type Evaluator } from "../evaluator.ts";
import { asEvidence, heardNeighbours } from "../known/neighbours.ts";
import { labelOf, valueWords } from "../known/words.ts";
import { doubt, doubtedOf, type Sensed, sensedOf } from "./sensed.ts";
import { outsideBy } from "./whereabouts.ts";

interface RangeState {
  /** In the order of the sensed metrics. */
  readonly value: number[];
  readonly at: number[];
  /** Consecutive readings out of place (positive) or in place again (negative). */
  readonly run: number[];
  readonly out: boolean[];
  /** Consecutive changes, the same way, that are faster than physics. */
  readonly fast: number[];
}

const outAfter = 2;
const inAfter = 3;
const fastAfter = 3;
/** Neighbours confirm haste when one of them has moved the same way by this share of it: their noise confirms nothing. */
const share = 0.1;

/** What cannot be there, what cannot change that fast for several readings, and what the sensor itself calls bad. */
export function rangeEvaluator(service: Service, kind: string): Evaluator<RangeState> {
  const sensed = sensedOf(service, kind, ["plausible", "perMinute"]);

  /** Signed count of changes beyond what physics allows. */
  function haste(state: RangeState, ask: Ask, k: number, { limits }: Sensed, value: number): number {
    const before = state.value[k];
    const minutes = (ask.t - (state.at[k] ?? ask.t)) / 60_000;
    const count = state.fast[k] ?? 0;
    if (limits.perMinute === undefined || before === undefined || minutes <= 0) return 0;
    const change = value - before;
    if (Math.abs(change) <= limits.perMinute * minutes) return 0;
    return Math.sign(count) === Math.sign(change) ? count + Math.sign(change) : Math.sign(change);
  }
  function whyOut(state: RangeState, ask: Ask, k: number, one: Sensed, value: number, quality: Quality | undefined): Text | undefined {
    if (quality === "bad") return text("센서가 스스로 불량이라고 알림", "the sensor itself calls it bad");
    const { plausible } = one.limits;
    if (plausible !== undefined && (value < plausible[0] || value > plausible[1]))
      return text(`있을 수 있는 값은 ${plausible[0]}~${plausible[1]}`, `only ${plausible[0]} to ${plausible[1]} can be there`);
    if (one.limits.perMinute === undefined) return undefined;
    state.fast[k] = haste(state, ask, k, one, value);
    if (Math.abs(state.fast[k] ?? 0) < fastAfter) return undefined;
    const way = Math.sign(state.fast[k] ?? 0);
    const before = ask.world.past(ask.device.id, one.metric);
    const own = before === undefined ? fastAfter * one.limits.perMinute : Math.abs(value - before);
    const moving = heardNeighbours(ask, one.metric).some(({ moved = 0 }) => way * moved >= share * own);
    return moving ? undefined : text(`변화가 분당 ${one.limits.perMinute}보다 빠름`, `changes faster than ${one.limits.perMinute} a minute`);
  }
  function tell(ask: Ask, { metric, position }: Sensed, value: number, why: Text): void {
    const label = labelOf(service, metric);
    const km = value.toFixed(value < 10 ? 1 : 0);
    const shown = position === undefined ? valueWords(service, metric, value) : text(`도시 밖 ${km} km`, `${km} km outside of the city`);
    const said = position === undefined ? value : (ask.world.value(ask.device.id, metric)?.value ?? value);
    ask.raise({
      metric,
      value: said,
      evidence: () => ({
        condition: text(`${label.ko} ${shown.ko}: ${why.ko}`, `${label.en} ${shown.en}: ${why.en}`),
        inputs: [{ device: ask.device.id, metric, t: ask.t, value: said }],
        baseline: null,
        neighbours: asEvidence(metric, heardNeighbours(ask, metric), () => false),
        verdict: { what: "sensor", because: text("물리적으로 있을 수 없는 값입니다", "physics does not allow this value") },
      }),
    });
  }
  function judge(state: RangeState, ask: Ask, k: number, one: Sensed, value: number, quality: Quality | undefined): void {
    const why = whyOut(state, ask, k, one, value, quality);
    if (one.limits.perMinute !== undefined) {
      state.value[k] = value;
      state.at[k] = ask.t;
    }
    if (why === undefined) fits(state, ask, k, one);
    else {
      state.run[k] = Math.max(state.run[k] ?? 0, 0) + 1;
      const enough = Math.abs(state.fast[k] ?? 0) >= fastAfter ? 1 : outAfter;
      if (state.out[k] === true || (state.run[k] ?? 0) < enough) return;
      state.out[k] = true;
      doubt(ask, one, true);
      tell(ask, one, value, why);
    }
  }
  function fits(state: RangeState, ask: Ask, k: number, one: Sensed): void {
    const run = state.run[k] ?? 0;
    // as ever: nothing to count
    if (run <= -inAfter) return;
    state.run[k] = Math.min(run, 0) - 1;
    if (state.out[k] !== true || run - 1 > -inAfter) return;
    state.out[k] = false;
    doubt(ask, one, false);
    if (!state.out.includes(true)) ask.clear(ask.world.value(ask.device.id, one.metric)?.value);
  }
  const numberIn = ({ world }: Ask, m: Readonly<Record<string, Value>>, one: Sensed | undefined): number | undefined => {
    const value = one === undefined ? undefined : m[one.metric];
    if (one?.position !== undefined) return outsideBy(world.everybody(), value);
    return typeof value === "number" ? value : undefined;
  };
  const ordinary = sensed.map(
    ({ metric, limits: { plausible } }): Calm => (plausible ? { metric, low: plausible[0], high: plausible[1] } : { metric }),
  );
  const watchesChange = sensed.some(({ limits, position }) => limits.perMinute !== undefined || position !== undefined);
  return {
    begin: () => ({ value: [], at: [], run: [], out: [], fast: [] }),
    doubts: ({ out }) => doubtedOf(sensed, (k) => out[k] === true),
    calm: ({ run }) => (watchesChange || sensed.some((_one, k) => (run[k] ?? 0) > -inAfter) ? undefined : ordinary),
    reading(state, ask, m, q) {
      for (let k = 0; k < sensed.length; k++) {
        const one = sensed[k];
        const value = numberIn(ask, m, one);
        if (one !== undefined && value !== undefined) judge(state, ask, k, one, value, q === allGood ? undefined : q[one.metric]);
      }
    },
  };
}
