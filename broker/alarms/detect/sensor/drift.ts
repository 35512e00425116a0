import type { Service } from "../../../../shared/service.ts";
import { text } from "../../../../shared/text.ts";
import type { Watched } from "../../observed.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { zoneOffsetMs } from "../local-time.ts";
import { witnessesOf } from "../places.ts";
import { labelOf } from "../words.ts";
import { doubt, type Sensed, sensedOf } from "./sensed.ts";

/** Against one neighbour: differences of this day, hour by hour, and the middles of the days before, newest last. */
interface Against {
  readonly neighbour: string;
  today: number[];
  days: number[];
}
interface DriftState {
  hour: number;
  against: Against[];
  drifts: boolean;
}

const hourMs = 3_600_000;
/** So many days must have gone the same way. */
const run = 4;
/** Fewer hours do not make a day. */
const leastHours = 12;

const depthOf = ({ meta }: Watched, level: number): number => level - (meta.constants?.rating_h0 ?? 0);
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Slow creep against both neighbours, in dry and in wet weather: depths of one stream keep their ratio from day to day, because flows along it do.
 * Needs two of them: with one alone nobody can say who creeps.
 */
export function driftEvaluator(service: Service, kind: string): Evaluator<DriftState> {
  const [one] = sensedOf(service, kind, ["driftPerDay"]);
  const least = one?.limits.driftPerDay ?? Number.POSITIVE_INFINITY;

  /** By how much this sensor reads more than the neighbour's depth and their usual ratio say, up to a constant; in the metric's unit. */
  function difference(ask: Ask, sensed: Sensed, value: number, other: Watched): number | undefined {
    const known = ask.world.value(other.id, sensed.metric);
    if (known === undefined || typeof known.value !== "number" || ask.t - known.t > other.stale * 1000) return undefined;
    const [own, there] = [depthOf(ask.device, value), depthOf(other, known.value)];
    return own <= 0 || there <= 0 ? undefined : own * Math.log(own / there);
  }
  function sample(state: DriftState, ask: Ask, sensed: Sensed, value: number): void {
    const others = witnessesOf(ask.world.kin(ask.device), ask.device);
    if (others.length < 2) return;
    if (others.some(({ id }, k) => state.against[k]?.neighbour !== id))
      state.against = others.map(({ id }) => ({ neighbour: id, today: [], days: [] }));
    others.forEach((other, k) => {
      const by = difference(ask, sensed, value, other);
      if (by !== undefined) state.against[k]?.today.push(by);
    });
  }
  function closeDay(state: DriftState): void {
    for (const against of state.against) {
      if (against.today.length >= leastHours) against.days = [...against.days.slice(-run), middle(against.today)];
      else against.days = [];
      against.today = [];
    }
  }
  const steps = ({ days }: Against): readonly number[] => days.slice(1).map((day, k) => day - (days[k] ?? day));
  /** Slowest step of the run towards `sign`, against whom it is slowest. */
  const pace = (state: DriftState, sign: number): number =>
    state.against.length < 2
      ? 0
      : Math.min(...state.against.map((one) => (one.days.length <= run ? 0 : Math.min(...steps(one).map((step) => sign * step)))));

  function tell(state: DriftState, ask: Ask, { metric }: Sensed, value: number, perDay: number): void {
    const label = labelOf(service, metric);
    const shown = perDay.toFixed(3);
    ask.raise({
      metric,
      value,
      evidence: () => ({
        condition: text(
          `${label.ko}: ${run}일째 하루에 ${shown} 이상 한쪽으로 밀림`,
          `${label.en}: creeps one way by at least ${shown} a day for ${run} days`,
        ),
        inputs: [{ device: ask.device.id, metric, t: ask.t, value }],
        baseline: null,
        neighbours: state.against.flatMap(({ neighbour }) => {
          const known = ask.world.value(neighbour, metric);
          return typeof known?.value === "number" ? [{ device: neighbour, metric, t: known.t, value: known.value, agrees: false }] : [];
        }),
        verdict: { what: "sensor", because: text("위아래 이웃과 함께 어긋납니다", "it departs from both neighbours at once") },
      }),
    });
  }
  function judge(state: DriftState, ask: Ask, sensed: Sensed, value: number): void {
    const [up, down] = [pace(state, 1), pace(state, -1)];
    const drifts = Math.max(up, down) >= least;
    if (drifts === state.drifts) return;
    // once found, it stays until somebody has been there: only a day without creep ends it
    if (!drifts && state.against.some((one) => Math.abs(steps(one).at(-1) ?? 0) >= least)) return;
    state.drifts = drifts;
    doubt(ask, sensed, drifts);
    if (drifts) tell(state, ask, sensed, value, Math.max(up, down));
    else ask.clear(value);
  }
  return {
    begin: () => ({ hour: 0, against: [], drifts: false }),
    doubts: ({ drifts }) => (drifts && one !== undefined ? one.together : []),
    reading(state, ask, m) {
      const value = one === undefined ? undefined : m[one.metric];
      if (one === undefined || typeof value !== "number") return;
      const hour = Math.floor((ask.t + zoneOffsetMs) / hourMs);
      if (hour === state.hour) return;
      if (state.hour > 0 && Math.floor(hour / 24) !== Math.floor(state.hour / 24)) {
        closeDay(state);
        judge(state, ask, one, value);
      }
      state.hour = hour;
      sample(state, ask, one, value);
    },
  };
}
