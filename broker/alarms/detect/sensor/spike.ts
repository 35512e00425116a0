import type { Evidence } from "../../../../shared/alarm.ts";
import type { Service } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { asEvidence, heardNeighbours, type Neighbour } from "../known/neighbours.ts";
import { labelOf, valueWords } from "../known/words.ts";
import { doubt, doubtedOf, type Sensed, sensedOf } from "./sensed.ts";

interface SpikeState {
  /** In the order of the sensed metrics: last value that was believed, last reading at all, readings that are not believed yet, alarm given. */
  readonly good: number[];
  readonly seen: number[];
  /** The reading before, and how many there have been without a jump from one to the next. */
  readonly last: number[];
  readonly steady: number[];
  readonly odd: number[];
  readonly told: boolean[];
  /** Odd readings in a row that no neighbour could contradict; absent in what the version before has left. */
  alone?: number[];
  /** The alarm is over at this instant, when nothing else happens. */
  until: number;
}

/** A jump that is still there after so many readings is no spike: a step of the sensor, or the world has moved. */
const patience = 5;
/** A step that has stood so many readings and then jumps again has been repaired. */
const settled = 30;
/** A spike that has come back is told for so long. */
const tellMs = 1_800_000;
/** Neighbours confirm a jump when one of them has moved the same way by this share of it. */
const share = 0.3;

/** How far a value may be from the last one: further after a silence, in which nobody saw it move. */
function allowed(state: SpikeState, ask: Ask, k: number, { limits }: Sensed): number {
  const minutes = Math.max(0, (ask.t - (state.seen[k] ?? 0)) / 60_000 - ask.device.every / 60);
  return (limits.spike ?? 0) + (limits.perMinute ?? (limits.spike ?? 0) / 10) * minutes;
}
function believe(state: SpikeState, ask: Ask, k: number, one: Sensed, value: number): void {
  state.good[k] = value;
  if ((state.odd[k] ?? 0) === 0) return;
  state.odd[k] = 0;
  doubt(ask, one, false);
}
function tell(
  service: Service,
  ask: Ask,
  { metric }: Sensed,
  values: { from: number; to: number },
  what: Text,
  neighbours: Evidence["neighbours"],
  because: Text,
): void {
  const [label, from, to] = [labelOf(service, metric), valueWords(service, metric, values.from), valueWords(service, metric, values.to)];
  ask.raise({
    metric,
    value: values.to,
    limit: values.from,
    evidence: () => ({
      condition: text(`${label.ko} ${from.ko} → ${to.ko}: ${what.ko}`, `${label.en} ${from.en} → ${to.en}: ${what.en}`),
      inputs: [{ device: ask.device.id, metric, t: ask.t, value: values.to }],
      baseline: null,
      neighbours,
      verdict: { what: "sensor", because },
    }),
  });
}
/** Somebody has been there: what it says from now on is the new beginning. */
function isRepaired(state: SpikeState, k: number, { limits }: Sensed, value: number): boolean {
  const jumped = Math.abs(value - (state.last[k] ?? value)) > (limits.spike ?? 0);
  const stood = state.steady[k] ?? 0;
  state.steady[k] = jumped ? 0 : stood + 1;
  return jumped && stood >= settled && state.told[k] === true;
}
function accept(state: SpikeState, ask: Ask, k: number, one: Sensed, value: number): void {
  state.told[k] = false;
  believe(state, ask, k, one, value);
  if (!state.told.includes(true)) ask.clear(value);
}
function tellUntil(state: SpikeState, ask: Ask): void {
  state.until = ask.t + tellMs;
  ask.wake(state.until);
}
/** How many readings in a row nobody could contradict; who has contradicted is heeded for a while after it has fallen silent. */
function loneliness(state: SpikeState, k: number, neighbours: readonly Neighbour[]): number {
  state.alone ??= [];
  const before = state.odd[k] === 1 ? 0 : (state.alone[k] ?? 0);
  const now = neighbours.every(({ moved }) => moved === undefined) ? before + 1 : -settled;
  state.alone[k] = now;
  return now;
}

/** A jump that physics does not allow: back with the next readings = spike; stays while neighbours are flat = step; stays with nobody to ask = believed. */
export function spikeEvaluator(service: Service, kind: string): Evaluator<SpikeState> {
  const sensed = sensedOf(service, kind, ["spike"]);
  const agreeing = (neighbours: readonly Neighbour[], by: number) => (one: Neighbour) =>
    one.moved !== undefined && Math.sign(one.moved) === Math.sign(by) && Math.abs(one.moved) >= share * Math.abs(by) && neighbours.length > 0;

  function fits(state: SpikeState, ask: Ask, k: number, one: Sensed, value: number): void {
    const came = (state.odd[k] ?? 0) > 0;
    const before = state.good[k] ?? value;
    const spiked = came && state.told[k] !== true;
    believe(state, ask, k, one, value);
    if (!came) return;
    state.told[k] = false;
    tellUntil(state, ask);
    if (!spiked) return;
    const neighbours = asEvidence(one.metric, heardNeighbours(ask, one.metric), () => false);
    const because = text("다음 값에서 제자리로 돌아왔습니다: 물체나 잡음입니다", "the next readings are back: an object or noise");
    tell(service, ask, one, { from: before, to: value }, text("튀었다가 돌아옴", "jumped and came back"), neighbours, because);
  }
  /** Nobody can contradict it, and it has stood: doubted for good, a lone sensor would never say anything again. It is told as long as a spike. */
  function stands(state: SpikeState, ask: Ask, k: number, one: Sensed, values: { from: number; to: number }): void {
    state.told[k] = false;
    believe(state, ask, k, one, values.to);
    tellUntil(state, ask);
    const because = text(
      "물어볼 이웃이 없고 새 값이 그대로 이어져, 이제부터 믿습니다",
      "there is no neighbour to ask and the new value has stood: it is believed from now on",
    );
    tell(
      service,
      ask,
      one,
      values,
      text("계단식 변화", "step"),
      asEvidence(one.metric, heardNeighbours(ask, one.metric), () => false),
      because,
    );
  }
  function jumps(state: SpikeState, ask: Ask, k: number, one: Sensed, value: number): void {
    const before = state.good[k] ?? value;
    if ((state.odd[k] ?? 0) === 0) doubt(ask, one, true);
    state.odd[k] = (state.odd[k] ?? 0) + 1;
    const neighbours = heardNeighbours(ask, one.metric);
    const alone = loneliness(state, k, neighbours);
    const agrees = agreeing(neighbours, value - before);
    // the world has moved, not the sensor: believed as soon as a second reading says so
    if (neighbours.some(agrees) && (state.odd[k] ?? 0) >= 2) {
      accept(state, ask, k, one, value);
      return;
    }
    if ((state.odd[k] ?? 0) < patience) return;
    if (alone >= patience && (state.steady[k] ?? 0) >= patience - 1) {
      stands(state, ask, k, one, { from: before, to: value });
      return;
    }
    if (state.told[k] === true) return;
    state.told[k] = true;
    const because =
      neighbours.length > 0
        ? text("이웃은 그대로인데 이 값만 계단처럼 바뀌었습니다", "neighbours are flat and only this value has stepped")
        : text("물리적으로 한 번에 이만큼 바뀔 수 없습니다", "physics does not change it that much at once");
    tell(service, ask, one, { from: before, to: value }, text("계단식 변화", "step"), asEvidence(one.metric, neighbours, agrees), because);
  }
  return {
    begin: () => ({ good: [], seen: [], last: [], steady: [], odd: [], told: [], alone: [], until: 0 }),
    doubts: ({ odd }) => doubtedOf(sensed, (k) => (odd[k] ?? 0) > 0),
    reading(state, ask, m) {
      for (let k = 0; k < sensed.length; k++) {
        const one = sensed[k];
        const value = one === undefined ? undefined : m[one.metric];
        if (one === undefined || typeof value !== "number") continue;
        const before = state.good[k];
        if (isRepaired(state, k, one, value)) accept(state, ask, k, one, value);
        else if (before === undefined || Math.abs(value - before) <= allowed(state, ask, k, one)) fits(state, ask, k, one, value);
        else jumps(state, ask, k, one, value);
        state.seen[k] = ask.t;
        state.last[k] = value;
      }
    },
    wake(state, ask) {
      if (ask.t >= state.until && !state.told.includes(true)) ask.clear();
    },
  };
}
