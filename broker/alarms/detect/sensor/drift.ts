import type { Service } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import { zoneOffsetMs } from "../../../../shared/zone.ts";
import type { Watched } from "../../observed.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { witnessesOf } from "../known/places.ts";
import { labelOf } from "../known/words.ts";
import { addHour, closeDryDay, type DryDays, middleOf, newDryDays, stepsOf } from "./dry-days.ts";
import { doubt, type Sensed, sensedOf } from "./sensed.ts";

/** Against one neighbour: differences of this day, hour by hour, and the middles of the days before, newest last; and its own level on dry days. */
interface Against {
  readonly neighbour: string;
  today: number[];
  days: number[];
  readonly dry: DryDays;
}
interface DriftState {
  hour: number;
  against: Against[];
  readonly dry: DryDays;
  drifts: boolean;
}
interface Creep {
  readonly perDay: number;
  readonly because: Text;
}

const hourMs = 3_600_000;
/** So many days must have gone the same way. */
const run = 4;
/** Fewer hours do not make a day. */
const leastHours = 12;

const besideBoth = text("위아래 이웃과 함께 어긋납니다", "it departs from both neighbours at once");
const risesAlone = text(
  "이웃과 어긋나고, 비 없이 오를 수 없는 값이 오릅니다",
  "it departs from its neighbour, and is the one that rises without rain",
);
const fallsAlone = text(
  "이웃과 어긋나고, 비가 없는 동안 이웃은 오르지 않았습니다",
  "it departs from its neighbour, which has not risen while there was no rain",
);
const risesDry = text("비 없이 오를 수 없는 값이 날마다 오릅니다", "it rises from day to day, which it cannot without rain");

const depthOf = ({ meta }: Watched, level: number): number => level - (meta.constants?.rating_h0 ?? 0);
const lastOf = (days: readonly number[]): readonly number[] => (days.length > run ? stepsOf(days) : []);
/** Slowest step of a whole run towards `sign`. */
const paceOf = (days: readonly number[], sign: number): number => (days.length > run ? Math.min(...stepsOf(days).map((step) => sign * step)) : 0);

/**
 * Slow creep. Against both neighbours, in dry and in wet weather: depths of one stream keep their ratio from day to day, because flows along it do. With one
 * neighbour that tells only that one of the two creeps; without rain water does not rise, which tells who. Without neighbours only what rises in dry weather
 * is known to creep: what falls may be the stream.
 */
export function driftEvaluator(service: Service, kind: string): Evaluator<DriftState> {
  const [one] = sensedOf(service, kind, ["driftPerDay"]);
  const least = one?.limits.driftPerDay ?? Number.POSITIVE_INFINITY;
  const feed = one?.limits.fedBy;

  const feedAt = (ask: Ask, { id, stale }: Watched): number | undefined => {
    const known = feed === undefined ? undefined : ask.world.value(id, feed);
    return typeof known?.value === "number" && ask.t - known.t <= stale * 1000 ? known.value : undefined;
  };
  function valueAt(ask: Ask, { metric }: Sensed, { id, stale }: Watched): number | undefined {
    const known = ask.world.value(id, metric);
    return typeof known?.value === "number" && ask.t - known.t <= stale * 1000 ? known.value : undefined;
  }
  /** By how much this sensor reads more than the neighbour's depth and their usual ratio say, up to a constant; in the metric's unit. */
  function difference(ask: Ask, value: number, other: Watched, level: number): number | undefined {
    const [own, there] = [depthOf(ask.device, value), depthOf(other, level)];
    return own <= 0 || there <= 0 ? undefined : own * Math.log(own / there);
  }
  function sample(state: DriftState, ask: Ask, sensed: Sensed, value: number): void {
    addHour(state.dry, value, feedAt(ask, ask.device));
    const others = witnessesOf(ask.world.kin(ask.device), ask.device);
    if (others.length !== state.against.length || others.some(({ id }, k) => state.against[k]?.neighbour !== id))
      state.against = others.map(({ id }) => ({ neighbour: id, today: [], days: [], dry: newDryDays() }));
    others.forEach((other, k) => {
      const level = valueAt(ask, sensed, other);
      const against = state.against[k];
      if (level === undefined || against === undefined) return;
      addHour(against.dry, level, feedAt(ask, other));
      const by = difference(ask, value, other, level);
      if (by !== undefined) against.today.push(by);
    });
  }
  function closeDay({ dry, against }: DriftState): void {
    closeDryDay(dry, run, leastHours);
    for (const other of against) {
      other.days = other.today.length >= leastHours ? [...other.days.slice(-run), middleOf(other.today)] : [];
      other.today = [];
      closeDryDay(other.dry, run, leastHours);
    }
  }
  /** Which of two creeps is told by the weather: on dry days nobody rises. */
  function besideOne({ dry }: DriftState, other: Against): Creep | undefined {
    const [up, down] = [paceOf(other.days, 1), paceOf(other.days, -1)];
    const [own, there] = [lastOf(dry.days), lastOf(other.dry.days)];
    if (own.length === 0 || there.length === 0) return undefined;
    if (up >= least && own.every((step) => step > 0)) return { perDay: up, because: risesAlone };
    return down >= least && there.every((step) => step <= least / 10) ? { perDay: down, because: fallsAlone } : undefined;
  }
  function creepOf(state: DriftState): Creep | undefined {
    const [first, other] = state.against;
    if (first === undefined) {
      const perDay = paceOf(state.dry.days, 1);
      return perDay >= least ? { perDay, because: risesDry } : undefined;
    }
    if (other === undefined) return besideOne(state, first);
    const perDay = Math.max(...[1, -1].map((sign) => Math.min(paceOf(first.days, sign), paceOf(other.days, sign))));
    return perDay >= least ? { perDay, because: besideBoth } : undefined;
  }
  /** Once found, it stays until somebody has been there: only a day without creep ends it, and rain hides one. */
  function mayCreep({ against, dry }: DriftState): boolean {
    const looked = against.length === 0 ? [dry.days] : against.map(({ days }) => days);
    return looked.some((days) => Math.abs(stepsOf(days).at(-1) ?? (against.length > 1 ? 0 : least)) >= least);
  }

  function tell(state: DriftState, ask: Ask, { metric }: Sensed, value: number, { perDay, because }: Creep): void {
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
        verdict: { what: "sensor", because },
      }),
    });
  }
  function judge(state: DriftState, ask: Ask, sensed: Sensed, value: number): void {
    const creep = creepOf(state);
    if ((creep !== undefined) === state.drifts) return;
    if (creep === undefined && mayCreep(state)) return;
    state.drifts = creep !== undefined;
    doubt(ask, sensed, state.drifts);
    if (creep !== undefined) tell(state, ask, sensed, value, creep);
    else ask.clear(value);
  }
  return {
    begin: () => ({ hour: 0, against: [], dry: newDryDays(), drifts: false }),
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
